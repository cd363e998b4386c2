"""What of a library everybody may see: an allow-list of tables and columns, and a copy that holds nothing else.

Publishing reads the copy alone. SQLite itself refuses to read any other column while the copy is made.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from litdb.database.works import works_by_id
from litdb.model import Work

SHOWN: Mapping[str, str] = {
    "works": "id key title markup type date container publisher language volume issue pages number archive_class "
    "version url archived status outcome identifier cited",
    "identifiers": "scheme value work",
    "people": "id name family given particle suffix literal orcid",
    "authorships": "work role position person",
    "relations": "id subject kind object",
    "notes": "id title date",
    "mentions": "id note work line column text sentence",
}
"""The tables and columns that pages are made of; of notes and mentions only what is published. Nothing else is read."""

DECIDING: Mapping[str, str] = {
    "notes": "path front_matter",
    "mentions": "found",
    "records": "id source place",
    "claims": "record work field chosen",
}
"""What decides whether something may be shown, and is never shown itself."""

NOT_SHOWN = ("keys", "records", "claims")
"""Tables that reading works asks for; in the copy they are empty."""

PUBLISHED = ("publish", "true")
"""The line of a note's front matter by which all may read it (Obsidian Publish has the same)."""

_ROWS: Mapping[str, str] = {
    "works": "cited OR id IN (SELECT subject FROM relations WHERE kind <> 'cites' "
    "UNION SELECT object FROM relations WHERE kind <> 'cites')",
}
"""Of these tables only the rows that fulfil a condition."""

_READ = "note = ? AND work IS NOT NULL AND found <> 'reference-definition'"
"""Of a published note what its reader sees: a link definition that the note never uses is not among it."""

_SAID_BY_NOTES = (
    "SELECT claims.work, claims.field, records.place FROM claims JOIN records ON records.id = claims.record "
    "WHERE claims.chosen AND records.source = 'note'"
)


def public_copy(library: sqlite3.Connection) -> sqlite3.Connection:
    """A library in memory with what may be seen; every other column is empty, every other table missing or empty.

    What only an unpublished note says of a work (a title, people, a day) is left out too.
    """
    copy = sqlite3.connect(":memory:")
    copy.row_factory = sqlite3.Row
    _create(copy, library)
    with _allowed_alone(library):
        for table in SHOWN.keys() - {"notes", "mentions"}:
            _fill(copy, library, table, _ROWS.get(table, "1"))
        paths = _published(library)
        for note in paths:
            _fill(copy, library, "notes", "id = ?", (note,))
            _fill(copy, library, "mentions", _READ, (note,))
        _withhold(copy, library, frozenset(paths.values()))
    copy.execute("UPDATE works SET label = title")
    return copy


def cited_works(copy: sqlite3.Connection) -> dict[int, Work]:
    """The works that notes cite, by row: the newest first, then by key."""
    found = copy.execute("SELECT id FROM works WHERE cited ORDER BY date IS NULL, date DESC, key, id")
    return works_by_id(copy, [row[0] for row in found])


def works_with_entries(library: sqlite3.Connection) -> dict[int, Work]:
    """The works of which the user has an entry of a bibliography, by row, in a library that is all there."""
    found = library.execute("SELECT DISTINCT work FROM claims WHERE field = 'entry' ORDER BY work")
    return works_by_id(library, [row[0] for row in found])


def citations(copy: sqlite3.Connection) -> list[tuple[int, int]]:
    """Who cites whom, by rows."""
    found = copy.execute("SELECT DISTINCT subject, object FROM relations WHERE kind = 'cites' ORDER BY 1, 2")
    return [(row[0], row[1]) for row in found]


def published_notes(copy: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """The notes that all may read: row, title and day (each may be empty), the latest first."""
    found = copy.execute("SELECT id, title, date FROM notes ORDER BY date IS NULL, date DESC, title, id")
    return [(row[0], row[1] or "", row[2] or "") for row in found]


def published_mentions(copy: sqlite3.Connection) -> dict[int, list[tuple[int, str, str]]]:
    """By note its mentions in their order: the work's row, the link's text, the sentence."""
    by_note: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for row in copy.execute("SELECT * FROM mentions ORDER BY note, line, column, id"):
        by_note[row["note"]].append((row["work"], row["text"] or "", row["sentence"] or ""))
    return by_note


def _create(copy: sqlite3.Connection, library: sqlite3.Connection) -> None:
    """The tables, empty."""
    for name in (*SHOWN, *NOT_SHOWN):
        (sql,) = library.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)).fetchone()
        copy.execute(sql)


@contextmanager
def _allowed_alone(library: sqlite3.Connection) -> Iterator[None]:
    """As long as this lasts, SQLite reads no other column (sqlite.org/c3ref/set_authorizer.html)."""
    lists = (*SHOWN.items(), *DECIDING.items())
    allowed = {(table, name) for table, names in lists for name in names.split()}

    def judge(action: int, table: str | None, column: str | None, *_: str | None) -> int:
        is_forbidden = action == sqlite3.SQLITE_READ and (table, column) not in allowed
        return sqlite3.SQLITE_DENY if is_forbidden else sqlite3.SQLITE_OK

    library.set_authorizer(judge)
    try:
        yield
    finally:
        library.set_authorizer(lambda *_: sqlite3.SQLITE_OK)  # Python 3.10 cannot take one away


def _fill(
    copy: sqlite3.Connection, library: sqlite3.Connection, table: str, where: str, values: Sequence[object] = ()
) -> None:
    names = SHOWN[table].split()
    columns = ", ".join(f'"{name}"' for name in names)
    rows = library.execute(f"SELECT {columns} FROM {table} WHERE {where}", tuple(values))  # noqa: S608 - own names
    marks = ", ".join("?" * len(names))
    copy.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", map(tuple, rows))  # noqa: S608


def _published(library: sqlite3.Connection) -> dict[int, str]:
    """The paths of the notes that all may read, by row."""
    key, wanted = PUBLISHED
    found = library.execute("SELECT id, path, front_matter FROM notes WHERE front_matter IS NOT NULL")
    return {row[0]: row[1] for row in found if str(json.loads(row[2]).get(key)).lower() == wanted}


def _withhold(copy: sqlite3.Connection, library: sqlite3.Connection, published: frozenset[str]) -> None:
    """Take back what only a note says that is not published."""
    columns = SHOWN["works"].split()
    for work, field, place in library.execute(_SAID_BY_NOTES):
        if str(place).rpartition(":")[0] in published:
            continue
        if field in columns:
            copy.execute(f"UPDATE works SET {field} = NULL WHERE id = ?", (work,))  # noqa: S608 - a column's name
        copy.execute("DELETE FROM authorships WHERE work = ? AND role || 's' = ?", (work, field))
