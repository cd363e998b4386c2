"""Where an offset of a text is, as people count: line and column from 1, in code points."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\n")


class Lines:
    """The lines of a text whose line ends are all one character.

    >>> Lines("ab\\ncd").place(4)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        self.starts = [0, *map(re.Match.end, _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def place_after(self, offset: int, line: int) -> tuple[int, int]:
        """Line and column of an offset that is probably still in a line: cheaper, where it is."""
        if line == len(self.starts) or offset < self.starts[line]:
            return line, offset - self.starts[line - 1] + 1
        return self.place(offset)


def one_character_line_ends(text: str) -> str:
    r"""The text with every line end a single `\n`, and every offset where it was.

    >>> one_character_line_ends("a\r\nb\rc")
    'a \nb\nc'
    """
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
