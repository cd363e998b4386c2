"""JSON as pages have it in their scripts: with what people and programs write around it, and the faults seen most."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence

from litdb.model import Json

_DECODER = json.JSONDecoder(strict=False)
_OPENING = re.compile(r"[{\[]")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_KEY = re.compile(r"([{,]\s*\"@?\w{1,40}\"\s*:\s*)")
_OF_PROSE = re.compile(r"\"(?:description|articleBody|text|reviewBody|abstract|caption)\"")
_NO_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")


def read_values(block: str) -> list[Json]:
    r"""The objects and lists in a script, one after another; none where even the first cannot be read leniently.

    >>> read_values('<!-- {"a": "it\\\'s", } -->'), read_values('{&quot;a&quot;: 1}'), read_values('{"a": 1};{"b": 2}')
    ([{'a': "it's"}], [{'a': 1}], [{'a': 1}, {'b': 2}])
    """
    block = block.replace("<![CDATA[", "").replace("]]>", "")
    return next((values for mended in _MENDS if (values := [*_values(mended(block))])), [])


def _values(text: str) -> Iterator[Json]:
    """The values from the first bracket on, up to the first that is none."""
    at = 0
    while opening := _OPENING.search(text, at):
        try:
            value, at = _DECODER.raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            return
        yield value


def _without_faults(text: str) -> str:
    """The text without control characters, escapes that JSON does not have, and commas behind the last item."""
    return _TRAILING_COMMA.sub(r"\1", _NO_ESCAPE.sub("", _CONTROLS.sub(" ", text)))


def _unescaped(text: str) -> str:
    """The text that was escaped as if it stood in the page itself."""
    return _without_faults(html.unescape(text))


def _without_prose(text: str) -> str:
    """The text without what is said at length, where quotation marks stand as they are: "he said "hi" to us"."""
    before, *parts = _KEY.split(_without_faults(text))
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return before + "".join(key + (_emptied(value) if _OF_PROSE.search(key) else value) for key, value in pairs)


def _emptied(value: str) -> str:
    """A text with its quotation marks and nothing between them; what is no text as it is."""
    opened, _, behind = value.rpartition('"')
    return f'""{behind}' if opened.startswith('"') else value


_MENDS: Sequence[Callable[[str], str]] = (str, _without_faults, _unescaped, _without_prose)
"""What is tried, one after the other."""
