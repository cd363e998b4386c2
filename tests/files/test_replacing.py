"""Files are replaced whole or not at all."""

import pytest

from litdb.errors import LitdbError
from litdb.files.replacing import replace_file


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
