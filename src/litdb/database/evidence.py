"""The evidence behind the works: records with their claims as they were projected, and what ties works together."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from litdb.model import Claim, Identifier, Record

CLAIMS = """
    SELECT works.identifier AS work, records.id, records.source, records.identifier, records.place, records.answer,
           records.at, claims.field, claims.kind, claims.value, claims.precision, claims.how, claims.markup
      FROM records JOIN works ON works.id = records.work
           LEFT JOIN claims ON claims.record = records.id AND claims.field <> 'entry'"""
"""Every claim with its record and its work; `read_records` wants them `IN_ORDER`."""

IN_ORDER = " ORDER BY works.identifier, records.id, claims.position"

_NOT_TAKEN_BACK = f"{CLAIMS} WHERE NOT records.superseded AND "


def records_of(connection: sqlite3.Connection, identifier: Identifier) -> list[Record]:
    """What is said about the work that an identifier names, by whom, without what the same source has taken back since.

    Claims and order are those of the projection, so that choosing again chooses the same. `same`, `relations`
    and `entry` of the records are not kept there, or not for this, and so are empty.
    """
    where = "works.id = (SELECT work FROM identifiers WHERE scheme = ? AND value = ?)"
    rows = connection.execute(_NOT_TAKEN_BACK + where + IN_ORDER, (identifier.scheme, identifier.value))
    return sorted(read_records(rows), key=_order)


def records_by_work(connection: sqlite3.Connection) -> dict[Identifier, list[Record]]:
    """The same for every cited work, by its first identifier."""
    rows = connection.execute(f"{_NOT_TAKEN_BACK} works.cited {IN_ORDER}")
    by_work = groupby(rows, key=lambda row: row["work"])
    return {Identifier.parse(work): sorted(read_records(found), key=_order) for work, found in by_work}


def asserting_mentions(connection: sqlite3.Connection) -> Mapping[tuple[str, str], Sequence[sqlite3.Row]]:
    """The mentions beside which a note says something, by work and place (`note.md:12`).

    Each row has path, line, column, sentence, asserted_date and asserted_people.
    """
    found: dict[tuple[str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(
        "SELECT DISTINCT works.identifier, records.place, notes.path, mentions.line, mentions.column, "
        "mentions.sentence, mentions.asserted_date, mentions.asserted_people FROM mentions "
        "JOIN notes ON notes.id = mentions.note JOIN works ON works.id = mentions.work "
        "JOIN records ON records.work = works.id AND records.source = 'note' "
        "AND records.place = notes.path || ':' || mentions.line ORDER BY notes.path, mentions.line, mentions.column"
    ):
        found[row["identifier"], row["place"]].append(row)
    return found


def related_works(connection: sqlite3.Connection) -> list[tuple[Identifier, Identifier]]:
    """Pairs of works that are tied by what they are to each other; citing is no tie."""
    rows = connection.execute(
        "SELECT DISTINCT one.identifier, other.identifier FROM relations JOIN works one ON one.id = subject "
        "JOIN works other ON other.id = object WHERE relations.kind <> 'cites'"
    )
    return [(Identifier.parse(one), Identifier.parse(other)) for one, other in rows]


def count_told(connection: sqlite3.Connection, beginning: str, place: str) -> int:
    """Of how many cited works records tell whose source begins so, from a place before a colon."""
    row = connection.execute(
        "SELECT count(DISTINCT works.id) FROM records JOIN works ON works.id = records.work AND works.cited "
        "WHERE substr(records.source, 1, length(?1)) = ?1 AND substr(records.place, 1, length(?2)) = ?2",
        (beginning, f"{place}: "),
    ).fetchone()
    return int(row[0])


def read_records(rows: Iterable[sqlite3.Row]) -> Iterator[Record]:
    for _, group in groupby(rows, key=lambda row: row["id"]):
        found = list(group)
        first = found[0]
        yield Record(
            source=first["source"],
            identifier=Identifier.parse(first["identifier"]),
            claims=tuple(_claim(row) for row in found if row["field"]),
            at=first["at"] or "",
            answer=first["answer"] or "",
            place=first["place"] or "",
        )


def _claim(row: sqlite3.Row) -> Claim:
    value = row["value"]
    return Claim(
        field=row["field"],
        value=json.loads(value) if row["field"] in ("authors", "editors") else value,
        how=row["how"],
        kind=row["kind"] or "",
        precision=row["precision"] or "",
        markup=row["markup"] or "plain",
    )


def _order(record: Record) -> tuple[str, ...]:
    """As `litdb.projection.record_order`, which this room may not know."""
    said = [[claim.field, claim.value, claim.how, claim.kind] for claim in record.claims]
    claims = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return record.source, str(record.identifier), record.place, record.at, record.answer, claims
