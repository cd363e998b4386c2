"""Roam Research's export as JSON: a list of pages, each with blocks in blocks, whose `string` is Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from litdb.model import Mention, Note
from litdb.notes.json_places import Joined, Placed, Text, member, members, read_json, texts, word
from litdb.notes.lines import one_character_line_ends
from litdb.notes.markdown import read_markdown

_BEGINS = re.compile(
    rb'\s*\[\s*\{\s*"(?:title|children|uid|create-time|create-email|edit-time|edit-email|:[\w/-]+)"\s*:'
)
_BLOCK = re.compile(rb'"string"\s*:\s*"')


def is_roam(content: bytes) -> bool:
    """Whether JSON is such an export: a list whose objects begin like pages, with a block near its beginning.

    >>> is_roam(b'[{"title": "A", "children": [{"string": "b"}]}]'), is_roam(b'[{"title": "A"}]')
    (True, False)
    """
    return bool(_BEGINS.match(content) and _BLOCK.search(content))


def read_roam(path: str, text: str) -> Note:
    """The citations of all pages, each under the title of its page; lines and columns are those of the file.

    Raises `NoteError` for what is no JSON.
    """
    source = one_character_line_ends(text)
    mentions: list[Mention] = []
    problems: list[str] = []
    for page in members(read_json(path, source)):
        title = word(page, "title")
        joined = Joined(source, [[each] for each in _strings(page)])
        read = read_markdown(path, joined.text, joined)
        mentions += (replace(each, headings=tuple(filter(None, (title, *each.headings)))) for each in read.mentions)
        problems += read.problems
    return Note(path, "roam", "", mentions=tuple(mentions), problems=tuple(problems))


def _strings(page: Placed) -> Iterator[Text]:
    """The texts of all blocks of a page as they stand there, from above to below."""
    blocks = [page]
    while blocks:
        block = blocks.pop()
        yield from texts(member(block, "string"))
        blocks += reversed(members(member(block, "children")))
