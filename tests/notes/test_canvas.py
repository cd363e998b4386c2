"""Canvases of Obsidian (JSON Canvas 1.0): cards of Markdown, and cards that are a page of the web."""

import json

import pytest

from litdb.errors import NoteError
from litdb.notes import read_note
from litdb.notes.canvas import read_canvas

SAVED = """{
	"nodes":[
		{"id":"a","type":"text","text":"# Ideas\\nFrom [a paper](https://example.org/a).","x":0,"y":0,"width":1,"height":1},
		{"id":"b","type":"link","url":"https://example.org/b","x":0,"y":0,"width":1,"height":1},
		{"id":"c","type":"file","file":"Papers/c.md"},
		{"id":"d","type":"group","label":"https://example.org/no"},
		{"id":"e","type":"text","text":"see https://example.org/e"}
	],
	"edges":[{"id":"f","fromNode":"a","toNode":"b","label":"https://example.org/no"}]
}"""


def canvas(*nodes):
    return json.dumps({"nodes": nodes})


def test_texts_and_links_are_read_and_nothing_else():
    note = read_canvas("a.canvas", SAVED)
    assert note.kind == "canvas"
    assert [each.url for each in note.mentions] == [f"https://example.org/{name}" for name in "abe"]


def test_a_mention_stands_where_the_file_has_it():
    lines = SAVED.split("\n")
    spans = [lines[each.line - 1][each.column - 1 : each.end_column - 1] for each in read_canvas("a", SAVED).mentions]
    assert spans == ["[a paper](https://example.org/a)", "https://example.org/b", "https://example.org/e"]


def test_a_heading_holds_for_its_own_card():
    assert [each.headings for each in read_canvas("a.canvas", SAVED).mentions] == [("Ideas",), (), ()]


@pytest.mark.parametrize("url", ["", "ftp://example.org/x", "javascript:alert(1)", 7])
def test_only_pages_of_the_web_are_cited(url):
    assert read_canvas("a.canvas", canvas({"type": "link", "url": url})).mentions == ()


def test_the_link_of_a_card_may_be_escaped():
    note = read_canvas("a.canvas", '{"nodes":[{"type":"link","url":"https:\\/\\/example.org\\/\\u00e9"}]}')
    assert [(each.url, each.column, each.end_column) for each in note.mentions] == [("https://example.org/é", 33, 62)]


@pytest.mark.parametrize("text", ["", "{}", '{"nodes":[]}', '{"nodes":[1,{"type":"text"}],"edges":null}'])
def test_a_canvas_may_be_empty(text):
    assert read_canvas("a.canvas", text).mentions == ()


@pytest.mark.parametrize("text", ['{"nodes":[', "[]", '"x"'])
def test_a_broken_canvas_is_told_in_a_sentence(text):
    with pytest.raises(NoteError, match=r"a\.canvas is no (valid JSON|canvas)"):
        read_note("a.canvas", text.encode(), lambda _url: None)
