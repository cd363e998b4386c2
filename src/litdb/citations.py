"""What the mentions of notes mean: each an identity, or the problem in words. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from litdb.errors import InvalidUrl
from litdb.model import Identifier, Identity, Mention, Note
from litdb.notes.keys import settled
from litdb.notes.markdown import is_cited

Identify = Callable[[str], Identity]


class Meaning(NamedTuple):
    """What mentions mean: an identity, or the problem in words. `url` is their address as written, empty for keys."""

    identity: Identity | None
    problem: str = ""
    url: str = ""


class Citation(NamedTuple):
    """A mention with what it means: an identity, or the problem in words."""

    mention: Mention
    identity: Identity | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Citations:
    """What the mentions of notes mean: `meant` has for each of them, in their order, its place among the `meanings`.

    A citation is put together when it is looked at: a million would fill the memory, though few things are cited.
    """

    notes: Sequence[Note]
    meanings: Sequence[Meaning]
    meant: Sequence[int]

    def __len__(self) -> int:
        return len(self.meant)

    def __iter__(self) -> Iterator[Citation]:
        for mention, place in self.placed():
            meaning = self.meanings[place]
            yield Citation(mention, meaning.identity, meaning.problem)

    def placed(self) -> Iterator[tuple[Mention, int]]:
        """Every mention with the place of its meaning."""
        return zip(_cited_mentions(self.notes), self.meant, strict=True)

    @property
    def distinct(self) -> list[Meaning]:
        """What they mean, each meaning once: in the order of their last mentions."""
        last_first = dict.fromkeys(reversed(self.meant))
        return [self.meanings[place] for place in reversed(last_first)]

    @property
    def identities(self) -> list[Identity]:
        """The same without what means nothing."""
        return [each.identity for each in self.distinct if each.identity]


def citations(notes: Iterable[Note], assigned: Iterable[tuple[str, Identifier]], identify: Identify) -> Citations:
    """What every mention means. Keys are looked up in the bibliographies among the notes, then among our own.

    A bare `@name` is a key where one of these has it; else it is somebody's, and no mention any more.
    """
    notes = list(notes)
    known = dict(assigned) | {key: ident for note in notes for key, ident in note.keys}
    notes = [settled(note, known) for note in notes]
    placed = {record.place: record.identifier for note in notes for record in note.records}

    meanings: list[Meaning] = []

    def place_of_meaning(identity: Identity | None, problem: str = "", url: str = "") -> int:
        meanings.append(Meaning(identity, problem, url))
        return len(meanings) - 1

    @cache
    def of_entry(named: Identifier, url: str) -> int:
        told = meanings[of_address(url)].identity if url else None
        is_told = told is not None and told.identifier == named
        return place_of_meaning(told if is_told else identity_of(named, identify), url=url)

    @cache
    def of_address(url: str) -> int:
        try:
            return place_of_meaning(identify(url), url=url)
        except InvalidUrl as error:
            return place_of_meaning(None, str(error), url)

    @cache
    def of_key(target: str) -> int:
        named = known.get(target.removeprefix("@"))
        if named is None:
            return place_of_meaning(None, f"no bibliography among the notes has the key {target}")
        return place_of_meaning(identity_of(named, identify))

    def meaning(mention: Mention) -> int:
        if mention.found == "bib-entry" and (named := _entry_at(mention, placed)):
            return of_entry(named, mention.url)
        return of_address(mention.url) if mention.url else of_key(mention.target)

    meant = array("I", map(meaning, _cited_mentions(notes)))
    return Citations(notes, _as_written(meanings), meant)


def _as_written(meanings: Sequence[Meaning]) -> list[Meaning]:
    """The meanings; a key tells no address of a page whose address is written somewhere.

    The name of such a work is but a short form of it, without `www.`, at which nobody may answer.
    """
    written = {each.identity.identifier for each in meanings if each.identity and each.url}

    def told(meaning: Meaning) -> Meaning:
        identity = meaning.identity
        if meaning.url or identity is None or identity.identifier not in written:
            return meaning
        is_page = identity.identifier.scheme == "url"
        return meaning._replace(identity=replace(identity, url="")) if is_page else meaning

    return [told(each) for each in meanings]


def _cited_mentions(notes: Iterable[Note]) -> Iterator[Mention]:
    """The mentions that cite anything, in the order of the notes."""
    return (mention for note in notes for mention in note.mentions if is_cited(mention))


def identity_of(identifier: Identifier, identify: Identify, url: str = "") -> Identity:
    """What is known of an identifier by itself; `url` is its address where that was written somewhere."""
    text = url or (identifier.value if identifier.scheme == "url" else str(identifier))
    try:
        found = identify(text)
    except InvalidUrl:
        return Identity(identifier, "")
    return found if found.identifier == identifier else Identity(identifier, "")


def place_of(mention: Mention) -> str:
    """Where a mention stands: note and line."""
    return f"{mention.note}:{mention.line}"


def _entry_at(mention: Mention, placed: Mapping[str, Identifier]) -> Identifier | None:
    """What the entry of a bibliography that stands where this mention does is about."""
    place = place_of(mention)
    return placed.get(f"{place}:{mention.column}", placed.get(place))
