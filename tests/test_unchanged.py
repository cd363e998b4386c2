"""A crawl that could find nothing new costs a look at the notes: nothing is opened for writing, nothing read again."""

import os
import subprocess
import sys

import pytest

from litdb.database.journal import Journal
from litdb.model import Attempt, Identifier


@pytest.fixture
def settled(litdb, tmp_path):
    """A folder whose only note cites nothing that can be asked about, crawled once."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "note.md").write_text("Nothing to ask about: <https://x.example/a.png>.\n")
    (folder / "litdb.toml").write_text('not-a-work = ["https://x.example/*"]\n')
    litdb("crawl", str(folder), "--offline")
    return folder


def crawl(litdb, folder):
    return litdb.data("crawl", str(folder), "--offline")


@pytest.fixture
def runs(monkeypatch):
    """How often a library is opened for a run."""
    import litdb.run

    opened = []
    usual = litdb.run.Run.__init__
    monkeypatch.setattr(litdb.run.Run, "__init__", lambda self, *given: (opened.append(given), usual(self, *given))[1])
    return opened


def test_nothing_new_is_told_without_a_run(litdb, settled, runs):
    told = crawl(litdb, settled)
    assert (told["notes"], told["mentions"], told["outcomes"], told["written"]) == (1, 1, {"not-a-work": 1}, [])
    assert runs == []


@pytest.mark.parametrize("change", ["note", "new note", "settings", "corrections", "export", "journal", "template"])
def test_whatever_changed_is_run_again(litdb, settled, runs, change):
    folder = litdb.library.parent
    if change == "note":
        (settled / "note.md").write_text("<https://x.example/b.png>\n")
    elif change == "new note":
        (settled / "other.md").write_text("<https://x.example/c.png>\n")
    elif change == "settings":
        (settled / "litdb.toml").write_text('not-a-work = ["https://*"]\n')
    elif change == "corrections":
        (settled / "corrections.toml").write_text('[[person]]\nname = "a"\nis = "Ada Lovelace"\n')
    elif change == "template":
        (settled / "litdb.toml").write_text('not-a-work = ["https://x.example/*"]\n[lists]\ntemplate = "list.j2"\n')
        (settled / "list.j2").write_text("one")
        crawl(litdb, settled)
        (settled / "list.j2").write_text("two")
        runs.clear()
    elif change == "export":
        (folder / "references.bib").unlink()
    else:
        litdb.library.with_suffix(".journal").unlink()
    crawl(litdb, settled)
    assert len(runs) == 1
    crawl(litdb, settled)
    assert len(runs) == 1


@pytest.mark.parametrize("change", [("rebuild",), ("person", "ada", "Ada Lovelace")])
def test_what_brings_the_library_up_to_date_itself_leaves_a_crawl_nothing_to_do(litdb, settled, runs, change):
    litdb(*change)
    runs.clear()
    assert crawl(litdb, settled)["mentions"] == 1
    assert runs == []


def test_after_a_crawl_that_was_cut_off_a_rebuild_leaves_the_rest_to_the_next_one(litdb, settled, runs):
    with Journal(litdb.library.with_suffix(".journal")) as journal:
        journal.settle([Attempt(Identifier("url", "https://y.example/"), "page", "ok", "", "2026-11-21T00:00:00Z")])
    litdb("rebuild")
    runs.clear()
    crawl(litdb, settled)
    assert len(runs) == 1


def test_what_is_due_is_asked_about_but_not_offline(litdb, settled, runs, little_web):
    (settled / "note.md").write_text("<https://due.example/>\n")
    crawl(litdb, settled)
    crawl(litdb, settled)
    assert len(runs) == 1
    litdb("crawl", str(settled))
    assert len(runs) == 2


def test_problems_are_told_each_time(litdb, settled):
    (settled / "note.md").write_bytes(b"\xff\xfe\x00 no text")
    crawl(litdb, settled)
    first = litdb.told
    crawl(litdb, settled)
    assert "note.md" in first
    assert litdb.told == first


def test_nothing_heavy_is_imported(litdb, settled):
    code = (
        "import sys; from click.testing import CliRunner; from litdb.commands import main;"
        f"CliRunner().invoke(main, ['crawl', {str(settled)!r}, '--offline', '--db', {str(litdb.library)!r}]);"
        "print([name for name in ('requests', 'lxml', 'sqlite_utils', 'pybtex', 'litdb.model', 'litdb.sources') if name in sys.modules])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    ).stdout
    assert printed.strip().splitlines()[-1] == "[]"
