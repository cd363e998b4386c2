"""The journal as it grew: every attempt, every key with its day, and what was asked for each answer."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from litdb.database.connection import open_for_reading, reading_address
from litdb.database.evidence import CLAIMS, IN_ORDER, read_records
from litdb.database.refusals import told
from litdb.errors import LibraryError
from litdb.model import Attempt, Identifier, Record

_ATTEMPTS = """
    SELECT scheme, value, source, outcome, coalesce(reason, ''), at, coalesce(answer, ''), coalesce(retry_at, ''),
           coalesce(fresh_until, '')
      FROM journal.attempts ORDER BY at, rowid"""


_CAME = """
    SELECT id AS answer, at FROM journal.answers
     UNION SELECT answer, at FROM journal.attempts WHERE answer IN (SELECT id FROM journal.answers)
     ORDER BY answer, at"""


def open_journal(journal: Path) -> sqlite3.Connection:
    """A connection that reads the journal as `journal`. Raises `LibraryError` where there is none."""
    return _with_journal(sqlite3.connect(":memory:"), journal)


def open_history(library: Path, journal: Path) -> sqlite3.Connection:
    """The library, read-only, with its journal beside it as `journal`. Raises `LibraryError` where one is missing."""
    return _with_journal(open_for_reading(library), journal)


def all_attempts(connection: sqlite3.Connection) -> Iterator[Attempt]:
    """Every attempt that was ever made, the oldest first."""
    for scheme, value, *rest in connection.execute(_ATTEMPTS):
        yield Attempt(Identifier(scheme, value), *rest)


def assigned_keys(connection: sqlite3.Connection) -> Iterator[tuple[str, Identifier, str]]:
    """Every citation key with what it was given to and when, the oldest first."""
    rows = connection.execute("SELECT key, scheme, value, at FROM journal.assigned_keys ORDER BY at, key")
    for key, scheme, value, at in rows:
        yield key, Identifier(scheme, value), at


def all_records(connection: sqlite3.Connection) -> dict[Identifier, list[Record]]:
    """What was ever said about each work, by its first identifier, once for every time that it was said.

    Also what the same source has taken back since.
    """
    came: dict[str, list[str]] = defaultdict(list)
    for answer, at in connection.execute(_CAME):
        came[answer].append(at)
    by_work = groupby(connection.execute(CLAIMS + IN_ORDER), key=lambda row: row["work"])
    return {
        Identifier.parse(work): [
            replace(record, at=at) for record in read_records(rows) for at in came.get(record.answer, [record.at])
        ]
        for work, rows in by_work
    }


def address_of(connection: sqlite3.Connection, answer: str) -> str:
    """Where an answer came from, or empty for an id that the journal does not know."""
    row = connection.execute("SELECT url FROM journal.answers WHERE id = ?", (answer,)).fetchone()
    return str(row[0]) if row else ""


def places(connection: sqlite3.Connection) -> dict[Identifier, list[str]]:
    """Where each work is cited (`note.md:12`), by its first identifier."""
    found: dict[Identifier, list[str]] = defaultdict(list)
    for identifier, path, line in connection.execute(
        "SELECT DISTINCT works.identifier, notes.path, mentions.line FROM mentions "
        "JOIN notes ON notes.id = mentions.note JOIN works ON works.id = mentions.work "
        "ORDER BY notes.path, mentions.line"
    ):
        found[Identifier.parse(identifier)].append(f"{path}:{line}")
    return found


def _with_journal(connection: sqlite3.Connection, journal: Path) -> sqlite3.Connection:
    if not journal.exists():
        connection.close()
        raise LibraryError(f"There is no journal at {journal}. What was learnt when stands there and nowhere else.")
    with told(journal):
        connection.execute("ATTACH ? AS journal", (reading_address(journal),))
    return connection
