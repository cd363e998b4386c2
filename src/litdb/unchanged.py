"""Whether a run could find anything new: a look at the notes and one query, without reading what is known already."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from os import DirEntry
from pathlib import Path

import litdb
from litdb.database.connection import SQLITE_SUFFIXES
from litdb.database.standing import Standing, read_standing
from litdb.errors import LibraryError
from litdb.files.place import Place
from litdb.files.reading import library_files
from litdb.files.settings import settings_files, settings_for
from litdb.files.states import content_hash, inside, modules, states
from litdb.notes import kind_of


def readers() -> str:
    """A hash of this litdb and its plug-ins: another one may read the same answers otherwise."""
    from litdb.sources import sources

    plugged_in = {sys.modules[type(each).__module__].__file__ for each in sources()}
    return _hash([*_program(), *states(Path(each) for each in plugged_in if each)])


def standing(place: Place, paths: Iterable[Path], today: str) -> Standing | None:
    """What the last run left, if another one that asks nobody would find the same; None where there is something to do.

    One that asks finds the same before `nothing_due_before`.
    """
    try:
        found = read_standing(place.library, place.journal)
    except LibraryError:
        return None
    if found is None:
        return None
    return found if ingredients(place, paths, found.notes, today) == found.made_from else None


def ingredients(place: Place, paths: Iterable[Path], known: Iterable[str], today: str) -> str:
    """A hash of all that a run with these paths makes a library from that knows these notes, on an ISO day.

    The same for the same notes, settings, corrections and litdb, with the exports as they were written. The day counts
    where the lists show how long ago something was.
    """
    paths, known = list(paths), list(known)
    folders = [*paths, *sorted(map(place.path, {name.rpartition("/")[0] for name in known}))]
    settings = settings_for(place, folders)
    template = settings.lists.get("template")
    templates = [folder / template for folder in place.own_folders] if template else []
    said = [*settings_files(place, folders), *templates, place.corrections]
    notes = library_files(place, paths, known, kind_of, settings.ignore)
    return _hash(
        [
            *_program(),
            *states(_beside(place)),
            *(f"{name}:{content_hash(path)}" for name, path in notes.items()),
            *(f"{path.name}:{content}" for path in said if (content := content_hash(path))),
            today if settings.lists.get("date") == "relative" else "",
        ]
    )


def _program() -> list[str]:
    """The modules of this litdb as they are."""
    return states(modules(litdb.__path__[0]))


def _beside(place: Place) -> Iterator[DirEntry[str]]:
    """What lies in the folder of the library: the exports, but no database."""
    databases = (place.library, place.journal, place.readings)
    own = {f"{path.name}{end}" for path in databases for end in SQLITE_SUFFIXES}
    own.add(place.library.with_suffix(".lock").name)
    return inside(place.folder, own)


def _hash(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
