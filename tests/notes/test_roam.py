"""Roam Research's export as JSON."""

from __future__ import annotations

import json

import pytest

from litdb.notes import is_note, read_note
from litdb.notes.roam import read_roam

PAGES = [
    {
        "create-time": 1709251200000,
        "title": "March 1st, 2024",
        "children": [
            {
                "string": "Read [it](https://example.org/a) \u00e4 #[[to read]]",
                "uid": "a",
                "children": [{"string": "claim:: https://example.org/b", "uid": "b"}],
            },
            {"string": "`https://example.org/no` {{[[youtube]]: https://youtu.be/rPh1ggO3FsE}}", "uid": "c"},
        ],
    },
    {"title": "@doe", "children": [{"string": "Title:: On hedges"}, {"string": "URL:: https://example.org/c"}]},
    {"title": "Empty", "edit-time": 1},
]
SAVED = json.dumps(PAGES, indent=1)


def test_blocks_cite_under_the_title_of_their_page():
    note = read_note("graph.json", SAVED.encode(), lambda _url: None)
    assert note.kind == "roam"
    assert [(each.url, each.headings, each.text) for each in note.mentions] == [
        ("https://example.org/a", ("March 1st, 2024",), "it"),
        ("https://example.org/b", ("March 1st, 2024",), ""),
        ("https://youtu.be/rPh1ggO3FsE", ("March 1st, 2024",), ""),
        ("https://example.org/c", ("@doe",), ""),
    ]


def test_places_are_those_of_the_file():
    lines = SAVED.split("\n")
    mentions = read_roam("graph.json", SAVED).mentions
    spans = [lines[each.line - 1][each.column - 1 : each.end_column - 1] for each in mentions]
    assert spans[:2] == ["[it](https://example.org/a)", "https://example.org/b"]


def test_the_head_of_a_page_says_what_it_is_about():
    *_, last = read_roam("graph.json", SAVED).mentions
    assert [(each.field, each.value) for each in last.asserted] == [("title", "On hedges")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SAVED, True),
        ("\ufeff" + json.dumps(PAGES), True),
        ('[{"title": "A", "children": []}]', False),
        ('[{"id": "a", "type": "book", "string": "b"}]', True),
        ('{"title": "A", "string": "b"}', False),
    ],
)
def test_which_json_is_a_note(text, expected):
    assert is_note("a.json", text.encode()) is expected
