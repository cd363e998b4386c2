"""Whether a run could find anything new: a look at the notes and one query, without reading what is known already."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from os import DirEntry, scandir
from pathlib import Path

import litdb
from litdb.database.connection import SQLITE_SUFFIXES
from litdb.database.standing import Standing, read_standing
from litdb.errors import LibraryError
from litdb.files.place import Place
from litdb.gather import files_of, settings_files, settings_for, template_folders


def readers() -> str:
    """A hash of this litdb and its plug-ins: another one may read the same answers otherwise."""
    from litdb.sources import sources

    modules = {sys.modules[type(each).__module__].__file__ for each in sources()}
    return _hash([*_states(_program()), *_states(Path(each) for each in modules if each)])


def standing(place: Place, paths: Iterable[Path], today: str) -> Standing | None:
    """What the last run left, if another one that asks nobody would find the same; None where there is something to do.

    One that asks finds the same before `nothing_due_before`.
    """
    if not (place.library.exists() and place.journal.exists()):
        return None
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
    templates = [folder / template for folder in template_folders(place)] if template else []
    said = [*settings_files(place, folders), *templates, place.corrections]
    notes = files_of(place, paths, known, settings.ignore)
    return _hash(
        [
            *_states(_program()),
            *_states(_beside(place)),
            *(f"{name}:{_content(path)}" for name, path in notes.items()),
            *(f"{path.name}:{content}" for path in said if (content := _content(path))),
            today if settings.lists.get("date") == "relative" else "",
        ]
    )


def _program(folder: str = litdb.__path__[0]) -> Iterator[DirEntry[str]]:
    """The modules of this litdb; `Path.rglob` takes four times as long, at the start of every crawl."""
    for each in scandir(folder):
        if each.is_dir():
            yield from _program(each.path)
        elif each.name.endswith(".py"):
            yield each


def _beside(place: Place) -> Iterator[DirEntry[str]]:
    """What lies in the folder of the library: the exports, but no database."""
    databases = (place.library, place.journal, place.readings)
    own = {f"{path.name}{end}" for path in databases for end in SQLITE_SUFFIXES}
    own.add(place.library.with_suffix(".lock").name)
    return (each for each in scandir(place.folder) if each.name not in own)


def _states(files: Iterable[DirEntry[str] | Path]) -> list[str]:
    found = ((each.name, each.stat()) for each in files)
    return sorted(f"{name}:{state.st_size}:{state.st_mtime_ns}" for name, state in found)


def _content(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _hash(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
