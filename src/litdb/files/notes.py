"""Replacing a note of the user's: only if nobody changed it meanwhile, whole or not at all, with all that it was."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from litdb.errors import NoteError

_ASIDE = (".litdb-", ".tmp")
"""How the names of files begin and end that are written aside; what a kill left of them goes with the next writing."""


def replace_note(path: Path, before: bytes, after: bytes) -> None:
    """Make a note that says `before` say `after`.

    A link stays, and what it points to is written. Permissions, owner and extended attributes stay. A reader, and a
    kill, find the old note or the new one. Raises `NoteError`, and leaves the note alone, where it was changed since
    it was read, cannot be written, or has other names (hard links) that would go on saying the old.
    """
    try:
        target = path.resolve(strict=True)
        _require_writable(path, target)
        _require_unchanged(path, target, before)
        _remove_leftovers(target.parent)
        _replace(path, target, before, after)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise NoteError(f"{path} cannot be written: {reason}. It is as it was.") from error


def _require_writable(path: Path, target: Path) -> None:
    found = target.stat()
    if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise NoteError(f"{path} is read-only, so it is left alone.")
    if found.st_nlink > 1:
        raise NoteError(f"{path} has another name (a hard link) that would keep the old text, so it is left alone.")


def _require_unchanged(path: Path, target: Path, before: bytes) -> None:
    if target.read_bytes() != before:
        raise NoteError(f"{path} was changed while litdb read it, so it is left alone. Run again.")


def _remove_leftovers(folder: Path) -> None:
    for path in folder.glob("*".join(_ASIDE)):
        with suppress(OSError):
            path.unlink()


def _replace(path: Path, target: Path, before: bytes, after: bytes) -> None:
    start, end = _ASIDE
    with NamedTemporaryFile(dir=target.parent, prefix=start, suffix=end, delete=False) as aside:
        written = Path(aside.name)
        try:
            aside.write(after)
            aside.flush()
            _dress(written, target)
            os.fsync(aside.fileno())
            _require_unchanged(path, target, before)
            written.replace(target)
        except BaseException:
            with suppress(FileNotFoundError):
                written.unlink()
            raise
    _settle(target.parent)


def _dress(written: Path, target: Path) -> None:
    """Give a file the owner, the permissions and the attributes of another, but not its times."""
    now, old = written.stat(), target.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (old.st_uid, old.st_gid):
        os.chown(written, old.st_uid, old.st_gid)
    shutil.copystat(target, written)
    os.utime(written)


def _settle(folder: Path) -> None:
    """Have the new name on the disk (fsync(2) on a folder), where a system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
