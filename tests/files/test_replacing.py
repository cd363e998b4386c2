"""Files and folders are replaced whole or not at all."""

import os
from pathlib import Path

import pytest

from litdb.errors import LitdbError
from litdb.files.replacing import replace_file, replace_pieces, replaced_folder


def test_a_file_is_written_once_and_then_left_alone(tmp_path):
    path = tmp_path / "new" / "refs.bib"
    assert replace_file(path, "a\r\nb")
    assert path.read_bytes() == b"a\r\nb"
    stamp = path.stat().st_mtime_ns
    assert not replace_file(path, "a\r\nb")
    assert path.stat().st_mtime_ns == stamp


def test_the_mode_of_the_old_file_is_kept(tmp_path):
    path = tmp_path / "refs.bib"
    path.write_text("old")
    path.chmod(0o640)
    replace_file(path, "new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_when_the_disk_refuses_the_old_file_stays_and_nothing_lies_about(tmp_path, monkeypatch):
    path = tmp_path / "refs.bib"
    path.write_text("old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LitdbError, match="No space left"):
        replace_file(path, "new")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["refs.bib"]


def test_a_text_in_pieces_is_written_once_and_then_left_alone(tmp_path):
    path = tmp_path / "db" / "references.md"
    assert replace_pieces(path, iter(["# Réfé", "rences\n"]))
    before = path.stat()
    assert not replace_pieces(path, iter(["# Ré", "férences\n"]))
    assert (path.read_text("utf-8"), path.stat().st_mtime_ns) == ("# Références\n", before.st_mtime_ns)
    assert replace_pieces(path, ["# Réfé", "rences.\n"])
    assert [each.name for each in path.parent.iterdir()] == ["references.md"]


def test_a_text_that_breaks_off_leaves_the_old_file(tmp_path):
    path = tmp_path / "references.md"
    path.write_text("old")
    with pytest.raises(KeyError):
        replace_pieces(path, (each["said"] for each in ({"said": "new"}, {})))
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("references.md", "old")]


def test_a_link_to_a_file_stays_a_link(tmp_path):
    (tmp_path / "kept.toml").write_text("old")
    link = tmp_path / "corrections.toml"
    link.symlink_to(tmp_path / "kept.toml")
    replace_file(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "kept.toml").read_text() == "new"


def test_what_is_no_file_is_written_into(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    replace_file(tmp_path / "pipe", "new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("failed", [1, 2])
def test_a_folder_that_cannot_be_renamed_leaves_the_old_one(tmp_path, monkeypatch, failed):
    folder, rename, calls = tmp_path / "facts", Path.rename, []
    folder.mkdir()
    (folder / "old").touch()

    def once(path, target):
        calls.append(path)
        if len(calls) == failed:
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(OSError, match="busy"), replaced_folder(folder) as new:
        (new / "new").touch()
    assert [each.relative_to(tmp_path).as_posix() for each in sorted(tmp_path.rglob("*"))] == ["facts", "facts/old"]


def test_a_folder_that_was_left_aside_is_put_back(tmp_path):
    (tmp_path / ".facts.old").mkdir()
    with pytest.raises(LitdbError), replaced_folder(tmp_path / "facts"):
        raise LitdbError("there is nothing to fill it with")
    assert [each.name for each in tmp_path.iterdir()] == ["facts"]
