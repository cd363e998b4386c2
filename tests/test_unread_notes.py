"""A note that cannot be read for a while: nothing that it cited is lost, it is named, and the run exits with 1."""

import errno
import os
from pathlib import Path

import pytest

ONE, TWO, NEW = (f"https://example.org/{name}" for name in ("one", "two", "new"))
BIB = f"@misc{{frost, title = {{Frost}}, url = {{{ONE}}}}}\n"


@pytest.fixture
def away(monkeypatch):
    """The names of files that the disk does not give away."""
    names: set[str] = set()
    read = Path.read_bytes

    def read_bytes(path):
        if path.name in names:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    return names


@pytest.fixture
def library(litdb, tmp_path, monkeypatch):
    """A library of two notes and a bibliography."""
    monkeypatch.chdir(tmp_path)
    Path("notes").mkdir()
    Path("notes/a.md").write_text(f"<{ONE}> and [@frost]\n")
    Path("notes/b.md").write_text(f"<{TWO}>\n")
    Path("notes/refs.bib").write_text(BIB)
    litdb("crawl", "notes", "--offline")
    return litdb


def exported(litdb):
    return (litdb.library.parent / "references.bib").read_text()


@pytest.mark.parametrize("name", ["a.md", "b.md", "refs.bib"])
@pytest.mark.parametrize("how", [(), ("--refresh",)])
def test_what_it_cited_stays_in_library_and_exports(library, away, name, how):
    dumped, before = library("dump"), exported(library)
    away.add(name)
    for _ in range(2):
        library("crawl", "notes", "--offline", *how, code=1)
        assert f"notes/{name} cannot be read: Input/output error." in library.told
        assert (library("dump"), exported(library)) == (dumped, before)
    away.clear()
    library("crawl", "notes", "--offline")
    assert library("dump") == dumped


def test_what_other_notes_say_counts_where_it_touches_nothing_of_it(library, away):
    away.add("b.md")
    Path("notes/c.md").write_text(f"<{NEW}>\n")
    for _ in range(2):
        said = library("crawl", "notes", "--offline", code=1)
    assert "Not read, so that nothing of it has changed: notes/b.md\n" in said
    assert library.rows("SELECT url FROM works WHERE cited ORDER BY url") == [(NEW,), (ONE,), (TWO,)]
    away.clear()
    library("crawl", "notes", "--offline")
    amended = library("dump")
    library("rebuild")
    assert library("dump") == amended


def test_a_key_for_which_it_waited_is_found_in_it(library, away):
    Path("notes/b.md").write_text(f"<{TWO}> and, as @exampleorgnew says, so on.\n")
    library("crawl", "notes", "--offline")
    away.add("b.md")
    Path("notes/c.md").write_text(f"<{NEW}>\n")
    library("crawl", "notes", "--offline", code=1)
    away.clear()
    library("crawl", "notes", "--offline")
    assert library.rows("SELECT count(work) FROM mentions WHERE target = '@exampleorgnew'") == [(1,)]


def test_what_touches_it_waits_with_all_else(library, away):
    dumped = library("dump")
    away.add("b.md")
    Path("notes/c.md").write_text(f"<{TWO}> and <{NEW}>\n")
    said = library("crawl", "notes", "--offline", code=1)
    assert "Library and exports stay as they were while notes/b.md cannot be read: run again then.\n" in said
    assert library("dump") == dumped
    assert library.data("crawl", "notes", "--offline", code=1)["held_back"] == ["notes/b.md"]
    away.clear()
    library("crawl", "notes", "--offline")
    assert library.rows("SELECT count(*) FROM mentions WHERE target = ?", TWO) == [(2,)]


def test_a_correction_that_has_to_wait_says_so_and_is_kept(library, away):
    away.add("b.md")
    library("set", TWO, "title", "Mine", code=1)
    assert "stay as they were while notes/b.md cannot be read." in library.told
    away.clear()
    library("crawl", "notes", "--offline")
    assert library.data("show", TWO)["title"] == "Mine"


def test_nothing_is_rebuilt_without_it(library, away):
    dumped = library("dump")
    away.add("b.md")
    library("rebuild", code=1)
    assert "notes/b.md cannot be read, so nothing was rebuilt." in library.told
    assert library("dump") == dumped


def test_nothing_goes_from_the_library_with_what_is_forgotten(library, away):
    dumped = library("dump")
    away.add("b.md")
    library("forget", "notes/a.md", "--yes", code=1)
    assert "notes/b.md cannot be read, so the library is as it was." in library.told
    assert library("dump") == dumped


def test_a_new_file_that_cannot_be_read_holds_nothing_back(library, away):
    away.add("c.md")
    Path("notes/c.md").write_text(f"<{TWO}>\n")
    Path("notes/d.md").write_text(f"<{NEW}>\n")
    library("crawl", "notes", "--offline", "--refresh", code=1)
    assert "notes/c.md cannot be read" in library.told
    assert library.rows("SELECT count(*) FROM works WHERE url = ?", NEW) == [(1,)]


def test_a_note_that_is_gone_is_gone(library):
    Path("notes/b.md").unlink()
    assert "Gone: notes/b.md" in library("crawl", "notes", "--offline")
    assert library.rows("SELECT count(*) FROM works WHERE url = ?", TWO) == [(0,)]
