"""Backups on disk: a folder or a ZIP file that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from litdb.errors import LitdbError, UsageError
from litdb.files.replacing import aside

PACKED = ".zip"


def backup_path(text: str, now: str) -> Path:
    """Where a backup goes: the ZIP file that is named, else a new folder, named by the moment, in the folder named.

    Raises `UsageError` for what is neither.

    >>> backup_path("safe", "2026-11-21T10:15:00.123Z").as_posix(), backup_path("a/b.zip", "").as_posix()
    ('safe/litdb-2026-11-21T101500Z', 'a/b.zip')
    """
    if not text:
        raise UsageError(f"Name a folder or a {PACKED} file for the backup.")
    path = Path(text)
    if path.suffix == PACKED:
        return path
    if path.suffixes and not path.is_dir():
        raise UsageError(f"{text} is neither a folder that is there nor the name of a {PACKED} file.")
    return path / f"litdb-{now[:19].replace(':', '')}Z"


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """A folder to fill, which becomes the backup when all is in it. Raises `LitdbError` where that cannot be written.

    A kill leaves what was there before, and a hidden folder that the next backup takes away.
    """
    made = aside(target)
    packed = aside(made)
    shutil.rmtree(made, ignore_errors=True)
    try:
        if target.is_dir():
            raise LitdbError(f"{target} is there already, so it is left alone. Try again in a second.")
        made.mkdir(parents=True)
        yield made
        for path in _files(made):
            _settle(path)
        if target.suffix == PACKED:
            _pack(made, packed)
            packed.replace(target)
        else:
            made.rename(target)
    except OSError as error:
        raise LitdbError(f"{target} cannot be written: {error.strerror or error}. Older ones stay.") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
        with suppress(OSError):
            packed.unlink()


def copy_file(path: Path, copy: Path) -> None:
    """Copy a file with its times into a folder that may not be there yet."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, copy)


def hide_from_crawls(folder: Path) -> None:
    """Have no copy of a list in a folder of backups read as a note, unless the user settled what is read there."""
    ignored = folder / ".litdbignore"
    if not ignored.exists():
        ignored.write_text("/litdb-*Z/\n", "utf-8")


def _pack(folder: Path, packed: Path) -> None:
    """Pack a folder, and read all of it back."""
    with ZipFile(packed, "w", ZIP_DEFLATED) as opened:
        for path in _files(folder):
            opened.write(path, path.relative_to(folder).as_posix())
    with ZipFile(packed) as opened:
        broken = opened.testzip()
    if broken:
        raise LitdbError(f"{broken} could not be read back from the new backup, so it was not kept.")
    _settle(packed)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _settle(path: Path) -> None:
    """Have a file on the disk."""
    with path.open("rb+") as opened:
        os.fsync(opened.fileno())
