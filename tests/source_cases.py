"""Cases of sources as files: what was asked, what came back, and what must be read from it."""

from __future__ import annotations

import json
from pathlib import Path

from litdb.model import Answer, Claim, Identifier, Reading, Record, Relation, Request, Target

CASES = Path(__file__).parent / "sources"


def cases_of(name):
    """The case folders of a source, by name."""
    return sorted(path for path in (CASES / name).iterdir() if path.is_dir())


def expected_of(case):
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


def answer_of(case, source, body_name):
    """The answer that a case is about, to the source's own question."""
    expected = expected_of(case)
    asked = [Target(Identifier.parse(name), tuple(urls)) for name, urls in expected["asked"].items()]
    (request,) = source.plan(asked)
    return answer_to(request, (case / body_name).read_bytes(), expected["status"])


def answer_to(request, body, status=200, **changes):
    return Answer(request, status, {}, body, request.url, "2026-11-21T04:00:00Z", **changes)


def request_of(source_name, *identifiers, url="https://example.org/", step="ask"):
    return Request(source_name, url, tuple(Target(Identifier.parse(each)) for each in identifiers), step)


def plain(reading: Reading):
    """A reading as JSON for people: claims by field and kind, relations and further requests as sentences."""
    return {
        "outcomes": {str(identifier): list(outcome) for identifier, outcome in reading.outcomes.items()},
        "then": [{"asked": [str(target.identifier) for target in each.asked]} for each in reading.then],
        "records": [plain_record(record) for record in reading.records],
    }


def plain_record(record: Record):
    return {
        "identifier": str(record.identifier),
        "claims": [plain_claim(claim) for claim in record.claims],
        "relations": [plain_relation(relation) for relation in record.relations],
    }


def plain_claim(claim: Claim):
    """`["date posted", "2022-08-30T…", "graphql:postedAt"]`; people as they are read aloud."""
    marks = (claim.kind, claim.markup if claim.markup != "plain" else "")
    return [" ".join(filter(None, (claim.field, *marks))), plain_value(claim.value), claim.how]


def plain_value(value):
    return [name.get("literal") or name for name in value] if isinstance(value, list) else value


def plain_relation(relation: Relation):
    return f"{relation.subject} {relation.kind} {relation.object} ({relation.how})"
