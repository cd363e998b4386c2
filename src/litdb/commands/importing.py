"""Importing bibliographies: kept beside the library, read like notes, with the user's keys."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from litdb.checks.duplicates import Likely
from litdb.checks.imported import Arrival, arrivals, key_wishes, lacking
from litdb.commands.duplicates import likely_pairs
from litdb.commands.naming import identified
from litdb.commands.opening import library_of
from litdb.commands.session import update
from litdb.database import queries
from litdb.errors import NoteError
from litdb.files.corrections import append_corrections, read_corrections
from litdb.files.place import Place
from litdb.files.reading import read_file
from litdb.files.replacing import replace_bytes
from litdb.model import Correction, Identifier, Note, Work
from litdb.notes import BIBLIOGRAPHIES, is_own_export, kind_of, read_note
from litdb.notes import is_note as is_note_file

ZOTERO = "zotero.json"
"""How the copy of a running Zotero's library is called."""

_SUFFIXES = (
    (re.compile(rb"\s*(?:%[^\n]*\n\s*)*@\s*\w+\s*[{(]"), ".bib"),
    (re.compile(rb"\s*TY {0,2}- "), ".ris"),
    (re.compile(rb"\s*[\[{]"), ".json"),
)
"""How bibliographies begin that are not called so."""


_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A file that was read, before anything was kept. `is_note`: it lies among the notes, where it is read anyhow."""

    file: str
    content: bytes
    note: Note
    old: Note | None = None
    is_note: bool = False
    is_zotero: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file.

    `gone` are keys that the copy before had, `problems` what could not be read, `clashes` keys that could not be kept,
    `lacking` the works that Zotero does not have.
    """

    file: str
    kept_as: str
    replaced: bool
    is_dry: bool
    arrivals: Sequence[Arrival]
    gone: Sequence[str]
    twins: Sequence[Likely]
    problems: Sequence[str]
    clashes: Sequence[str]
    lacking: Sequence[Work] | None = None


def read_bibliography(place: Place, path: Path) -> Bibliography:
    """A file as it would be imported. Raises `NoteError` where it cannot be read, or no crawl would."""
    content = read_file(path)
    if is_own_export(content):
        raise NoteError(
            f"{path} was written by litdb, so there is nothing to learn from it. Where it lies among your notes, keys "
            "that they cite mean what they mean there: litdb crawl."
        )
    known = _answer(place, queries.note_paths) or []
    is_note = path.resolve().parent != place.imports.resolve() and place.name(path) in known
    kept = path if is_note else place.imports / _name(path, content)
    return _read(place, str(path), kept, content, is_note)


def require_own_name(each: Bibliography, before: Sequence[Bibliography]) -> None:
    """Nothing, if no other file read before is kept by the same name. Raises `NoteError`."""
    other = next((one for one in before if one.note.path == each.note.path and one.content != each.content), None)
    if other:
        raise NoteError(
            f"{each.file} was not imported: its copy would replace that of {other.file}. Give it another name."
        )


def read_zotero(place: Place, address: str) -> Bibliography:
    """The library of a running Zotero. Raises `UsageError` for another address, `NoteError` where none answers."""
    from litdb.web.client import Client
    from litdb.zotero import LONGEST_SECONDS, MOST_BYTES, library, local_host

    only_here = frozenset({local_host(address)})
    client = Client(deadline=LONGEST_SECONDS, max_bytes=MOST_BYTES, allow_private=only_here)
    content = library(address, client.fetch).encode()
    return replace(_read(place, "Zotero", place.imports / ZOTERO, content, False), is_zotero=True)


def bring_in(place: Place, found: Sequence[Bibliography], is_dry: bool) -> list[Imported]:
    """Keep copies, bring the library up to date, and give works the keys of their entries; what came of each file."""
    if is_dry:
        works = _works(place)
        likely = _likely(place, works)
        return [_imported(place, each, works, likely, is_dry=True) for each in found]
    for each in found:
        if not each.is_note:
            replace_bytes(place.path(each.note.path), each.content)
    before = _works(place)
    for each in found:
        _give_keys(place, each.note, before)
    update(place)
    works = _works(place)
    likely = _likely(place, works)
    return [_imported(place, each, works, likely) for each in found]


