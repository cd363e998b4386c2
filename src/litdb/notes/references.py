"""Link reference definitions: `[label]: http://… "title"` (CommonMark 0.31, 4.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litdb.notes.found import Found, unescape, web_url

LONGEST_LABEL = 999

_DEFINITION = re.compile(
    r"""[ ]*\[(?P<label>[^\[\]\\]*(?:\\.[^\[\]\\]*)*)\]:
        [ \t]*\n?[ \t]*
        (?:<(?P<pointed>[^<>\n]*)>|(?P<plain>[^\s<]\S*))
        (?:(?:[ \t]+|[ \t]*\n[ \t]*)
           (?:"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|\([^()\\]*(?:\\.[^()\\]*)*\))
           (?=[ \t]*(?:\n|\Z)))?
        [ \t]*(?:\n|\Z)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Definition:
    """One definition and whether the note uses it; `start` and `end` are offsets in the note."""

    start: int
    end: int
    label: str
    target: str
    url: str
    headings: tuple[str, ...]
    used: bool = False

    def as_found(self) -> Found:
        """The definition as a citation of its own, for a note that never uses it."""
        return Found(self.start, self.end, self.target, self.url, "reference-definition", self.label)


class Definitions:
    """All definitions of a note. The first of a label wins; later ones are kept as `repeated`."""

    def __init__(self) -> None:
        self.repeated: list[Definition] = []
        self._by_label: dict[str, Definition] = {}

    def __len__(self) -> int:
        return len(self._by_label)

    def take_from(self, text: str, offset: int, headings: tuple[str, ...]) -> int:
        """Take the definitions that a paragraph begins with; how long they are. `offset` is the paragraph's."""
        position = 0
        while text.startswith("[", position + _indent(text, position)):
            match = _DEFINITION.match(text, position)
            if not match or not match["label"].strip() or match["label"].startswith("^"):
                break
            self._add(match, offset, headings)
            position = match.end()
        return position

    def named(self, label: str) -> Definition | None:
        """The definition that a label means, case and blanks aside."""
        return self._by_label.get(_fold(label)) if len(label) <= LONGEST_LABEL else None

    def unused(self) -> list[Definition]:
        """The definitions of web addresses that the note never uses."""
        return [each for each in self._by_label.values() if each.url and not each.used]

    def _add(self, match: re.Match[str], offset: int, headings: tuple[str, ...]) -> None:
        target = match["pointed"] if match["pointed"] is not None else match["plain"]
        start = match.start() + _indent(match.string, match.start())
        end = match.start() + len(match[0].rstrip())
        url, label = web_url(unescape(target)), " ".join(match["label"].split())
        definition = Definition(offset + start, offset + end, label, target, url, headings)
        first = self._by_label.setdefault(_fold(match["label"]), definition)
        if first is not definition and definition.url:
            self.repeated.append(definition)


def _indent(text: str, position: int) -> int:
    length = 0
    while text.startswith(" ", position + length):
        length += 1
    return length


def _fold(label: str) -> str:
    return " ".join(label.split()).casefold()
