"""What the commands that write corrections.toml share: whom a word names, and what is said about it already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from litdb.commands.printing import say
from litdb.commands.session import update
from litdb.database import queries
from litdb.database.connection import open_for_reading
from litdb.database.journal import Journal
from litdb.errors import InvalidUrl, UnknownWork, UsageError
from litdb.files.corrections import add_correction, corrections_path, read_corrections, remove_corrections
from litdb.files.place import Place
from litdb.identity import SCHEMES
from litdb.model import Correction, Identifier, Name, Work
from litdb.sources import identify


@dataclass(frozen=True, slots=True)
class Named:
    """What a word on the command line names: a work, and the very one of its identifiers that was meant."""

    identifier: Identifier
    work: Work


class Corrector:
    """The corrections of a library, and its works to look up. Raises `LibraryError` where there is no library."""

    def __init__(self, place: Place) -> None:
        connection = open_for_reading(place.library)
        works = queries.works(connection, "1")
        connection.close()
        self.path = corrections_path(place)
        self._there, _ = read_corrections(self.path, self.path.name)
        self._works: Mapping[Identifier, Work] = {each: work for work in works for each in work.identifiers}
        self._keys = self._identifiers_of_keys(place, works)

    def named(self, text: str) -> Named:
        """What a key (also one that a work had before), identifier or URL names. Raises `UnknownWork`."""
        identifier = self._identifier(text)
        if identifier is None or identifier not in self._works:
            raise UnknownWork(f"The library has no work “{text}”. “litdb list” shows the keys of all.")
        return Named(identifier, self._works[identifier])

    def holder(self, key: str) -> Work | None:
        """The work that a key stands for, or once stood for; case aside."""
        identifier = self._keys.get(key.lower())
        return self._works[identifier] if identifier else None

    def people(self) -> dict[Identifier, tuple[Name, ...]]:
        """Who wrote and edited each work."""
        return {work.identifier: (*work.authors, *work.editors) for work in self._works.values()}

    def of_work(self, work: Work) -> list[Correction]:
        """What is set of a work, and its key."""
        mine = frozenset({work.identifier})
        return [each for each in self._there if each.kind in ("set", "key") and self._subject(each)[1] == mine]

    def like(self, correction: Correction) -> list[Correction]:
        """What is said about the same subject, however it is spelled there."""
        return [each for each in self._there if self._subject(each) == self._subject(correction)]

    def say(self, correction: Correction) -> None:
        """Write a correction down, in place of what is said about the same. Raises `UsageError` for broken text."""
        try:
            f"{correction.field}{correction.value}".encode()
        except UnicodeEncodeError as error:
            raise UsageError(f"{correction.value!a} is not UTF-8 text. Set the terminal to UTF-8.") from error
        self.unsay(each for each in self.like(correction) if each.subject != correction.subject)
        add_correction(self.path, correction)

    def unsay(self, corrections: Iterable[Correction]) -> None:
        """Take corrections out of the file."""
        for each in corrections:
            remove_corrections(self.path, each.kind, each.works, each.field)

    def _subject(self, correction: Correction) -> tuple[str, frozenset[Identifier | str], str]:
        """What it speaks about: for set and key a work by any of its names, for same and split two identifiers."""
        kind, texts, field = correction.subject
        identifiers = {self._identifier(text) or text for text in texts}
        if kind == "same":
            return kind, frozenset(identifiers), field
        works = (self._works.get(each) if isinstance(each, Identifier) else None for each in identifiers)
        return kind, frozenset(w.identifier if w else each for w, each in zip(works, identifiers, strict=True)), field

    def _identifier(self, text: str) -> Identifier | None:
        """The identifier that a text means, in the library or not."""
        if text.lower() in self._keys:
            return self._keys[text.lower()]
        try:
            return identify(text).identifier
        except InvalidUrl:
            return Identifier.parse(text) if text.partition(":")[0] in SCHEMES else None

    def _identifiers_of_keys(self, place: Place, works: Sequence[Work]) -> dict[str, Identifier]:
        """Keys in lower case with the identifier that each was made for, as far as the library has it."""
        with Journal(place.journal) as journal:
            assigned = journal.keys()
        keys = {key.lower(): identifier for key, identifier in assigned if identifier in self._works}
        for work in works:
            held = keys.get(work.key.lower())
            if work.key and (held is None or self._works[held] is not work):
                keys[work.key.lower()] = work.identifier
        return keys


def relate(place: Place, kind: Literal["same", "split"], texts: tuple[str, str], undo: bool) -> None:
    """Say that two things are one work or two, or take that back, and say what came of it."""
    corrector = Corrector(place)
    one, other = (corrector.named(text).identifier for text in texts)
    if one == other:
        raise UsageError(f"“{texts[0]}” and “{texts[1]}” both mean {one}. Name two URLs or identifiers.")
    correction = Correction(kind, (str(one), str(other)))
    there = [each for each in corrector.like(correction) if each.kind == kind]
    if undo and not there:
        raise UsageError(f"{corrector.path} has no “{kind}” of {one} and {other}, so there is nothing to take back.")
    if undo:
        corrector.unsay(there)
    else:
        corrector.say(correction)
    update(place)
    after = Corrector(place)
    works = {after.named(str(each)).work for each in (one, other)}
    say(f"{one} and {other} are {'one work' if len(works) == 1 else 'two works'} now")
