"""litdb backup: a consistent copy, whole or not there, restored by copying it back."""

import shutil
import sqlite3
import threading
import zipfile

import pytest

from conftest import SEEDS, Litdb
from litdb.database.journal import Journal
from litdb.model import Attempt, Identifier


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project with notes, a correction and a work added by hand."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(SEEDS, folder / "seeds")
    litdb = Litdb(folder / "db" / "litdb.db")
    litdb("crawl", str(folder / "seeds"), "--offline")
    litdb("set", "https://arxiv.org/abs/1712.05812", "title", "Occam's razor")
    litdb("add", "https://example.org/by-hand", "--offline")
    return folder


@pytest.fixture
def project(litdb, made, tmp_path, monkeypatch):
    """Such a project, and oneself in it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return litdb


def backups(folder):
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def restored(tmp_path, backup):
    """Another project, made by a plain copy of the notes and of a backup."""
    there = tmp_path / "restored"
    shutil.copytree(SEEDS, there / "seeds")
    if backup.suffix == ".zip":
        with zipfile.ZipFile(backup) as packed:
            packed.extractall(there)
    else:
        shutil.copytree(backup, there, dirs_exist_ok=True)
    return Litdb(there / "db" / "litdb.db")


@pytest.mark.parametrize("target", ["safe", "safe/all.zip"])
def test_a_plain_copy_brings_everything_back(project, tmp_path, target):
    project("backup", str(tmp_path / target))
    (backup,) = backups(tmp_path / "safe")
    other = restored(tmp_path, backup)
    assert other("dump") == project("dump")
    assert "0 changes" in other("rebuild")
    assert other("dump") == project("dump")


def test_a_copy_over_a_library_that_was_left_open_brings_back_the_old_state(project, tmp_path):
    before = project("dump")
    project("backup", str(tmp_path / "safe"))
    project("add", "https://example.org/later", "--offline")
    stale = {path.name: path.read_bytes() for path in project.library.parent.glob("litdb.*")}
    connection = sqlite3.connect(project.library)
    connection.execute("UPDATE works SET title = 'never checkpointed'")
    connection.commit()
    log = project.library.with_name("litdb.db-wal").read_bytes()
    connection.close()
    project.library.write_bytes(stale["litdb.db"])
    project.library.with_name("litdb.db-wal").write_bytes(log)
    shutil.copytree(backups(tmp_path / "safe")[0], tmp_path, dirs_exist_ok=True)
    assert project("dump") == before


def test_each_backup_has_a_folder_of_its_own(project, tmp_path, monkeypatch):
    for second in ("00", "01"):
        monkeypatch.setattr("litdb.text.times.utc_now", lambda second=second: f"2026-11-21T10:15:{second}.123Z")
        project("backup", str(tmp_path / "safe"))
    assert [path.name for path in backups(tmp_path / "safe")] == [
        "litdb-2026-11-21T101500Z",
        "litdb-2026-11-21T101501Z",
    ]


def test_two_in_one_second_do_not_mix(project, tmp_path, monkeypatch):
    monkeypatch.setattr("litdb.text.times.utc_now", lambda: "2026-11-21T10:15:00Z")
    project("backup", str(tmp_path / "safe"))
    project("backup", str(tmp_path / "safe"), code=1)
    assert "there already" in project.told
    assert len(backups(tmp_path / "safe")) == 1


def test_it_holds_what_cannot_be_had_again(project):
    told = project.data("backup", "safe")
    assert told["files"] == [
        "db/litdb.db",
        "db/litdb.journal",
        "db/added.txt",
        "seeds/corrections.toml",
        "seeds/litdb.toml",
    ]


def test_no_crawl_reads_a_backup_as_notes(project, tmp_path):
    project("backup")
    project("crawl", ".", "--offline")
    assert not [path for (path,) in project.rows("SELECT path FROM notes") if "backups" in path]


def test_while_a_crawl_writes_the_copy_is_of_one_moment(project, tmp_path):
    count, ended = 200, threading.Event()

    def write():
        with Journal(project.library.with_suffix(".journal")) as journal:
            for number in range(count):
                pair = [Attempt(Identifier("url", f"{number}/{half}"), "page", "ok", "", "2026-01-01") for half in "ab"]
                journal.settle(pair)
        ended.set()

    writer = threading.Thread(target=write)
    writer.start()
    made = []
    while not ended.is_set() and len(made) < 20:
        path = tmp_path / "safe" / f"{len(made)}.zip"
        project("backup", str(path))
        made.append(path)
    writer.join()
    for path in made:
        with zipfile.ZipFile(path) as packed:
            packed.extract("db/litdb.journal", tmp_path / "look")
        connection = sqlite3.connect(tmp_path / "look" / "db" / "litdb.journal")
        (found,) = connection.execute(
            "SELECT count(*) FROM attempts WHERE value LIKE '%/a' OR value LIKE '%/b'"
        ).fetchone()
        assert found % 2 == 0
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


@pytest.mark.parametrize("target", ["safe", "safe/all.zip"])
@pytest.mark.parametrize("step", ["litdb.database.backup.copy_database", "litdb.files.backup._pack", "os.fsync"])
def test_cut_off_anywhere_it_leaves_the_backup_before(project, tmp_path, monkeypatch, target, step):
    monkeypatch.setattr("litdb.text.times.utc_now", lambda: "2026-11-21T10:15:00Z")
    project("backup", str(tmp_path / target))
    before = {path: path.read_bytes() for path in (tmp_path / "safe").rglob("*") if path.is_file()}
    monkeypatch.setattr("litdb.text.times.utc_now", lambda: "2026-11-21T10:16:00Z")

    def cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(step, cut)
        is_reached = target.endswith(".zip") or step != "litdb.files.backup._pack"
        project("backup", str(tmp_path / target), code=130 if is_reached else 0)
    now = {path: path.read_bytes() for path in (tmp_path / "safe").rglob("*") if path.is_file()}
    assert {path: now.get(path) for path in before} == before
    assert set(now) == set(before) or not is_reached


def test_what_a_kill_left_is_taken_away_by_the_next(project, tmp_path):
    (tmp_path / "safe" / ".all.zip.new" / "db").mkdir(parents=True)
    (tmp_path / "safe" / ".all.zip.new" / "db" / "half").write_text("half")
    project("backup", str(tmp_path / "safe" / "all.zip"))
    assert [path.name for path in (tmp_path / "safe").iterdir()] == ["all.zip"]
    assert "db/half" not in zipfile.ZipFile(tmp_path / "safe" / "all.zip").namelist()


def test_a_damaged_journal_is_no_backup(project, tmp_path):
    project("backup", str(tmp_path / "all.zip"))
    good = (tmp_path / "all.zip").read_bytes()
    journal = project.library.with_suffix(".journal")
    content = bytearray(journal.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    journal.write_bytes(content)
    project("backup", str(tmp_path / "all.zip"), code=1)
    assert "cannot be copied whole" in project.told
    assert (tmp_path / "all.zip").read_bytes() == good


def test_another_database_in_its_place_is_no_backup(project, tmp_path):
    journal = project.library.with_suffix(".journal")
    journal.unlink()
    with sqlite3.connect(journal) as connection:
        connection.execute("CREATE TABLE x (y)")
    connection.close()
    project("backup", str(tmp_path / "safe"), code=1)
    assert "none of litdb's" in project.told


def test_the_journal_alone_is_enough(project, tmp_path):
    project.library.unlink()
    assert "db/litdb.db" not in project.data("backup", str(tmp_path / "safe"))["files"]


def test_without_a_journal_there_is_nothing_to_back_up(litdb):
    litdb("backup", code=1)
    assert "nothing to back up" in litdb.told


def test_a_target_that_is_neither_is_said_so(project, tmp_path):
    project("backup", str(tmp_path / "x.tar"), code=2)
    assert ".zip" in project.told


def test_a_folder_that_cannot_be_written_is_said_so(project, tmp_path):
    (tmp_path / "file").write_text("")
    project("backup", str(tmp_path / "file" / "safe"), code=1)
    assert "cannot be written" in project.told


def test_a_backup_into_nothing_is_a_question_of_usage(project, tmp_path):
    project("backup", "", code=2)
    assert "Name a folder" in project.told
    assert not list(tmp_path.glob("litdb-*"))
