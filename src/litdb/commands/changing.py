"""What `refs` and `fix` share: notes read as they are now, with the works they mean, and changes to them."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, starmap
from pathlib import Path

import click

from litdb.commands.naming import identified, note_path
from litdb.commands.printing import say
from litdb.database import queries
from litdb.errors import LitdbError, NoteError
from litdb.files.lock import Lock
from litdb.files.notes import replace_note
from litdb.files.own_words import add_rows, read_rows
from litdb.files.place import Place
from litdb.files.reading import is_there, note_files, read_file
from litdb.files.settings import settings_for
from litdb.model import Identifier, Mention, Note, Work
from litdb.notes import is_own_export, kind_of, read_note
from litdb.notes.own_words import OwnWord, sorted_by_note
from litdb.notes.patching import Text, unified_diff


@dataclass(frozen=True)
class Opened:
    """A note as it is now. `is_named` says that the user named the file itself, not its folder."""

    path: Path
    content: bytes
    text: Text
    note: Note
    is_named: bool


@dataclass(frozen=True)
class Change:
    """What a note is to become, litdb's own words in it, and sentences about it, each with its place."""

    opened: Opened
    after: bytes
    own_words: Sequence[OwnWord] = ()
    told: Sequence[str] = field(default=())

    @property
    def is_one(self) -> bool:
        """Whether anything changes."""
        return self.after != self.opened.content

    @property
    def diff(self) -> bytes:
        """The change as a patch, to be applied from the folder one is in."""
        name = Path(os.path.relpath(self.opened.path)).as_posix()
        return unified_diff(name, self.opened.content, self.after)


class Works:
    """The works of a library by what notes call them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        known = queries.works(connection, "1")
        found = [work for work in known if work.outcome != "not-a-work"]
        self._none = {each for work in known if work.outcome == "not-a-work" for each in work.identifiers}
        self._by_identifier = {each: work for work in found for each in work.identifiers}
        self._by_key = {key.lower(): work for work in found for key in (*work.former_keys, work.key) if key}

    def __contains__(self, key: object) -> bool:
        """Whether a work goes by a citation key, or did so before."""
        return str(key).lower() in self._by_key

    def of(self, mention: Mention) -> Work | None:
        """The work that a mention means, or None where the library does not know it."""
        return self.at(mention.url) if mention.url else self._by_key.get(mention.target.removeprefix("@").lower())

    def is_none(self, url: str) -> bool:
        """Whether the library knows that an address leads to no work."""
        identity = identified(url)
        return identity is not None and (bool(identity.not_a_work) or identity.identifier in self._none)

    def at(self, url: str) -> Work | None:
        """The work at an address."""
        identity = identified(url)
        return self._by_identifier.get(identity.identifier) if identity else None

    def named(self, identifier: Identifier) -> Work | None:
        """The work with an identifier."""
        return self._by_identifier.get(identifier)


def open_notes(place: Place, names: Iterable[str], known: Sequence[str]) -> tuple[list[Opened], list[str]]:
    """The Markdown notes that are meant by files, folders and names of notes in the library, and what cannot be read.

    Without names: the notes of the library (`known`). Raises `UsageError` for a name that is neither.
    """
    named = [_path(place, name, known) for name in names]
    own = map(place.path, filter(_is_markdown, known))
    asked = named or [_from_here(path) for path in own if path.exists()]
    ignore = settings_for(place, asked).ignore
    opened, problems = [], []
    for path in note_files(asked, _is_markdown, ignore):
        try:
            found = open_note(place, path, is_named=path in named)
        except NoteError as error:
            problems.append(str(error))
        else:
            opened += [found] if found else []
    return opened, problems


def open_note(place: Place, path: Path, *, is_named: bool) -> Opened | None:
    """One note, or None for a file that litdb wrote. Raises `NoteError` for what is no Markdown or no UTF-8."""
    content = read_file(path)
    if is_own_export(content):
        return None
    if not _is_markdown(path.name):
        raise NoteError(f"{path} is no Markdown, so litdb writes nothing into it.")
    return Opened(path, content, Text(str(path), content), read_again(place.name(path), content), is_named)


def _is_markdown(name: str) -> bool:
    return kind_of(name) == "markdown"


def read_again(name: str, content: bytes) -> Note:
    """A note as a crawl would read it from this content."""
    return read_note(name, content, identified)


def own_words(place: Place) -> Callable[[str], frozenset[OwnWord]]:
    """What litdb wrote into a note, by the note's name; what it wrote into notes that are gone counts in each."""
    strayed, by_note = sorted_by_note(starmap(OwnWord, read_rows(place)), place.has)
    return lambda name: by_note.get(name, frozenset()) | strayed


def write(place: Place, changes: Iterable[Change]) -> tuple[list[str], list[str]]:
    """Make the changes, each note whole or not at all: the notes that were written, and why others were left alone.

    What litdb says in them is remembered first, so that a kill in between costs nothing but words too many there.
    Raises `LitdbError` where another litdb is writing, or nothing can be remembered; no note is changed then.
    """
    real = [change for change in changes if change.is_one]
    if not real:
        return [], []
    written, problems = [], []
    with Lock(place.library):
        add_rows(place, chain.from_iterable(change.own_words for change in real))
        for change in real:
            try:
                replace_note(change.opened.path, change.opened.content, change.after)
            except LitdbError as error:
                problems.append(str(error))
            else:
                written.append(str(change.opened.path))
    return written, problems


def print_diff(diff: bytes) -> None:
    """Print a patch byte for byte, or so that it cannot steer a terminal."""
    if sys.stdout.isatty():
        for line in diff.decode("utf-8", "replace").splitlines():
            say(line)
        return
    click.echo(diff, nl=False)


def _path(place: Place, name: str, known: Sequence[str]) -> Path:
    return Path(name) if is_there(name) else _from_here(place.path(note_path([*known], name)))


def _from_here(path: Path) -> Path:
    """A path as one writes it in the folder one is in."""
    here, whole = Path.cwd(), path.absolute()
    return whole.relative_to(here) if whole.is_relative_to(here) else path
