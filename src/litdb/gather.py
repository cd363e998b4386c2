"""The notes of a run: those under the paths asked for, those that the library knows already, what was added by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from litdb.files.place import SETTINGS, Place
from litdb.files.reading import note_files
from litdb.files.settings import Settings, read_settings
from litdb.notes import kind_of

if TYPE_CHECKING:
    from litdb.model import Identity, Note


@dataclass(frozen=True, slots=True)
class Gathered:
    """The notes, a sentence for everything that could not be read, and what became of notes known before."""

    notes: Sequence[Note]
    problems: Sequence[str]
    vanished: Sequence[str]
    renamed: Sequence[tuple[str, str]]


def settings_for(place: Place, paths: Iterable[Path]) -> Settings:
    """The litdb.toml that counts: in a folder that is crawled, else in the project, else in its `seeds/`."""
    return read_settings(_folders(place, paths))


def _folders(place: Place, paths: Iterable[Path]) -> list[Path]:
    folders = [path if path.is_dir() else path.parent for path in paths]
    return [*folders, place.project, place.project / "seeds"]


def settings_files(place: Place, paths: Iterable[Path]) -> list[Path]:
    """Every file that `settings_for` would look for, the first that counts first."""
    return list(dict.fromkeys(folder / SETTINGS for folder in _folders(place, paths)))


def template_folders(place: Place) -> list[Path]:
    """Where a template of the lists is looked for."""
    return [place.project, place.project / "seeds"]


def files_of(place: Place, paths: Iterable[Path], known: Iterable[str], ignore: Sequence[str]) -> dict[str, Path]:
    """The files that may be notes, by their names: those asked for, those known already, what was added or imported."""
    asked = note_files(paths, lambda name: kind_of(name) is not None, ignore)
    own = [path for path in (place.added, *sorted(place.imports.glob("*"))) if path.is_file()]
    found = place.names([*asked, *own])
    before = [path for path in (place.path(name) for name in known if name not in found) if path.exists()]
    return dict(sorted({**place.names(before), **found}.items()))


def gather(
    place: Place,
    paths: Iterable[Path],
    known: Iterable[tuple[str, str]],
    ignore: Sequence[str],
    identify: Callable[[str], Identity | None],
) -> Gathered:
    """Read all notes. `known` are path and content hash of the notes that the library has.

    A note that the library knows is read again wherever it lies; it has vanished when its file is gone, and was
    renamed when the same content turns up under a new name.
    """
    from litdb.files.own_words import read_rows
    from litdb.model import Note
    from litdb.notes.own_words import OwnWord, without_own_words
    from litdb.reading import read_files

    hashes = dict(known)
    read = list(read_files(files_of(place, paths, hashes, ignore), identify))
    problems = [each for each in read if isinstance(each, str)]
    notes = [each for each in read if isinstance(each, Note)]
    notes = without_own_words(notes, (OwnWord(*row) for row in read_rows(place)))
    problems += [problem for note in notes for problem in note.problems]
    new: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        new[note.sha256] += [] if note.path in hashes else [note.path]
    gone = sorted(name for name in hashes if not place.path(name).exists())
    renamed = [(old, name) for old in gone for name in new.get(hashes[old], ())]
    vanished = [old for old in gone if old not in dict(renamed)]
    return Gathered(notes, problems, vanished, renamed)
