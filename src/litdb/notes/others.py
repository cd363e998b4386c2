"""The people of a work: with “others” behind them where the user's own entry leaves some out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from litdb.model import Claim, Field, Name, Work
from litdb.notes.bib_claims import entry_claims
from litdb.notes.bib_entries import BibEntry
from litdb.notes.csl_json import item_claims
from litdb.notes.ris import record_claims
from litdb.text.others import OTHERS, Role, leaves_out, named

_SIGN = re.compile(r"others|\bal\b", re.IGNORECASE)
"""What stands in every entry that leaves somebody out; most have it nowhere, and need not be read."""


def authors(work: Work) -> tuple[Name, ...]:
    """The authors, and `OTHERS` where the user's entry names just these and says that there are more.

    >>> from litdb.model import Identifier
    >>> said = '{"form": "bib", "type": "book", "fields": {"author": "Knuth, Donald and others"}}'
    >>> taocp = Work(Identifier("isbn", "x"), (), "k", "book", "", authors=(Name("Knuth", "Donald"),), entries=(said,))
    >>> [name.display for name in authors(taocp)]
    ['Donald Knuth', 'others']
    """
    return _with_others(work, work.authors, "author", "authors")


def editors(work: Work) -> tuple[Name, ...]:
    """The editors, in the same way."""
    return _with_others(work, work.editors, "editor", "editors")


def people_of(work: Work) -> str:
    """The authors, else the editors, on one line as they are read aloud.

    >>> from litdb.model import Identifier
    >>> said = '{"form": "bib", "type": "book", "fields": {"editor": "Knuth, Donald and others"}}'
    >>> names = (Name("Knuth", "Donald"),)
    >>> people_of(Work(Identifier("isbn", "x"), (), "k", "book", "", editors=names, entries=(said,)))
    'Donald Knuth et al.'
    """
    names = authors(work) or editors(work)
    known = named(names)
    return ", ".join(name.display for name in known) + (" et al." if len(known) < len(names) else "")


def cut_lists(work: Work) -> frozenset[Role]:
    """Which of its lists of people leave somebody out."""
    lists: Mapping[Role, Sequence[Name]] = {"author": authors(work), "editor": editors(work)}
    return frozenset(role for role, names in lists.items() if len(named(names)) < len(names))


def _with_others(work: Work, names: tuple[Name, ...], role: Role, field: Field) -> tuple[Name, ...]:
    """A better source may name them all, so what the user says counts only for the user's own list."""
    if not names or not any(map(_SIGN.search, work.entries)):
        return names
    cut = (said for said in map(json.loads, work.entries) if leaves_out(said, role))
    is_cut = any(_named(said, field) == tuple(name.bare for name in names) for said in cut)
    return (*names, OTHERS) if is_cut else names


def _named(said: Mapping[str, Any], field: Field) -> tuple[Name, ...]:
    claims = (claim for claim in _claims(said) if claim.field == field)
    return tuple(name.bare for claim in islice(claims, 1) for name in claim.people)


def _claims(said: Mapping[str, Any]) -> Sequence[Claim]:
    if said["form"] == "bib":
        return entry_claims(BibEntry(said["type"], "", said["fields"], 0, 0), "")
    return item_claims(said["item"]) if said["form"] == "csl-json" else record_claims(said["tags"])
