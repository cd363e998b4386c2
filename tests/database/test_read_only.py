"""A library in a folder where nothing can be written: it is read as it lies, and its journal too."""

import os
import sqlite3
from contextlib import closing

import pytest

from litdb.database.connection import SQLITE_SUFFIXES, open_for_reading

NOTE = "[a](https://arxiv.org/abs/2209.00626) (30.08.2022)\n"


@pytest.mark.parametrize(
    "words", [["list"], ["log"], ["check"], ["show", "arxiv:2209.00626", "--why"], ["crawl", "n.md"]]
)
def test_who_reads_leaves_nothing_beside_a_library(litdb, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "n.md").write_text(NOTE)
    litdb("crawl", "n.md", "--offline")
    before = {path: path.read_bytes() for path in sorted(litdb.library.parent.iterdir())}
    litdb(*words, *(["--offline"] if words[0] == "crawl" else []))
    assert {path: path.read_bytes() for path in sorted(litdb.library.parent.iterdir())} == before


def test_what_is_opened_for_reading_cannot_be_written(litdb, tmp_path):
    (tmp_path / "n.md").write_text(NOTE)
    litdb("crawl", str(tmp_path / "n.md"), "--offline")
    with (
        closing(open_for_reading(litdb.library)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("DELETE FROM works")


@pytest.fixture
def at_rest(litdb, tmp_path, monkeypatch):
    """A crawled library of which the system says that nothing can be written beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "n.md").write_text(NOTE)
    litdb("crawl", "n.md", "--offline")
    for path in (litdb.library, litdb.library.with_suffix(".journal")):
        for end in SQLITE_SUFFIXES[1:]:
            path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    monkeypatch.setattr(os, "access", lambda *_args, **_more: False)
    return litdb


@pytest.mark.parametrize(
    "words", [["list"], ["log"], ["check"], ["fix"], ["show", "arxiv:2209.00626", "--why"], ["backup", "copies"]]
)
def test_nothing_is_made_beside_a_library_that_is_only_read(at_rest, words):
    folder = at_rest.library.parent
    before = sorted(folder.iterdir())
    at_rest(*words)
    assert sorted(folder.iterdir()) == before
