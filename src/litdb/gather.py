"""The notes of a run: those under the paths asked for, those that the library knows already, what was added by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from litdb.files.own_words import read_rows
from litdb.files.place import Place
from litdb.model import Identify, Note
from litdb.notes.own_words import OwnWord, without_own_words
from litdb.reading import Lender, Unread, read_files


@dataclass(frozen=True, slots=True)
class Gathered:
    """The notes, a sentence for everything that could not be read, and what became of notes known before.

    `lenders` are bibliographies among the files that litdb wrote, but for those beside a library, which knows all that
    they say. `unread` are files that cannot be read now: what notes among them say may be what it was.
    """

    notes: Sequence[Note]
    problems: Sequence[str]
    vanished: Sequence[str]
    renamed: Sequence[tuple[str, str]]
    lenders: Sequence[Lender] = ()
    unread: Sequence[str] = ()


def gather(place: Place, files: Mapping[str, Path], known: Iterable[tuple[str, str]], identify: Identify) -> Gathered:
    """Read these files by their names as notes. `known` are path and content hash of the notes that the library has.

    One of those has vanished when its file is gone, and was renamed when the same content turns up under a new name.
    """
    hashes = dict(known)
    read = list(read_files(files, identify))
    unread = [each for each in read if isinstance(each, Unread)]
    problems = [*(each.problem for each in unread), *(each for each in read if isinstance(each, str))]
    notes = [each for each in read if isinstance(each, Note)]
    there = {note.path for note in notes}.union(filter(place.has, hashes.keys() - files.keys()))
    notes = without_own_words(notes, (OwnWord(*row) for row in read_rows(place)), there)
    problems += [problem for note in notes for problem in note.problems]
    new: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        new[note.sha256] += [] if note.path in hashes else [note.path]
    gone = sorted(name for name in hashes if not place.has(name))
    renamed = [(old, name) for old in gone for name in new.get(hashes[old], ())]
    vanished = [old for old in gone if old not in dict(renamed)]
    beside = place.name(place.folder) if known else None
    lenders = [each for each in read if isinstance(each, Lender) and each.name.rpartition("/")[0] != beside]
    return Gathered(notes, problems, vanished, renamed, lenders, [each.name for each in unread])
