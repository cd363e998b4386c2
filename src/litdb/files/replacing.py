"""Atomic replacement: write aside, flush to disk, rename."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from litdb.errors import LitdbError


def replace_file(path: Path, content: str) -> bool:
    """Make the file say exactly this (UTF-8, line ends as given); whether that changed anything.

    A reader sees the old file or the new one, never a part. Raises `LitdbError` where it cannot be written.
    """
    data = content.encode("utf-8")
    try:
        if path.exists() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_aside(path, [data])
    except OSError as error:
        raise LitdbError(f"{path} cannot be written: {error.strerror or error}. The old file is as it was.") from error
    return True


@contextmanager
def set_aside(path: Path) -> Iterator[None]:
    """Put a file out of the way while another takes its place; it comes back if that fails, and else is gone."""
    aside = path.with_name(f".{path.name}.before")
    if path.exists():
        path.replace(aside)
    try:
        yield
    except BaseException:
        if aside.exists():
            aside.replace(path)
        raise
    aside.unlink(missing_ok=True)


def _write_aside(path: Path, chunks: Iterable[bytes]) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as aside:
        try:
            aside.writelines(chunks)
            aside.flush()
            os.fsync(aside.fileno())
            Path(aside.name).chmod(mode)
            Path(aside.name).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(aside.name).unlink()
            raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
