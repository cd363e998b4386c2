"""Kept answers read again: each only once by one program, whose readings are kept beside the library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from sys import intern
from typing import Any

from litdb.database.journal import Journal
from litdb.database.readings import Key, Readings
from litdb.model import Answer, Claim, Identifier, Reading, Record, Reference, Relation
from litdb.replay import read

Cited = tuple[Iterable[Record], Iterable[str]]
"""Records of what works cite, and problems."""


Named = Callable[[str], Identifier]
"""The identifier that a text is."""

AT_ONCE = 500
"""So many readings are kept in one transaction."""

_once: Callable[[Any], Any] = intern
"""The one copy of a text: claims and references say the same words again and again."""


class Rereading:
    """What the answers of a journal say. `cite` tells what an answer with this id says that its works cite.

    Nothing of it is held here: what was read is kept a few hundred at a time, and made again from there.
    """

    def __init__(self, journal: Journal, kept: Readings, cite: Callable[[Answer, str], Cited]) -> None:
        self._journal, self._kept, self._cite = journal, kept, cite
        self._named = cache(_identifier)
        self._new: dict[Key, str] = {}

    def reading(self, came: Answer, ident: str) -> Reading:
        """What an answer says of works, which need not have its body; nothing of further requests."""
        key: Key = (ident, came.at, "reading")
        if said := self._said(key):
            return reading_from(said, self._named)
        found = read(self._answer(key), ident)
        self._add(key, reading_text(found))
        return found

    def cited(self, came: Answer, ident: str) -> Cited:
        """What it says that its works cite."""
        key: Key = (ident, came.at, "citing")
        if said := self._said(key):
            return cited_from(said, self._named)
        found = self._cite(self._answer(key), ident)
        self._add(key, cited_text(found))
        return found

    def keep(self) -> None:
        """Keep what was read for the next run, and nothing that another program has read; hold nothing any more."""
        self._named.cache_clear()
        if self._new:
            self._kept.keep(self._new.items())
            self._kept.drop_others()
            self._new = {}

    def _said(self, key: Key) -> str | None:
        return self._new.get(key) or self._kept.get(key)

    def _add(self, key: Key, said: str) -> None:
        self._new[key] = said
        if len(self._new) >= AT_ONCE:
            self._kept.keep(self._new.items())
            self._new = {}

    def _answer(self, key: Key) -> Answer:
        return replace(self._journal.answer(key[0]), at=key[1])


def _identifier(text: str) -> Identifier:
    scheme, value = Identifier.parse(text)
    return Identifier(_once(scheme), _once(value))


def reading_text(reading: Reading) -> str:
    """A reading as JSON, without further requests."""
    outcomes = [[str(each), *ending] for each, ending in reading.outcomes.items()]
    return json.dumps([[_record(each) for each in reading.records], outcomes])


def reading_from(text: str, named: Named = Identifier.parse) -> Reading:
    """The reading that `reading_text` wrote.

    >>> reading = Reading((Record("page", Identifier("url", "x"), (Claim("title", "T", "h1"),)),))
    >>> reading_from(reading_text(reading)) == reading
    True
    """
    records, outcomes = json.loads(text)
    endings = {named(name): (outcome, reason) for name, outcome, reason in outcomes}
    return Reading(tuple(_record_from(each, named) for each in records), endings)


def cited_text(cited: Cited) -> str:
    """Records of what works cite with the problems, as JSON."""
    records, problems = cited
    return json.dumps([[_record(each) for each in records], list(problems)])


def cited_from(text: str, named: Named = Identifier.parse) -> Cited:
    """What `cited_text` wrote."""
    records, problems = json.loads(text)
    return [_record_from(each, named) for each in records], problems


def _record(record: Record) -> list[object]:
    claims = [[c.field, c.value, c.how, c.kind, c.precision, c.markup] for c in record.claims]
    ties = [[str(r.subject), r.kind, str(r.object), r.how, r.url, r.text, r.words] for r in record.relations]
    loose = [[str(r.subject), r.url, r.how, r.text, r.words] for r in record.loose]
    same = [str(each) for each in record.same]
    whence = [record.at, record.answer, record.place, record.entry]
    return [record.source, str(record.identifier), claims, same, ties, whence, loose]


def _record_from(row: list[Any], named: Named) -> Record:
    source, name, claims, same, ties, (at, answer, place, entry), loose = row
    return Record(
        _once(source),
        named(name),
        tuple(Claim(_once(of), value, *map(_once, rest)) for of, value, *rest in claims),
        tuple(map(named, same)),
        tuple(Relation(named(one), _once(kind), named(other), *map(_once, rest)) for one, kind, other, *rest in ties),
        _once(at),
        _once(answer),
        place,
        entry,
        tuple(Reference(named(one), *rest) for one, *rest in loose),
    )
