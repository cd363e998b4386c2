"""Bookmarks as every browser exports them: Netscape's bookmark file, folders as headings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timezone

from litdb.model import Json, Mention, Note
from litdb.notes.html import Token, tokens, web_address
from litdb.notes.lines import Lines, one_character_line_ends
from litdb.text.titles import clean_title


def read_bookmarks(path: str, text: str) -> Note:
    """The http(s) bookmarks of an export; a description (`<DD>`) stands as the sentence.

    `front_matter["added"]` holds when each was added, in the order of the mentions, empty where the file is silent.
    """
    reader = _Reader(path, Lines(one_character_line_ends(text)))
    for token in tokens(text):
        reader.take(token)
    reader.end_text()
    front_matter: dict[str, Json] = {"added": reader.added} if any(reader.added) else {}
    return Note(path, "bookmarks", "", reader.title, tuple(reader.mentions), front_matter=front_matter)


@dataclass(slots=True)
class _Reader:
    """Walks the export; `folder` is the last `<H3>`, which names the list that comes next."""

    path: str
    lines: Lines
    title: str = ""
    mentions: list[Mention] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    folder: str = ""
    text: str = ""
    within: str = ""

    def take(self, token: Token) -> None:
        if not token.name:
            self.text += token.text
            return
        self.end_text(token.end)
        self.within = token.name
        if token.name == "dl":
            self.folders.append(self.folder)
            self.folder = ""
        elif token.name == "/dl":
            self.folders = self.folders[:-1]
        elif token.name == "a" and (address := web_address(token.attributes)):
            self.mentions.append(self._mention(token, address))
            self.added.append(_time(token.attributes.get("add_date", "")))
        elif token.name == "a":
            self.within = ""

    def end_text(self, end: int = 0) -> None:
        """Give the text to what it stands in: a title, a folder, a bookmark or its description."""
        text, self.text = clean_title(self.text), ""
        if self.within in ("title", "h1"):
            self.title = self.title or text
        elif self.within == "h3":
            self.folder = text
        elif self.within == "a":
            line, column = self.lines.place(end)
            self.mentions[-1] = replace(self.mentions[-1], text=text, end_line=line, end_column=column)
        elif self.within == "dd" and text and self.mentions:
            self.mentions[-1] = replace(self.mentions[-1], sentence=text)

    def _mention(self, token: Token, address: str) -> Mention:
        line, column = self.lines.place(token.start)
        end_line, end_column = self.lines.place(token.end)
        headings = tuple(filter(None, self.folders))
        return Mention(
            self.path, line, column, end_line, end_column, address, "bookmark", url=address, headings=headings
        )


def _time(seconds: str) -> str:
    """Seconds since 1970 as ISO 8601 in UTC; empty for what is no time."""
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 10 and int(seconds)):
        return ""
    return datetime.fromtimestamp(int(seconds), tz=timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
