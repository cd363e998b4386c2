"""Corrections as commands and browser make them: whom a word names, what is said already, what follows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Literal

from litdb.checks.why import claim_text
from litdb.commands.naming import identified, no_such_work
from litdb.commands.opening import library_of
from litdb.commands.session import update
from litdb.corrections import checked_key, claim_of
from litdb.database import browsing, queries
from litdb.database.connection import open_for_reading
from litdb.database.journal import Journal
from litdb.errors import UsageError
from litdb.files.corrections import add_correction, read_corrections, remove_corrections
from litdb.files.place import Place
from litdb.identity import SCHEMES
from litdb.model import Claim, Correction, Identifier, Name, Work
from litdb.run import Run
from litdb.text.times import utc_now


@dataclass(frozen=True, slots=True)
class Named:
    """What a word on the command line names: a work, and the very one of its identifiers that was meant."""

    identifier: Identifier
    work: Work


class Corrector:
    """The corrections of a library, and its works to look up one by one: to be closed.

    Raises `LibraryError` where there is no library.
    """

    def __init__(self, place: Place) -> None:
        self._connection = open_for_reading(place.library)
        self.path = place.corrections
        self._there, _ = read_corrections(place)
        with Journal(place.journal) as journal:
            assigned = journal.keys()
        self._made_for = {key.lower(): identifier for key, identifier in assigned}
        self._called = queries.identifiers_by_key(self._connection)

    def close(self) -> None:
        """Let go of the library."""
        self._connection.close()

    def named(self, text: str) -> Named:
        """What a key (also one that a work had before), identifier or URL names. Raises `UnknownWork`."""
        identifier = self._identifier(text)
        work = self._work(identifier)
        if identifier is None or work is None:
            raise no_such_work(self._connection, text)
        return Named(identifier, work)

    def holder(self, key: str) -> Work | None:
        """The work that a key stands for, or once stood for; case aside."""
        return self._work(self._identifier_of_key(key))

    def people(self) -> dict[Identifier, tuple[Name, ...]]:
        """Who wrote and edited each work."""
        return {work.identifier: (*work.authors, *work.editors) for work in queries.works(self._connection, "1")}

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

    def give(self, key: str, identifier: Identifier) -> None:
        """Write down that a work has a key, which is nobody else's any more."""
        self.unsay(each for each in self._there if each.kind == "key" and each.value.lower() == key.lower())
        self.say(Correction("key", (str(identifier),), value=key))

    def are_split(self, one: Work, other: Work) -> bool:
        """Whether the user has said that two works are two."""
        halves = frozenset((one.identifier, other.identifier))
        return any(each.kind == "split" and self._subject(each)[1] >= halves for each in self._there)

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
        return kind, frozenset(map(self._first, identifiers)), field

    def _first(self, name: Identifier | str) -> Identifier | str:
        """The first identifier of the work that is meant; what means none stays."""
        first = queries.first_identifier(self._connection, name) if isinstance(name, Identifier) else None
        return first or name

    def _identifier(self, text: str) -> Identifier | None:
        """The identifier that a text means, in the library or not."""
        if identifier := self._identifier_of_key(text):
            return identifier
        identity = identified(text)
        if identity:
            return identity.identifier
        return Identifier.parse(text) if text.partition(":")[0] in SCHEMES else None

    def _identifier_of_key(self, key: str) -> Identifier | None:
        """The identifier that a key was made for, as far as the library has it; case aside."""
        made_for, called = self._made_for.get(key.lower()), self._called.get(key.lower())
        first = queries.first_identifier(self._connection, made_for) if made_for else None
        return made_for if first and called in (first, None) else called

    def _work(self, identifier: Identifier | None) -> Work | None:
        return queries.work_named(self._connection, "", identifier) if identifier else None


def set_fields(place: Place, name: str, values: Mapping[str, str]) -> list[str]:
    """Set fields of a work for good; a sentence for each. Nothing is set where one of them cannot be."""
    claims = {field: claim_of(field, value) for field, value in values.items()}
    with closing(Corrector(place)) as corrector:
        work = corrector.named(name).work
        told = {field: _said_by_others(place, work.identifier, claim) for field, claim in claims.items()}
        for field, value in values.items():
            corrector.say(Correction("set", (str(work.identifier),), field, " ".join(value.split())))
    update(place)
    return [_now(claim, work.key or name, told[field]) for field, claim in claims.items()]


