"""The library: a projection that is replaced as a whole, row by row where it changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, TypeAlias

from litdb.database.connection import open_for_writing, transaction
from litdb.database.health import note_problems
from litdb.database.neighbours import Neighbours
from litdb.database.schema import library_schema
from litdb.database.standing import Standing, read_has_graph, write_standing, write_wants_graph
from litdb.text.secrets import without_secrets

Value: TypeAlias = "int | str | None"
Values: TypeAlias = "tuple[Value, ...]"
Row: TypeAlias = Mapping[str, Value]
Tables: TypeAlias = Mapping[str, Iterable[Row]]

PRIMARY_KEYS: Mapping[str, tuple[str, ...]] = {
    "notes": ("id",),
    "works": ("id",),
    "keys": ("key",),
    "people": ("id",),
    "identifiers": ("scheme", "value"),
    "authorships": ("work", "role", "position"),
    "relations": ("id",),
    "mentions": ("id",),
    "passed_over": ("id",),
    "records": ("id",),
    "claims": ("id",),
    "attempts": ("id",),
    "addresses": ("url",),
    "references_in_words": ("id",),
    "kept_apart": ("one", "other"),
}
"""Every table of the projection with its primary key."""

PARTS: Mapping[str, Mapping[str, str]] = {
    "notes": {"id": "notes"},
    "works": {"id": "works"},
    "relations": {"subject": "works"},
    "mentions": {"work": "works", "note": "notes"},
    "passed_over": {"note": "notes"},
    "keys": {"work": "works"},
    "identifiers": {"work": "works"},
    "authorships": {"work": "works"},
    "records": {"work": "works"},
    "claims": {"work": "works"},
    "attempts": {"work": "works"},
    "addresses": {"work": "works"},
    "references_in_words": {"work": "works"},
    "kept_apart": {"work": "works"},
}
"""By which columns a row of each table belongs to some works or notes. People belong to whoever they wrote for."""

_MET = 1
"""The bit that says of a row's hash, when rows are compared, that the row was made again."""

_CACHE_KIB = 8 * 1024
"""With SQLite's own 2 MB a large library is written to the disk several times over while it is made."""


class Counts(NamedTuple):
    """What a library holds: notes, mentions, cited works, and how learning about these and about no works ended."""

    notes: int
    mentions: int
    works: int
    outcomes: dict[str, int]


