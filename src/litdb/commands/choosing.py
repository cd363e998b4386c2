"""Which works of the library an export is about."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from litdb.commands.naming import note_named
from litdb.commands.slips import did_you_mean, near
from litdb.database import queries
from litdb.errors import UnknownWork, UsageError
from litdb.files.place import Place
from litdb.files.reading import names_file, read_file
from litdb.model import Identifier, Note, Work
from litdb.notes.keys import settled
from litdb.notes.markdown import is_cited
from litdb.text.dates import cited_day, read_iso

if TYPE_CHECKING:
    from litdb.export.versions import Version

_NO_LIMIT = 1 << 31
_LISTED = re.compile(r"@?([^\s,;]+)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asks for; a field that is empty (`keys`: None) asks for nothing.

    `keys` is a list of keys, or a file that cites them.
    """

    note: str = ""
    types: Sequence[str] = ()
    since: str = ""
    query: str = ""
    keys: str | None = None
    prefer: Version | None = None
    everything: bool = False


def chosen(place: Place, connection: sqlite3.Connection, wanted: Wanted) -> list[Work]:
    """The works wanted: in the order of the note or of the list of keys, else by key.

    Raises `UsageError` for what cannot be understood, `UnknownWork` for a key that no work has.
    """
    found = _there(place, connection, wanted)
    if wanted.types:
        found = [work for work in found if work.type in wanted.types]
    if wanted.since:
        found = since(found, wanted.since)
    if wanted.query:
        matching = {work.identifier for work, _ in queries.search(connection, wanted.query, _NO_LIMIT)}
        found = [work for work in found if work.identifier in matching]
    if wanted.keys is not None:
        by_key = _by_key(found, queries.entry_keys(connection))
        found = named(by_key, listed_keys(wanted.keys, by_key))
    return preferring(connection, found, wanted.prefer) if wanted.prefer else found


def since(works: Iterable[Work], day: str) -> list[Work]:
    """The works that may be from this day or later: a date counts as far as it is known, the undated are left out.

    >>> from litdb.model import Identifier
    >>> dates = ("2019", "2020-05", "2020-06", "")
    >>> works = [Work(Identifier("url", date), (), "", "post", "", date=date) for date in dates]
    >>> [work.date for work in since(works, "2020-06-15")]
    ['2020-06']
    """
    first = read_iso(day)
    if first is None:
        raise UsageError(f"--since wants a day such as 2022-08-30, a month (2022-08) or a year, not “{day}”.")
    first = cited_day(first)
    dated = ((work, cited_day(work.date)) for work in works if work.date)
    return [work for work, known in dated if known[: len(first)] >= first[: len(known)]]


def named(by_key: Mapping[str, Work], keys: Sequence[str]) -> list[Work]:
    """The works that go by these keys (case aside), in this order. Raises `UnknownWork`."""
    known: dict[str, Work] = {}
    for key, work in by_key.items():
        known.setdefault(key.lower(), work)
    unknown = [key for key in keys if key.lower() not in known]
    if unknown:
        advice = did_you_mean(near(unknown[0], by_key)) or "“litdb list” shows all keys."
        raise UnknownWork(f"No work that would be exported goes by {', '.join(unknown)}. {advice}")
    return list({known[key.lower()].identifier: known[key.lower()] for key in keys}.values())


def listed_keys(text: str, known: Container[str]) -> list[str]:
    """The keys of a list (`a,b`) or of a file: one that cites them (`.tex`, `.md` …), or a plain list of keys.

    A file may cite nothing. Raises `UsageError` for a list without a key, which no one means to write.
    """
    if not names_file(text):
        keys = _LISTED.findall(text)
        if not keys:
            raise UsageError(f"--keys wants keys (a,b) or a file with them, not “{text}”. Without it all are exported.")
        return keys
    from litdb.notes import kind_of, read_note

    path = Path(text)
    content = read_file(path)
    if kind_of(path.name) and path.suffix.lower() not in (".txt", ".text", ".urls", ".csv", ".tsv"):
        return cited_keys(read_note(path.name, content, lambda _: None), known)
    lines = content.decode("utf-8", "replace").splitlines()
    return [key for line in lines for key in _LISTED.findall(line.partition("#")[0])]


def cited_keys(note: Note, known: Container[str]) -> list[str]:
    """The citation keys in a note, each once, in its order; of a bibliography those of its entries.

    A bare `@name` is a key where that is known, else somebody's name.
    """
    found = (each.target for each in settled(note, known).mentions if is_cited(each))
    return list(dict.fromkeys(target.removeprefix("@") for target in found if target.startswith("@")))


def preferring(connection: sqlite3.Connection, works: Sequence[Work], version: Version) -> list[Work]:
    """The works with those versions in their places that are preferred, which may be any of the library."""
    from litdb.export.versions import preferred

    asked = {work.identifier for work in works}
    others = [replace(work, cited=False) for work in queries.works(connection, "1") if work.identifier not in asked]
    places = {key: place for place, work in enumerate(works) for key in (work.key, *work.former_keys) if key}
    best = preferred([*works, *others], version)
    return sorted(best, key=lambda work: min(places.get(key, len(places)) for key in (work.key, *work.former_keys)))


def _by_key(works: Sequence[Work], entry_keys: Mapping[str, Identifier]) -> dict[str, Work]:
    """The works by their keys, now and before, and by those that the user's bibliographies give them."""
    from litdb.export.own_entry import aliases

    by_name = {each: work for work in works for each in work.identifiers}
    given = {key: by_name[each] for key, each in entry_keys.items() if each in by_name}
    others = {key: work for work in works for key in aliases(work)}
    return others | given | {key: work for work in works for key in (work.key, *work.former_keys)}


def _there(place: Place, connection: sqlite3.Connection, wanted: Wanted) -> list[Work]:
    if wanted.note:
        return queries.works_of_note(connection, note_named(place, queries.note_paths(connection), wanted.note))
    return queries.works(connection, "1" if wanted.everything else "cited")
