"""What the checks ask of library and journal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from litdb.database.connection import reading_address
from litdb.database.journal import IDENTIFIERS, attempt_of
from litdb.database.links import PERMANENT
from litdb.database.refusals import told
from litdb.model import SILENCE, Attempt, Identifier

Row = Mapping[str, "int | str | None"]

_SEEN = """
    SELECT scheme, value, attempts.source, outcome, reason, attempts.at, answer, retry_at, fresh_until,
           address, url, hops
      FROM attempts LEFT JOIN answers ON answers.id = attempts.answer {where} ORDER BY attempts.at, attempts.rowid"""
_HEARD = f"""
    SELECT DISTINCT substr(at, 1, 10) FROM attempts
     WHERE coalesce(answer, '') <> '' OR outcome NOT IN ({", ".join(map("'{}'".format, sorted(SILENCE)))})"""  # noqa: S608

_MENTIONS = """
    SELECT notes.path AS note, line, column, target, mentions.url, found, problem, works.key, works.identifier,
           works.cited
      FROM mentions JOIN notes ON notes.id = mentions.note LEFT JOIN works ON works.id = mentions.work
     ORDER BY notes.path, line, column"""


def attempts_seen(journal: Path, these: Collection[Identifier] | None = None) -> list[tuple[Attempt, str, str, bool]]:
    """Every attempt (at these works, or at all) that the journal keeps, the oldest first, and whether there were
    redirects, all of them for good.

    Only then the values between say what was asked and where that led. Raises `LibraryError`.
    """
    where = "" if these is None else f"WHERE (scheme, value) IN {IDENTIFIERS}"
    given = () if these is None else (json.dumps(sorted(these)),)
    return list(_seen(_rows(journal, _SEEN.format(where=where), given)))


def days_heard(journal: Path) -> frozenset[str]:
    """The days (ISO, UTC) on which anybody on the web answered. Raises `LibraryError`."""
    return frozenset(day for (day,) in _rows(journal, _HEARD))


def mentions(connection: sqlite3.Connection) -> list[Row]:
    """Every mention in the order of the notes: note, line, column, target, url, found, problem; and its work, if any:
    key, identifier, cited.
    """
    return [dict(row) for row in connection.execute(_MENTIONS)]


def note_problems(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """What could not be read in the notes: path and sentence."""
    rows = connection.execute("SELECT path, problems FROM notes WHERE problems IS NOT NULL ORDER BY path")
    return [(path, sentence) for path, problems in rows for sentence in problems.splitlines()]


def changes(connection: sqlite3.Connection) -> list[Row]:
    """The works that are not what they were when a note cited them: key, note, line, change, cited, now."""
    query = "SELECT key, note, line, change, cited, now FROM changed_since_cited ORDER BY note, line, key, change"
    return [dict(row) for row in connection.execute(query)]


def keys(connection: sqlite3.Connection) -> dict[str, str]:
    """The identifier of the work that goes by each key, now or before, by the key in lower case."""
    rows = connection.execute("SELECT keys.key, works.identifier FROM keys JOIN works ON works.id = keys.work")
    return {key.lower(): identifier for key, identifier in rows}


def _rows(journal: Path, query: str, given: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    if not journal.exists():
        return []
    with told(journal), closing(sqlite3.connect(reading_address(journal), uri=True)) as connection:
        return connection.execute(query, given).fetchall()


def _seen(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Attempt, str, str, bool]]:
    for *attempt, address, url, hops in rows:
        statuses = {status for status, _ in json.loads(hops or "[]")}
        is_permanent = bool(statuses) and statuses <= PERMANENT
        yield attempt_of(attempt), *((address, url) if is_permanent else ("", "")), is_permanent
