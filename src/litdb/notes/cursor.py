"""A place in a line of Markdown, with the column arithmetic that tabs need (CommonMark 0.31, 2.2)."""

from __future__ import annotations


class Cursor:
    """A place at a visible character of a line, or at its end.

    `column` counts with tab stops of 4. `indent` are the columns of blanks before the place that no list or quote has
    used up; that may leave off within a tab.
    """

    __slots__ = ("at_end", "column", "end", "indent", "position", "text")

    def __init__(self, text: str, position: int, end: int) -> None:
        self.text, self.position, self.end = text, position, end
        self.column = self.indent = 0
        self.at_end = position >= end
        if not self.at_end and text[position] in " \t":
            self._skip_blanks()

    def pass_quote_mark(self) -> None:
        """Go past `>` and the one blank that belongs to it."""
        self.pass_over(1)
        self.indent -= min(1, self.indent)

    def pass_list_marker(self, length: int) -> int:
        """Go past a list marker; the columns that the item's content is indented by (CommonMark 0.31, 5.2)."""
        before = self.indent
        self.pass_over(length)
        blanks = 1 if self.at_end or self.indent > 4 else self.indent
        self.indent -= blanks
        return before + length + blanks

    def pass_over(self, length: int) -> None:
        """Go past visible characters and the blanks behind them."""
        self.position += length
        self.column += length
        self._skip_blanks()

    def pass_line(self) -> None:
        """Go to the end of the line."""
        self.position, self.at_end = self.end, True

    def _skip_blanks(self) -> None:
        text, position, end, start = self.text, self.position, self.end, self.column
        column = start
        while position < end and (blank := text[position]) in " \t":
            column += 1 if blank == " " else 4 - column % 4
            position += 1
        self.position, self.column = position, column
        self.indent, self.at_end = column - start, position >= end
