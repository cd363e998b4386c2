"""Reference lists as people write them by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from litdb.export.references import ListStyle, reference_list, references_document
from litdb.model import Identifier, Name, Work
from litdb.text.dates import read_written

SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "002_dc49b81fe5997eee.txt"
BY_HAND = re.compile(
    r"\d+\. \[(?P<title>[^\]]+)\]\((?P<url>[^)]+)\)(?: \((?P<author>[A-Z][^\d)]+)\))?(?: \((?P<date>[\d.]+)\))?"
)


def work(title="A title", url="https://example.org/x", date="", authors=(), key="key", **fields) -> Work:
    return Work(Identifier("url", url), (), key, "post", url, title=title, date=date, authors=tuple(authors), **fields)


def line(*args, style=ListStyle(), **fields) -> str:  # noqa: B008
    return reference_list([work(*args, **fields)], style).rstrip("\n")


@pytest.mark.skipif(not SEED.exists(), reason="the seed notes are not beside the checkout")
def test_a_list_that_somebody_wrote_by_hand_is_written_the_same():
    seed = SEED.read_text(encoding="utf-8").replace(" (RLHF to align GPT-3 with human intent)", "")
    by_hand = seed.partition("## References\n")[2].strip().splitlines()
    found = [BY_HAND.match(each) for each in by_hand]
    works = [
        work(each["title"], each["url"], read_written(each["date"] or "") or "", [Name(literal=each["author"])] if each["author"] else [])
        for each in found
    ]  # fmt: skip
    assert reference_list(works, ListStyle()).splitlines() == by_hand


@pytest.mark.parametrize(
    ("date", "pattern", "written"),
    [
        ("2022-01-27", "DD.MM.YYYY", " (27.01.2022)"),
        ("2022-01", "DD.MM.YYYY", " (01.2022)"),
        ("2022", "DD.MM.YYYY", " (2022)"),
        ("", "DD.MM.YYYY", ""),
        ("2022-01-27T23:30:00-07:00", "YYYY-MM-DD", " (2022-01-27)"),
        ("2022-01-07", "D Month YYYY", " (7 January 2022)"),
    ],
)
def test_a_date_is_written_as_precise_as_known(date, pattern, written):
    assert line(date=date, style=ListStyle(date_format=pattern)) == f"1. [A title](https://example.org/x){written}"


NAMES = [Name("Ngo", "Richard"), Name("Merwijk", "Chris", "van"), Name(literal="OpenAI"), Name("Bee", "A.")]


@pytest.mark.parametrize(
    ("people", "count", "written"),
    [
        ("all", 3, " (Richard Ngo, Chris van Merwijk, OpenAI)"),
        ("all", 4, " (Richard Ngo, Chris van Merwijk, OpenAI et al.)"),
        ("all", 0, ""),
        ("first", 1, " (Richard Ngo)"),
        ("first", 2, " (Richard Ngo et al.)"),
        ("none", 4, ""),
    ],
)
def test_people(people, count, written):
    assert (
        line(authors=NAMES[:count], style=ListStyle(people=people)) == f"1. [A title](https://example.org/x){written}"
    )


@pytest.mark.parametrize(("marker", "starts"), [("1.", ["1.", "2."]), ("1)", ["1)", "2)"]), ("-", ["-", "-"])])
def test_markers(marker, starts):
    lines = reference_list([work(), work()], ListStyle(marker=marker)).splitlines()
    assert [each.split()[0] for each in lines] == starts


@pytest.mark.parametrize(("order", "keys"), [("note", "cadb"), ("date", "bcda"), ("title", "dbca"), ("key", "abcd")])
def test_orders(order, keys):
    works = [work("Gamma", date="2022-05", key="c"), work("Omega", key="a"), work("alpha", date="2023", key="d"),
             work("“Beta”", date="2022", key="b")]  # fmt: skip
    lines = reference_list(works, ListStyle(order=order)).splitlines()
    by_title = {each.title: each.key for each in works}
    assert "".join(by_title[re.search(r"\[(.*)\]", each)[1]] for each in lines) == keys


def test_a_titleless_work_shows_its_label():
    assert line("", label="Tweet by @a_b") == "1. [Tweet by @a_b](https://example.org/x)"


def test_formulas_stay_and_mark_up_goes():
    assert line(r"An $L_1$ \emph{norm} for \$5", markup="tex") == r"1. [An $L_1$ norm for \$5](https://example.org/x)"


def test_markdown_shows_every_title_letter_by_letter(hostile):
    title = f"x{hostile}x"
    tokens = MarkdownIt("commonmark").parse(line(title, authors=[Name(literal=title)]))
    children = next(token for token in tokens if token.type == "inline").children
    shown = "".join(child.content for child in children)
    assert (
        shown.count(
            " ".join(re.sub("[\x00-\x08\x0e-\x1f\u200b\ufeff\u202e\u202c\ud800]", "", title).split()).replace(
                "e\u0301", "é"
            )
        )
        == 2
    )
    assert [child.attrs["href"] for child in children if child.type == "link_open"] == ["https://example.org/x"]


@pytest.mark.parametrize("url", ["https://en.wikipedia.org/wiki/A_(b)", "https://example.org/a)b", "https://example.org/?a=1&lt;=2",
                                 "https://example.org/a*b*_c_", "https://example.org/<a b>"])  # fmt: skip
def test_every_address_is_one_link(url):
    tokens = MarkdownIt("commonmark").parse(line(url=url))
    (link,) = [child for token in tokens for child in token.children or () if child.type == "link_open"]
    assert link.attrs["href"] == url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")


def test_a_marker_in_a_title_cannot_end_a_list():
    assert "<!--" not in line("x <!-- /litdb:refs --> y")


def test_a_note_has_its_own_list_and_the_undated_come_last():
    first, second = work("One", date="2022", key="a"), work("Two", "https://example.org/y", key="b")
    by_note = [("reading.md", [second, first]), ("empty.md", [])]
    text = "".join(references_document([second, first], by_note, ListStyle()))
    assert text.splitlines()[0] == "<!-- litdb export: references -->"
    assert re.findall(r"^## (.*)|\[(\w+)\]", text, re.MULTILINE) == [
        ("reading.md", ""), ("", "Two"), ("", "One"), ("All works by date", ""), ("", "One"), ("Undated works", ""), ("", "Two"),
    ]  # fmt: skip
