"""The shelf as rows of the library: ids from content, never from the order of arrival."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, repeat

from litdb.checks.health import Health
from litdb.citations import Citation, Citations
from litdb.database.connection import row_id
from litdb.database.library import Row, Tables, Value
from litdb.merge import canonical
from litdb.model import Attempt, Identifier, Mention, Name, Note, Record, Work
from litdb.notes.markdown import is_cited
from litdb.notes.others import people_of
from litdb.people import Evidence, Persons, evidence_for
from litdb.projection import Places, Shelf, day_of

Ids = Mapping[Identifier, int]
"""The row of the work that an identifier names."""

Signature = tuple[Work, str, int, Name]
"""A name under a work: as what (author, editor), and in which place."""

HealthOf = Callable[[str, Identifier], Health | None]
"""What has become of a link that means an identifier; None for one that is not judged."""


TEXTS = (
    "key title date container url outcome reason label markup publisher abstract language volume issue pages number "
    "archive_class version note accessed type archived status"
).split()
"""What a work's row says as the work does."""


def ids_of(works: Iterable[Work]) -> Ids:
    """The row of the work that each identifier names."""
    return {each: row_id("work", str(work.identifier)) for work in works for each in work.identifiers}


def tables(shelf: Shelf, ids: Ids, health_of: HealthOf = lambda _url, _identifier: None) -> Tables:
    """Every table of the library, as the shelf says.

    Rows are made as they are taken: all of a large library would fill the memory.
    """
    persons = evidence_for(shelf.works, shelf.said)
    signed = array("q", (_person_id(name, persons(work, name)) for work, _, _, name in _signatures(shelf.works)))
    counts = _mentions_by_work(shelf.citations, ids)
    standing, superseded = (array("q", map(_record_id, each)) for each in (shelf.records, shelf.superseded))
    return {
        "notes": map(_note, shelf.notes),
        "works": (_work(work, ids[work.identifier], counts) for work in shelf.works),
        "keys": _keys(shelf.works, ids),
        "people": _people(zip(signed, _signatures(shelf.works), strict=True), persons),
        "identifiers": _identifiers(shelf, ids),
        "authorships": _authorships(zip(signed, _signatures(shelf.works), strict=True), ids),
        "relations": _relations(shelf.records, ids),
        "references_in_words": _in_words(shelf.records, ids),
        "mentions": (_mention(each, ids) for each in shelf.citations),
        "passed_over": (_passed_over(each) for note in shelf.notes for each in note.mentions if not is_cited(each)),
        "records": chain(
            _records(zip(standing, shelf.records, strict=True), ids, 0),
            _records(zip(superseded, shelf.superseded, strict=True), ids, 1),
        ),
        "claims": chain(
            _claims(zip(standing, shelf.records, shelf.chosen, strict=True), ids),
            _claims(zip(superseded, shelf.superseded, repeat(())), ids),
        ),
        "attempts": _attempts(shelf.attempts, ids),
        "addresses": _addresses(shelf, health_of),
        "kept_apart": _kept_apart(shelf, ids),
    }


def _mentions_by_work(cited: Citations, ids: Ids) -> Counter[int]:
    counts: Counter[int] = Counter()
    for place, mentions in Counter(cited.meant).items():
        if identity := cited.meanings[place].identity:
            counts[ids[identity.identifier]] += mentions
    return counts


def _note(note: Note) -> Row:
    return {
        "id": row_id("note", note.path),
        "path": note.path,
        "title": note.title or None,
        "kind": note.kind,
        "mentions": sum(map(is_cited, note.mentions)),
        "date": day_of(note) or None,
        "front_matter": _json(note.front_matter) if note.front_matter else None,
        "problems": "\n".join(note.problems) or None,
        "sha256": note.sha256,
    }


