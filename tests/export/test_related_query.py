"""The library tells a work what it relates to, for the exports to say."""

from __future__ import annotations

import sqlite3

import pytest
from sqlite_utils import Database

from litdb.database import queries
from litdb.database.schema import library_schema
from litdb.model import Related


@pytest.fixture
def connection() -> sqlite3.Connection:
    db = Database(memory=True)
    library_schema.apply(db)
    for number, (key, label) in enumerate([("paper", "Paper"), ("preprint", "Preprint"), (None, "Post")], 1):
        row = {"id": number, "key": key, "label": label, "url": f"https://{label}.example", "type": "post"}
        db["works"].insert(row | {"outcome": "ok", "cited": int(bool(key)), "identifier": f"url:{number}"})
    kinds = [
        (2, "version-of", 1, "arxiv"),
        (2, "version-of", 1, "crossref"),
        (1, "about", 3, "x"),
        (1, "cites", 2, "x"),
    ]
    for number, (subject, kind, other, source) in enumerate(kinds, 1):
        row = {"id": number, "subject": subject, "kind": kind, "object": other, "source": source, "how": "x"}
        db["relations"].insert(row)
    db.conn.row_factory = sqlite3.Row
    return db.conn


def test_each_relation_is_told_once_and_citations_are_not(connection):
    paper, preprint = queries.works(connection)
    assert preprint.related == (Related("version-of", "Paper", "https://Paper.example", "paper"),)
    assert [each.kind for each in paper.related] == ["about", "version-of"]


def test_an_uncited_work_has_no_key(connection):
    paper, _ = queries.works(connection)
    assert paper.related[0] == Related("about", "Post", "https://Post.example")


def test_of_two_versions_each_is_one_of_the_other(connection):
    paper, _ = queries.works(connection)
    assert paper.related[1] == Related("version-of", "Preprint", "https://Preprint.example", "preprint")
