"""Replacing a whole folder of files that litdb made: written beside, then swapped, so that nobody sees half of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from litdb.errors import LitdbError, UsageError
from litdb.files.lock import Lock
from litdb.files.replacing import aside, replaced_folder

LIST = ".litdb-site"
"""The file that tells a site of litdb's from other folders: it names all files that litdb wrote there."""

OF_HOSTS = frozenset((".git", ".gitignore", ".gitattributes", ".github", "CNAME"))
"""What may lie in a folder before the first site: it belongs to git and to who serves it."""

_HEAD = "litdb site"


@dataclass(frozen=True, slots=True)
class Changes:
    """How many files were written because they are new or different, how many stayed as they are, how many went."""

    written: int
    unchanged: int
    removed: int


def require_site(folder: Path) -> Path:
    """Where a site may be made: the whole path, if the folder is new, empty or holds one. Raises `LitdbError`."""
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder for the site.")
    here = Path.cwd().resolve()
    if folder in (here, *here.parents):
        raise UsageError(f"{folder} is where you stand, and it is replaced as a whole. Go one folder up and name it.")
    if folder.exists() and not (folder / LIST).is_file():
        other = min((each.name for each in folder.iterdir() if each.name not in OF_HOSTS), default="")
        if other:
            raise LitdbError(
                f"{folder} holds {other!r} and is no site of litdb's, so it stays as it is. Name a new or empty folder."
            )
    return folder


def replace_site(folder: Path, files: Iterable[tuple[str, bytes]]) -> Changes:
    """Make a folder hold these files, each with its path in it; what the user put there stays.

    What has not changed keeps its file, its time and all. A reader sees the old site or the new one; whatever goes
    wrong before, the old one stays. Raises `LitdbError`.
    """
    folder = require_site(folder)
    with Lock(aside(folder)), _told(folder), replaced_folder(folder) as new:
        before = _listed(folder)
        names, written = [LIST], 0
        for name, data in files:
            names.append(name)
            if name not in before and (folder / name).exists():
                raise LitdbError(f"{folder / name} was not written by litdb, so nothing was changed. Move it away.")
            written += _placed(new / name, data, folder / name)
        listed = "\n".join((_HEAD, *sorted(names), ""))
        written += _placed(new / LIST, listed.encode(), folder / LIST)
        _carry_over(folder, new, before)
    return Changes(written, len(names) - written, len(before - set(names)))


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LitdbError(
            f"The site {folder} cannot be written: {error.strerror or error}. The old one is as it was."
        ) from error


def _listed(folder: Path) -> frozenset[str]:
    """What litdb wrote into a folder."""
    try:
        head, *names = (folder / LIST).read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError, ValueError):
        return frozenset()
    return frozenset(names) if head == _HEAD else frozenset()


def _placed(new: Path, data: bytes, old: Path) -> bool:
    """Put a file in its place: the old one where it says the same. Whether it had to be written."""
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_file() and not old.is_symlink() and old.stat().st_size == len(data) and old.read_bytes() == data:
        _link(str(old), str(new))
        return False
    new.write_bytes(data)
    return True


def _carry_over(folder: Path, new: Path, ours: frozenset[str]) -> None:
    """Take the user's own files and folders along."""
    own_folders = {each.partition("/")[0] for each in ours}
    for place, folders, names in os.walk(folder):
        inner = Path(place).relative_to(folder)
        if inner.parts and inner.parts[0] not in own_folders:
            (new / inner).mkdir(parents=True, exist_ok=True)
        for name in (*names, *(each for each in folders if Path(place, each).is_symlink())):
            if (inner / name).as_posix() not in ours:
                (new / inner).mkdir(parents=True, exist_ok=True)
                _link(str(folder / inner / name), str(new / inner / name))


def _link(old: str, new: str) -> None:
    """The same file in another place; a copy with its time where the file system knows no links."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)