class Library:
    """The library file, for writing. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_for_writing(path, library_schema).conn
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def known_notes(self) -> list[tuple[str, str]]:
        """The notes that the library knows: path and content hash."""
        return [tuple(row) for row in self._connection.execute("SELECT path, sha256 FROM notes ORDER BY path")]

    def counts(self) -> Counts:
        """How much there is of what a run tells of."""
        count = "SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM mentions), sum(cited) FROM works"
        notes, mentions, works = self._connection.execute(count).fetchone()
        endings = "SELECT outcome, count(*) FROM works WHERE cited OR outcome = 'not-a-work' GROUP BY outcome"
        return Counts(notes, mentions, works or 0, dict(self._connection.execute(endings).fetchall()))

    def has_graph(self) -> bool:
        """Whether the user wants to know what the works cite."""
        return read_has_graph(self._connection)

    def want_graph(self) -> None:
        """Keep from now on what the works cite."""
        if not self.has_graph():
            with transaction(self._connection, self.path) as connection:
                write_wants_graph(connection)

    def remember(self, standing: Standing, journaled: str) -> None:
        """Keep from what this library was made."""
        with transaction(self._connection, self.path) as connection:
            write_standing(connection, standing, journaled)

    def replace(self, tables: Tables) -> int:
        """Make the library say exactly this, in one transaction; the number of rows that had to change.

        Rows that stay are not touched, so a second run changes nothing. User names and passwords in URLs are left out.
        """
        changed = 0
        with transaction(self._connection, self.path) as connection:
            connection.execute("PRAGMA defer_foreign_keys = on")
            for table, key in PRIMARY_KEYS.items():
                changed += _replace_table(connection, table, key, tables.get(table, ()))
        return changed

    def amend(self, tables: Tables, works: Collection[int], notes: Collection[int]) -> int:
        """Make the library say this of some works and notes, by their rows, and of others what it said before.

        Of these tables only the rows of these works and notes are looked at. The number of rows that had to change.
        """
        rows: Mapping[str, Collection[int]] = {"works": works, "notes": notes}
        these = {name: json.dumps(sorted(each)) for name, each in rows.items()}
        changed = 0
        with transaction(self._connection, self.path) as connection:
            connection.execute("PRAGMA defer_foreign_keys = on")
            signed = "SELECT DISTINCT person FROM authorships WHERE work IN (SELECT value FROM json_each(?))"
            people = [person for (person,) in connection.execute(signed, (these["works"],))]
            changed += _add_people(connection, tables.get("people", ()))
            for table, columns in PARTS.items():
                where = " OR ".join(map("{0[0]} IN (SELECT value FROM json_each(:{0[1]}))".format, columns.items()))
                said = (
                    row
                    for row in tables.get(table, ())
                    if any(row[column] in rows[of] for column, of in columns.items())
                )
                changed += _replace_table(connection, table, PRIMARY_KEYS[table], said, f"WHERE {where}", these)
            changed += _drop_people(connection, people)
        return changed

    def read_again(self, notes: Iterable[str]) -> None:
        """Have notes read again once they can be, changed or not, by their paths."""
        with transaction(self._connection, self.path) as connection:
            connection.executemany("UPDATE notes SET sha256 = 'unread' WHERE path = ?", ((path,) for path in notes))

    def note_problems(self) -> list[tuple[str, str]]:
        """What could not be read in the notes: path and sentence."""
        return note_problems(self._connection)

    def neighbours(self) -> Neighbours:
        """What hangs together in it."""
        return Neighbours(self._connection)


def dump(path: Path) -> Iterator[str]:
    """The library's rows as JSON lines in natural order, without search indexes and migration stamps.

    Equal libraries give equal dumps.
    """
    from litdb.database.connection import open_for_reading

    connection = open_for_reading(path)
    try:
        for table, key in sorted(PRIMARY_KEYS.items()):
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY {', '.join(key)}"):  # noqa: S608
                yield json.dumps({"table": table, **dict(row)}, ensure_ascii=False)
    finally:
        connection.close()


def _add_people(connection: sqlite3.Connection, rows: Iterable[Row]) -> int:
    """Add the people who are not there yet; how many."""
    columns = [each[1] for each in connection.execute("PRAGMA table_info(people)")]
    made = {row["id"]: tuple(map(row.get, columns)) for row in rows}
    query = "SELECT id FROM people WHERE id IN (SELECT value FROM json_each(?))"
    for (there,) in connection.execute(query, (json.dumps(list(made)),)).fetchall():
        del made[there]
    return _insert(connection, "people", ("id",), columns, map(_masked, made.values())) if made else 0


def _drop_people(connection: sqlite3.Connection, people: Sequence[int]) -> int:
    """Drop those of some people who have no work any more; how many."""
    query = (
        "DELETE FROM people WHERE id IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM authorships WHERE person = people.id)"
    )
    return connection.execute(query, (json.dumps(people),)).rowcount


def _replace_table(
    connection: sqlite3.Connection,
    table: str,
    key: Sequence[str],
    rows: Iterable[Row],
    where: str = "",
    given: Mapping[str, str] | None = None,
) -> int:
    """Make a table, or what of it is `where`, say this; how many rows changed.

    Of a row that is there only its hash is held while it is compared. What changes goes first and comes anew, so that
    works may exchange their keys.
    """
    columns = [each[1] for each in connection.execute(f"PRAGMA table_info({table})")]
    values = map(_taker(columns), rows)
    if connection.execute(f"SELECT 1 FROM {table}").fetchone() is None:  # noqa: S608
        first = next(values, None)
        return _fill(connection, table, key, columns, chain([first], values)) if first else 0
    ident = itemgetter(*(columns.index(each) for each in key))
    query = f"SELECT {_quoted(columns)} FROM {table} {where}"  # noqa: S608
    there = {ident(row): hash(row) & ~_MET for row in connection.execute(query, given or {})}
    made: dict[object, Values] = {}
    for said in values:
        if _meets(said, ident(said), there):
            made.pop(ident(said), None)
            continue
        row = _masked(said)
        if row is said or not _meets(row, ident(row), there):
            made[ident(row)] = row
        else:
            made.pop(ident(row), None)
    gone = [name for name, state in there.items() if not (state & _MET or name in made)]
    named = " AND ".join(f'"{each}" = ?' for each in key)
    names = (name if isinstance(name, tuple) else (name,) for name in chain(gone, made))
    connection.executemany(f"DELETE FROM {table} WHERE {named}", names)  # noqa: S608
    if made:
        _insert(connection, table, key, columns, made.values())
    return len(gone) + len(made)


def _meets(row: Values, name: object, there: dict[object, int]) -> bool:
    """Whether this very row is there already, which is marked then."""
    state = hash(row) | _MET
    if there.get(name, 0) | _MET != state:
        return False
    there[name] = state
    return True


def _taker(columns: Sequence[str]) -> Callable[[Row], Values]:
    """What gives the values of a row in the order of the columns: nothing where the row says nothing."""
    take: Callable[[Row], Values] = itemgetter(*columns)

    def taken(row: Row) -> Values:
        try:
            return take(row)
        except KeyError:
            return tuple(map(row.get, columns))

    return taken


def _masked(row: Values) -> Values:
    said = " ".join([value for value in row if isinstance(value, str)])
    if without_secrets(said) == said:
        return row
    return tuple(without_secrets(value) if isinstance(value, str) else value for value in row)


def _fill(
    connection: sqlite3.Connection, table: str, key: Sequence[str], columns: Sequence[str], rows: Iterable[Values]
) -> int:
    """Add the first rows of a table, which gets its indexes after them: sorted once they cost less than row by row."""
    named = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    indexes = connection.execute(named, (table,)).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    added = _insert(connection, table, key, columns, map(_masked, rows))
    for _, made in indexes:
        connection.execute(made)
    return added


def _insert(
    connection: sqlite3.Connection, table: str, key: Sequence[str], columns: Sequence[str], rows: Iterable[Values]
) -> int:
    """Add rows, of several with one key the last; how many there were.

    They are put aside first and then added in the order of their keys: in any other order every row of a large table
    would bring another page of it from the disk and back.
    """
    names, marks = _quoted(columns), ", ".join("?" * len(columns))
    sets = ", ".join(f'"{column}" = excluded."{column}"' for column in columns)
    connection.execute(f"CREATE TEMP TABLE aside AS SELECT {names} FROM {table} WHERE false")  # noqa: S608
    connection.executemany(f"INSERT INTO aside VALUES ({marks})", rows)  # noqa: S608
    added = connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {names} FROM aside WHERE true ORDER BY {_quoted(key)}, rowid "  # noqa: S608
        f"ON CONFLICT ({_quoted(key)}) DO UPDATE SET {sets}"
    )
    connection.execute("DROP TABLE aside")
    return max(0, added.rowcount)


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
