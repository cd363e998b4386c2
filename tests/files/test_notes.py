"""Writing a user's note: whole or not at all, with all that it was, and never over somebody else's change."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from litdb.errors import NoteError
from litdb.files import notes
from litdb.files.notes import replace_note


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.md"
    path.write_bytes(b"old\r\n")
    return path


def names(folder):
    return [path.name for path in folder.iterdir()]


def test_a_note_says_what_it_is_to_say(note):
    replace_note(note, b"old\r\n", b"new\r\n")
    assert note.read_bytes() == b"new\r\n"
    assert names(note.parent) == ["note.md"]


def test_a_note_changed_meanwhile_is_left_alone_and_named(note):
    with pytest.raises(NoteError, match=r"note\.md was changed"):
        replace_note(note, b"older", b"new")
    assert note.read_bytes() == b"old\r\n"


def test_a_change_up_to_the_last_moment_counts(note, monkeypatch):
    dress = notes._dress

    def meddle(written, target):
        dress(written, target)
        target.write_bytes(b"theirs")

    monkeypatch.setattr(notes, "_dress", meddle)
    with pytest.raises(NoteError, match="was changed"):
        replace_note(note, b"old\r\n", b"new")
    assert note.read_bytes() == b"theirs"
    assert names(note.parent) == ["note.md"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_permissions_stay(note, mode):
    note.chmod(mode)
    replace_note(note, b"old\r\n", b"new")
    assert stat.S_IMODE(note.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away")
def test_the_owner_stays(note):
    os.chown(note, 1234, 4321)
    replace_note(note, b"old\r\n", b"new")
    assert (note.stat().st_uid, note.stat().st_gid) == (1234, 4321)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has no extended attributes")
def test_extended_attributes_stay(note):
    try:
        os.setxattr(note, "user.tag", b"red")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    replace_note(note, b"old\r\n", b"new")
    assert os.getxattr(note, "user.tag") == b"red"


def test_a_link_stays_and_its_target_is_written(note, tmp_path):
    link = tmp_path / "link.md"
    link.symlink_to(note.name)
    replace_note(link, b"old\r\n", b"new")
    assert (link.is_symlink(), note.read_bytes(), note.is_symlink()) == (True, b"new", False)


def test_a_link_in_a_circle_is_named(tmp_path):
    (tmp_path / "a.md").symlink_to("b.md")
    (tmp_path / "b.md").symlink_to("a.md")
    with pytest.raises(NoteError, match=r"a\.md cannot be written"):
        replace_note(tmp_path / "a.md", b"", b"x")


def test_a_read_only_note_is_named(note):
    note.chmod(0o444)
    with pytest.raises(NoteError, match="read-only"):
        replace_note(note, b"old\r\n", b"new")
    assert note.read_bytes() == b"old\r\n"


def test_a_note_with_a_second_name_is_named(note, tmp_path):
    os.link(note, tmp_path / "other.md")
    with pytest.raises(NoteError, match="hard link"):
        replace_note(note, b"old\r\n", b"new")


def test_what_a_kill_left_goes_with_the_next_writing(note, tmp_path):
    (tmp_path / ".litdb-abc.tmp").write_text("half")
    replace_note(note, b"old\r\n", b"new")
    assert names(tmp_path) == ["note.md"]


def test_a_full_disk_leaves_the_old_note(note, monkeypatch):
    def full(_self, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(NoteError, match="No space left"):
        replace_note(note, b"old\r\n", b"new")
    assert (note.read_bytes(), names(note.parent)) == (b"old\r\n", ["note.md"])
