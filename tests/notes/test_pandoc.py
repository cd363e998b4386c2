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


REFERENCES = """---
title: Mine
references:
- type: article-journal
  id: doe2020
  DOI: 10.5555/a
  URL: https://a.example/doe
- {id: flow, URL: "https://a.example/flow"}
- id: "roe"
  abstract: see https://a.example/other
  URL: "https://a.example/roe"
- id: chapter
  type: chapter
  ISBN: 978-0-13-103805-9
- id: book
  type: book
  ISBN: 978-0-13-103805-9
other: https://a.example/else
---
"""


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("[@doe2020, p. 3]", "https://doi.org/10.5555/a"),
        ("@roe", "https://a.example/roe"),
        ("@flow", "https://a.example/flow"),
        ("@book", "https://openlibrary.org/isbn/9780131038059"),
        ("@chapter", ""),
        ("@nobody", ""),
    ],
)
def test_a_key_leads_to_the_reference_that_front_matter_lists(text, url):
    (mention,) = (each for each in read_markdown("a.md", f"{REFERENCES}\nSee {text}.").mentions if each.line > 20)
    assert (mention.found, mention.url) == ("key", url)


def test_an_item_is_one_work_by_what_names_it_most_surely():
    note = read_markdown("a.md", REFERENCES)
    assert [(each.found, each.url) for each in note.mentions if each.line < 14] == [
        ("front-matter:references", "https://doi.org/10.5555/a"),
        ("ignored", "https://a.example/doe"),
        ("front-matter:references", "https://a.example/flow"),
        ("front-matter:references", "https://a.example/other"),
        ("front-matter:references", "https://a.example/roe"),
    ]


def test_what_quarto_says_of_the_note_itself_names_it():
    front = "---\ntitle: Mine\ncitation:\n  doi: 10.5555/a\n  url: https://a.example/mine\n---\n"
    note = read_markdown("a.qmd", front)
    assert [(each.found, each.url) for each in note.mentions] == [
        ("front-matter:doi", "https://doi.org/10.5555/a"),
        ("front-matter:url", "https://a.example/mine"),
    ]