def _work(work: Work, ident: int, mentions: Mapping[int, int]) -> Row:
    row: dict[str, Value] = {name: getattr(work, name) or None for name in TEXTS}
    return row | {
        "id": ident,
        "people": people_of(work) or None,
        "year": int(work.date[:4]) if work.date else None,
        "mentions": mentions[ident],
        "cited": int(work.cited),
        "identifier": str(work.identifier),
    }


def _keys(works: Iterable[Work], ids: Ids) -> Iterator[Row]:
    for work in works:
        for key in (work.key, *work.former_keys) if work.key else ():
            yield {"key": key, "work": ids[work.identifier], "current": int(key == work.key)}


def _identifiers(shelf: Shelf, ids: Ids) -> Iterator[Row]:
    addresses = {
        record.identifier: str(claim.value)
        for record in shelf.records
        for claim in record.claims
        if record.source == "url" and claim.field == "url"
    }
    for work in shelf.works:
        for each in work.identifiers:
            yield {"scheme": each.scheme, "value": each.value, "work": ids[each], "url": addresses.get(each)}


def _signatures(works: Iterable[Work]) -> Iterator[Signature]:
    for work in works:
        for role, names in (("author", work.authors), ("editor", work.editors)):
            for position, name in enumerate(names, 1):
                yield work, role, position, name


def _person_id(name: Name, evidence: Evidence) -> int:
    return row_id("person", *evidence, canonical(name.bare.as_json()))


def _people(signed: Iterable[tuple[int, Signature]], persons: Persons) -> Iterator[Row]:
    """A row for every person and way of writing the name; a person without evidence has one in every work."""
    found: dict[int, tuple[Name, str | None]] = {}
    for ident, (work, _, _, name) in signed:
        evidence = persons(work, name)
        found[ident] = name, evidence[1] if evidence[0] == "orcid" else None
    for shown, ident in sorted((name.display, ident) for ident, (name, _) in found.items()):
        name, orcid = found[ident]
        yield {
            "id": ident,
            "name": shown,
            "family": name.family or None,
            "given": name.given or None,
            "particle": name.particle or None,
            "suffix": name.suffix or None,
            "literal": name.literal or None,
            "orcid": orcid,
        }


def _authorships(signed: Iterable[tuple[int, Signature]], ids: Ids) -> Iterator[Row]:
    for person, (work, role, position, _) in signed:
        yield {"work": ids[work.identifier], "role": role, "position": position, "person": person}


def _relations(records: Iterable[Record], ids: Ids) -> Iterator[Row]:
    for record in records:
        for each in record.relations:
            subject, cited = ids[each.subject], ids[each.object]
            if each.kind == "cites" and subject == cited:
                continue
            parts = (str(each.subject), each.kind, str(each.object), record.source, each.how)
            yield {
                "id": row_id("relation", *parts),
                "subject": subject,
                "kind": each.kind,
                "object": cited,
                "source": record.source,
                "how": each.how,
                "address": each.url or None,
                "text": each.text or None,
                "words": each.words or None,
                "at": record.at or None,
            }


def _in_words(records: Iterable[Record], ids: Ids) -> Iterator[Row]:
    """References that no known work can be told from."""
    for record in records:
        for each in record.loose:
            yield {
                "id": row_id("reference in words", str(each.subject), record.source, each.how, each.text),
                "work": ids[each.subject],
                "text": each.text,
                "words": each.words or None,
                "source": record.source,
                "how": each.how,
                "at": record.at or None,
            }


def _mention(citation: Citation, ids: Ids) -> Row:
    mention, identity, problem = citation
    dates = [str(claim.value) for claim in mention.asserted if claim.field == "date"]
    people = [claim for claim in mention.asserted if claim.field == "authors"]
    return {
        "id": row_id("mention", mention.note, str(mention.line), str(mention.column), mention.target, mention.found),
        "note": row_id("note", mention.note),
        "work": ids[identity.identifier] if identity else None,
        "line": mention.line,
        "column": mention.column,
        "end_line": mention.end_line,
        "end_column": mention.end_column,
        "target": mention.target,
        "url": mention.url or None,
        "text": mention.text or None,
        "found": mention.found,
        "headings": _json(mention.headings) if mention.headings else None,
        "sentence": mention.sentence or None,
        "locator": (identity.locator if identity else "") or None,
        "asserted_date": dates[0] if dates else None,
        "asserted_people": ", ".join(name.display for claim in people for name in claim.people) or None,
        "problem": problem or None,
    }


