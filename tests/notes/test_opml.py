"""OPML: outlines of outliners, and feeds."""

from __future__ import annotations

import pytest

from litdb.notes.opml import read_opml

X = "https://example.org/x"


def outlines(body):
    return read_opml("a.opml", f'<?xml version="1.0"?><opml version="2.0"><body>{body}</body></opml>').mentions


@pytest.mark.parametrize(
    ("outline", "cited"),
    [
        (f'<outline text="See {X} soon"/>', [(X, "", f"See {X} soon")]),
        (f'<outline text="See &lt;a href=&quot;{X}&quot;&gt;this&lt;/a&gt;."/>', [(X, "this", None)]),
        (f'<outline text="See [this]({X})."/>', [(X, "this", f"See [this]({X}).")]),
        (f'<outline text="A" _note="and {X}&#10;more"/>', [(X, "", f"and {X} more")]),
        (f'<outline type="link" text="A &amp;amp; b" url="{X}"/>', [(X, "A & b", "")]),
        (f'<outline type="rss" text="A" xmlUrl="{X}.xml" htmlUrl="{X}"/>', [(X, "A", "")]),
        ('<outline type="rss" text="A" xmlUrl="https://example.org/feed"/>', []),
        ('<outline text="A `https://example.org/code`"/>', []),
    ],
)
def test_an_outline_cites(outline, cited):
    assert [(each.url, each.text) for each in outlines(outline)] == [each[:2] for each in cited]
    assert all(said[2] in (None, each.sentence) for each, said in zip(outlines(outline), cited, strict=True))


def test_what_is_above_an_outline_are_its_headings():
    body = (
        f'<outline text="*A*">\n<outline text="B">\n<outline text="{X}"/></outline>\n<outline text="C {X}"/></outline>'
    )
    assert [(each.headings, each.line, each.column, each.end_line) for each in outlines(body)] == [
        (("A", "B"), 3, 1, 3),
        (("A",), 4, 1, 4),
    ]


def test_the_head_has_the_title():
    assert read_opml("a.opml", "<opml><head><title>A &amp; b</title></head><body/></opml>").title == "A & b"


def test_an_outline_that_never_ends_costs_nothing():
    assert len(outlines(f'<outline text="{X}"><outline text="' + "a" * 100_000)) == 1
