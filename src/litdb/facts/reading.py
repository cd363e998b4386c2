"""Reading lines that a stranger may have written: a fact, or the sentence that says what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TypeVar, get_args

from litdb.errors import FactsError, InvalidUrl
from litdb.facts.fact import FORMAT, Fact, claim_json
from litdb.files.commons import LONGEST
from litdb.model import (
    Claim,
    DateKind,
    Field,
    Identifier,
    Json,
    Markup,
    Outcome,
    Precision,
    Record,
    Relation,
    RelationKind,
    WorkType,
)
from litdb.sources.wrappers import is_capture
from litdb.text.dates import precision, read_iso
from litdb.text.times import later, read_utc
from litdb.text.urls import read_url
from litdb.web.public import is_public, names_public

MOST_CHARACTERS = 2_000
"""Of a text."""
MOST_EACH = 200
"""Claims, other names and ties in a line."""
MOST_PEOPLE = 10_000

FIELDS: frozenset[Field] = frozenset(get_args(Field)) - {"abstract"}
"""What facts are about: what a reference says, and no text of the work."""
OUTCOMES: frozenset[Outcome] = frozenset(
    ("ok", "partial", "paywalled", "not-found", "gone", "forbidden", "challenged", "unsupported", "not-a-work")
)
"""How asking can have ended for everybody; the others say more about the network of the one who asked."""
TIES: frozenset[RelationKind] = frozenset(get_args(RelationKind)) - {"cites"}

_KINDS: frozenset[DateKind] = frozenset(get_args(DateKind))
_PRECISIONS: frozenset[Precision] = frozenset(get_args(Precision))
_MARKUPS: frozenset[Markup] = frozenset(get_args(Markup))
_TYPES = frozenset(get_args(WorkType))
_PEOPLE = ("authors", "editors")
_NAME = frozenset(("family", "given", "non-dropping-particle", "suffix", "literal", "ORCID"))
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_WORD = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)
_HOW = re.compile(r"[ -~]{1,100}", re.ASCII)
_REQUIRED = frozenset(("facts", "about", "source", "at", "read", "answer"))
_OF_CLAIM = frozenset(("field", "value", "how"))
_OF_TIE = frozenset(("subject", "kind", "object", "how"))
_SAID = frozenset(("claims", "same", "ties", "outcome"))

_T = TypeVar("_T")


class _Wrong(ValueError):
    """What is wrong with a line, as the end of a sentence."""


def read_line(line: bytes, place: str) -> Fact:
    """The fact that a line says. Raises `FactsError` with the `place` (`commons/arxiv/3e.jsonl, line 12`).

    Everything is checked that anything later relies on: its addresses are public ones, its dates are dates.
    """
    try:
        return _fact(_object(line))
    except _Wrong as wrong:
        raise FactsError(f"{place}: {wrong}.") from wrong


def require_past(fact: Fact, place: str, now: str) -> None:
    """Nothing, if a fact was read before now (a day is allowed for clocks that go wrong), else a `FactsError`."""
    if read_utc(fact.record.at) > read_utc(later(now, 1)):
        raise FactsError(f"{place}: it says that it was read at {fact.record.at}, which is yet to come.")


def is_sound(claim: Claim) -> bool:
    """Whether a claim may stand in a fact.

    >>> is_sound(Claim("title", "A title", "atom:title")), is_sound(Claim("abstract", "Long", "atom:summary"))
    (True, False)
    """
    try:
        _claim(claim_json(claim))
    except _Wrong:
        return False
    return True


def _object(line: bytes) -> Mapping[str, object]:
    if len(line) > LONGEST:
        raise _Wrong(f"a line of {len(line):,} bytes is longer than any fact ({LONGEST:,})")
    try:
        found = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _Wrong(f"it is not UTF-8 (byte {error.start + 1} of the line)") from error
    except RecursionError as error:
        raise _Wrong("it is nested deeper than any fact") from error
    except _Wrong:
        raise
    except ValueError as error:
        raise _Wrong(f"it is no JSON ({str(error)[:100]})") from error
    if not isinstance(found, dict):
        raise _Wrong("it is no JSON object")
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Wrong("a key stands twice in one object")
    return found


def _no_number(text: str) -> object:
    raise _Wrong(f"{text} is no JSON")


def _fact(line: Mapping[str, object]) -> Fact:
    version = line.get("facts")
    if type(version) is not int:
        raise _Wrong("it is no fact: it has no “facts” with the version of the format")
    if version != FORMAT:
        raise _Wrong(f"it is in version {version} of the format, and this litdb reads version {FORMAT}")
    _keys(line, _REQUIRED, _REQUIRED | _SAID)
    if not _SAID & line.keys():
        raise _Wrong(f"it says nothing: none of {', '.join(sorted(_SAID))}")
    record = Record(
        source=_matching(line["source"], "source", _WORD),
        identifier=_identifier(line["about"], "about"),
        claims=_each(line, "claims", _claim),
        same=_each(line, "same", lambda value: _identifier(value, "same")),
        relations=_each(line, "ties", _tie),
        at=_moment(line["at"]),
        answer=_matching(line["answer"], "answer", _HASH),
    )
    outcome = _one_of(line["outcome"], "outcome", OUTCOMES) if "outcome" in line else ""
    return Fact(record, _address(line["read"], "read"), outcome)


def _keys(value: Mapping[str, object], required: frozenset[str], known: frozenset[str]) -> None:
    if missing := required - value.keys():
        raise _Wrong(f"“{min(missing)}” is missing")
    if odd := value.keys() - known:
        raise _Wrong(f"{_shown(min(odd))} is no key that this format knows")


def _each(line: Mapping[str, object], key: str, read: Callable[[object], _T], most: int = MOST_EACH) -> tuple[_T, ...]:
    values = line.get(key, [])
    if not isinstance(values, list) or len(values) > most:
        raise _Wrong(f"“{key}” is no list of at most {most:,}")
    return tuple(map(read, values))


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f"“{key}” is no text")
    if len(value) > MOST_CHARACTERS:
        raise _Wrong(f"“{key}” is longer than {MOST_CHARACTERS:,} characters")
    if _UNSEEN.search(value):
        raise _Wrong(f"“{key}” holds a control character")
    return value


def _matching(value: object, key: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(_text(value, key)):
        raise _Wrong(f"“{key}” cannot be {_shown(value)}")
    return str(value)


def _one_of(value: object, key: str, known: frozenset[_T]) -> _T:
    if not isinstance(value, str) or value not in known:
        raise _Wrong(f"“{key}” cannot be {_shown(value)}")
    return value


def _moment(value: object) -> str:
    text = _matching(value, "at", _MOMENT)
    try:
        read_utc(text)
    except ValueError as error:
        raise _Wrong(f"“at” cannot be {text}") from error
    return text


def _address(value: object, key: str) -> str:
    text = _text(value, key)
    if not is_public(text):
        raise _Wrong(f"“{key}” is no address that is open to all: {_shown(text)}")
    return text


def _identifier(value: object, key: str) -> Identifier:
    found = Identifier.parse(_text(value, key))
    is_bare_address = found.value.startswith("//")
    if not _WORD.fullmatch(found.scheme) or is_bare_address or found.value.split() != [found.value]:
        raise _Wrong(f"“{key}” is no identifier: {_shown(value)}")
    if not names_public(found):
        raise _Wrong(f"“{key}” is no address that is open to all: {_shown(value)}")
    return found


def _tie(value: object) -> Relation:
    if not isinstance(value, dict):
        raise _Wrong("a tie is no object")
    _keys(value, _OF_TIE, _OF_TIE)
    return Relation(
        subject=_identifier(value["subject"], "subject"),
        kind=_one_of(value["kind"], "kind", TIES),
        object=_identifier(value["object"], "object"),
        how=_matching(value["how"], "how", _HOW),
    )


def _claim(value: object) -> Claim:
    if not isinstance(value, dict):
        raise _Wrong("a claim is no object")
    _keys(value, _OF_CLAIM, _OF_CLAIM | {"kind", "precision", "markup"})
    field = _one_of(value["field"], "field", FIELDS)
    kind, exact = value.get("kind", ""), value.get("precision", "")
    claim = Claim(
        field=field,
        value=_value(field, value["value"], exact),
        how=_matching(value["how"], "how", _HOW),
        kind=_one_of(kind, "kind", _KINDS),
        precision=_one_of(exact, "precision", _PRECISIONS),
        markup=_one_of(value.get("markup", "plain"), "markup", _MARKUPS),
    )
    if field != "date" and (kind or exact):
        raise _Wrong(f"only a date has a kind and a precision, and “{field}” is none")
    return claim


def _value(field: Field, value: object, exact: object) -> Json:
    if field in _PEOPLE:
        return list(_each({field: value}, field, _person, MOST_PEOPLE))
    text = _text(value, field)
    wrong = _WRONG.get(field)
    if wrong is not None and wrong(text, exact):
        raise _Wrong(f"“{field}” cannot be {_shown(text)}")
    return text


def _person(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not value:
        raise _Wrong("a person is no object with parts of a name")
    _keys(value, frozenset(), _NAME)
    return {key: _text(part, key) for key, part in value.items()}


def _is_no_capture(text: str, _exact: object) -> bool:
    try:
        return not is_public(text) or not is_capture(read_url(text))
    except InvalidUrl:
        return True


_WRONG: Mapping[Field, Callable[[str, object], bool]] = {
    "date": lambda text, exact: read_iso(text) != text or precision(text) != exact,
    "type": lambda text, _exact: text not in _TYPES,
    "status": lambda text, _exact: text not in ("withdrawn", "retracted"),
    "url": lambda text, _exact: not is_public(text),
    "archived": _is_no_capture,
}
"""What a text may not be, by field."""


def _shown(value: object) -> str:
    """A value as a sentence may show it."""
    text = _UNSEEN.sub("�", str(value))
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"
