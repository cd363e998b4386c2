"""litdb crawl --watch: a changed note is crawled, lists follow, and what litdb writes itself wakes nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest

from litdb.commands.crawl import _crawl
from litdb.commands.following import file_changes, follow
from litdb.commands.manner import Manner
from litdb.files.place import place_of

PAPER, POST = "https://arxiv.org/abs/2209.00626", "https://www.lesswrong.com/posts/27AWRKbKyXuzQoaSk/x"


@pytest.fixture
def vault(litdb, tmp_path, monkeypatch):
    """A folder of notes, one of them with markers."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(f"<{PAPER}>\n\n<!-- litdb:refs -->\n<!-- /litdb:refs -->\n")
    (folder / "b.md").write_text("nothing")
    return folder


class Watched:
    """A crawl that is followed through wakes that the test makes."""

    def __init__(self, litdb, folder):
        self.place, self.folder = place_of(str(litdb.library)), folder
        self.summaries = []

    def crawl(self):
        self.summaries.append(_crawl(self.place, [self.folder], Manner(offline=True, silent=True), refresh=False))
        return self.summaries[-1]

    def through(self, *steps):
        def wakes():
            for step in steps:
                step()
                yield None

        return follow(self.place, [self.folder], self.crawl, wakes())


def test_the_list_is_there_after_the_first_crawl_and_wakes_nothing(litdb, vault):
    watched = Watched(litdb, vault)
    watched.through(lambda: None, lambda: None)
    assert "1. [" in (vault / "a.md").read_text()
    assert len(watched.summaries) == 1
    assert litdb("refs", "--check") == ""


def test_settings_that_are_half_saved_are_told_and_the_next_wake_goes_on(litdb, vault):
    note, settings = vault / "a.md", vault / "litdb.toml"

    def half():
        settings.write_text("ignore = [")
        note.write_text(f"<{POST}>\n" + note.read_text())

    watched = Watched(litdb, vault)
    watched.through(half, settings.unlink)
    assert len(watched.summaries) == 2


def test_a_changed_note_brings_its_mentions_and_its_list(litdb, vault):
    note = vault / "a.md"
    watched = Watched(litdb, vault)
    watched.through(lambda: note.write_text(f"<{POST}>\n" + note.read_text()))
    assert [summary.mentions for summary in watched.summaries] == [1, 2]
    assert note.read_text().count(POST.removesuffix("/x")) == 2
    assert litdb.rows("SELECT count(*) FROM mentions") == [(2,)]


def test_a_touched_note_and_litdbs_own_files_wake_nothing(litdb, vault):
    watched = Watched(litdb, vault)
    watched.through(
        (vault / "b.md").touch,
        lambda: (vault / "references.md").write_text("<!-- litdb export: references -->\n"),
        lambda: (vault / "notes.tmp").write_text("x"),
    )
    assert len(watched.summaries) == 1


def test_new_and_vanished_notes_are_news(litdb, vault):
    watched = Watched(litdb, vault)
    summary = watched.through(lambda: (vault / "c.md").write_text(f"<{POST}>"), (vault / "b.md").unlink)
    assert [each.mentions for each in watched.summaries] == [1, 2, 2]
    assert summary.vanished == ["notes/b.md"]


def test_what_changes_during_a_crawl_is_crawled_at_the_next_wake(litdb, vault):
    watched = Watched(litdb, vault)
    crawl = watched.crawl

    def meddling():
        found = crawl()
        if len(watched.summaries) == 1:
            (vault / "b.md").write_text(f"<{POST}>")
        return found

    watched.crawl = meddling
    watched.through(lambda: None)
    assert [each.mentions for each in watched.summaries] == [1, 2]


def test_the_file_system_wakes(vault):
    pytest.importorskip("watchfiles", reason="watchfiles is not installed")
    stop, seen = threading.Event(), threading.Event()

    def write():
        count = 0
        while not seen.wait(0.05):
            count += 1
            (vault / "b.md").write_text(str(count))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert next(iter(file_changes([vault], stop)), None)
    finally:
        seen.set()
        writer.join()


def test_a_process_that_watches_sees_a_new_link_and_ends_at_ctrl_c(vault):
    pytest.importorskip("watchfiles")
    words = [sys.executable, "-m", "litdb", "crawl", "notes", "--watch", "--offline"]
    with subprocess.Popen(words, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as watching:
        patience = threading.Timer(60, watching.kill)
        patience.start()
        told = iter(watching.stderr.readline, "")
        assert any(line.startswith("Watching") for line in told)
        note = vault / "a.md"
        note.write_text(f"<{POST}>\n" + note.read_text())
        assert any(line == "Written: notes/a.md\n" for line in told)
        watching.send_signal(signal.SIGINT)
        watching.communicate(timeout=30)
        patience.cancel()
    assert watching.returncode == 0
