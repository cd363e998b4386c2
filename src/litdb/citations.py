"""What the mentions of notes mean: each an identity, or the problem in words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from litdb.errors import InvalidUrl
from litdb.model import Identifier, Identity, Mention, Note
from litdb.notes.markdown import is_cited

Identify = Callable[[str], Identity]
Meaning = tuple[Identity | None, str]
"""What a mention means: an identity, or the problem in words."""


class Citation(NamedTuple):
    """A mention with what it means: an identity, or the problem in words."""

    mention: Mention
    identity: Identity | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Citations:
    """What the mentions of notes mean, in their order.

    A citation is put together when it is looked at: a million would fill the memory, though few things are cited.
    """

    notes: Sequence[Note]
    meanings: Sequence[Meaning]

    def __len__(self) -> int:
        return len(self.meanings)

    def __iter__(self) -> Iterator[Citation]:
        for mention, meaning in zip(_cited_mentions(self.notes), self.meanings, strict=True):
            yield Citation(mention, *meaning)

    @property
    def identities(self) -> list[Identity]:
        """What they mean, each meaning once: in the order of their last mentions."""
        last_first = {id(each): each for each in reversed(self.meanings)}
        return [identity for identity, _ in reversed(last_first.values()) if identity]


def citations(notes: Iterable[Note], assigned: Iterable[tuple[str, Identifier]], identify: Identify) -> Citations:
    """What every mention means. Keys are looked up in the bibliographies among the notes, then among our own."""
    notes = list(notes)
    known = dict(assigned) | {key: ident for note in notes for key, ident in note.keys}
    placed = {record.place: record.identifier for note in notes for record in note.records}

    @cache
    def of_entry(named: Identifier, url: str) -> Meaning:
        told, _ = of_address(url) if url else (None, "")
        return (told if told and told.identifier == named else identity_of(named, identify)), ""

    @cache
    def of_address(url: str) -> Meaning:
        try:
            return identify(url), ""
        except InvalidUrl as error:
            return None, str(error)

    @cache
    def of_key(target: str) -> Meaning:
        named = known.get(target.removeprefix("@"))
        if named is None:
            return None, f"no bibliography among the notes has the key {target}"
        return identity_of(named, identify), ""

    def meaning(mention: Mention) -> Meaning:
        if mention.found == "bib-entry" and (named := _entry_at(mention, placed)):
            return of_entry(named, mention.url)
        return of_address(mention.url) if mention.url else of_key(mention.target)

    return Citations(notes, list(map(meaning, _cited_mentions(notes))))


def _cited_mentions(notes: Iterable[Note]) -> Iterator[Mention]:
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
