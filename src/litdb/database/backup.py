"""Copies of databases that are consistent while others write, and proven to be whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from litdb.database.connection import APPLICATION_ID, WAIT_SECONDS, reading_address
from litdb.errors import LibraryError, NotALibrary


def copy_database(path: Path, copy: Path) -> None:
    """Make a copy of library or journal in one moment of theirs, whoever writes meanwhile, and read all of it back.

    sqlite.org/backup.html. Beside it comes an empty write-ahead log, so that a plain copy over a library that is there
    leaves none of the old log behind. Raises `LibraryError` where the database is damaged or cannot be read.
    """
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            closing(sqlite3.connect(reading_address(path), uri=True, timeout=WAIT_SECONDS)) as old,
            closing(sqlite3.connect(copy)) as new,
        ):
            if old.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise NotALibrary(f"{path} is an SQLite file, but none of litdb's, so it was not copied.")
            old.backup(new)
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?immutable=1", uri=True)) as made:
            found = made.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise LibraryError(
            f"{path} cannot be copied whole ({found}). There is no new copy; older ones are as they were."
        )
    copy.with_name(f"{copy.name}-wal").touch()
