"""Where an offset of a text is, as people count: line and column from 1, in code points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

_LINE_END = re.compile(r"\n")


class Lines:
    """The lines of a text whose line ends are all one character. Cheapest when asked from above to below.

    >>> lines = Lines("ab\\ncd")
    >>> lines.place(4), lines.place(0)
    ((2, 2), (1, 1))
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked, self._line, self._start = 0, 1, 0
        """The last offset asked for, its line, and where that begins."""

    @cached_property
    def starts(self) -> list[int]:
        """The offsets at which the lines begin."""
        return [0, *map(re.Match.end, _LINE_END.finditer(self._text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        text, asked = self._text, self._asked
        passed = text.count("\n", asked, offset) if offset >= asked else -text.count("\n", offset, asked)
        if passed:
            self._line += passed
            self._start = text.rfind("\n", 0, offset) + 1
        self._asked = offset
        return self._line, offset - self._start + 1


def one_character_line_ends(text: str) -> str:
    r"""The text with every line end a single `\n`, and every offset where it was.

    >>> one_character_line_ends("a\r\nb\rc")
    'a \nb\nc'
    """
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def blanked_between(text: str, lines: Sequence[tuple[int, int]]) -> str:
    r"""What stands in such parts of lines, as long as in the text, with blanks for all that is between them.

    >>> blanked_between("> a\n> b", [(2, 3), (6, 7)])
    'a\n  b'
    """
    pieces, done = [], lines[0][0]
    for begin, end in lines:
        gap = "\n" + " " * (begin - done - 1) if begin > done else ""
        pieces += [gap, text[begin:end]]
        done = end
    return "".join(pieces)
