"""What else lists can show: headings, archives, keys, short names, orders, and what is not dated."""

from __future__ import annotations

import re

import pytest

from litdb.export.pandoc_markdown import write_markdown
from litdb.export.references import TYPE_HEADINGS, ListStyle, citation, reference_list, references_document
from litdb.model import Identifier, Name, Work, WorkType


def work(title="A title", key="key", type_="post", **fields) -> Work:
    url = f"https://example.org/{key}"
    return Work(Identifier("url", url), (), key, type_, url, title=title, **fields)


def shape(text: str) -> str:
    """The headings and keys of a list, in order."""
    return " ".join(heading or key for heading, key in re.findall(r"^### (.*)$|example\.org/(\w+)", text, re.MULTILINE))


WORKS = [
    work(key="c", date="2021-05", authors=(Name("Zhou", "A."),)),
    work(key="a", type_="preprint", authors=(Name("Merwijk", "Chris", "van"),)),
    work(key="b", date="2022-01-02", authors=(Name(literal="OpenAI"),)),
    work("Basics", key="d", type_="book", date="2021"),
]


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (ListStyle(headings="year"), "2021 c d 2022 b Undated a"),
        (ListStyle(headings="year", order="newest"), "2022 b 2021 c d Undated a"),
        (ListStyle(headings="year", order="date"), "2021 d c 2022 b Undated a"),
        (ListStyle(headings="type"), "Books d Preprints a Posts c b"),
        (ListStyle(order="newest"), "b c d a"),
        (ListStyle(order="author"), "d a b c"),
        (ListStyle(order="type"), "d a c b"),
    ],
)
def test_orders_and_headings(style, shown):
    assert shape(reference_list(WORKS, style)) == shown


def test_numbers_go_on_under_the_next_heading():
    text = reference_list(WORKS, ListStyle(headings="year"))
    assert re.findall(r"^(\d)\. ", text, re.MULTILINE) == ["1", "2", "3", "4"]


def test_every_type_has_a_heading():
    from typing import get_args

    assert set(TYPE_HEADINGS) == set(get_args(WorkType))


def test_undated_works_say_so_where_it_is_asked_for():
    assert reference_list([work()], ListStyle(undated="n.d.")).endswith(" (n.d.)\n")
    assert reference_list([work()], ListStyle()).endswith("/key)\n")


def test_dates_in_any_form():
    style = ListStyle(date_format="%-d %B %Y")
    assert "(December 2019)" in reference_list([work(date="2019-12")], style)
    assert "(6 years ago)" in reference_list(
        [work(date="2020-01")], ListStyle(date_format="relative", today="2026-11-21")
    )


def test_a_copy_and_the_key_are_added():
    style = ListStyle(archived=True, cite_keys=True)
    line = reference_list([work(archived="https://web.archive.org/web/2022/https://example.org/key")], style)
    assert line == (
        "1. [A title](https://example.org/key) [archived](https://web.archive.org/web/2022/https://example.org/key) [@key]\n"
    )


@pytest.mark.parametrize(
    ("names", "full", "short"),
    [
        ((), "", ""),
        ((Name("Ngo", "Richard"),), "Richard Ngo", "Ngo"),
        (
            (Name("Ngo", "Richard"), Name("Merwijk", "Chris", "van")),
            "Richard Ngo, Chris van Merwijk",
            "Ngo & van Merwijk",
        ),
        (tuple(Name("N", str(i)) for i in range(5)), "0 N, 1 N, 2 N, 3 N, 4 N", "N et al."),
    ],
)
def test_people_in_full_or_short(names, full, short):
    for who, expected in (("full", full), ("short", short)):
        line = reference_list([work(authors=names)], ListStyle(people=who))
        assert line == f"1. [A title](https://example.org/key){f' ({expected})' if expected else ''}\n"


def test_the_document_keeps_headings_and_style():
    text = "".join(references_document(WORKS, [("n.md", WORKS)], ListStyle(headings="year", cite_keys=True)))
    by_date = text.split("## All works by date")[1]
    assert shape(by_date) == "2021 d c 2022 b a"
    assert text.count("[@a]") == 2


@pytest.mark.parametrize(
    ("key", "written"), [("a:b_c", "[@a:b_c]"), ("a.b", "[@a.b]"), ("a.", "[@{a.}]"), ("a--b", "[@{a--b}]")]
)
def test_keys_that_punctuation_would_end_stand_in_braces(key, written):
    assert citation(key) == written


def test_markdown_for_pandoc_comes_item_by_item():
    works = iter([work(key="a"), work(key="b")])
    written = write_markdown(works)
    assert "litdb export: markdown" in next(written)
    assert next(written) == "- [A title](https://example.org/a) (n.d.) [@a]\n"
    assert next(works).key == "b"


def test_what_became_of_a_work_is_said():
    assert reference_list([work(status="retracted", date="2018")], ListStyle()).endswith(" (2018) (retracted)\n")
