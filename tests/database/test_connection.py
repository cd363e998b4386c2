"""Opening libraries that are none, newer, read-only, locked or damaged."""

import sqlite3

import pytest
from sqlite_utils import Migrations

from litdb.database.connection import (
    JOURNAL_VERSION,
    LIBRARY_VERSION,
    content_id,
    open_for_reading,
    open_for_writing,
    row_id,
    transaction,
)
from litdb.database.schema import journal_schema, library_schema
from litdb.errors import LibraryError, LockedLibrary, NewerLibrary, NotALibrary, OlderLibrary, ReadOnlyLibrary


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "litdb.db"
    open_for_writing(path, library_schema).conn.close()
    return path


def test_a_library_opens_again_without_a_change(library):
    before = library.read_bytes()
    open_for_writing(library, library_schema).conn.close()
    assert library.read_bytes() == before


def test_a_text_file_is_no_library(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("# just a note, and long enough to be read as a header by SQLite\n" * 20)
    with pytest.raises(NotALibrary, match="not a litdb library"):
        open_for_writing(path, library_schema)


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotALibrary, match="no litdb library"):
        open_for_writing(path, library_schema)
    assert path.read_bytes() == before


def test_a_newer_library_is_refused(library):
    newer = Migrations("litdb.library")
    for each in library_schema._migrations:
        newer(name=each.name)(each.fn)
    newer(name="m999_of_tomorrow")(lambda db: None)
    open_for_writing(library, newer).conn.close()
    with pytest.raises(NewerLibrary, match="newer litdb"):
        open_for_writing(library, library_schema)


def test_readers_of_a_newer_or_older_library_are_told(library):
    for version, says in ((99, "newer litdb"), (1, "older litdb"), (0, "was cut off")):
        with sqlite3.connect(library) as connection:
            connection.execute(f"PRAGMA user_version = {version}")
        connection.close()
        with pytest.raises(LibraryError, match=says):
            open_for_reading(library)


def test_readers_of_an_empty_file_are_told_that_it_was_only_begun(tmp_path):
    (tmp_path / "litdb.db").touch()
    with pytest.raises(OlderLibrary, match="was cut off before it held anything. Run “litdb crawl” again"):
        open_for_reading(tmp_path / "litdb.db")


def test_the_version_counts_the_migrations():
    assert len(library_schema._migrations) == LIBRARY_VERSION
    assert len(journal_schema._migrations) == JOURNAL_VERSION


def test_a_folder_in_the_way_is_told(tmp_path):
    with pytest.raises(LibraryError):
        open_for_writing(tmp_path, library_schema)


def test_a_locked_library_is_told(library, monkeypatch):
    monkeypatch.setattr("litdb.database.connection.WAIT_SECONDS", 0)
    holder = open_for_writing(library, library_schema).conn
    holder.execute("BEGIN IMMEDIATE")
    other = open_for_writing(library, library_schema).conn
    with pytest.raises(LockedLibrary, match="another process"), transaction(other, library):
        pass
    holder.close()
    other.close()


def test_reading_what_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(LibraryError, match="litdb crawl"):
        open_for_reading(tmp_path / "none.db")


def test_a_failing_transaction_keeps_nothing(library):
    connection = open_for_writing(library, library_schema).conn
    with pytest.raises(ZeroDivisionError), transaction(connection, library):
        connection.execute("INSERT INTO people (id, name) VALUES (1, 'A')")
        raise ZeroDivisionError
    assert connection.execute("SELECT count(*) FROM people").fetchone() == (0,)
    connection.close()


def test_ids_come_from_content_and_fit_into_53_bits():
    assert row_id("a", "b") == row_id("a", "b") < 2**53
    assert content_id("ab", "c") != content_id("a", "bc")


def test_a_read_only_folder_is_told(tmp_path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    with pytest.raises(ReadOnlyLibrary, match="read-only"):
        open_for_writing(tmp_path / "litdb.db", library_schema)
