"""Bookmarks as every browser exports them: Netscape's bookmark file, folders as headings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timezone

from litdb.model import Json, Mention, Note
from litdb.notes.bare import find_bare
from litdb.notes.found import Found
from litdb.notes.html import Token, tokens, web_address
from litdb.notes.lines import Lines, one_character_line_ends
from litdb.text.titles import clean_title


def read_bookmarks(path: str, text: str) -> Note:
    """The http(s) bookmarks of an export, and what their descriptions (`<DD>`) cite; these stand as the sentence.

    `front_matter["added"]` holds when each was added, in the order of the mentions, empty where the file is silent.
    """
    reader = _Reader(path, text, Lines(one_character_line_ends(text)))
    for token in tokens(text):
        reader.take(token)
    reader.end_text(len(text), len(text))
    front_matter: dict[str, Json] = {"added": reader.added} if any(reader.added) else {}
    return Note(path, "bookmarks", "", reader.title, tuple(reader.mentions), front_matter=front_matter)


@dataclass(slots=True)
class _Reader:
    """Walks the export; `folder` is the last `<H3>`, which names the list that comes next, until that begins."""

    path: str
    source: str
    lines: Lines
    title: str = ""
    mentions: list[Mention] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    folder: str = ""
    text: str = ""
    within: str = ""
    begun: int = 0

    def take(self, token: Token) -> None:
        if not token.name:
            self.text += token.text
            return
        self.end_text(token.start, token.end)
        self.within, self.begun = token.name, token.end
        if token.name == "dl":
            self.folders.append(self.folder)
            self.folder = ""
        elif token.name == "/dl":
            self.folders = self.folders[:-1]
        elif token.name == "a" and (address := web_address(token.attributes)):
            self._add(Found(token.start, token.end, address, address, "bookmark"), token.attributes.get("add_date", ""))
        elif token.name == "a":
            self.within = ""

    def end_text(self, start: int, end: int) -> None:
        """Give the text before a tag, or the end, to what it stands in: title, folder, bookmark or description."""
        text, self.text = clean_title(self.text), ""
        if self.within in ("title", "h1"):
            self.title = self.title or text
        elif self.within == "h3":
            self.folder = text
        elif self.within == "a":
            line, column = self.lines.place(end)
            self.mentions[-1] = replace(self.mentions[-1], text=text, end_line=line, end_column=column)
        elif self.within == "dd" and text:
            if self.mentions and not self.folder:
                self.mentions[-1] = replace(self.mentions[-1], sentence=text)
            self._add_cited(text, self.source[self.begun : start])

    def _add_cited(self, description: str, source: str) -> None:
        for found in find_bare(source):
            whole = found._replace(start=self.begun + found.start, end=self.begun + found.end)
            self._add(whole, sentence=description)

    def _add(self, found: Found, added: str = "", sentence: str = "") -> None:
        line, column = self.lines.place(found.start)
        end_line, end_column = self.lines.place(found.end)
        self.mentions.append(
            Mention(
                self.path,
                line,
                column,
                end_line,
                end_column,
                found.target,
                found.found,
                url=found.url,
                headings=tuple(filter(None, self.folders)),
                sentence=sentence,
            )
        )
        self.added.append(_time(added))


def _time(seconds: str) -> str:
    """Seconds since 1970 as ISO 8601 in UTC; empty for what is no time."""
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 10 and int(seconds)):
        return ""
    return datetime.fromtimestamp(int(seconds), tz=timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
