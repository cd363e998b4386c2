"""Nothing private is published: secrets in every field that is not on the allow-list, and in real notes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from litdb.database.connection import open_for_reading
from litdb.database.journal import Journal
from litdb.database.public import DECIDING, SHOWN, public_copy
from litdb.demo.large import make_library
from publish.conftest import places_of

SECRET = "qzsecretqz"
NUMBER = 987_654_321
IDS = frozenset(("id", "note", "work", "person", "record"))
"""Numbers of rows, by which tables hang together."""


def tables(connection):
    """Every real table with its columns and their types."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
    for (name,) in names.fetchall():
        if not name.startswith(("sqlite_", "_sqlite")):
            yield name, {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info([{name}])")}


def plant(connection, shown=()):
    """A secret in every column of every row, those that are shown and the rows' own numbers left out."""
    planted = []
    for table, columns in tables(connection):
        if not connection.execute(f"SELECT 1 FROM [{table}]").fetchone():
            marks = ", ".join("?" * len(columns))
            connection.execute(f"INSERT INTO [{table}] VALUES ({marks})", [1] * len(columns))
        for name, kind in columns.items():
            if f"{table}.{name}" in shown or (kind == "INTEGER" and name in IDS):
                continue
            value = NUMBER if kind == "INTEGER" else f"{SECRET} {table}.{name} "
            rows = connection.execute(f"SELECT rowid FROM [{table}]").fetchall()
            connection.executemany(
                f"UPDATE OR REPLACE [{table}] SET [{name}] = ? WHERE rowid = ?",
                [(value if kind == "INTEGER" else f"{value}{row[0]}", row[0]) for row in rows],
            )
            planted.append(f"{table}.{name}")
    return planted


ALLOWED = {f"{table}.{name}" for table, names in SHOWN.items() for name in names.split()}


@pytest.fixture
def planted(litdb):
    """An invented library with a secret in every field that is not on the allow-list, in the journal too."""
    make_library(litdb.library, 60, 300)
    with Journal(litdb.library.with_suffix(".journal")):
        pass
    with closing(sqlite3.connect(litdb.library.with_suffix(".journal"))) as connection, connection:
        kept = plant(connection)
    with closing(sqlite3.connect(litdb.library)) as connection, connection:
        first = connection.execute("SELECT id FROM notes ORDER BY id").fetchone()[0]
        found = plant(connection, ALLOWED)
        connection.execute("UPDATE notes SET title = ?, date = ?", (SECRET, SECRET))
        connection.execute("UPDATE mentions SET text = ?, sentence = ?", (SECRET, SECRET))
        front = json.dumps({"publish": "true", "tags": [SECRET]})
        connection.execute(
            "UPDATE notes SET title = 'In the open', date = NULL, front_matter = ? WHERE id = ?", (front, first)
        )
        connection.execute("UPDATE notes SET front_matter = NULL WHERE id <> ?", (first,))
        connection.execute("UPDATE mentions SET text = '', sentence = 'Said in the open.' WHERE note = ?", (first,))
    return litdb, [*found, *kept]


def test_no_field_that_is_not_allowed_reaches_the_site(planted, tmp_path):
    litdb, fields = planted
    said = litdb("publish", str(tmp_path / "site"), "--base-url", "https://me.example/list/", "--json")
    assert json.loads(said)["works"] > 50
    assert not [name for name in fields if name in ALLOWED]
    assert {"works.abstract", "claims.value", "notes.path", "addresses.url", "answers.content"} <= set(fields)
    assert not places_of(SECRET, tmp_path / "site")
    assert not places_of(str(NUMBER), tmp_path / "site")
    assert SECRET not in said


def test_what_is_allowed_does_reach_it(planted, tmp_path):
    litdb, _ = planted
    litdb("publish", str(tmp_path / "site"))
    for words in ("Said in the open.", "In the open", "Notes from the Greenhouse"):
        assert places_of(words, tmp_path / "site")


def test_a_secret_in_an_allowed_field_is_found(planted, tmp_path):
    """So that the search for secrets cannot miss what is there."""
    litdb, _ = planted
    with closing(sqlite3.connect(litdb.library)) as connection, connection:
        connection.execute("UPDATE works SET container = ?", (SECRET,))
    litdb("publish", str(tmp_path / "site"))
    assert len(places_of(SECRET, tmp_path / "site")) > 60


@pytest.mark.parametrize(
    "query", ["SELECT abstract FROM works", "SELECT reason FROM attempts", "SELECT value FROM claims"]
)
def test_sqlite_itself_refuses_what_is_not_on_the_list(planted, query, monkeypatch):
    litdb, _ = planted
    monkeypatch.setattr("litdb.database.public._SAID_BY_NOTES", query)
    with (
        closing(open_for_reading(litdb.library)) as library,
        pytest.raises(sqlite3.DatabaseError, match="prohibited"),
    ):
        public_copy(library)


def test_the_copy_has_nothing_that_only_decides(planted):
    litdb, _ = planted
    with closing(open_for_reading(litdb.library)) as library, closing(public_copy(library)) as copy:
        for table, names in DECIDING.items():
            for name in set(names.split()) - set(SHOWN.get(table, "").split()):
                assert not copy.execute(f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL").fetchall()
        assert library.execute("SELECT abstract FROM works").fetchone(), "afterwards the library can be read again"


def test_everything_on_the_list_is_there():
    for table, names in {**SHOWN, **DECIDING}.items():
        assert names.split() == [*dict.fromkeys(names.split())], table


# Real notes


def test_private_notes_leave_no_trace(crawled, project):
    crawled("publish", "site")
    assert not places_of("secret", project / "site")
    assert not places_of(str(project), project / "site")
    assert not places_of("192.168", project / "site")


@pytest.mark.parametrize(
    "words", ["Hedges, observed", "On hedges", "Soil and patience", "Tide Press", "walled.example/page"]
)
def test_what_is_no_secret_is_there(crawled, project, words):
    crawled("publish", "site")
    assert places_of(words, project / "site")


def test_works_with_no_address_that_others_can_open_are_left_out_and_counted(crawled, project):
    assert crawled.data("publish", "site")["left_out"] == 4
    crawled("publish", "site")
    assert "Left out: 4 works without an address that others can open." in crawled.told


def test_a_note_that_is_private_again_goes_with_all_it_said(crawled, project):
    crawled("publish", "site")
    assert places_of("which is patient", project / "site")
    note = project / "notes" / "open.md"
    note.write_text(note.read_text("utf-8").replace("publish: true", "publish: no"), "utf-8")
    crawled("crawl", "notes", "--offline", "--silent")
    crawled("publish", "site")
    for words in ("which is patient", "On hedges", "Hedges, observed", "notes/index.html"):
        assert not places_of(words, project / "site")


def test_a_key_that_the_page_does_not_explain_is_made_anew(crawled, project):
    (key,) = [row[0] for row in crawled.rows("SELECT key FROM works WHERE title = 'Soil and patience'")]
    assert key == "SECRETkey2020"
    crawled("publish", "site")
    assert (project / "site" / "works" / "roeSoilPatience2020.html").is_file()
    assert "@book{roeSoilPatience2020," in (project / "site" / "references.bib").read_text("utf-8")
