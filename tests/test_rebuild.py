"""The library made anew from notes, corrections and journal."""

import shutil
import socket
import sqlite3
from contextlib import closing

import pytest

from conftest import Litdb
from litdb.merge import RANKING


@pytest.fixture
def crawled(litdb, tmp_path, crawled_seeds, little_web):
    """A project whose seeds were crawled on the little web, with a correction."""
    shutil.copytree(crawled_seeds, tmp_path, dirs_exist_ok=True)
    litdb("set", "https://arxiv.org/abs/1712.05812", "title", "Occam's razor")
    return litdb


def exports(litdb):
    return {path.name: path.read_bytes() for path in litdb.library.parent.iterdir() if path.suffix in (".bib", ".md")}


def test_elsewhere_with_only_notes_corrections_and_journal_all_is_the_same(crawled, tmp_path, monkeypatch):
    there = tmp_path / "elsewhere"
    shutil.copytree(tmp_path / "seeds", there / "seeds")
    (there / "db").mkdir()
    shutil.copy(crawled.library.with_suffix(".journal"), there / "db")

    def refuse(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    other = Litdb(there / "db" / "litdb.db")
    other("rebuild", str(there / "seeds"))
    assert other("dump") == crawled("dump")
    assert exports(other) == exports(crawled)


def test_where_the_library_is_gone_that_knew_the_notes_they_are_asked_for(litdb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "n.md").write_text("https://arxiv.org/abs/2209.00626\n")
    litdb("crawl", "n.md", "--offline")
    litdb("add", "https://arxiv.org/abs/1706.03762", "--offline")
    before = exports(litdb)
    litdb.library.unlink()
    litdb("rebuild", code=2)
    assert "which knew your notes, is gone. Name the folder that holds them" in litdb.told
    assert exports(litdb) == before
    assert not litdb.library.exists()
    litdb("rebuild", "n.md")
    assert exports(litdb) == before


def test_rebuilding_in_place_changes_nothing_and_says_so(crawled):
    dumped = crawled("dump")
    assert "0 changes" in crawled("rebuild")
    assert crawled("dump") == dumped


def test_a_better_reader_reaches_old_answers_and_the_change_is_told(crawled, monkeypatch):
    better = {**RANKING, "title": ("bib/*", *RANKING["title"])}
    monkeypatch.setattr("litdb.merge.RANKING", better)
    from litdb.merge import _rank

    _rank.cache_clear()
    bib = crawled.library.parents[1] / "seeds" / "reading-list.bib"
    bib.write_text(bib.read_text("utf-8").replace("Shard Theory: An Overview", "Shards"), "utf-8")
    said = crawled("rebuild")
    monkeypatch.undo()
    _rank.cache_clear()
    assert "title Shard Theory: An Overview → Shards" in said


def test_when_rebuilding_fails_the_old_library_stays(crawled, monkeypatch):
    before = crawled.library.read_bytes()
    monkeypatch.setattr("litdb.run.Run.project", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        from litdb.commands.session import rebuild
        from litdb.files.place import Place

        rebuild(Place(crawled.library), [])
    assert crawled.library.read_bytes() == before


def test_the_notes_that_a_library_of_an_older_litdb_knows_are_read(litdb, tmp_path):
    note = tmp_path / "elsewhere" / "note.md"
    note.parent.mkdir()
    note.write_text("<https://arxiv.org/abs/1712.05812>\n")
    litdb("crawl", str(note), "--offline")
    with closing(sqlite3.connect(litdb.library)) as connection:
        connection.executescript(
            "DROP TABLE kept_apart; DELETE FROM _sqlite_migrations WHERE name = 'm011_parts'; PRAGMA user_version = 10"
        )
    litdb("rebuild")
    assert litdb.rows("SELECT path FROM notes") == [("elsewhere/note.md",)]
