"""Pandoc's `@key` without brackets: a key where a bibliography knows it, else somebody's handle and no citation."""

from __future__ import annotations

import pytest

from litdb.citations import citations
from litdb.model import Identifier
from litdb.notes import read_note
from litdb.sources import identify

BIB = b"@misc{doe99, doi = {10.1000/a}}\n@misc{roe:2001, doi = {10.1000/b}}\n"
ASSIGNED = [("ekHedges2020", Identifier("doi", "10.1000/c"))]


def cited(text: str) -> list[tuple[str, str, str]]:
    """What a note cites beside a bibliography: how it was found, the work or nothing, the problem."""
    notes = [read_note("n.md", text.encode(), identify), read_note("refs.bib", BIB, identify)]
    found = (each for each in citations(notes, ASSIGNED, identify) if each.mention.note == "n.md")
    return [(each.mention.found, str(each.identity and each.identity.identifier), each.problem) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "@doe99 says so.",
        "As @doe99: writes",
        "a (@doe99, p. 3)",
        "-@doe99 [p. 33]",
        "*@doe99*'s",
        "@doe99's",
        "[by @doe99]",
        "[see @doe99, <b>x</b>]",
        "a [@doe99].",
        "@{doe99}s",
        "[@{doe99}]",
        "[see -@{doe99}, p. 3]",
        "| a |\n|---|\n| @doe99 |",
    ],
)
def test_a_bare_key_cites_what_a_bibliography_has_under_it(text):
    assert cited(text) == [("key", "doi:10.1000/a", "")]


def test_signs_within_a_key_belong_to_it():
    assert cited("@roe:2001, and so on") == [("key", "doi:10.1000/b", "")]


def test_braces_say_where_a_key_ends():
    bib = read_note("b.bib", b"@misc{roe., doi = {10.1000/b}}", identify)
    note = read_note("n.md", b"@{roe.} and [-@{roe.}]", identify)
    found = [each for each in citations([note, bib], [], identify) if each.mention.note == "n.md"]
    assert [(each.mention.target, each.mention.column, each.mention.end_column) for each in found] == [
        ("@roe.", 1, 8),
        ("@roe.", 15, 22),
    ]


@pytest.mark.parametrize("form", ["[@{}]", "[see @{}, p. 3]", "@{} says", "[-@{{{}}}]"])
@pytest.mark.parametrize(
    ("key", "work"),
    [
        ("doi:10.1000/a", "doi:10.1000/a"),
        ("arxiv:2209.00626", "arxiv:2209.00626"),
        ("pmid:31452104", "url:https://pubmed.ncbi.nlm.nih.gov/31452104"),
        ("pmcid:PMC1234567", "url:https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567"),
        ("isbn:9780131103627", "isbn:9780131103627"),
        ("url:https://example.org/x", "url:https://example.org/x"),
    ],
)
def test_keys_of_manubot_are_identifiers(form, key, work):
    assert [each[1:] for each in cited(form.format(key))] == [(work, "")]


def test_keys_that_litdb_gave_are_known_too():
    assert cited("@ekHedges2020 writes") == [("key", "doi:10.1000/c", "")]


@pytest.mark.parametrize(
    "text",
    [
        "thanks to @bob and @janedoe",
        "me@doe99.example a@doe99",
        "https://medium.com/@doe99",
        "`@doe99` and <!-- @doe99 -->",
        "@fig-one, @sec-two, @DOE99",
        "@property",
    ],
)
def test_a_handle_that_no_bibliography_knows_is_no_citation_and_no_problem(text):
    assert [each for each in cited(text) if each[0] == "key"] == []


def test_handles_are_not_counted_among_the_mentions_of_a_note():
    note = read_note("n.md", b"thanks to @bob", identify)
    assert citations([note], [], identify).notes[0].mentions == ()


def test_a_key_in_brackets_is_cited_once_whatever_stands_beside_it():
    found = cited("[see @doe99, https://example.org/x; @roe:2001]")
    assert [work for _, work, _ in found] == ["doi:10.1000/a", "url:https://example.org/x", "doi:10.1000/b"]


def test_a_key_within_a_links_text_is_the_links():
    assert cited("[@doe99](https://example.org/x)") == [("inline-link", "url:https://example.org/x", "")]


@pytest.mark.parametrize(
    "yaml", ["nocite: '@doe99, @gone'", "nocite: |\n  @doe99,\n  @gone", "nocite:\n- '@doe99'\n- '@gone'"]
)
def test_front_matter_lists_keys_that_no_text_cites(yaml):
    known, unknown = cited(f"---\n{yaml}\n---\n")
    assert known == ("front-matter:nocite", "doi:10.1000/a", "")
    assert unknown[2] == "no bibliography among the notes has the key @gone"