def _passed_over(mention: Mention) -> Row:
    return {
        "id": row_id("passed over", mention.note, str(mention.line), str(mention.column), mention.target),
        "note": row_id("note", mention.note),
        "line": mention.line,
        "column": mention.column,
        "target": mention.target,
        "text": mention.text or None,
        "found": mention.found,
    }


def _record_id(record: Record) -> int:
    said = canonical([[c.field, c.kind, c.value, c.how] for c in record.claims])
    return row_id("record", record.source, str(record.identifier), record.place, record.answer, said)


def _records(numbered: Iterable[tuple[int, Record]], ids: Ids, superseded: int) -> Iterator[Row]:
    for ident, record in numbered:
        yield {
            "id": ident,
            "work": ids[record.identifier],
            "source": record.source,
            "identifier": str(record.identifier),
            "place": record.place or None,
            "answer": record.answer or None,
            "at": record.at or None,
            "superseded": superseded,
        }


def _claims(numbered: Iterable[tuple[int, Record, Places]], ids: Ids) -> Iterator[Row]:
    """The claims of records, each with its id and the places of those claims that were chosen."""
    for ident, record, chosen in numbered:
        whose = {"record": ident, "work": ids[record.identifier]}
        for place, claim in enumerate(record.claims):
            yield {
                **whose,
                "id": row_id("claim", str(ident), str(place)),
                "field": claim.field,
                "kind": claim.kind or None,
                "value": claim.value if isinstance(claim.value, str) else canonical(claim.value),
                "precision": claim.precision or None,
                "how": claim.how,
                "markup": claim.markup,
                "position": place,
                "chosen": int(place in chosen),
            }
        if record.entry:
            yield {
                **whose,
                "id": row_id("claim", str(ident), "entry"),
                "field": "entry",
                "kind": None,
                "value": record.entry,
                "precision": None,
                "how": f"{record.source}:entry",
                "markup": "plain",
                "position": len(record.claims),
                "chosen": 0,
            }


def _attempts(attempts: Iterable[Attempt], ids: Ids) -> Iterator[Row]:
    for each in attempts:
        if each.identifier in ids:
            yield {
                "id": row_id("attempt", str(each.identifier), each.source),
                "work": ids[each.identifier],
                "identifier": str(each.identifier),
                "source": each.source,
                "outcome": each.outcome,
                "reason": each.reason or None,
                "answer": each.answer or None,
                "at": each.at,
            }


def _addresses(shelf: Shelf, health_of: HealthOf) -> Iterator[Row]:
    """The links of the notes, each address once."""
    links = {each.url: each.identity for each in shelf.citations.distinct if each.url and each.identity}
    for url, identity in sorted(links.items()):
        work = shelf.work_of.get(identity.identifier)
        health = health_of(url, identity.identifier) if work and not identity.not_a_work else None
        if work and health:
            yield {
                "url": url,
                "work": row_id("work", str(work.identifier)),
                "state": health.state,
                "reason": health.reason or None,
                "since": health.since or None,
                "at": health.looked_at or None,
                "moved_to": health.moved_to or None,
                "archived": work.archived or None,
            }


def _kept_apart(shelf: Shelf, ids: Ids) -> Iterator[Row]:
    """What somebody calls the same, and two works all the same."""
    for one, other in shelf.apart:
        yield {"one": str(one), "other": str(other), "work": ids[one], "other_work": ids[other]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
