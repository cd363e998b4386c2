"""What came with a bibliography that was imported: known works, new ones, keys that cannot be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from litdb.keys import VALID
from litdb.model import Identifier, Mention, Note, Record, Work

Standing = Literal["known", "new", "own"]
"""`known`: other notes cite the work too; `new`: none does; `own`: nothing in the world names it but this entry."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An entry of the file: its line, its key there (or empty), and the work that it is."""

    line: int
    key: str
    title: str
    identifier: Identifier
    standing: Standing
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """The keys that works are to have, and a sentence for every key that its work cannot have."""

    keys: Mapping[Identifier, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def arrivals(note: Note, works: Iterable[Work], elsewhere: Collection[Identifier]) -> list[Arrival]:
    """The entries of a bibliography, in its order. `elsewhere` are works of other notes, by first identifiers."""
    work_of = _by_identifier(works)
    found = []
    for mention, record in _entries(note):
        work = work_of.get(record.identifier)
        is_known = work is not None and work.identifier in elsewhere
        standing: Standing = "known" if is_known else "own" if record.identifier.scheme == "bib" else "new"
        found.append(Arrival(mention.line, _key(mention), mention.text, record.identifier, standing, work))
    return found


def key_wishes(note: Note, works: Iterable[Work], pinned: Mapping[Identifier, str]) -> Wishes:
    """Which works have to be given another key, so that each has the one that the user's bibliography gives it.

    `pinned` are keys that the user gave to works before, by first identifiers. Of two entries that are one work the
    first has its way.
    """
    works = list(works)
    work_of = _by_identifier(works)
    holders = {key.lower(): work for work in works for key in (*work.former_keys, work.key) if key}
    settled: dict[Identifier, str] = {}
    seen: set[str] = set()
    wanted, problems = {}, []
    for mention, record in _entries(note):
        key, work = _key(mention), work_of.get(record.identifier)
        if not key or work is None or key in seen:
            continue
        seen.add(key)
        problem = _problem(key, work, settled, holders, pinned)
        if problem:
            problems.append(f"{note.path}:{mention.line}: {problem}")
        elif key != work.key and work.identifier not in pinned:
            wanted[work.identifier] = key
        settled.setdefault(work.identifier, key)
    return Wishes(wanted, tuple(problems))


def lacking(note: Note, works: Iterable[Work]) -> list[Work]:
    """The cited works that a bibliography does not have."""
    there = {each for record in note.records for each in (record.identifier, *record.same)}
    return [work for work in works if work.cited and there.isdisjoint(work.identifiers)]


def _problem(
    key: str,
    work: Work,
    settled: Mapping[Identifier, str],
    holders: Mapping[str, Work],
    pinned: Mapping[Identifier, str],
) -> str:
    """Why a work cannot have a key, or empty."""
    holder = holders.get(key.lower(), work)
    if work.identifier in settled:
        return f"@{key} is the same work as @{settled[work.identifier]} ({work.identifier}); cite it by that key."
    if not VALID.match(key):
        return f"@{key} is no key that BibTeX, biber and pandoc all take; the work is {work.key}."
    if pinned.get(work.identifier, key) != key:
        return f"@{key} is {pinned[work.identifier]} by your own word already, which stays."
    if holder.identifier != work.identifier:
        return f"The key {key} is that of “{holder.label}” ({holder.identifier}) already; this work is {work.key}."
    return ""


def _entries(note: Note) -> Iterator[tuple[Mention, Record]]:
    """The entries of a bibliography: each is a mention and a record."""
    return zip(note.mentions, note.records, strict=True)


def _key(mention: Mention) -> str:
    return mention.target[1:] if mention.target.startswith("@") else ""


def _by_identifier(works: Iterable[Work]) -> dict[Identifier, Work]:
    return {each: work for work in works for each in work.identifiers}
