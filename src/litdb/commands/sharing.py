"""Facts of one's own into a commons, and the facts of a commons beside the library."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from litdb.commands.opening import library_of
from litdb.commands.session import update
from litdb.database import queries
from litdb.database.evidence import count_told
from litdb.database.journal import Journal
from litdb.errors import FactsError, LibraryError, UsageError
from litdb.facts.fact import Fact, to_line
from litdb.facts.reading import read_line, require_past
from litdb.facts.telling import facts_of
from litdb.files import commons
from litdb.files.place import Place
from litdb.files.settings import settings_for
from litdb.merge import HEARSAY
from litdb.model import Identifier
from litdb.text.times import utc_now

STREAM = "-"

_BATCH = 16_000_000
"""So many characters of lines are held before they are written."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shared:
    """What was written into a commons: so many facts; `changed` files differ now."""

    facts: int
    changed: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in. Of the `works` that the library cites, it tells of `told`."""

    source: str
    name: str
    kept_in: str
    replaced: bool
    facts: int
    works: int
    told: int


def own_facts(place: Place) -> list[Fact]:
    """What the sources of a library said. Raises `LibraryError` where nothing was asked yet."""
    if not place.journal.exists():
        raise LibraryError(f"There is no journal at {place.journal}, so there is no fact to tell. Crawl first.")
    with library_of(place) as connection:
        notes = [place.path(name) for name in queries.note_paths(connection)]
    keyed = frozenset(settings_for(place, sorted({note.parent for note in notes})).headers)
    with Journal(place.journal) as journal:
        return facts_of(journal.answers(), journal.endings(), journal.attempts(), keyed)


def share(facts: Sequence[Fact], folder: Path) -> Shared:
    """Bring facts into a commons, in place of what was read from the same source before. Raises `FactsError`."""
    commons.require_own(folder)
    since: dict[tuple[str, str], str] = defaultdict(str)
    for each in facts:
        pair = str(each.record.identifier), each.record.source
        since[pair] = max(since[pair], each.record.at)

    def stays(fact: Fact) -> bool:
        return fact.record.at > since.get((str(fact.record.identifier), fact.record.source), "")

    changed = 0
    for name, lines in commons.by_shard((each.record.identifier, to_line(each)) for each in facts).items():
        path = folder / name
        there = _facts(str(path)) if path.exists() else ()
        kept = {to_line(each) for _, each in there if stays(each)}
        changed += commons.write_shard(folder, name, lines | kept)
    commons.write_attributes(folder)
    return Shared(len(facts), changed)


def take_in(place: Place, source: str, name: str) -> Taken:
    """Keep a copy of a commons beside the library, and bring that up to date. Raises `FactsError`, `UsageError`."""
    name = name or Path(_called(source)).resolve().name.removesuffix(".jsonl")
    if not _NAME.fullmatch(name):
        raise UsageError(f"“{name}” cannot be the name of a commons: give it one of letters and digits with --as NAME.")
    kept = place.facts / name
    was_there = kept.exists()
    try:
        count = _copy(source, kept)
    except FactsError as error:
        raise FactsError(f"{error} Nothing was imported.") from error
    update(place)
    with library_of(place) as connection:
        works = queries.works(connection)
        told = count_told(connection, HEARSAY, name)
    return Taken(source, name, place.name(kept), was_there, count, len(works), told)


def _called(source: str) -> str:
    """A commons as sentences name it."""
    return "stdin" if source == STREAM else source


def _copy(source: str, kept: Path) -> int:
    """Copy a commons once every line of it was read; how many facts it holds."""
    with commons.replaced(kept) as made:
        for lines in _batches(_facts(source), utc_now()):
            commons.add_lines(made, commons.by_shard(lines))
        count = commons.put_in_order(made)
        if not count:
            raise FactsError(f"{_called(source)} holds no fact.")
    return count


def _batches(found: Iterable[tuple[str, Fact]], now: str) -> Iterator[Sequence[tuple[Identifier, str]]]:
    """The lines of facts with what they are about, as many at a time as memory has room for."""
    lines: list[tuple[Identifier, str]] = []
    size = 0
    for where, fact in found:
        require_past(fact, where, now)
        lines.append((fact.record.identifier, to_line(fact)))
        size += len(lines[-1][1])
        if size > _BATCH:
            yield lines
            lines, size = [], 0
    yield lines


def _facts(source: str) -> Iterator[tuple[str, Fact]]:
    """The facts of a commons, each with its place."""
    for name, lines in _files(source):
        for number, line in lines:
            where = f"{name}, line {number}"
            yield where, read_line(line, where)


def _files(source: str) -> Iterator[tuple[str, commons.Lines]]:
    if source == STREAM:
        yield _called(source), commons.numbered_lines(sys.stdin.buffer)
    else:
        yield from ((str(path), commons.numbered(path)) for path in commons.files_of(Path(source)))
