"""The catalogue of a served library, read anew when the library has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from litdb.browse.cataloguing import read_catalogue
from litdb.database.connection import SQLITE_SUFFIXES

if TYPE_CHECKING:
    from datasette.database import Database

    from litdb.browse.catalogue import Catalogue

Stamp = tuple[tuple[int, int], ...]

_read: WeakKeyDictionary[Any, tuple[Stamp, Catalogue]] = WeakKeyDictionary()


async def catalogue_of(database: Database) -> Catalogue:
    """The catalogue of one of Datasette's databases."""
    stamp = _stamp(database.path)
    known = _read.get(database)
    if known is None or known[0] != stamp:
        known = _read[database] = stamp, await database.execute_fn(read_catalogue)
    return known[1]


def _stamp(path: str | None) -> Stamp:
    """What changes with every write: size and time of the library and of the log beside it."""
    files = [Path(f"{path}{suffix}") for suffix in SQLITE_SUFFIXES if suffix != "-shm"] if path else []
    states = (file.stat() for file in files if file.exists())
    return tuple((state.st_size, state.st_mtime_ns) for state in states)
