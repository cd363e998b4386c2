"""Opening SQLite files as litdb's, and writing them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from litdb.database.refusals import told
from litdb.errors import LibraryError, NewerLibrary, NotALibrary, OlderLibrary

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x6C69_7464
"""`litd`, in SQLite's header: what tells our files from others (sqlite.org/pragma.html#pragma_application_id)."""

LIBRARY_VERSION = 11
"""How many migrations a library of this litdb has behind it: kept in `user_version`, for readers without a schema."""

JOURNAL_VERSION = 1
"""The same for a journal."""

SQLITE_SUFFIXES = ("", "-wal", "-shm", "-journal")
"""What stands behind the name of a database while it is open (sqlite.org/tempfiles.html)."""

WAIT_SECONDS = 30
"""How long SQLite waits for another process that writes."""


def content_id(*parts: str) -> str:
    """A name made from what a row says, never from the order of arrival: 20 hexadecimal digits.

    >>> content_id("a", "b") == content_id("a", "b") != content_id("ab")
    True
    """
    return _digest(parts).hex()[:20]


def row_id(*parts: str) -> int:
    """The same as a positive integer of 53 bits, which JSON readers keep exactly."""
    return int.from_bytes(_digest(parts)[:7], "big") >> 3


def _digest(parts: Iterable[str]) -> bytes:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()


def open_for_writing(path: Path, schema: Migrations) -> Database:
    """The database at `path`, created and brought to this program's schema. Raises `LibraryError`."""
    from sqlite_utils import Database

    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        if not _is_empty(connection):
            _check_ours(connection, path)
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA synchronous = normal")
        connection.execute("PRAGMA foreign_keys = on")
        database = Database(connection, execute_plugins=False)
        _check_not_newer(database, schema, path)
        if schema.pending(database):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            schema.apply(database)
        _stamp(connection, len(schema.applied(database)))
        return database


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A read-only connection whose rows go by name. Raises `LibraryError`."""
    if not path.exists():
        raise LibraryError(f"There is no library at {path}. Run “litdb crawl” first, or name another with --db.")
    with told(path):
        connection = sqlite3.connect(reading_address(path), uri=True, timeout=WAIT_SECONDS)
        connection.execute("PRAGMA query_only = on")
        if _is_empty(connection):
            raise _unfinished(path)
        _check_ours(connection, path)
        _check_version(connection.execute("PRAGMA user_version").fetchone()[0], path)
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # damage of the schema is told here
        connection.row_factory = sqlite3.Row
        return connection


def reading_address(path: Path) -> str:
    """The address at which SQLite opens a library or a journal to read it only.

    Where something can be written beside it, SQLite may: it has a log and its index there while anybody reads, and only
    who may write takes them away at the end (sqlite.org/tempfiles.html#write_ahead_log_wal_files). Else a file is read
    as it lies (sqlite.org/wal.html#read_only_databases); what a write-ahead log holds would be left out that way.
    """
    file = path.resolve()
    if os.access(file.parent, os.W_OK):
        return f"{file.as_uri()}?mode=rw"
    has_log = file.with_name(f"{file.name}-wal").exists()
    return f"{file.as_uri()}?{'mode=ro' if has_log else 'immutable=1'}"


@contextmanager
def new_database(path: Path) -> Iterator[Path]:
    """Where a database is made that is to take the place of another: beside it, new, and gone in the end."""
    made = path.with_name(f".{path.name}.new")
    discard(made)
    try:
        yield made
    finally:
        discard(made)


def discard(path: Path) -> None:
    """Delete a database with the files that SQLite has beside it."""
    for end in SQLITE_SUFFIXES:
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def take_over(path: Path, made: Path) -> None:
    """Make the database at `path` say what another one says, which goes: all at once, while others may be reading it.

    sqlite.org/c3ref/backup_finish.html: SQLite copies the pages in one transaction.
    """
    if not path.exists():
        made.replace(path)
        return
    with (
        told(path),
        closing(sqlite3.connect(made)) as new,
        closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as old,
    ):
        new.backup(old)
    discard(made)


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction that has the write lock from its start: all of it is kept or nothing."""
    with told(path):
        try:  # Ctrl-C may come right after the beginning too
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a file holds nothing yet: it is new, or its making was cut off at the very start."""
    is_named = connection.execute("PRAGMA application_id").fetchone()[0] != 0
    return not is_named and connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _stamp(connection: sqlite3.Connection, version: int) -> None:
    """Say how many migrations lie behind a file, also where that was cut off after the last of them."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != version:
        connection.execute(f"PRAGMA user_version = {version}")


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotALibrary(f"{path} is an SQLite file, but no litdb library. Name another place with --db.")


def _check_version(version: int, path: Path) -> None:
    if version > LIBRARY_VERSION:
        raise _newer(path)
    if not version:
        raise _unfinished(path)
    if version < LIBRARY_VERSION:
        raise OlderLibrary(f"{path} was written by an older litdb. “litdb crawl --offline” brings it up to date.")


def _unfinished(path: Path) -> OlderLibrary:
    """What to say of a file that has no version yet: that is written once all its tables are there."""
    return OlderLibrary(f"The first crawl into {path} was cut off before it held anything. Run “litdb crawl” again.")


def _newer(path: Path) -> NewerLibrary:
    return NewerLibrary(f"{path} was written by a newer litdb. Bring litdb up to date (pip install -U litdb-notes).")


def _check_not_newer(database: Database, schema: Migrations, path: Path) -> None:
    known = {migration.name for migration in schema.applied(database)} | {m.name for m in schema.pending(database)}
    ours = {migration.name for migration in schema._migrations}  # noqa: SLF001 - the only list of all names
    if known - ours:
        raise _newer(path)
