"""Canvases of Obsidian: a card of text is Markdown of its own, and a card that shows a page cites it.

JSON Canvas 1.0 (jsoncanvas.org/spec/1.0): nodes are `text`, `link`, `file` or `group`; edges cite nothing.
"""

from __future__ import annotations

from litdb.errors import NoteError
from litdb.model import Mention, Note
from litdb.notes.found import web_url
from litdb.notes.json_places import Joined, Text, member, members, read_json, texts, word
from litdb.notes.lines import Lines, one_character_line_ends
from litdb.notes.markdown import read_markdown


def read_canvas(path: str, text: str) -> Note:
    """The citations of all cards, in the order of the file; lines and columns are those of the file.

    Raises `NoteError` for what is no canvas.
    """
    source = one_character_line_ends(text)
    canvas = read_json(path, source)
    if canvas is not None and not isinstance(canvas, dict):
        raise NoteError(f"{path} is no canvas: that is an object with nodes. Open it in Obsidian and save it anew.")
    lines = Lines(source)
    mentions: list[Mention] = []
    problems: list[str] = []
    for node in members(member(canvas, "nodes")):
        if word(node, "type") == "text":
            joined = Joined(source, [texts(member(node, "text"))])
            card = read_markdown(path, joined.text, joined)
            mentions += card.mentions
            problems += card.problems
        elif word(node, "type") == "link":
            mentions += (_link(path, each, lines) for each in texts(member(node, "url")) if web_url(each.value))
    return Note(path, "canvas", "", mentions=tuple(mentions), problems=tuple(problems))


def _link(path: str, url: Text, lines: Lines) -> Mention:
    return Mention(path, *lines.place(url.start), *lines.place(url.end), url.value, "bare-url", web_url(url.value))
