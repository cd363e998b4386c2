"""Outlines as OPML: what Workflowy, Dynalist, OmniOutliner and Logseq export, and the lists of feeds of feed readers.

OPML 2.0 (opml.org/spec2.opml): what an outline says is its `text`, in HTML or Markdown; a link has its `url`, a feed
the `htmlUrl` of its site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from litdb.model import Mention, Note
from litdb.notes.found import web_url
from litdb.notes.html import Token, tokens
from litdb.notes.lines import Lines, one_character_line_ends
from litdb.notes.markdown import read_markdown
from litdb.notes.plain import plain

ADDRESSES = ("url", "htmlurl")
TEXTS = ("text", "_note")


def read_opml(path: str, text: str) -> Note:
    """The citations of all outlines, each under the words of those that it stands in; its place is its outline's."""
    reader = _Reader(path, text, Lines(one_character_line_ends(text)))
    for token in tokens(text):
        reader.take(token)
    return Note(path, "opml", "", reader.title.strip(), tuple(reader.mentions))


@dataclass(slots=True)
class _Reader:
    """Walks the outlines; `above` are the words of those that are open."""

    path: str
    source: str
    lines: Lines
    title: str = ""
    mentions: list[Mention] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    in_title: bool = False

    def take(self, token: Token) -> None:
        if token.name == "outline":
            self._take_outline(token)
        elif token.name == "/outline":
            self.above = self.above[:-1]
        elif token.name:
            self.in_title = token.name == "title"
        elif self.in_title:
            self.title += token.text

    def _take_outline(self, token: Token) -> None:
        line, column = self.lines.place(token.start)
        end_line, end_column = self.lines.place(token.end)
        words = plain(token.attributes.get("text", ""))
        for each in chain(self._linked(token, words), self._cited(token)):
            self.mentions.append(
                replace(
                    each,
                    line=line,
                    column=column,
                    end_line=end_line,
                    end_column=end_column,
                    headings=tuple(filter(None, self.above)),
                )
            )
        if self.source[token.end - 2 : token.end] != "/>":
            self.above = [*self.above, words]

    def _linked(self, token: Token, words: str) -> Iterator[Mention]:
        """The page that an outline is a link to."""
        addresses = (token.attributes.get(name, "") for name in ADDRESSES)
        for target, url in [(each, web_url(each)) for each in addresses if web_url(each)][:1]:
            yield Mention(self.path, 1, 1, 1, 1, target, "bookmark", url, words)

    def _cited(self, token: Token) -> Iterator[Mention]:
        """What the words of an outline cite."""
        for text in filter(None, map(token.attributes.get, TEXTS)):
            yield from read_markdown(self.path, text).mentions
