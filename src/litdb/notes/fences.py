"""Fences of code: which are ever closed, asked once for each, without reading the note again; code without."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

_BARE_RUN = re.compile(r"\n(?P<before>[ \t>]*)(?P<run>`+|~+)[ \t]*(?=\n|\Z)")
_DEEPEST = 3
_CODE = {
    "{%": tuple(
        (
            re.compile(rf"^[^\n`]*?\{{%-?[ \t]*{tag}\b[^\n%]*%\}}", re.MULTILINE),
            re.compile(rf"\{{%-?[ \t]*end{tag}[ \t]*-?%\}}"),
        )
        for tag in ("highlight", "comment")
    ),
    "#+": tuple(
        (
            re.compile(rf"^[ \t>]*(?:[-*+][ \t]+)?\#\+begin_{name}\b[^\n]*", re.MULTILINE | re.IGNORECASE),
            re.compile(rf"\#\+end_{name}\b", re.IGNORECASE),
        )
        for name in ("src", "example", "comment")
    ),
    "\\begin{": tuple(
        (re.compile(rf"\\begin\{{{name}\}}"), re.compile(rf"\\end\{{{name}\}}"))
        for name in (r"verbatim\*?", r"Verbatim\*?", "lstlisting", "minted", "comment")
    ),
    "\\iffalse": ((re.compile(r"\\iffalse\b"), re.compile(r"\\fi\b")),),
    "{/*": ((re.compile(r"\{/\*"), re.compile(r"\*/\}")),),
    "port ": (
        (re.compile(r"import (?<![^\n]import )(?=[^\n]*['\"];?[ \t]*(?:\n|\Z))"), re.compile(r"\n|\Z")),
        (
            re.compile(r"export (?<![^\n]export )(?=(?:const|let|var|function|class|default) \w)"),
            re.compile(r"\n[ \t]*\n|\Z"),
        ),
    ),
}
"""How code and comments begin and end, by what a note with any of them holds: tags of Jekyll, blocks of Org (Logseq has
them in Markdown), environments of LaTeX and what it leaves out, comments and modules of MDX."""
_VISIBLE = re.compile(r"[^\n]")


def blank_code(text: str) -> str:
    r"""The text with the code and comments of Jekyll, Org, LaTeX and MDX blanked out; offsets and lines stay.

    What is never closed is text, and so is a tag of Jekyll behind a backtick of its line.

    >>> blank_code("a {% highlight ruby %}\nb\n{% endhighlight %}")
    'a {% highlight ruby %}\n \n{% endhighlight %}'
    """
    for begins, ends in (pair for sign, pairs in _CODE.items() if sign in text for pair in pairs):
        text = blank_between(text, begins, ends)
    return text


def blank_blocks(text: str, blocks: re.Pattern[str]) -> str:
    """The text with such blocks blanked out behind their first line; offsets and lines stay."""
    return blocks.sub(_first_line_of, text)


def blank_all(text: str, blocks: re.Pattern[str]) -> str:
    """The text with such blocks blanked out; offsets and lines stay."""
    return blocks.sub(lambda block: _VISIBLE.sub(" ", block[0]), text)


def blank_between(text: str, begins: re.Pattern[str], ends: re.Pattern[str]) -> str:
    """The text with all blanked out that is between such a beginning and the next such end; offsets and lines stay."""
    pieces, done = [], 0
    while (begin := begins.search(text, done)) and (end := ends.search(text, begin.end())):
        pieces += [text[done : begin.end()], _VISIBLE.sub(" ", text[begin.end() : end.start()])]
        done = end.start()
    return "".join([*pieces, text[done:]])


def _first_line_of(block: re.Match[str]) -> str:
    first, end, rest = block[0].partition("\n")
    return first + end + _VISIBLE.sub(" ", rest)


class Fence(NamedTuple):
    """An open fence: its character, how long its run is, where it stands, and whether a proper end comes later."""

    character: str
    length: int
    start: int
    closable: bool

    def ends_at(self, run: str, indent: int) -> bool:
        """Whether a line that is only this run ends the fence.

        A fence that nothing closes properly ends at its first near miss: the same character, too few of them
        or too far to the right.
        """
        if run[0] != self.character:
            return False
        return not self.closable or (len(run) >= self.length and indent <= _DEEPEST)


class FenceEnds:
    """All lines of a note that hold nothing but backticks or tildes: what could end a fence."""

    def __init__(self, text: str) -> None:
        self._runs = list(_BARE_RUN.finditer(text))
        self._tables: dict[tuple[str, bool], _Runs] = {}

    def close(self, character: str, length: int, start: int, *, nested: bool) -> bool:
        """Whether a line behind the line end `start` closes such a fence as CommonMark wants it (0.31, 4.5)."""
        return self._table(character, nested=nested).longest_from(start) >= length

    def end(self, character: str, length: int, start: int) -> int:
        """Where the line ends that closes such a fence, if it stands in no list or quote and is ever closed."""
        return self._table(character, nested=False).end_from(start, length)

    def nearly_close(self, character: str, start: int) -> bool:
        """Whether at least a near miss comes then, for a fence that stands in no list or quote."""
        return self._table(character, nested=False).any_from(start)

    def _table(self, character: str, *, nested: bool) -> _Runs:
        key = (character, nested)
        if key not in self._tables:
            runs = [run for run in self._runs if run["run"][0] == character and (nested or ">" not in run["before"])]
            length = _length if nested else _length_outside
            self._tables[key] = _Runs([(run.start(), run.end(), length(run)) for run in runs])
        return self._tables[key]


class _Runs:
    def __init__(self, runs: list[tuple[int, int, int]]) -> None:
        self._runs = runs
        self._starts = [start for start, _, _ in runs]
        self._longest = list(accumulate((length for _, _, length in reversed(runs)), max))[::-1]

    def longest_from(self, start: int) -> int:
        index = bisect_left(self._starts, start)
        return self._longest[index] if index < len(self._longest) else 0

    def end_from(self, start: int, length: int) -> int:
        """The end of the first run from an offset on that is as long."""
        index = bisect_left(self._starts, start)
        while self._runs[index][2] < length:
            index += 1
        return self._runs[index][1]

    def any_from(self, start: int) -> bool:
        return bisect_left(self._starts, start) < len(self._starts)


def _length(run: re.Match[str]) -> int:
    return len(run["run"])


def _length_outside(run: re.Match[str]) -> int:
    """The length that a run has as the end of a fence outside of lists: none where it stands too far to the right."""
    return _length(run) if len(run["before"]) <= _DEEPEST and "\t" not in run["before"] else 0
