"""Property lines at the head of a note: what they say of the one work that they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.notes.markdown import read_markdown
from litdb.notes.properties import LARGEST
from litdb.projection import Evidence, shelve
from litdb.sources import identify

A, B = "http://a.example/x", "http://b.example/y"
SMITH = ("A Clip", ["Bob Smith"], "2020-05-06")
SAID = "Author:: [[Bob Smith]]\nFull Title:: A Clip\nPublished Date:: [[May 6th, 2020]]"


def works(text: str) -> dict[str, tuple[str, list[str], str]]:
    """Title, people and date of every work that a note makes."""
    made = shelve(Evidence([read_markdown("n.md", text)]), identify, {}).works
    return {each.url: (each.title, [name.display for name in each.authors], each.date) for each in made}


def said(text: str) -> list[tuple[str, object]]:
    """What the mentions of a note assert."""
    return [(each.field, each.value) for mention in read_markdown("n.md", text).mentions for each in mention.asserted]


WRITTEN = {
    "inline fields": f"source:: {A}\nauthor:: [[Bob Smith]]\npublished:: 2020-05-06\ntitle:: A Clip\n\nWords.",
    "in list items": f"# Clip\n- source:: <{A}>\n- author:: Bob Smith\n- published:: 2020-05-06\n- title:: A Clip",
    "in brackets": f"- [source:: {A}] [author:: [[Bob Smith]]]\n- (published:: May 6, 2020) [title:: A Clip]\nWords.",
    "in a callout": f"> [!info]- About\n> **url**:: {A}\n> **authors**:: [[Smith, Bob]]\n"
    "> **published**:: 2020-05-06\n> **title**:: A Clip\n",
    "page properties": f"title:: A Clip\nauthors:: [[Bob Smith]]\nurl:: {A}\ntags:: a, [[b]]\n"
    "published:: [[May 6th, 2020]]\n\n- Words",
    "the full title": f'title:: Clip (highlights)\nauthor:: [[Bob Smith]]\nfull-title:: "A Clip"\ncategory:: #articles\n'
    f"url:: {A}\npublished-date:: 2020-05-06\n\n- Highlights",
    "the page's name is no title": f"title:: @smith2020\noriginal-title:: A Clip\nauthors:: [[Bob Smith]]\nurl:: {A}\n"
    "published:: 2020-05-06\n",
    "attributes under one": f"- Metadata::\n    - URL:: {A}\n    - Author:: [[Bob Smith]]\n"
    "    - Published:: 2020-05-06\n    - Title:: A Clip\n- Notes",
    "with blank lines between": f"---\ntitle: Mine\n---\n\n- Author:: [[Bob Smith]]\n\n- Full Title:: A Clip\n\n"
    f"- Category:: #articles\n\n- URL:: {A}\n\n- Published Date:: 2020-05-06\n\n- Highlights\n\t- {B}",
    "the address as a link": f"- Full Title:: A Clip\n- Author:: [[Bob Smith]]\n- URL:: [🔗]({A})\n"
    "- Published:: May 6, 2020\n- ![](http://b.example/cover.jpg)",
    "a section": f"# Clip\n\n![cover](http://b.example/c.png)\n\n## Metadata\n- Author: [[Bob Smith]]\n"
    f"- Full Title: A Clip\n- Category: #articles\n- Publication Date: May 6, 2020\n- URL: {A}\n\n## Highlights\n- Words",
    "a section without a list": f"## Source Metadata\n\n**Title:** A Clip\n**Author:** Bob Smith\n**URL:** {A}\n"
    "**Published:** 2020-05-06\n",
    "lines behind the title": f"# Clip\n\nCreated: June 1, 2021 10:00 AM\nURL: {A}\nAuthor: Bob Smith\n"
    "Published: May 6, 2020\nTitle: A Clip\nTags: ai, x\n\nWords",
    "an author with a page": f"# Clip\n\nURL: {A}\nAuthor: Bob Smith (Bob%20Smith%200a1b.md)\nTitle: A Clip\n"
    "Published: May 6, 2020",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_property_lines_tell_of_the_work_that_they_name(text):
    assert works(text)[A] == SMITH


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_line_ends_of_another_system_change_nothing(text):
    assert works(text.replace("\n", "\r\n"))[A] == SMITH


ONE_PAPER = {
    "abstract and PDF": ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/pdf/1706.03762v5.pdf"),
    "identifier and publisher": ("https://doi.org/10.1000/XYZ", "https://journal.example/doi/full/10.1000/xyz?a=b"),
    "two schemes": ("http://www.a.example/x/", "https://a.example/x#part"),
}


@pytest.mark.parametrize(("one", "other"), ONE_PAPER.values(), ids=ONE_PAPER)
def test_two_addresses_of_one_paper_are_told_of(one, other):
    for text in (f"url:: {one}\nlink:: {other}\n{SAID}", f"url:: {one}, {other}\n{SAID}"):
        assert [field for field, _ in said(text)] == ["title", "authors", "date"] * 2


def test_a_cover_is_no_citation():
    note = read_markdown("n.md", f"url:: {A}\ncover:: {B}\n{SAID}")
    assert [(each.url, each.found, bool(each.asserted)) for each in note.mentions] == [
        (A, "bare-url", True),
        (B, "ignored", False),
    ]


IDENTIFIERS = {
    "doi:: 10.1000/xyz": ("https://doi.org/10.1000/xyz", 7, 18),
    "- DOI:: [10.1000/xyz](https://doi.org/10.1000/xyz)": ("https://doi.org/10.1000/xyz", 9, 51),
    "arxiv_id:: 2209.00626v2": ("https://arxiv.org/abs/2209.00626v2", 12, 24),
    "[isbn:: 978-0-13-110362-7]": ("https://openlibrary.org/isbn/9780131103627", 9, 26),
}


@pytest.mark.parametrize(("line", "cited"), IDENTIFIERS.items(), ids=IDENTIFIERS)
def test_an_identifier_is_cited_where_it_stands_and_says_it_more_surely_than_an_address(line, cited):
    note = read_markdown("n.md", f"url:: {A}\n{line}\n{SAID}\n")
    (mention,) = (each for each in note.mentions if each.asserted)
    assert (mention.url, mention.column, mention.end_column, mention.line) == (*cited, 2)
    assert [claim.field for claim in mention.asserted] == ["title", "authors", "date"]


SILENT = {
    "no address": SAID,
    "two works": f"url:: {A}\nsource:: {B}\n{SAID}",
    "two works in a line": f"url:: {A}, {B}\n{SAID}",
    "in code": f"```\nurl:: {A}\n{SAID}\n```",
    "in indented code": f"    url:: {A}\n    doi:: 10.1000/xyz\n    title:: A Clip",
    "in indented code behind a blank line": "# T\n\n    doi:: 10.1000/xyz\n    title:: A Clip",
    "under another heading": f"# Clip\n\n## Sources\nurl:: {A}\n{SAID}",
    "in a comment": f"%%\nurl:: {A}\n{SAID}\n%%",
    "not at the head": f"Words first.\n\nurl:: {A}\n{SAID}",
    "words between": f"{SAID}\nWords.\nurl:: {A}",
    "another key": f"related:: {A}\nReadwise URL:: {A}\n{SAID}",
    "prose": f"# Clip\n\nSource: {A}\nAuthor: Bob Smith\nPublished: 2020-05-06\nwhich I read on a train.",
    "prose behind the address": f"# Clip\n\nSource: see {A} for more\nAuthor: Bob Smith",
    "without a title or section": f"Source: {A}\nAuthor: Bob Smith\n",
    "a list behind the title": f"# Clip\n\n- Source: {A}\n- Author: Bob Smith\n",
    "behind a blank line": f"# Clip\n\nURL: {A}\n\nAuthor: Bob Smith\n",
    "a section elsewhere": f"# Clip\n\nWords.\n\n## Metadata\n- URL: {A}\n- Author: Bob Smith\n",
    "days of the note": f"url:: {A}\ncreated:: 2020-05-06\nupdated:: 2020-05-06\naccessed:: 2020-05-06\n"
    "date saved:: 2020-05-06\ndate:: 2020-05-06",
    "a day in doubt": f"url:: {A}\npublished:: 03/04/2021",
    "no day": f"url:: {A}\npublished:: true",
    "the site for want of an author": f"url:: {A}\nauthor:: [[a.example]]",
    "a handle": f"url:: {A}\nauthor:: [[@bob on Twitter]]",
    "a tag": f"url:: {A}\nauthor:: #people/bob-smith",
    "a title cut off": f"title:: A Clip of a... (highlights)\nurl:: {A}\nfull-title:: A Clip of a...",
    "a key for a title": f"url:: {A}\ntitle:: @smith2020",
    "what has no title": f"- URL:: {A}\n- Full Title:: A Clip\n- Category:: #tweets",
    "ignored": f"url:: {A} <!-- litdb: ignore -->\n{SAID}",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_says_nothing_of_a_work(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("written", "date"), [("2020", "2020"), ("May 2020", "2020-05"), ("[[2020-05-06]]", "2020-05-06")]
)
def test_a_day_is_as_precise_as_it_is_written(written, date):
    assert said(f"url:: {A}\npublished:: {written}") == [("date", date)]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"A Clip"', "A Clip"),
        ('"A" and "B"', '"A" and "B"'),
        ("[[A Clip]]", "A Clip"),
        (f"[A Clip]({A})", "A Clip"),
        ("Search &amp; Rescue: a [draft]", "Search & Rescue: a [draft]"),
    ],
)
def test_a_title_is_what_its_marks_stand_for(written, title):
    assert said(f"title:: {written}\nurl:: {A}") == [("title", title)]


def test_mentions_stay_where_they_are():
    text = f"---\na: b\n---\n# T\n- [source:: {A}] [author:: [[Bob Smith]]]\n"
    (mention,) = read_markdown("n.md", text).mentions
    assert (mention.found, mention.line, mention.column, mention.end_column) == ("bare-url", 5, 13, 13 + len(A))
    assert [claim.how for claim in mention.asserted] == ["note:properties"]


def test_what_stands_beside_the_link_is_said_too():
    assert said(f"url:: [x]({A}) (27.01.2022)\ntitle:: A Clip") == [("date", "2022-01-27"), ("title", "A Clip")]


def test_properties_without_end_are_read_so_far():
    text = f"url:: {A}\n" + "k:: v\n" * LARGEST + "title:: Late"
    assert said(text) == []


REPEATED = [
    "\n", " ", "[k:: ", "[k:: [[a", "[k:: (", "(k:: v) ", "k:: v\n", "url:: http://a.example/\n", "# t\n", "# Metadata\n",
    "# metadata ", "![i](u)\n", "- ![", "**", "> ", "- ", "k", ":", "k: v\n", "k:: [[", "doi:: 10.1000/x\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
@pytest.mark.parametrize("before", ["", "# T\n\n", "## Metadata\n", "url:: ", f"title:: [[a\nurl:: {A}\nauthor:: "])
def test_a_piece_repeated_is_read_to_its_end(before, piece):
    text = before + piece * (100_000 // len(piece))
    assert read_markdown("n.md", f"{text}\n\n[t]({B})").path == "n.md"


@given(st.text(alphabet=st.sampled_from("ab:-#[]()*_> \n\thttp/.x!")))
def test_no_property_raises(text):
    for before in ("", "url:: http://a.example/\n", "# T\n\n", "## Metadata\n"):
        read_markdown("n.md", before + text)
