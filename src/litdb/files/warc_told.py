"""What litdb told in a web archive of its own, read back: anybody may have changed it since, so every value is checked.

`litdb.files.warc` writes it. A journal that takes in anything but these shapes could not be read any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar, get_args

from litdb.files.warc import ATTEMPT, AssignedKey
from litdb.model import Answer, Attempt, Hop, Identifier, Json, Outcome, Request, Target
from litdb.text.times import read_utc

_TEXTS = ("source", "step", "method", "address", "sent", "url", "at")
"""What is told of an answer in texts."""

_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_METHODS: tuple[Literal["GET", "POST"], ...] = ("GET", "POST")

_T = TypeVar("_T", bound=str)


class DamagedError(ValueError):
    """Why a record cannot be used, in words."""


def read_attempts(said: Json) -> tuple[Attempt, ...]:
    """The attempts that a record tells. Raises `DamagedError`."""
    return tuple(_attempt(row) for row in _rows(said, 1 + len(ATTEMPT)))


def read_keys(said: Json) -> tuple[AssignedKey, ...]:
    """The citation keys that a record tells. Raises `DamagedError`."""
    return tuple((key, _identifier(name), _moment(at)) for key, name, at in _rows(said, 3))


def read_answer(told: Json, body: bytes) -> Answer:
    """The answer whose body stands behind the record that tells of it. Raises `DamagedError`."""
    if not isinstance(told, dict):
        raise DamagedError("it tells nothing of its answer")
    source, step, method, address, sent, url, at = _texts([told.get(name) for name in _TEXTS])
    request = Request(
        source=source,
        url=address,
        asked=tuple(_target(each) for each in _list(told.get("asked"))),
        step=step,
        method=_one_of(_METHODS, method, "a method"),
        body=sent,
        headers=tuple((name, value) for name, value in _rows(told.get("sent_headers"), 2)),
    )
    hops = tuple(_hop(each) for each in _list(told.get("hops")))
    return Answer(request, _status(told.get("status")), _headers(told.get("headers")), body, url, _moment(at), hops)


def _attempt(row: Sequence[str]) -> Attempt:
    name, source, outcome, reason, at, *rest = row
    return Attempt(_identifier(name), source, _one_of(_OUTCOMES, outcome, "an outcome"), reason, _moment(at), *rest)


def _target(told: Json) -> Target:
    name, urls, day = _list(told, 3)
    return Target(_identifier(_text(name)), tuple(_texts(_list(urls))), _text(day))


def _hop(told: Json) -> Hop:
    status, url = _list(told, 2)
    return Hop(_status(status), _text(url))


def _headers(told: Json) -> Mapping[str, str]:
    if not isinstance(told, dict):
        raise DamagedError("the headers in it are none")
    return {_text(name): _text(value) for name, value in told.items()}


def _identifier(text: str) -> Identifier:
    found = Identifier.parse(text)
    if not (found.scheme and found.value):
        raise DamagedError(f"“{text}” in it names no work")
    return found


def _moment(text: str) -> str:
    try:
        read_utc(text)
    except ValueError as error:
        raise DamagedError(f"“{text}” in it is no moment") from error
    return text


def _status(told: Json) -> int:
    if not isinstance(told, int) or isinstance(told, bool):
        raise DamagedError(f"{told!r} in it is no status")
    return told


def _one_of(known: Sequence[_T], text: str, what: str) -> _T:
    found = next((each for each in known if each == text), None)
    if found is None:
        raise DamagedError(f"it tells of {what} {text}, which this litdb does not know")
    return found


def _rows(told: Json, columns: int) -> list[list[str]]:
    return [_texts(_list(row, columns)) for row in _list(told)]


def _list(told: Json, length: int | None = None) -> Sequence[Json]:
    if not isinstance(told, list) or length not in (None, len(told)):
        raise DamagedError("what litdb told in it has another shape")
    return told


def _texts(told: Iterable[Json]) -> list[str]:
    return [_text(each) for each in told]


def _text(told: Json) -> str:
    if not isinstance(told, str):
        raise DamagedError(f"{told!r} stands in it where a text should")
    try:
        told.encode()
    except UnicodeEncodeError as error:
        raise DamagedError("a text in it holds half of a character") from error
    return told
