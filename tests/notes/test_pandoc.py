"""What Pandoc and Quarto make of `@…` in a note that names its bibliography."""

from __future__ import annotations

import pytest

from litdb.citations import citations
from litdb.notes.markdown import read_markdown
from litdb.sources import identify

FRONT = "---\nbibliography: refs.bib\n---\n"


def keys(path, text):
    return [(each.found, each.target) for each in read_markdown(path, text).mentions]


def test_a_note_with_a_bibliography_has_no_handles():
    assert keys("a.md", f"{FRONT}As @ek2020 says. <!-- @no -->") == [("key", "@ek2020")]
    assert keys("a.md", "---\ntitle: a\n---\nThanks to @ek2020.") == [("handle", "@ek2020")]


def test_a_key_that_is_missing_is_told_there():
    note = read_markdown("a.md", f"{FRONT}As @ek2020 says.")
    assert [each.problem for each in citations([note], [], identify)] == [
        "no bibliography among the notes has the key @ek2020"
    ]


@pytest.mark.parametrize("text", ["@fig-plot", "[@fig-plot]", "[see @tbl-a; @sec-b]", "-@eq-c", "@Fig-plot", "@lst-d"])
def test_cross_references_of_quarto_are_no_keys(text):
    assert keys("a.qmd", f"{FRONT}See {text}.") == []
    assert keys("a.md", f"{FRONT}See {text}.") != []


def test_a_key_beside_a_cross_reference_is_one():
    assert keys("a.qmd", f"{FRONT}[@fig-a; @ek2020] @figure-1") == [("key", "@ek2020"), ("key", "@figure-1")]
