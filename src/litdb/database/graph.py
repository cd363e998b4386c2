"""Questions to the library about who cites whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from sys import intern
from typing import Any

from litdb.model import Identifier, RelationKind

_once: Callable[[Any], Any] = intern
"""The one copy of a text."""


@dataclass(frozen=True, slots=True)
class Node:
    """A work as a graph shows it; `key` is empty and `cited` false where no note cites it."""

    identifier: Identifier
    cited: bool
    label: str
    url: str
    date: str
    people: str
    type: str
    key: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation with its evidence: who says so, how it was read, when, and the words round it."""

    subject: Identifier
    kind: RelationKind
    object: Identifier
    source: str
    how: str
    text: str
    words: str
    at: str


def nodes(connection: sqlite3.Connection) -> dict[Identifier, Node]:
    """All works of the library by their first identifiers, those included that only others cite."""
    rows = connection.execute(
        "SELECT identifier, cited, label, url, date, people, type, key FROM works ORDER BY identifier"
    )
    found = (Node(Identifier.parse(name), bool(cited), *(text or "" for text in texts)) for name, cited, *texts in rows)
    return {each.identifier: each for each in found}


def ties(connection: sqlite3.Connection) -> list[Tie]:
    """All relations between works, in natural order. There may be millions: what many of them say is there once."""
    rows = connection.execute(
        "SELECT one.identifier, kind, other.identifier, source, how, text, words, at FROM relations "
        "JOIN works one ON one.id = subject JOIN works other ON other.id = object "
        "ORDER BY one.identifier, kind, other.identifier, source, how"
    )
    named = cache(Identifier.parse)
    return [
        Tie(named(one), _once(kind), named(other), *(_once(part or "") for part in parts))
        for one, kind, other, *parts in rows
    ]


def mentioned(connection: sqlite3.Connection) -> list[tuple[str, Identifier]]:
    """Which note cites which work, each pair once."""
    rows = connection.execute(
        "SELECT DISTINCT notes.path, works.identifier FROM mentions JOIN notes ON notes.id = mentions.note "
        "JOIN works ON works.id = mentions.work WHERE works.cited ORDER BY notes.path, works.identifier"
    )
    return [(path, Identifier.parse(name)) for path, name in rows]


def in_words_only(connection: sqlite3.Connection) -> Sequence[tuple[Identifier, str]]:
    """References of which only words are known: the citing work, and the reference as written."""
    rows = connection.execute(
        "SELECT works.identifier, text FROM references_in_words JOIN works ON works.id = work ORDER BY 1, 2"
    )
    return [(Identifier.parse(name), text) for name, text in rows]
