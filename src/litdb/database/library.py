"""The library: a projection that is replaced as a whole, row by row where it changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from litdb.database.connection import open_for_writing, transaction
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
}
"""Every table of the projection with its primary key."""

_MET = 1
"""The bit that says of a row's hash, when rows are compared, that the row was made again."""

_CACHE_KIB = 8 * 1024
"""With SQLite's own 2 MB a large library is written to the disk several times over while it is made."""


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


def _replace_table(connection: sqlite3.Connection, table: str, key: Sequence[str], rows: Iterable[Row]) -> int:
    """Make a table say this; how many rows changed. Of a row that is there only its hash is held while it is compared.

    What changes goes first and comes anew, so that works may exchange their keys.
    """
    columns = [each[1] for each in connection.execute(f"PRAGMA table_info({table})")]
    values = map(_taker(columns), rows)
    if connection.execute(f"SELECT 1 FROM {table}").fetchone() is None:  # noqa: S608
        first = next(values, None)
        return _fill(connection, table, key, columns, chain([first], values)) if first else 0
    ident = itemgetter(*(columns.index(each) for each in key))
    there = {ident(row): hash(row) & ~_MET for row in connection.execute(f"SELECT {_quoted(columns)} FROM {table}")}  # noqa: S608
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
    where = " AND ".join(f'"{each}" = ?' for each in key)
    names = (name if isinstance(name, tuple) else (name,) for name in chain(gone, made))
    connection.executemany(f"DELETE FROM {table} WHERE {where}", names)  # noqa: S608
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
