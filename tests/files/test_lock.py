"""One writer at a time, and whoever is not lucky learns who is."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from litdb.errors import LockedLibrary, ReadOnlyLibrary
from litdb.files.lock import Lock

COUNT = """
import sys, time
from pathlib import Path
from litdb.files.lock import Lock
counter = Path(sys.argv[1]).with_suffix(".txt")
for _ in range(25):
    with Lock(Path(sys.argv[1]), wait=60):
        before = int(counter.read_text())
        time.sleep(0.001)
        counter.write_text(str(before + 1))
"""
HOLD = """
import sys, time
from pathlib import Path
from litdb.files.lock import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def library(tmp_path):
    return tmp_path / "db" / "litdb.db"


@pytest.fixture
def holder(library):
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(library)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_the_file_is_there_as_long_as_the_lock_and_says_who(library):
    with Lock(library) as lock:
        said = json.loads(lock.path.read_text())
        assert lock.path.name == "litdb.lock"
        assert (said["process"], said["host"]) == (os.getpid(), socket.gethostname())
    assert not lock.path.exists()


def test_a_second_one_is_told_who_writes_and_leaves_the_first_alone(library, holder):
    with pytest.raises(LockedLibrary) as told, Lock(library, wait=0):
        pass
    clock = time.strftime("%H:%M")[:3]
    assert f"Another litdb (process {holder.pid}, since {clock}" in str(told.value)
    assert f"is writing {library}. Try again when it has ended." in str(told.value)
    with pytest.raises(LockedLibrary), Lock(library, wait=0):
        pass


@pytest.mark.parametrize(
    ("since", "said"), [("2020-02-03T12:00:00+00:00", "since 2020-02-03 "), ("nonsense", "Another litdb is writing")]
)
def test_what_the_file_says_is_told_as_far_as_it_can_be_read(library, holder, since, said):
    written = {"process": 7, "host": "elsewhere", "since": since}
    (library.parent / "litdb.lock").write_text(json.dumps(written) if since[0].isdigit() else since)
    with pytest.raises(LockedLibrary) as told, Lock(library, wait=0):
        pass
    assert said in str(told.value)
    assert ("process 7 on elsewhere" in str(told.value)) == since[0].isdigit()


def test_a_kill_frees_the_lock(library, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (library.parent / "litdb.lock").exists()
    with Lock(library, wait=0) as lock:
        assert json.loads(lock.path.read_text())["process"] == os.getpid()


def test_a_writer_waits_for_its_turn(library, holder):
    waiting = subprocess.Popen([sys.executable, "-c", HOLD, str(library)], stdout=subprocess.PIPE, text=True)
    holder.terminate()
    holder.wait()
    assert waiting.stdout.readline() == "held\n"
    waiting.kill()
    waiting.communicate()


def test_whoever_waits_says_so_at_once_and_for_whom(library, holder):
    said = []

    def tell(sentence):
        said.append(sentence)
        holder.kill()

    with Lock(library, tell=tell):
        pass
    (sentence,) = said
    assert sentence.startswith(f"Waiting: another litdb (process {holder.pid}, since ")
    assert sentence.endswith(f") is writing {library}.")


def test_of_four_at_once_none_gets_between_another(library):
    library.parent.mkdir()
    library.with_suffix(".txt").write_text("0")
    writers = [subprocess.Popen([sys.executable, "-c", COUNT, str(library)]) for _ in range(4)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    assert library.with_suffix(".txt").read_text() == "100"


def test_a_link_to_a_library_has_the_lock_of_the_library(library, tmp_path, holder):
    library.touch()
    link = tmp_path / "link.db"
    link.symlink_to(library)
    with pytest.raises(LockedLibrary), Lock(link, wait=0):
        pass


@pytest.mark.parametrize("code", ["ENOLCK", "EOPNOTSUPP"])
def test_a_file_system_without_locks_is_told_from_a_lock_that_is_taken(library, monkeypatch, code):
    import errno

    def refuse(_descriptor):
        raise OSError(getattr(errno, code), os.strerror(getattr(errno, code)))

    monkeypatch.setattr("litdb.files.lock._try_to_lock", refuse)
    with pytest.raises(ReadOnlyLibrary, match="cannot be locked .* network folders"), Lock(library, wait=0):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(ReadOnlyLibrary, match=r"file/litdb\.db cannot be written"),
        Lock(tmp_path / "file" / "litdb.db"),
    ):
        pass


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(library):
    library.parent.mkdir()
    library.parent.chmod(0o500)
    with pytest.raises(ReadOnlyLibrary, match="Permission denied"), Lock(library):
        pass
