"""Works of every kind, written byte by byte as the golden files say."""

from __future__ import annotations

import pytest

from litdb.export import FORMATS
from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import ACL, NATBIB, write_bibtex

FILES = [("bibtex", "bibtex.bib"), ("biblatex", "biblatex.bib"), ("references", "references.md")]


@pytest.mark.parametrize(("name", "file"), FILES)
def test_the_golden_works_are_written_as_before(golden_works, golden, name, file):
    assert "".join(FORMATS[name](golden_works)) == golden(file)


def test_works_that_something_became_of_are_written_as_before(state_works, golden):
    keys = {work.key for work in state_works}
    assert "".join(write_bibtex(state_works)) == golden("states.bibtex.bib")
    assert "".join(write_bibtex(state_works, NATBIB)) == golden("states.natbib.bib")
    assert "".join(write_bibtex(state_works, ACL)) == golden("states.acl.bib")
    assert "".join(write_biblatex(state_works, keys)) == golden("states.biblatex.bib")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_first_that_litdb_wrote_it(golden_works, name):
    first = "".join(FORMATS[name](golden_works)).splitlines()[0]
    assert "litdb export" in first
    assert name in first


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_a_bib_file_is_written_as_the_works_come(golden_works, name):
    works = iter(golden_works)
    written = FORMATS[name](works)
    next(written), next(written)
    assert next(works) is golden_works[1]


@pytest.mark.parametrize("name", FORMATS)
def test_no_works_make_a_file_too(name):
    assert "".join(FORMATS[name]([])).count("\n") <= 2
