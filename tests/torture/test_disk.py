"""A disk that is full, a folder that cannot be written: a sentence, exit code 1, and what was there stays."""

from __future__ import annotations

import os
import subprocess
from functools import cache, partial

import pytest

from torture.full import fill, limit_files, mount
from torture.kill import Torture, Victim
from torture.scenes import SCENES
from torture.tracing import can_trace


@pytest.fixture(scope="module")
def victims():
    """Commands to be cut off, by the names of their scenes."""
    if not can_trace():
        pytest.skip("strace is not there, or may not trace here")
    with Torture() as torture:
        yield cache(lambda name: Victim(torture, SCENES[name]))


@pytest.fixture
def small_disk(project):
    """Make the folder of the library a disk of so many kilobytes, with room to spare once the test says so."""
    folder = project.library.parent
    folder.mkdir()

    def make(options):
        if not mount(folder, options):
            pytest.skip("only root may mount a small disk, and not everywhere")

    yield make
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


def _ends_in_a_sentence(running):
    _, told = running.communicate(timeout=60)
    assert running.returncode == 1, told
    assert told.startswith("Error: ")
    assert told.count("\n") == 1
    assert "damaged" not in told
    return told


@pytest.mark.parametrize("kilobytes", [20, 200])
def test_a_file_that_may_not_grow_ends_a_crawl_with_a_sentence_and_the_next_goes_on(project, whole, kilobytes):
    told = _ends_in_a_sentence(project.start("crawl", "notes", preexec_fn=partial(limit_files, kilobytes * 1024)))
    assert "cannot be written" in told
    assert project.run("crawl", "notes")[0] == 0
    assert whole.differences(project.state()) == []
    assert project.damage() == project.litter() == []


@pytest.mark.parametrize("kilobytes", [100, 300])
def test_a_full_disk_ends_a_crawl_with_a_sentence_and_the_next_goes_on(project, whole, small_disk, kilobytes):
    small_disk(f"size={kilobytes}k")
    assert "disk" in _ends_in_a_sentence(project.start("crawl", "notes"))
    small_disk("remount,size=20m")
    assert project.run("crawl", "notes")[0] == 0
    assert whole.differences(project.state()) == []
    assert project.damage() == project.litter() == []


def test_when_the_disk_fills_up_what_was_there_stays(project, small_disk):
    small_disk("size=20m")
    assert project.run("crawl", "notes")[0] == 0
    more = project.folder / "notes" / "more.md"
    more.write_text("")
    before = project.state()
    more.write_text("<https://aligned.substack.com/p/inner-alignment#more>\n" * 200)
    there = os.statvfs(project.library.parent)
    small_disk(f"remount,size={(there.f_blocks - there.f_bfree) * there.f_frsize // 1024 + 40}k")
    assert "is full" in _ends_in_a_sentence(project.start("crawl", "notes"))
    assert before.lost(project.state().journal) == []
    assert project.files() == before.files | {"notes/more.md": more.read_bytes()}
    assert project.damage() == project.litter() == []


@pytest.fixture
def read_only(project, request):
    """A crawled project whose library lies where nobody may write: by its permissions, or for root by its disk."""
    mount = request.getfixturevalue("small_disk") if os.getuid() == 0 else None
    if mount:
        mount("size=20m")
    assert project.run("crawl", "notes")[0] == 0
    folder = project.library.parent
    if mount:
        mount("remount,ro")
    else:
        folder.chmod(0o555)
    yield project
    if not mount:
        folder.chmod(0o755)


def test_a_read_only_folder_is_told_and_nothing_changes(read_only):
    folder = read_only.library.parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    writing = ("crawl", "notes", "--refresh"), ("rebuild", "notes"), ("set", "arxiv:1712.05812", "title", "Another")
    for words in writing:
        assert "litdb.db cannot be written" in _ends_in_a_sentence(read_only.start(*words))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_read_only_library_can_be_read(read_only):
    for words in (("list",), ("show", "arxiv:1712.05812"), ("export", "biblatex"), ("status",)):
        assert read_only.run(*words) == (0, "")


@pytest.mark.parametrize(("name", "part"), [("crawl", 0.4), ("import", 0.7), ("migration-1", 0.1)])
def test_every_level_is_told_and_harms_nothing(victims, name, part):
    assert fill(victims(name), part)[1] == []
