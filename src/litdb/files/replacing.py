"""Atomic replacement of files and folders: write aside, flush to disk, rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from litdb.errors import LitdbError

_BLOCK = 1 << 20


def replace_file(path: Path, content: str) -> bool:
    """Make the file say exactly this (UTF-8, line ends as given); whether that changed anything.

    A reader sees the old file or the new one, never a part. Raises `LitdbError` where it cannot be written.
    """
    return replace_bytes(path, content.encode("utf-8"))


def replace_bytes(path: Path, data: bytes) -> bool:
    """The same for a file that is no text of litdb's own. A link stays one, and so does a device (`/dev/null`)."""
    with _refused(path):
        target = Path(os.path.realpath(path))
        if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
        return _replace(target, [data])


def replace_pieces(path: Path, pieces: Iterable[str]) -> bool:
    """The same as `replace_file` for a text that is never held as a whole: it is compared once it is written aside."""
    with _refused(path):
        return _replace(Path(os.path.realpath(path)), (piece.encode("utf-8") for piece in pieces))


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LitdbError(f"{path} cannot be written: {error.strerror or error}. The old file is as it was.") from error


def _replace(target: Path, chunks: Iterable[bytes]) -> bool:
    if target.exists() and not target.is_file():
        with target.open("wb") as opened:
            opened.writelines(chunks)
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    return _write_aside(target, chunks)


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


def _write_aside(path: Path, chunks: Iterable[bytes]) -> bool:
    """Put a new file in the place of the one that is there, unless that says the same; whether it was put there."""
    new = aside(path)
    try:
        with new.open("wb") as opened:
            opened.writelines(chunks)
            opened.flush()
            if path.exists() and _are_equal(new, path):
                return False
            os.fsync(opened.fileno())
        new.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        new.replace(path)
        return True
    finally:
        new.unlink(missing_ok=True)


def _are_equal(one: Path, other: Path) -> bool:
    """Whether two files say the same; `filecmp` would remember the answer for files that are gone."""
    with one.open("rb") as left, other.open("rb") as right:
        while (block := left.read(_BLOCK)) == right.read(_BLOCK):
            if not block:
                return True
    return False


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
