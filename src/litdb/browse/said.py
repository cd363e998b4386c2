"""What is said of a work, for people: claims field by field, people by name, conflicts marked."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from litdb.checks.conflicts import conflicts
from litdb.database.browsing import Row
from litdb.model import Name, Record

Voice: TypeAlias = tuple[str, str, str]
"""A field, the source that speaks of it, and the place in a note where a note does."""

_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:<[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"
)
_BOLD = re.compile(r"\*\*(\S[^*]*(?:\*[^*]+)*)\*\*")


@dataclass(frozen=True, slots=True)
class Said:
    """One claim: its value as people read it, who makes it, how and when; whether it `differs` from the chosen one."""

    value: str
    source: str
    how: str
    kind: str
    when: str
    chosen: bool
    superseded: bool
    differs: bool


def said_of(claims: Sequence[Row], records: Sequence[Record]) -> list[tuple[str, list[Said]]]:
    """The claims about a work under their fields. `records` are all that count, to see which of them differ."""
    differing = {_voice(each.field, each.other.record) for each in conflicts(records, {})}
    return [
        (str(field), [_said(claim, differing) for claim in group])
        for field, group in groupby(claims, key=lambda claim: claim["field"])
    ]


def spoken(sentence: str) -> str:
    """A sentence as one reads it: of links in Markdown their text, without the stars of what is bold.

    >>> spoken("See **[On *x*](https://a.example/x_(y))** and [b](<c d>), not [c].")
    'See On *x* and b, not [c].'
    """
    return _BOLD.sub(r"\1", _LINK.sub(r"\1", sentence))


def _said(claim: Row, differing: Collection[Voice]) -> Said:
    voice = (str(claim["field"]), str(claim["source"]), str(claim["place"] or ""))
    return Said(
        value=_shown(str(claim["field"]), str(claim["value"])),
        source=str(claim["source"]),
        how=str(claim["how"]),
        kind=str(claim["kind"] or ""),
        when=str(claim["place"] or "") or str(claim["at"] or "")[:10],
        chosen=bool(claim["chosen"]),
        superseded=bool(claim["superseded"]),
        differs=not claim["chosen"] and not claim["superseded"] and voice in differing,
    )


def _voice(field: str, record: Record) -> Voice:
    return field, record.source, record.place


def _shown(field: str, value: str) -> str:
    if field not in ("authors", "editors"):
        return value
    names: Sequence[Mapping[str, str]] = json.loads(value)
    return ", ".join(Name.from_json(each).display for each in names)
