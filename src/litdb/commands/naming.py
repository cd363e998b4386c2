"""What the words on a command line name: a work, a note of the library, a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from litdb.commands.slips import did_you_mean
from litdb.errors import InvalidUrl, UnknownWork, UsageError
from litdb.files.place import Place
from litdb.model import Identifier, Identity, Work

if TYPE_CHECKING:
    from litdb.merge import Aliases

MOST_NOTES = 12
"""More notes than this are not named in one sentence."""


def identified(text: str) -> Identity | None:
    """What a URL or a bare identifier means; None for what is neither."""
    from litdb.sources import identify

    try:
        return identify(text)
    except InvalidUrl:
        return None


def identifier_of(name: str) -> Identifier:
    """The identifier that a URL means, or that is written there as litdb itself writes it.

    >>> str(identifier_of("https://arxiv.org/pdf/2209.00626v3")), str(identifier_of("forum:KbyRPCAsWv5GtfrbG"))
    ('arxiv:2209.00626', 'forum:KbyRPCAsWv5GtfrbG')
    """
    identity = identified(name)
    return identity.identifier if identity else Identifier.parse(name)


def find(connection: sqlite3.Connection, name: str) -> Work:
    """The work of this key, its own or that of the user's entry, of this identifier or URL. Raises `UnknownWork`."""
    from litdb.database import queries

    work = queries.work_named(connection, name, identifier_of(name))
    if work is None and (entry := queries.entry_keys(connection).get(name)):
        work = queries.work_named(connection, name, entry)
    if work is None:
        raise no_such_work(connection, name)
    return work


def no_such_work(connection: sqlite3.Connection, name: str) -> UnknownWork:
    """What to say of a name that no work has: the keys that are most like it, or where to look."""
    from litdb.database.browsing import near_keys

    keys = [row["key"] for row in near_keys(connection, name)]
    advice = did_you_mean(keys) or "“litdb list” shows the keys, “litdb search” finds words."
    return UnknownWork(f"The library has no work “{name}”. {advice}")


def note_named(place: Place, known: list[str], asked: str) -> str:
    """The path of the one note that the user means: a file as one names it here, or as `note_path` says."""
    there = place.name(Path(asked))
    return there if there in known else note_path(known, asked)


def note_path(known: list[str], asked: str) -> str:
    """The path of the one note that the user means: whole, or its end. Raises `UsageError`."""
    fitting = [path for path in known if path == asked] or [path for path in known if f"/{path}".endswith(f"/{asked}")]
    if len(fitting) == 1:
        return fitting[0]
    what = "more than one note" if fitting else "no note of the library"
    raise UsageError(f"“{asked}” is {what}: {some_notes(fitting or known, asked)}.")


def some_notes(known: Sequence[str], asked: str) -> str:
    """The names of notes in one text: all of a few, of many those that are most like the one asked for.

    >>> some_notes(["a.md", "b.md"], "c.md"), some_notes([], "c.md")
    ('a.md, b.md', 'none')
    >>> some_notes(["reading.md", *(f"{number}.txt" for number in range(98))], "redaing.md")
    'reading.md and 98 others'
    """
    if len(known) <= MOST_NOTES:
        return ", ".join(known) or "none"
    from difflib import get_close_matches

    shown = get_close_matches(asked, known, MOST_NOTES) or known[:MOST_NOTES]
    return f"{', '.join(shown)} and {len(known) - len(shown)} others"


def known_people(place: Place, connection: sqlite3.Connection) -> Aliases:
    """Who stands behind names as sites spell them, as litdb.toml and corrections.toml say."""
    from litdb.corrections import resolve
    from litdb.database import queries
    from litdb.files.corrections import read_corrections
    from litdb.files.settings import settings_for

    folders = sorted({place.path(note).parent for note in queries.note_paths(connection)})
    corrections, _ = read_corrections(place)
    people = [each for each in corrections if each.kind == "person"]
    return {**settings_for(place, folders).aliases, **resolve(people, lambda _: None).aliases}
