"""Whether a run could find anything new: a look at the notes and one query, without reading what is known already."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import litdb
from litdb.database.connection import SQLITE_SUFFIXES
from litdb.database.standing import Standing, read_standing
from litdb.errors import LibraryError
from litdb.files.corrections import corrections_path
from litdb.files.place import Place
from litdb.gather import files_of, settings_files, settings_for, template_folders


@dataclass(frozen=True, slots=True)
class Ingredients:
    """All that a library is made from beside its journal, as one hash."""

    notes: Mapping[str, Path]
    place: Place
    settings: Iterable[Path]
    day: str
    """The day that relative dates count from, where the lists show such."""

    def hash(self) -> str:
        """The same for the same notes, settings, corrections and litdb, with the exports as they were written."""
        digest = sha256()
        for part in self._parts():
            digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
        return digest.hexdigest()

    def _parts(self) -> Iterator[str]:
        yield from map(_state, sorted(_program()))
        databases = (self.place.library, self.place.journal, self.place.readings)
        own = {f"{path.name}{end}" for path in databases for end in SQLITE_SUFFIXES}
        own.add(self.place.library.with_suffix(".lock").name)
        yield from map(_state, sorted(path for path in self.place.folder.iterdir() if path.name not in own))
        for name, path in self.notes.items():
            yield f"{name}:{_content(path)}"
        for path in (*self.settings, corrections_path(self.place)):
            yield _content(path)
        yield self.day


def readers() -> str:
    """A hash of this litdb and its plug-ins: another one may read the same answers otherwise."""
    from litdb.sources import sources

    modules = {sys.modules[type(each).__module__].__file__ for each in sources()}
    files = {*_program(), *(Path(each) for each in modules if each)}
    return sha256("\n".join(map(_state, sorted(files))).encode()).hexdigest()


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
    return found if ingredients(place, paths, found.notes, today).hash() == found.made_from else None


def ingredients(place: Place, paths: Iterable[Path], known: Iterable[str], today: str) -> Ingredients:
    """What a run with these paths would make a library from that knows these notes, on an ISO day."""
    paths, known = list(paths), list(known)
    folders = [*paths, *sorted({place.path(name.rpartition("/")[0]) for name in known})]
    settings = settings_for(place, folders)
    named = [folder / settings.lists["template"] for folder in template_folders(place) if "template" in settings.lists]
    day = today if settings.lists.get("date") == "relative" else ""
    notes = files_of(place, paths, known, settings.ignore)
    return Ingredients(notes, place, [*settings_files(place, folders), *named], day)


def _program() -> Iterable[Path]:
    return Path(litdb.__file__).parent.rglob("*.py")


def _state(path: Path) -> str:
    found = path.stat()
    return f"{path.name}:{found.st_size}:{found.st_mtime_ns}"


def _content(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
