"""Named questions of the pictures: when works and notes are from, and what is near what."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from litdb.database.browsing import Row, cited_often, rows

NodeKind = Literal["note", "work"]


class Spot(NamedTuple):
    """A node of the graph: a note or a work, by its row."""

    kind: NodeKind
    row: int


class Near(NamedTuple):
    """Nodes beside others: those that have most ties to them first, and how many there are in all."""

    spots: Sequence[Spot]
    total: int


class Link(NamedTuple):
    """`source` is `kind` `target`; a note `cites` works. `said_by` are the sources of a relation."""

    source: Spot
    kind: str
    target: Spot
    said_by: str = ""


Facts: TypeAlias = Mapping[Spot, Row]

_COLUMNS = {"type": "type", "site": "container"}


def dated(connection: sqlite3.Connection, ids: Sequence[int], when: str = "") -> list[Row]:
    """Those of these works that are from a day, month or year, by date; without one all that have a date.

    Of each its id, key, identifier, label, date, type, site, mentions.
    """
    return rows(
        connection,
        "SELECT id, key, identifier, label, date, type, container AS site, mentions FROM works "
        "WHERE id IN (SELECT value FROM json_each(?)) AND substr(date, 1, ?) = ? ORDER BY date, key",
        (json.dumps(list(ids)), len(when), when),
    )


def counted(
    connection: sqlite3.Connection, ids: Sequence[int], when: str, size: int, column: Literal["type", "site"]
) -> dict[tuple[str, str], int]:
    """How many of these works are from each month or day (dates of `size` characters) of `when`, by type or site."""
    found = connection.execute(
        f"SELECT substr(date, 1, ?), coalesce({_COLUMNS[column]}, ''), count(*) FROM works "  # noqa: S608 - own names
        "WHERE id IN (SELECT value FROM json_each(?)) AND substr(date, 1, ?) = ? AND length(date) >= ? GROUP BY 1, 2",
        (size, json.dumps(list(ids)), len(when), when, size),
    )
    return {(date, label): number for date, label, number in found}


def days_of_notes(connection: sqlite3.Connection) -> dict[str, str]:
    """By path the day that a note says of itself; notes that say none are left out."""
    return dict(connection.execute("SELECT path, date FROM notes WHERE date > ''"))


_NEAR = """
    WITH tied(kind, id) AS (
        SELECT 'work', object FROM relations WHERE subject IN (SELECT value FROM json_each(:works))
         UNION ALL SELECT 'work', subject FROM relations WHERE object IN (SELECT value FROM json_each(:works))
         UNION ALL SELECT 'note', note FROM mentions WHERE work IN (SELECT value FROM json_each(:works))
         UNION ALL SELECT 'work', work FROM mentions WHERE note IN (SELECT value FROM json_each(:notes))
                          AND work IS NOT NULL),
         counted AS (SELECT kind, id, count(*) AS ties FROM tied GROUP BY kind, id),
         ranked AS (SELECT kind, counted.id, count(*) OVER () AS of,
                           row_number() OVER (PARTITION BY kind ORDER BY ties DESC, mentions DESC, counted.id) AS place
                      FROM counted LEFT JOIN works ON kind = 'work' AND works.id = counted.id)
    SELECT kind, id, of FROM ranked ORDER BY place, kind LIMIT :most"""


def near(connection: sqlite3.Connection, spots: Collection[Spot], most: int) -> Near:
    """What is tied to any of these nodes, notes and works in turn, at most so many."""
    values = {**_rows(spots), "most": most}
    found = list(connection.execute(_NEAR, values))
    return Near([Spot(kind, row) for kind, row, _ in found], found[0][2] if found else 0)


def links_among(connection: sqlite3.Connection, spots: Collection[Spot]) -> list[Link]:
    """How these nodes are tied to each other: relations of works, then notes with the works that they cite."""
    values = _rows(spots)
    related = connection.execute(
        "SELECT subject, kind, object, group_concat(DISTINCT source) FROM relations "
        "WHERE subject IN (SELECT value FROM json_each(:works)) AND +object IN (SELECT value FROM json_each(:works)) "
        "AND subject <> object GROUP BY subject, kind, object ORDER BY subject, kind, object",
        values,
    )
    cited = connection.execute(
        "SELECT DISTINCT note, work FROM mentions WHERE note IN (SELECT value FROM json_each(:notes)) "
        "AND +work IN (SELECT value FROM json_each(:works)) ORDER BY note, work",
        values,
    )
    return [
        *(Link(Spot("work", one), kind, Spot("work", other), said_by) for one, kind, other, said_by in related),
        *(Link(Spot("note", note), "cites", Spot("work", work)) for note, work in cited),
    ]


def facts_of(connection: sqlite3.Connection, spots: Collection[Spot]) -> Facts:
    """What these nodes are: of a work key, identifier, label, people, date, cited; of a note path, title, date."""
    values = _rows(spots)
    works = rows(
        connection,
        "SELECT id, key, identifier, label, people, date, cited FROM works "
        "WHERE id IN (SELECT value FROM json_each(:works))",
        values,
    )
    notes = rows(
        connection,
        "SELECT id, path, title, date FROM notes WHERE id IN (SELECT value FROM json_each(:notes))",
        values,
    )
    return {
        **{Spot("work", row["id"]): row for row in works},
        **{Spot("note", row["id"]): row for row in notes},
    }


def most_cited(connection: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[Spot, int]]:
    """These works, each with how often notes cite it, in this order."""
    often = cited_often(connection, ids)
    return [(Spot("work", each), often[each]) for each in ids]


def most_related(connection: sqlite3.Connection, most: int) -> list[tuple[Spot, int]]:
    """The works with the most relations to others, each with their number."""
    found = connection.execute(
        "SELECT id, count(*) AS ties FROM (SELECT subject AS id FROM relations UNION ALL SELECT object FROM relations) "
        "GROUP BY id ORDER BY ties DESC, id LIMIT ?",
        (most,),
    )
    return [(Spot("work", row), ties) for row, ties in found]


def longest_notes(connection: sqlite3.Connection, most: int) -> list[tuple[Spot, int]]:
    """The notes with the most mentions, each with their number."""
    found = connection.execute("SELECT id, mentions FROM notes ORDER BY mentions DESC, path LIMIT ?", (most,))
    return [(Spot("note", row), mentions or 0) for row, mentions in found]


def _rows(spots: Collection[Spot]) -> dict[str, str | int]:
    return {f"{kind}s": json.dumps([each.row for each in spots if each.kind == kind]) for kind in ("work", "note")}