def _read(place: Place, file: str, kept: Path, content: bytes, is_note: bool) -> Bibliography:
    name = place.name(kept)
    try:
        note = read_note(name, content, identified)
    except NoteError as error:
        raise NoteError(_called(file, name, str(error))) from error
    if note.kind not in BIBLIOGRAPHIES:
        raise NoteError(f"{file} is no .bib, CSL-JSON or RIS, but a note that the library knows.")
    told = tuple(_called(file, name, each) for each in note.problems)
    if not note.mentions:
        raise NoteError(told[0] if told else f"{file} holds no entry.")
    if not is_note_file(name, content):
        raise NoteError(f"{file} would be left out by every crawl: it is not in UTF-8, or no “type” in it is CSL's.")
    old = _old(kept, note) if kept.exists() and not is_note else None
    return Bibliography(file, content, replace(note, problems=told), old, is_note)


def _called(file: str, name: str, sentence: str) -> str:
    """A sentence about the copy as one about the user's file."""
    return sentence.replace(name, file, 1)


def _old(kept: Path, note: Note) -> Note:
    """The copy of the last time: the same note where nothing changed, one without entries where it is damaged."""
    content = read_file(kept)
    if hashlib.sha256(content).hexdigest() == note.sha256:
        return note
    try:
        return read_note(note.path, content, identified)
    except NoteError:
        return Note(note.path, note.kind, "")


def _name(path: Path, content: bytes) -> str:
    """How the copy is called: like the file, with a suffix that says what it is."""
    if kind_of(path.name) in BIBLIOGRAPHIES:
        return path.name
    suffix = next((suffix for beginning, suffix in _SUFFIXES if beginning.match(content)), "")
    if not suffix:
        raise NoteError(f"{path} is no .bib, CSL-JSON or RIS: it begins like none of them.")
    return f"{path.name}{suffix}"


def _give_keys(place: Place, note: Note, works: Sequence[Work]) -> None:
    """Write down, as “litdb key” would, the keys that works are to have which went by another before."""
    wishes = key_wishes(note, works, _pinned(place, note, works))
    corrections = [Correction("key", (str(each),), value=key) for each, key in wishes.keys.items()]
    append_corrections(place.corrections, corrections)


def _pinned(place: Place, note: Note, works: Iterable[Work]) -> dict[Identifier, str]:
    """The keys that the user gave to works, in corrections or in other bibliographies, by first identifiers."""
    corrections, _ = read_corrections(place)
    named = {name: work.identifier for work in works for name in (*map(str, work.identifiers), work.key)}
    told = ((_meant(each.works[0], named), each.value) for each in corrections if each.kind == "key")
    given = _answer(place, lambda connection: queries.keys_given_elsewhere(connection, note.path)) or {}
    return given | {named[name]: key for name, key in told if name in named}


def _meant(text: str, known: Container[str]) -> str:
    """What a correction calls a work, as an identifier or a key."""
    identity = None if text in known else identified(text)
    return str(identity.identifier) if identity else text


def _named_in(note: Note, works: Iterable[Work]) -> set[Identifier]:
    named = {record.identifier for record in note.records}
    return {work.identifier for work in works if not named.isdisjoint(work.identifiers)}


def _imported(
    place: Place, found: Bibliography, works: Sequence[Work], likely: Sequence[Likely], *, is_dry: bool = False
) -> Imported:
    wishes = key_wishes(found.note, works, _pinned(place, found.note, works))
    keys = {key for key, _ in found.note.keys}
    elsewhere = _answer(place, lambda connection: queries.cited_elsewhere(connection, found.note.path)) or ()
    return Imported(
        file=found.file,
        kept_as="" if found.is_note or is_dry else found.note.path,
        replaced=found.old is not None,
        is_dry=is_dry,
        arrivals=arrivals(found.note, works, elsewhere),
        gone=[key for key, _ in found.old.keys if key not in keys] if found.old else [],
        twins=_twins(found.note, works, likely),
        problems=found.note.problems,
        clashes=[_called(found.file, found.note.path, each) for each in wishes.problems],
        lacking=lacking(found.note, works) if found.is_zotero else None,
    )


def _twins(note: Note, works: Sequence[Work], likely: Iterable[Likely]) -> list[Likely]:
    """Pairs of works that look like one, one of which came with the file."""
    named = _named_in(note, works)
    return [each for each in likely if each.one.identifier in named or each.other.identifier in named]


def _likely(place: Place, works: Iterable[Work]) -> list[Likely]:
    """The pairs of cited works that look like one."""
    cited = [work for work in works if work.cited]
    return _answer(place, lambda connection: likely_pairs(place, connection, cited)) or []


def _works(place: Place) -> list[Work]:
    return _answer(place, lambda connection: queries.works(connection, "1")) or []


def _answer(place: Place, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer | None:
    """What the library answers to a question; None where there is none yet."""
    if not place.library.exists():
        return None
    with library_of(place) as connection:
        return question(connection)
