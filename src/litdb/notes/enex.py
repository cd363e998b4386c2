"""Evernote's exports (`.enex`): many notes in one file of XML, the page of each in HTML within.

evernote.com/blog/how-evernotes-xml-export-format-works; what is read is what an HTML file with a heading for each note
would say, so the file is made one letter by letter and all places stay.
"""

from __future__ import annotations

import re
from dataclasses import replace

from litdb.model import Note
from litdb.notes.fences import blank_between
from litdb.notes.html import read_html

_LEFT_OUT = ("created", "updated", "tag", "resource", "task")
"""Elements that say nothing of what a note cites."""
_TAG = re.compile(r"(?P<open></?)(?P<name>title|source-url)>")
_AS_HTML = {"title": "h1", "source-url": "p"}


def read_enex(path: str, text: str) -> Note:
    """The citations of all notes: what each was clipped from, and what it cites, under its title."""
    for name in _LEFT_OUT:
        text = blank_between(text, re.compile(rf"<{name}(?=[\s>])[^<>]*>"), re.compile(f"</{name}>"))
    text = _TAG.sub(_as_html, text).replace("]]>", "   ")
    return replace(read_html(path, text), kind="enex")


def _as_html(tag: re.Match[str]) -> str:
    """A tag of HTML as long as this one of Evernote's."""
    return f"{tag['open']}{_AS_HTML[tag['name']]}".ljust(len(tag[0]) - 1) + ">"
