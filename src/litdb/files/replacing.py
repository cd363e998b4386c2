"""Atomic replacement of files and folders: write aside, flush to disk, rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from litdb.errors import LitdbError


def replace_file(path: Path, content: str) -> bool:
    """Make the file say exactly this (UTF-8, line ends as given); whether that changed anything.

    A reader sees the old file or the new one, never a part. Raises `LitdbError` where it cannot be written.
    """
    return replace_bytes(path, content.encode("utf-8"))


def replace_bytes(path: Path, data: bytes) -> bool:
    """The same for a file that is no text of litdb's own. A link stays one, and so does a device (`/dev/null`)."""
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return True
        if target.exists() and target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_aside(target, [data])
    except OSError as error:
        raise LitdbError(f"{path} cannot be written: {error.strerror or error}. The old file is as it was.") from error
    return True


def aside(path: Path) -> Path:
    """Where a file is made that is to take the place of another: one name, so that a killed process leaves at most one.

    >>> aside(Path("db/references.bib")).name
    '.references.bib.new'
    """
    return path.with_name(f".{path.name}.new")


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of the one that is there when all is in it; else that stays.

    One that was killed between its two renames has left the old folder aside, and it is put back first. Raises
    `OSError`.
    """
    new, old = aside(folder), folder.with_name(f".{folder.name}.old")
    if old.exists() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(new, ignore_errors=True)
    try:
        new.mkdir(parents=True)
        yield new
        _swap(folder, new, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _write_aside(path: Path, chunks: Iterable[bytes]) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    new = aside(path)
    try:
        with new.open("wb") as opened:
            opened.writelines(chunks)
            opened.flush()
            os.fsync(opened.fileno())
        new.chmod(mode)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _swap(folder: Path, new: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        shutil.copymode(folder, new)
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
