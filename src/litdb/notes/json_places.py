"""JSON whose texts know where in the file they stand."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TypeAlias

from litdb.errors import NoteError
from litdb.notes.lines import Lines

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_HALF = r"\\u[dD][{}][0-9a-fA-F]{{2}}"
_ESCAPE = re.compile(rf"{_HALF.format('89abAB')}{_HALF.format('c-fC-F')}|\\u[0-9a-fA-F]{{4}}|\\.")
"""An escape of JSON (RFC 8259, section 7): two for a character beyond the first 65,536."""
_BETWEEN = "\n\n"
"""What parts two paragraphs."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the offsets of its first character and of its closing quote."""

    value: str
    start: int
    end: int


Placed: TypeAlias = "Text | Mapping[str, Placed] | list[Placed] | float | bool | None"


class _Pairs(list[tuple[str, object]]):
    """An object as it is written, keys that come twice included."""


def read_json(path: str, source: str) -> Placed:
    """The value that a file holds, None for an empty one. Raises `NoteError` where it is no JSON."""
    if not source.strip():
        return None
    try:
        value = json.loads(source, object_pairs_hook=_Pairs, parse_int=float)
        return _placed(value, _TEXT.finditer(source))
    except json.JSONDecodeError as error:
        reason = f"{error.msg} in line {error.lineno}"
    except RecursionError:
        reason = "it is nested too deeply"
    raise NoteError(f"{path} is no valid JSON: {reason}. Save it anew where it was made, and run again.")


def member(value: Placed, key: str) -> Placed:
    """What an object has under a key; None where it has nothing or the value is no object.

    >>> member(read_json("a", '{"a": 1}'), "a"), member(read_json("a", "[]"), "a")
    (1.0, None)
    """
    return value.get(key) if isinstance(value, Mapping) else None


def members(value: Placed) -> list[Placed]:
    """The members of a list; none where the value is no list."""
    return value if isinstance(value, list) else []


def texts(value: Placed) -> list[Text]:
    """The texts of a list of texts, or the one that a value is.

    >>> [text.value for text in texts(read_json("a", '["a", 1, "b"]'))], texts(read_json("a", "7"))
    (['a', 'b'], [])
    """
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, Text)]


def word(value: Placed, key: str) -> str:
    """The text that an object has under a key, or empty."""
    found = member(value, key)
    return found.value if isinstance(found, Text) else ""


class Joined(Lines):
    r"""Paragraphs, each of some texts of a file, as one text with blank lines between; its places are the file's.

    >>> source = '["\\u00e4\\nb", "c"]'
    >>> joined = Joined(source, [[each] for each in texts(read_json("a", source))])
    >>> joined.text, joined.place(2), joined.place(5)
    ('ä\nb\n\nc', (1, 11), (1, 16))
    """

    def __init__(self, source: str, paragraphs: Iterable[Sequence[Text]]) -> None:
        super().__init__(source)
        self._in_text, self._in_source = [0], [0]
        pieces: list[str] = []
        length = 0
        for paragraph in filter(None, paragraphs):
            if pieces:
                pieces.append(_BETWEEN)
                length += len(_BETWEEN)
            for piece, start in chain.from_iterable(_pieces(source, each) for each in paragraph):
                self._in_text.append(length)
                self._in_source.append(start)
                pieces.append(piece)
                length += len(piece)
        self.text = "".join(pieces)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of an offset in the text."""
        before = bisect_right(self._in_text, offset) - 1
        return super().place(self._in_source[before] + offset - self._in_text[before])


def _pieces(source: str, text: Text) -> Iterator[tuple[str, int]]:
    """A text without its escapes, piece by piece, and where each begins in the file."""
    start = text.start
    for escape in _ESCAPE.finditer(source, text.start, text.end):
        yield source[start : escape.start()], start
        yield _unescaped(escape[0]), escape.start()
        start = escape.end()
    yield source[start : text.end], start


@cache
def _unescaped(escape: str) -> str:
    return _sound(str(json.loads(f'"{escape}"')))


def _placed(value: object, found: Iterator[re.Match[str]]) -> Placed:
    """A value whose texts have the places where they are found: keys and texts come in the order of the file."""
    if isinstance(value, _Pairs):
        placed: dict[str, Placed] = {}
        for key, each in value:
            next(found)
            placed[key] = _placed(each, found)
        return placed
    if isinstance(value, list):
        return [_placed(each, found) for each in value]
    if isinstance(value, str):
        start, end = next(found).span()
        return Text(_sound(value), start + 1, end - 1)
    return value if isinstance(value, (int, float)) else None


def _sound(text: str) -> str:
    r"""The text with `?` for half surrogates (`"\ud83d"` alone), which no database and no file takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