def take_back(place: Place, name: str, field: str | None) -> str:
    """Take back what is set of a work: a field, “key”, or all fields; what came of it."""
    with closing(Corrector(place)) as corrector:
        named = corrector.named(name)
        kind = "key" if field == "key" else "set"
        said = [each for each in corrector.of_work(named.work) if each.kind == kind]
        there = [each for each in said if field in (None, "key", each.field)]
        if not there:
            raise UsageError(
                f"{corrector.path} sets no {field or 'field'} of {name}, so there is nothing to take back."
            )
        corrector.unsay(there)
    update(place)
    work = _named(place, named.identifier)
    return f"{', '.join(each.field or 'key' for each in there)} of {work.key or name} is again as the sources say"


def give_key(place: Place, name: str, new: str) -> str:
    """Give a work a citation key for good; what came of it."""
    key = checked_key(new)
    with closing(Corrector(place)) as corrector:
        work = corrector.named(name).work
        holder = corrector.holder(key)
        is_moved = holder is not None and holder.identifier != work.identifier
        if holder and is_moved and not corrector.are_split(holder, work):
            raise UsageError(f"The key {key} is that of “{holder.label}” ({holder.identifier}). Choose another.")
        corrector.give(key, work.identifier)
    update(place)
    left = f"; {holder.identifier}, which had it, {_goes_by(place, holder)}" if holder and is_moved else ""
    return f"{work.key or name} is now {key}{left}"


def relate(place: Place, kind: Literal["same", "split"], texts: tuple[str, str], undo: bool) -> str:
    """Say that two things are one work or two, or take that back; what came of it."""
    with closing(Corrector(place)) as corrector:
        one, other = (corrector.named(text).identifier for text in texts)
        if one == other:
            raise UsageError(f"“{texts[0]}” and “{texts[1]}” both mean {one}. Name two URLs or identifiers.")
        correction = Correction(kind, (str(one), str(other)))
        there = [each for each in corrector.like(correction) if each.kind == kind]
        if undo and not there:
            raise UsageError(
                f"{corrector.path} has no “{kind}” of {one} and {other}, so there is nothing to take back."
            )
        if undo:
            corrector.unsay(there)
        else:
            corrector.say(correction)
        kept = _key_kept(corrector, place, one, other) if kind == "split" and not undo else ""
    update(place)
    works = {_named(place, each).identifier for each in (one, other)}
    return f"{one} and {other} are {'one work' if len(works) == 1 else 'two works'} now{kept}"


def _key_kept(corrector: Corrector, place: Place, one: Identifier, other: Identifier) -> str:
    """Leave the key of what was one work to the half that the notes cite, where it would go to the other; what to say.

    It would go to the half for whose identifier it was made, cited or not.
    """
    whole = corrector.named(str(one)).work
    if other not in whole.identifiers:
        return ""
    with Run(place, [], utc_now) as run:
        halves = run.shelf().work_of
    uncited, cited = sorted((halves[each] for each in (one, other)), key=lambda half: half.cited)
    if uncited.cited or not cited.cited or uncited.key != whole.key:
        return ""
    corrector.give(whole.key, cited.identifier)
    return f"; {whole.key} stays with {cited.identifier}, which the notes cite"


def _goes_by(place: Place, work: Work) -> str:
    now = _named(place, work.identifier)
    return f"is {now.key} now" if now.key else "is cited by no note and has none now"


def _named(place: Place, identifier: Identifier) -> Work:
    with closing(Corrector(place)) as corrector:
        return corrector.named(str(identifier)).work


def _now(claim: Claim, name: str, told: tuple[str, str] | None) -> str:
    now = claim_text(claim)
    others = f" ({told[0]} says {told[1]})" if told and told[1] != now else ""
    return f"{claim.field} of {name} is now {now or 'empty on purpose'}{others}"


def _said_by_others(place: Place, identifier: Identifier, claim: Claim) -> tuple[str, str] | None:
    """Who is believed about the field of a claim as long as the user says nothing, and what they say."""
    with library_of(place) as connection:
        claims = browsing.claims(connection, browsing.row_of(connection, identifier))
    rows = [row for row in claims if row["field"] == claim.field and row["chosen"]]
    if not rows or rows[0]["source"] == "user":
        return None
    value = str(rows[0]["value"])
    said = json.loads(value) if claim.field in ("authors", "editors") else value
    return str(rows[0]["source"]), claim_text(replace(claim, value=said))
