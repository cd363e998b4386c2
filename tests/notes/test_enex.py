"""Evernote's exports: every note a heading, its source and its links."""

from __future__ import annotations

from litdb.notes.enex import read_enex

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">\n'
INNER = '<?xml version="1.0"?><!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd">'
SAVED = f"""{HEAD}<en-export export-date="20240301T100000Z" application="Evernote">
<note><title>Scaling &amp; laws</title><created>20240101T100000Z</created><tag>https://example.org/tag</tag>
<note-attributes><source-url>https://example.org/source</source-url></note-attributes>
<content><![CDATA[{INNER}<en-note><div>See <a href="https://example.org/a">this</a>, or
https://example.org/b</div></en-note>]]></content>
<resource><data encoding="base64">aHR0cHM6Ly9leGFtcGxlLm9yZy9j
https://example.org/no</data></resource></note>
<note><title>Second</title><content><![CDATA[<en-note><a href="evernote:///view/1/">x</a> https://example.org/c]]></content></note>
</en-export>
"""


def test_every_note_is_a_heading_over_its_source_and_its_links():
    note = read_enex("a.enex", SAVED)
    assert (note.kind, note.title) == ("enex", "")
    assert [(each.url, each.headings, each.text, each.sentence) for each in note.mentions] == [
        ("https://example.org/source", ("Scaling & laws",), "", "https://example.org/source"),
        ("https://example.org/a", ("Scaling & laws",), "this", "See this, or https://example.org/b"),
        ("https://example.org/b", ("Scaling & laws",), "", "See this, or https://example.org/b"),
        ("https://example.org/c", ("Second",), "", "x https://example.org/c"),
    ]


def test_places_are_those_of_the_file():
    lines = SAVED.split("\n")
    spans = [lines[each.line - 1][each.column - 1 : each.end_column - 1] for each in read_enex("a", SAVED).mentions]
    assert spans == [
        "https://example.org/source",
        '<a href="https://example.org/a">this</a>',
        "https://example.org/b",
        "https://example.org/c",
    ]
