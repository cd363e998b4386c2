"""One fact, and the line that says it: what a source said of an identifier, at one time, and where that can be checked.

The format is described in docs/facts.md and docs/facts.schema.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from litdb.model import Claim, Json, Outcome, Record, Relation

FORMAT = 1
"""The version of the format, which every line carries, so that lines of several versions can lie in one file."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a record says, the address that it was read from, and how asking ended where that belongs to it.

    `record.answer` is the SHA-256 of the bytes that came, in hexadecimal.
    """

    record: Record
    read: str
    outcome: Outcome | Literal[""] = ""


def says_something(record: Record) -> bool:
    """Whether anything is said in a record that can be shared."""
    return bool(record.claims or record.same or record.relations)


def to_line(fact: Fact) -> str:
    """The fact as one line of canonical JSON, which begins with what it is about; equal facts are equal lines.

    >>> from litdb.model import Identifier
    >>> to_line(Fact(Record("arxiv", Identifier("arxiv", "1"), at="2026-11-21T00:00:00Z"), "https://x.org/", "ok"))
    '{"about":"arxiv:1","answer":"","at":"2026-11-21T00:00:00Z","facts":1,"outcome":"ok","read":"https://x.org/","source":"arxiv"}'
    """
    record = fact.record
    said: dict[str, Json] = {
        "claims": [claim_json(each) for each in record.claims],
        "outcome": fact.outcome,
        "same": [str(each) for each in record.same],
        "ties": [_tie(each) for each in record.relations],
    }
    evidence: dict[str, Json] = {
        "about": str(record.identifier),
        "answer": record.answer,
        "at": record.at,
        "facts": FORMAT,
        "read": fact.read,
        "source": record.source,
    }
    whole = evidence | {key: value for key, value in said.items() if value}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def claim_json(claim: Claim) -> Mapping[str, Json]:
    """A claim without what goes without saying."""
    markup = "" if claim.markup == "plain" else claim.markup
    said = {"kind": claim.kind, "precision": claim.precision, "markup": markup}
    told = {key: value for key, value in said.items() if value}
    return {"field": claim.field, "value": claim.value, "how": claim.how, **told}


def _tie(relation: Relation) -> Json:
    return {
        "subject": str(relation.subject),
        "kind": relation.kind,
        "object": str(relation.object),
        "how": relation.how,
    }
