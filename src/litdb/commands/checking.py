"""What `litdb check` is about, and everything that is found there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from litdb.checks import findings as check
from litdb.checks.findings import Cited, Finding, Spot
from litdb.commands.duplicates import likely_pairs
from litdb.commands.naming import find, identified, known_people, some_notes
from litdb.commands.opening import library_of
from litdb.database import evidence, health, queries
from litdb.errors import UnknownWork, UsageError
from litdb.files.place import Place
from litdb.files.reading import is_there
from litdb.kept import Kept
from litdb.model import Identifier, Work
from litdb.text.times import utc_now


@dataclass(frozen=True, slots=True)
class Scope:
    """What a check is about: these notes and these works (by their first identifiers); all where both are empty."""

    notes: frozenset[str] = frozenset()
    works: frozenset[str] = frozenset()

    def takes(self, note: object, work: object) -> bool:
        """Whether it is about something in this note, or about this work."""
        return not (self.notes or self.works) or note in self.notes or work in self.works


def scope_of(place: Place, names: Sequence[str]) -> Scope:
    """What the user means by files, folders, names of notes, keys and URLs. Raises `UsageError` for what is none."""
    notes: set[str] = set()
    works: set[str] = set()
    with library_of(place) as connection:
        known = queries.note_paths(connection)
        for name in names:
            under = _notes_at(place, name, known)
            notes |= under
            if not under:
                works.add(str(_work(connection, name, known).identifier))
    return Scope(frozenset(notes), frozenset(works))


def addresses(place: Place, scope: Scope) -> frozenset[Identifier]:
    """The identifiers of the links in scope."""
    with library_of(place) as connection:
        rows = health.mentions(connection)
    urls = {str(row["url"]) for row in rows if row["url"] and scope.takes(row["note"], row["identifier"])}
    return frozenset(identity.identifier for url in urls if (identity := identified(url)))


def findings(place: Place, scope: Scope) -> list[Finding]:
    """Everything that is found in scope, by note and line."""
    with library_of(place) as connection:
        works = queries.works(connection)
        cited = list(_cited(connection, works, Kept(place.journal)))
        here = [each for each in cited if scope.takes(each.place.note, _name(each.work))]
        there = {each.work.identifier for each in here if each.work}
        found = [
            *check.of_links(here),
            *_of_works(place, connection, [work for work in works if work.identifier in there], here),
            *check.of_duplicates(likely_pairs(place, connection, works), _places(cited)),
            *check.of_keys(cited, health.keys(connection)),
            *check.of_changes(health.changes(connection), {work.key: work for work in works}),
            *check.of_notes(health.note_problems(connection)),
        ]
    return check.in_order(
        dict.fromkeys(each for each in found if scope.takes(each.place and each.place.note, each.identifier))
    )


def _notes_at(place: Place, name: str, known: Sequence[str]) -> set[str]:
    """The notes of the library at or under a path, or by the end of their name; none where it names no note."""
    if is_there(name):
        under = place.under(Path(name), known)
        if not under:
            raise UsageError(f"There is no note of the library in {name}. “litdb crawl {name}” reads it.")
        return under
    return {note for note in known if f"/{note}".endswith(f"/{name}")}


def _work(connection: sqlite3.Connection, name: str, known: Sequence[str]) -> Work:
    try:
        return find(connection, name)
    except UnknownWork as error:
        notes = some_notes(known, name)
        raise UsageError(f"“{name}” is neither a note of the library ({notes}) nor a work: {error}") from error


def _cited(connection: sqlite3.Connection, works: Sequence[Work], kept: Kept) -> Iterator[Cited]:
    """Every mention that means a cited work, or none."""
    by_name = {str(work.identifier): work for work in works}
    for row in health.mentions(connection):
        work = by_name.get(str(row["identifier"]))
        if row["identifier"] and work is None:
            continue
        url = str(row["url"] or "")
        identity = identified(url) if url else None
        yield Cited(
            Spot(str(row["note"]), int(row["line"] or 0), int(row["column"] or 0)),
            str(row["target"]),
            url,
            str(row["found"]),
            str(row["problem"] or ""),
            work,
            kept.of_link(url, identity.identifier) if identity else None,
        )


def _of_works(
    place: Place, connection: sqlite3.Connection, works: Sequence[Work], here: Sequence[Cited]
) -> Iterator[Finding]:
    places = _places(here)
    yield from check.of_works(works, places, utc_now())
    records = evidence.records_by_work(connection)
    yield from check.of_evidence(works, records, places, known_people(place, connection))


def _places(cited: Sequence[Cited]) -> dict[Identifier, Spot]:
    """Where each work is cited first; in a bibliography only where no other note cites it."""
    ordered = sorted(cited, key=lambda each: each.found == "bib-entry")
    return {each.work.identifier: each.place for each in reversed(ordered) if each.work}


def _name(work: Work | None) -> str:
    return str(work.identifier) if work else ""
