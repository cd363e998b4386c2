"""Values that rest on one weak voice: nobody else says anything about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

from litdb.merge import Statement, choose, statements
from litdb.model import Field, Record

FIELDS: Sequence[Field] = ("title", "authors", "date")

WEAK: Mapping[str, str] = {
    "*/url:path": "stands in its address alone",
    "in-doubt/*": "is a guess from a page that marks nothing, and nobody else says it",
    "index/*": "comes from an index of others' works alone",
    "note/*": "stands in the notes alone",
}
"""Kinds of sources and how they were read (as in the ranking of `litdb why`) that are weak alone, and how to say so."""


def lone_claims(records: Sequence[Record]) -> list[tuple[Statement, str]]:
    """The chosen title, authors and date that only one weak voice tells, each with what that voice is."""
    ranked, chosen = statements(records), choose(records)
    found = []
    for field in FIELDS:
        voices = {_voice(each) for each in ranked.get(field, ())}
        if len(voices) == 1 and (why := _weakness(chosen[field])):
            found.append((chosen[field], why))
    return found


def _weakness(statement: Statement) -> str:
    return next((why for pattern, why in WEAK.items() if fnmatchcase(statement.origin, pattern)), "")


def _voice(statement: Statement) -> str:
    """Who speaks: a source; what several read from one address is the word of that address."""
    how = statement.claim.how
    return how if how.startswith("url:") else statement.record.source
