"""Files read as notes: one by one, or where there are many by a process for every processor."""

from __future__ import annotations

import copyreg
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from sys import intern
from typing import Any

from litdb.errors import NoteError, UnreadFile
from litdb.files.reading import read_file
from litdb.model import Identifier, Identify, Mention, Note
from litdb.notes import BIBLIOGRAPHIES, is_note, is_own_export, kind_of, read_note

MANY = 2_000
"""For fewer files a further process costs more time than it saves."""

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Lender:
    """A bibliography that litdb wrote: no note, for it says nothing new, but its keys name works."""

    name: str
    path: Path

    def keys(self, identify: Identify) -> Sequence[tuple[str, Identifier]]:
        """What its keys name, as far as anything but the entry itself names that. Raises `NoteError`."""
        note = read_note(self.name, read_file(self.path), identify)
        return [(key, identifier) for key, identifier in note.keys if identifier.scheme != "bib"]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that the system does not give away now, and the sentence about that."""

    name: str
    problem: str


Read = Note | Lender | Unread | str | None
"""A note, a lender of keys, a file that cannot be read, a sentence about one that is no text, or None for no note."""


def read_files(files: Mapping[str, Path], identify: Identify) -> Iterator[Read]:
    """What each of these files is, by their names, in their order."""
    alone = {name for name in files if kind_of(name) in BIBLIOGRAPHIES}
    rest = [(name, path) for name, path in files.items() if name not in alone]
    if len(rest) < MANY or not _can_fork():
        return (_read(name, path, identify) for name, path in files.items())
    found = dict(zip((name for name, _ in rest), _read_together(rest), strict=True))
    found |= {name: _read(name, files[name], identify) for name in alone}
    return (found[name] for name in files)


def _read(name: str, path: Path, identify: Identify) -> Read:
    try:
        content = read_file(path)
        if is_note(name, content):
            return read_note(name, content, identify)
        return Lender(name, path) if kind_of(name) in BIBLIOGRAPHIES and is_own_export(content) else None
    except UnreadFile as error:
        return Unread(name, str(error))
    except NoteError as error:
        return str(error)


def _read_together(files: Sequence[tuple[str, Path]]) -> Iterator[Read]:
    """The notes read by several processes, each of which gets a batch at a time."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    batches = [files[start : start + _BATCH] for start in range(0, len(files), _BATCH)]
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork"), _be_quiet) as pool:
        for read in pool.map(_read_batch, batches):
            yield from read


def _can_fork() -> bool:
    """Whether a copy of this process costs nothing and cannot go wrong: on Linux, while no other thread runs.

    docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _be_quiet() -> None:
    """Ctrl-C is for the process that waits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_batch(files: Sequence[tuple[str, Path]]) -> list[Read]:
    return [_read(name, path, _unknown) for name, path in files]


def _unknown(_url: str) -> None:
    """Only bibliographies are read by what their URLs mean."""


def _arrived(*parts: object) -> Mention:
    """The mention of these parts. Many have the same address, text or sentence, which are kept once."""
    shared: list[Any] = [intern(each) if type(each) is str else each for each in parts]
    return Mention(*shared)


_parts = attrgetter(*(each.name for each in fields(Mention)))
copyreg.pickle(Mention, lambda mention: (_arrived, _parts(mention)))  # four times as fast
