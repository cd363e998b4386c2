"""Files and transactions that were cut off in the middle of their making are taken up again, and nobody else's are."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from litdb.database.connection import (
    APPLICATION_ID,
    LIBRARY_VERSION,
    new_database,
    open_for_reading,
    open_for_writing,
    take_over,
    transaction,
)
from litdb.database.schema import library_schema
from litdb.errors import NotALibrary

HALF_MADE = {
    "nothing": (),
    "a header": ("PRAGMA journal_mode = wal",),
    "a name": ("PRAGMA journal_mode = wal", f"PRAGMA application_id = {APPLICATION_ID}"),
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "litdb.db"


def _version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


@pytest.mark.parametrize("made", HALF_MADE)
def test_a_file_whose_making_was_cut_off_becomes_a_library(path, made):
    with closing(sqlite3.connect(path)) as connection:
        for statement in HALF_MADE[made]:
            connection.execute(statement)
    path.touch()
    open_for_writing(path, library_schema).close()
    open_for_reading(path).close()


def test_a_library_that_was_not_stamped_any_more_is_stamped(path):
    open_for_writing(path, library_schema).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")
    open_for_writing(path, library_schema).close()
    assert _version(path) == LIBRARY_VERSION


def test_what_others_made_stays_theirs(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(NotALibrary):
        open_for_writing(path, library_schema)


class _Interrupted:
    """A connection to a user who presses Ctrl-C right after a statement."""

    def __init__(self, connection, statement):
        self._connection, self._statement = connection, statement

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, statement):
        self._connection.execute(statement)
        if statement == self._statement:
            raise KeyboardInterrupt


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "COMMIT"])
def test_ctrl_c_leaves_no_transaction_open(path, statement):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        with pytest.raises(KeyboardInterrupt), transaction(_Interrupted(connection, statement), path):
            pass
        assert not connection.in_transaction


@pytest.mark.parametrize("is_there", [True, False])
def test_a_database_takes_the_place_of_another_at_once_under_the_eyes_of_its_readers(path, is_there):
    if is_there:
        open_for_writing(path, library_schema).close()
    reader = open_for_reading(path) if is_there else None
    with new_database(path) as made:
        database = open_for_writing(made, library_schema)
        database.table("people").insert({"id": 7, "name": "Ada"})
        database.close()
        take_over(path, made)
    for connection in filter(None, (reader, open_for_reading(path))):
        assert connection.execute("SELECT name FROM people").fetchone()[0] == "Ada"
        connection.close()
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []
