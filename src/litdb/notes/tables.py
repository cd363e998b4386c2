"""GFM's tables: a paragraph whose second line rules off its first (GFM 0.29, 4.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?\Z")
_RULE_CHARACTERS = frozenset("|-: \t")
_PIPE = re.compile(r"(?<!\\)\|")
_CELL = re.compile(r"(?:[^|\\\n]+|\\.)+")


def table_start(text: str) -> int | None:
    r"""Where in a paragraph its table begins, or None.

    >>> table_start("see:\n| a | b |\n|---|---|\n| c | d |")
    5
    """
    if "|" not in text:
        return None
    start, header = 0, ""
    for line in text.split("\n"):
        bare = line.strip()
        if _is_rule(bare) and _PIPE.search(bare) and _columns(bare) == _columns(header.strip()):
            return start - len(header) - 1
        start += len(line) + 1
        header = line
    return None


def cells(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The cells of a table that begins at an offset: each with its offset."""
    for cell in _CELL.finditer(text, start):
        if not cell[0].isspace():
            yield cell.start(), cell[0]


def _is_rule(line: str) -> bool:
    return "-" in line and _RULE_CHARACTERS.issuperset(line) and bool(_RULE.match(line))


def _columns(line: str) -> int:
    inner = line[line.startswith("|") : len(line) - (line.endswith("|") and not line.endswith("\\|"))]
    return len(_PIPE.findall(inner)) + 1 if line else 0
