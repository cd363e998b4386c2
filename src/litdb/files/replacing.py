"""Atomic replacement: write aside, flush to disk, rename."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from litdb.errors import LitdbError


def replace_file(path: Path, content: str) -> bool:
    """Make the file say exactly this (UTF-8, line ends as given); whether that changed anything.

    A reader sees the old file or the new one, never a part. Raises `LitdbError` where it cannot be written.
    """
    return replace_bytes(path, content.encode("utf-8"))


def replace_bytes(path: Path, data: bytes) -> bool:
    """The same for a file that is no text of litdb's own."""
    try:
        if path.exists() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_aside(path, [data])
    except OSError as error:
        raise LitdbError(f"{path} cannot be written: {error.strerror or error}. The old file is as it was.") from error
    return True


def aside(path: Path) -> Path:
    """Where a file is made that is to take the place of another: one name, so that a killed process leaves at most one.

    >>> aside(Path("db/references.bib")).name
    '.references.bib.new'
    """
    return path.with_name(f".{path.name}.new")


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


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
