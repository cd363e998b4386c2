"""What SQLite refuses is told as what it is: damage, a lock, a full disk; with the file, and what to do."""

import sqlite3
from contextlib import closing

import pytest

from litdb.database import forgetting
from litdb.database.connection import open_for_writing, transaction
from litdb.database.forgetting import make_compact
from litdb.database.health import attempts_seen
from litdb.database.history import open_journal
from litdb.database.refusals import refusal, told
from litdb.database.schema import library_schema
from litdb.errors import LibraryError, LockedLibrary, NotALibrary, ReadOnlyLibrary

SAID = [
    ("file is not a database", "SQLITE_NOTADB", NotALibrary, "is damaged"),
    ("database disk image is malformed", "SQLITE_CORRUPT_VTAB", NotALibrary, "is damaged"),
    ("malformed database schema (x)", "SQLITE_CORRUPT", NotALibrary, "is damaged"),
    ("Could not decode to UTF-8 column 'title' with text '\udcff'", "SQLITE_CORRUPT", NotALibrary, "is damaged"),
    ("database is locked", "SQLITE_BUSY_SNAPSHOT", LockedLibrary, "another process. Try again"),
    ("database table is locked", "SQLITE_LOCKED", LockedLibrary, "another process. Try again"),
    ("attempt to write a readonly database", "SQLITE_READONLY_DIRECTORY", ReadOnlyLibrary, "is read-only"),
    ("unable to open database file", "SQLITE_CANTOPEN_ISDIR", LibraryError, "cannot be opened"),
    ("database or disk is full", "SQLITE_FULL", LibraryError, "disk that holds a.db is full"),
    ("disk I/O error", "SQLITE_IOERR_WRITE", LibraryError, "broken or gone"),
    ("no such table: works", "SQLITE_ERROR", LibraryError, "SQLite says “no such table: works”"),
]


@pytest.mark.parametrize(("text", "name", "kind", "says"), SAID)
def test_each_refusal_is_its_own_sentence_about_the_file(text, name, kind, says):
    found = refusal("a.db", sqlite3.OperationalError(text))
    assert type(found) is kind
    assert "a.db" in str(found)
    assert says in str(found)


@pytest.mark.parametrize(("_text", "name", "kind", "says"), SAID[:-1])
def test_it_is_told_by_its_code_where_python_knows_that_whatever_the_words(_text, name, kind, says):
    error = sqlite3.OperationalError("in other words")
    error.sqlite_errorname = name
    found = refusal("a.db", error)
    assert type(found) is kind
    assert says in str(found)


@pytest.mark.parametrize("text", [text for text, *_, says in SAID if says != "is damaged"])
def test_only_damage_is_called_damage(text):
    assert "damaged" not in str(refusal("a.db", sqlite3.OperationalError(text)))


def test_an_error_of_our_own_stays_itself(tmp_path):
    with pytest.raises(ZeroDivisionError), told(tmp_path / "a.db"):
        raise ZeroDivisionError


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "litdb.db"
    open_for_writing(path, library_schema).conn.close()
    return path


def test_a_database_that_may_not_grow_is_full(library):
    with closing(open_for_writing(library, library_schema).conn) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(LibraryError, match="is full"), transaction(connection, library):
            connection.execute("INSERT INTO people (id, name) VALUES (1, ?)", ("A" * 100_000,))


def test_what_cannot_be_made_compact_while_another_writes_is_told(library, monkeypatch):
    monkeypatch.setattr(forgetting, "WAIT_SECONDS", 0)
    with closing(sqlite3.connect(library, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedLibrary, match="another process"):
            make_compact(library)


@pytest.mark.parametrize("read", [attempts_seen, open_journal])
def test_a_journal_that_is_none_is_told_by_its_name(tmp_path, read):
    path = tmp_path / "litdb.journal"
    path.write_text("# just a note, and long enough to be read as a header by SQLite\n" * 20)
    with pytest.raises(NotALibrary, match=r"litdb\.journal"):
        read(path)


@pytest.mark.parametrize(("text", "_name", "_kind", "says"), SAID)
def test_a_command_tells_it_when_it_comes_while_reading(litdb, tmp_path, monkeypatch, text, _name, _kind, says):
    (tmp_path / "n.md").write_text("<https://example.org/a>\n")
    litdb("crawl", str(tmp_path / "n.md"), "--offline")

    def refuse(*_args):
        raise sqlite3.OperationalError(text)

    monkeypatch.setattr("litdb.database.queries.works", refuse)
    litdb("list", code=1)
    assert litdb.told.startswith("Error: ")
    assert "litdb.db or its journal" in litdb.told
    assert says.replace("a.db", f"{litdb.library} or its journal") in litdb.told
    assert ("damaged" in litdb.told) == (says == "is damaged")
