"""Whether a run could find anything new, and where: a look at the notes and one query, and nothing read again."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from os import DirEntry
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import litdb
from litdb.database.connection import SQLITE_SUFFIXES
from litdb.database.standing import Standing, read_standing, wants_graph
from litdb.errors import LibraryError
from litdb.files.own_words import own_words
from litdb.files.place import Place
from litdb.files.reading import library_files
from litdb.files.settings import settings_files, settings_for
from litdb.files.states import content_hash, inside, modules, states
from litdb.notes import kind_of

if TYPE_CHECKING:
    from litdb.model import Correction


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
    made_from = Ingredients.parse(found.made_from)._replace(ties="")
    return found if ingredients(place, paths, found.notes, today) == made_from else None


class Ingredients(NamedTuple):
    """Hashes of all that a run makes a library from.

    `manner` is how: this litdb, settings, templates, what litdb wrote into notes, which commons of facts there are,
    whether the graph is kept. `corrections` are the user's word, `beside` the exports as they were written. `ties` is
    what the user says otherwise than of single fields: it is only kept, for the next run to see whether that has
    changed.
    """

    manner: str = ""
    notes: str = ""
    corrections: str = ""
    beside: str = ""
    ties: str = ""

    def __str__(self) -> str:
        return " ".join(self)

    @classmethod
    def parse(cls, text: str) -> Ingredients:
        """The ingredients that `str` wrote; none where another litdb wrote it."""
        parts = text.split(" ")
        return cls(*parts) if len(parts) == len(cls._fields) else cls()


def ingredients(place: Place, paths: Iterable[Path], known: Iterable[str], today: str) -> Ingredients:
    """All that a run with these paths makes a library from that knows these notes, on an ISO day.

    The same for the same notes, settings, corrections and litdb, with the exports as they were written. The day counts
    where the lists show how long ago something was.
    """
    paths, known = list(paths), list(known)
    settings = settings_for(place, _folders(place, paths, known))
    notes = library_files(place, paths, known, kind_of, settings.ignore)
    return Ingredients(
        manner=manner(place, paths, known, today),
        notes=_hash(f"{name}:{content_hash(path)}" for name, path in notes.items()),
        corrections=corrections(place),
        beside=_hash(states(_beside(place))),
    )


def manner(place: Place, paths: Iterable[Path], known: Iterable[str], today: str) -> str:
    """A hash of how a run makes a library, whatever the notes and corrections say."""
    folders = _folders(place, paths, known)
    lists = settings_for(place, folders).lists
    template = lists.get("template")
    templates = [folder / template for folder in place.own_folders] if template else []
    said = [*settings_files(place, folders), *templates, own_words(place)]
    day = today if lists.get("date") == "relative" else ""
    told = [*(each.name for each in place.commons), str(wants_graph(place.library))]
    files = (f"{path.name}:{content}" for path in said if (content := content_hash(path)))
    return _hash([*_program(), day, *told, *files])


def corrections(place: Place) -> str:
    """A hash of what the user says, and where: that is told with it."""
    return _hash([place.name(place.corrections), content_hash(place.corrections)])


def ties(corrections: Iterable[Correction]) -> str:
    """A hash of what the user says otherwise than of single fields of works."""
    return _hash(repr(each) for each in corrections if each.kind != "set")


def _folders(place: Place, paths: Iterable[Path], known: Iterable[str]) -> list[Path]:
    """Where settings may lie: the paths, and the folders of the notes."""
    return [*paths, *sorted(map(place.path, {name.rpartition("/")[0] for name in known}))]


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
