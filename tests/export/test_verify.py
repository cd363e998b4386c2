"""An export that lost something is refused, in a sentence that names the entry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from litdb.errors import ExportError
from litdb.export.bibtex import write_bibtex
from litdb.export.verify import verify_bib


@pytest.fixture
def text(golden_works) -> str:
    return "".join(write_bibtex(golden_works))


def test_a_whole_export_passes(text, golden_works):
    verify_bib(text, golden_works)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "url           = {https://example.org/1}",
            "url = {https://example.org/l}",
            "ngoShort2022 reads back with the url",
        ),
        ("eprint        = {2209.00626}", "eprint = {2209.0062}", "with the eprint '2209.0062'"),
        ("doi           = {10.48550/arXiv.2209.00626}", "doi = {10.1/x}", "with the doi"),
        ("Vaswani, Ashish and Shazeer", "Vaswani, Ashish und Shazeer", "number of authors"),
        ("@misc{leikeMusings", "@misc{leikemusings2", "missing: leikeMusings; not expected: leikemusings2"),
        ("@misc{ngoShort2022a", "@misc{ngoShort2022", "repeated bibliography entry: ngoShort2022"),
        ("title         = {Musings", "title         = {{Musings", "from the entry leikeMusings on"),
        ("title         = {Musings", "title         = }{Musings", "from the entry leikeMusings on"),
        ("month         = may", "month         = mai", "undefined string"),
    ],
)
def test_a_damaged_export_is_refused(text, golden_works, old, new, sentence):
    assert old in text
    with pytest.raises(ExportError, match=sentence):
        verify_bib(text.replace(old, new, 1), golden_works)


def test_a_lost_entry_is_refused(text, golden_works):
    with pytest.raises(ExportError, match="26 entries instead of 27; missing: zz"):
        verify_bib(text, [*golden_works, replace(golden_works[0], key="zz")])


def test_another_order_is_refused(text, golden_works):
    with pytest.raises(ExportError, match="their order"):
        verify_bib(text, golden_works[::-1])
