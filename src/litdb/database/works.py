"""Works as values: the rows of many tables put together, for as many works as are asked for."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from litdb.model import Identifier, Name, Outcome, Related, Work, WorkType

_TEXTS = (
    "key url title label date container publisher abstract language volume issue pages number archive_class version "
    "note accessed reason archived status"
).split()
_PEOPLE = """
    SELECT work, role, family, given, particle, suffix, literal, orcid FROM authorships
      JOIN people ON people.id = person
     WHERE work IN (SELECT value FROM json_each(:these)) ORDER BY work, role, position"""
_IDENTIFIERS = """
    SELECT work, scheme, value FROM identifiers
     WHERE work IN (SELECT value FROM json_each(:these)) ORDER BY scheme, value"""
_FORMER_KEYS = """
    SELECT work, key FROM keys
     WHERE work IN (SELECT value FROM json_each(:these)) AND NOT current ORDER BY key"""
_ENTRIES = """
    SELECT claims.work, value FROM claims JOIN records ON records.id = record
     WHERE claims.work IN (SELECT value FROM json_each(:these)) AND field = 'entry'
     ORDER BY claims.work, place, records.id"""
_RELATED = """
    SELECT subject, kind, label, works.url, key, object FROM relations JOIN works ON works.id = object
     WHERE subject IN (SELECT value FROM json_each(:these)) AND kind <> 'cites'
     UNION
    SELECT object, kind, label, works.url, key, subject FROM relations JOIN works ON works.id = subject
     WHERE object IN (SELECT value FROM json_each(:these)) AND kind = 'version-of' AND kind <> 'cites'
     ORDER BY 1, 2, 3, 4"""
"""By work, what it relates to; of two versions each is one of the other. The union leaves out what is said twice.

That a version is no citation is said for the sake of the index of all that is none.
"""

_WORKS = "SELECT * FROM works WHERE id IN (SELECT value FROM json_each(:these))"


def works_by_id(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Work]:
    """The works of these rows by row, in this order; what is no row of a work is passed over."""
    these = {"these": json.dumps(list(ids))}
    people: dict[tuple[int, str], list[Name]] = defaultdict(list)
    for work, role, *parts in connection.execute(_PEOPLE, these):
        people[work, role].append(Name(*(part or "" for part in parts)))
    identifiers: dict[int, list[Identifier]] = defaultdict(list)
    for work, scheme, value in connection.execute(_IDENTIFIERS, these):
        identifiers[work].append(Identifier(scheme, value))
    former: dict[int, list[str]] = defaultdict(list)
    for work, key in connection.execute(_FORMER_KEYS, these):
        former[work].append(key)
    entries: dict[int, list[str]] = defaultdict(list)
    for work, entry in connection.execute(_ENTRIES, these):
        entries[work].append(entry)
    related: dict[int, list[Related]] = defaultdict(list)
    for work, kind, label, url, key, _ in connection.execute(_RELATED, these):
        related[work].append(Related(kind, label or "", url or "", key or ""))
    rows = {row["id"]: row for row in connection.execute(_WORKS, these)}
    return {row: _work(rows[row], people, identifiers, former, related, entries) for row in ids if row in rows}


def _work(
    row: sqlite3.Row,
    people: Mapping[tuple[int, str], list[Name]],
    identifiers: Mapping[int, list[Identifier]],
    former_keys: Mapping[int, list[str]],
    related: Mapping[int, list[Related]],
    entries: Mapping[int, list[str]],
) -> Work:
    texts: Iterator[tuple[str, str]] = ((name, row[name] or "") for name in _TEXTS)
    first = Identifier.parse(row["identifier"])
    others = [each for each in identifiers.get(row["id"], ()) if each != first]
    work_type: WorkType = row["type"]
    outcome: Outcome = row["outcome"]
    return Work(
        identifier=first,
        identifiers=(first, *others),
        type=work_type,
        outcome=outcome,
        markup="tex" if row["markup"] == "tex" else "plain",
        cited=bool(row["cited"]),
        former_keys=tuple(former_keys.get(row["id"], ())),
        authors=tuple(people.get((row["id"], "author"), ())),
        editors=tuple(people.get((row["id"], "editor"), ())),
        related=tuple(related.get(row["id"], ())),
        entries=tuple(entries.get(row["id"], ())),
        **dict(texts),
    )
