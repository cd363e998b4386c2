"""Named questions to the library, answered as values."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import get_args

from litdb.database import browsing, finding
from litdb.database.works import works_by_id
from litdb.model import Identifier, Outcome, Work

Row = Mapping[str, "int | str | None"]

_NO_LISTS = "('bib', 'csl-json', 'ris')"
"""The kinds of notes that are bibliographies."""


PUBLISHED = """\
        SELECT works.key, works.label, notes.path, mentions.line,
               CASE WHEN notes.date IS NULL THEN 'published' ELSE 'published since' END, works.date,
               published.date || ' ' || published.url
          FROM mentions JOIN notes ON notes.id = mentions.note JOIN works ON works.id = mentions.work
          JOIN relations ON relations.subject = works.id AND relations.kind = 'version-of'
          JOIN works AS published ON published.id = relations.object
         WHERE works.type = 'preprint' AND published.type <> 'preprint' AND NOT published.cited
               AND (notes.date IS NULL OR substr(notes.date, 1, length(published.date)) < published.date)
               AND published.date IS NOT NULL"""
"""The preprints that are published by now: key, title, note, line, change, the day cited, day and address of today."""


def works(connection: sqlite3.Connection, where: str = "cited", values: Sequence[object] = ()) -> list[Work]:
    """The works that a condition takes (on `works`' columns), in the order of their keys."""
    rows = connection.execute(f"SELECT id FROM works WHERE {where} ORDER BY key, id", tuple(values))  # noqa: S608
    return [*works_by_id(connection, [row[0] for row in rows]).values()]


_BY_IDENTIFIER = (
    "SELECT id FROM works WHERE cited ORDER BY substr(identifier, 1, instr(identifier, ':') - 1), "
    "substr(identifier, instr(identifier, ':') + 1)"
)
_AT_ONCE = 500


def cited_works(connection: sqlite3.Connection) -> Iterator[Work]:
    """All cited works in the order of their identifiers, of which a few hundred are held at a time."""
    ids = [row[0] for row in connection.execute(_BY_IDENTIFIER)]
    for start in range(0, len(ids), _AT_ONCE):
        yield from works_by_id(connection, ids[start : start + _AT_ONCE]).values()


_CITED_IN = (
    "SELECT notes.path, works.identifier FROM mentions JOIN notes ON notes.id = mentions.note "
    "JOIN works ON works.id = mentions.work WHERE works.cited AND {} "
    "ORDER BY notes.path, mentions.line, mentions.column"
)


def works_by_note(connection: sqlite3.Connection, cited: Iterable[Work]) -> dict[str, list[Work]]:
    """Of the cited works those of each note, each once in its order; bibliographies are lists themselves."""
    found = {str(work.identifier): work for work in cited}
    by_note: dict[str, list[Work]] = {path: [] for path in listed_notes(connection)}
    rows = connection.execute(_CITED_IN.format(f"notes.kind NOT IN {_NO_LISTS}"))
    for path, here in groupby(rows, itemgetter(0)):
        by_note[path] = [found[each] for each in dict.fromkeys(identifier for _, identifier in here)]
    return by_note


def works_of_note(
    connection: sqlite3.Connection, path: str, where: str = "cited", values: Sequence[object] = ()
) -> list[Work]:
    """The works that a note cites and a condition takes, in the order of the note, each once."""
    there = "id IN (SELECT work FROM mentions JOIN notes ON notes.id = mentions.note WHERE notes.path = ?)"
    found = {str(work.identifier): work for work in works(connection, f"{there} AND {where}", (path, *values))}
    rows = connection.execute(_CITED_IN.format("notes.path = ?"), (path,))
    return [found[each] for each in dict.fromkeys(row["identifier"] for row in rows) if each in found]


def work_named(connection: sqlite3.Connection, name: str, identifier: Identifier) -> Work | None:
    """The work with this key, now or before (case aside), or with this identifier."""
    row = browsing.work_id(connection, name, identifier)
    return works_by_id(connection, [row]).get(row) if row is not None else None


def first_identifier(connection: sqlite3.Connection, identifier: Identifier) -> Identifier | None:
    """What the work goes by that an identifier names; None where there is no such work."""
    query = "SELECT identifier FROM works JOIN identifiers ON work = id WHERE scheme = ? AND value = ?"
    row = connection.execute(query, identifier).fetchone()
    return Identifier.parse(row[0]) if row else None


def identifiers_by_key(connection: sqlite3.Connection) -> dict[str, Identifier]:
    """The works by their keys of today, these in lower case."""
    rows = connection.execute("SELECT key, identifier FROM works WHERE key IS NOT NULL")
    return {key.lower(): Identifier.parse(identifier) for key, identifier in rows}


def note_paths(connection: sqlite3.Connection) -> list[str]:
    """The notes of the library, by path."""
    return [row[0] for row in connection.execute("SELECT path FROM notes ORDER BY path")]


def listed_notes(connection: sqlite3.Connection) -> list[str]:
    """The notes that can have a list of references: all but bibliographies, which are such lists."""
    query = f"SELECT path FROM notes WHERE kind NOT IN {_NO_LISTS} ORDER BY path"  # noqa: S608
    return [row[0] for row in connection.execute(query)]


def cited_elsewhere(connection: sqlite3.Connection, path: str) -> set[Identifier]:
    """The works that other notes than this one cite, by their first identifiers."""
    rows = connection.execute(
        "SELECT DISTINCT works.identifier FROM mentions JOIN notes ON notes.id = mentions.note "
        "JOIN works ON works.id = mentions.work WHERE works.cited AND notes.path <> ?",
        (path,),
    )
    return {Identifier.parse(row[0]) for row in rows}


def keys_given_elsewhere(connection: sqlite3.Connection, path: str) -> dict[Identifier, str]:
    """The works that go by the key that another bibliography than this one gives them, by first identifiers."""
    rows = connection.execute(
        "SELECT DISTINCT works.identifier, works.key FROM mentions JOIN notes ON notes.id = mentions.note "
        "JOIN works ON works.id = mentions.work "
        "WHERE mentions.found = 'bib-entry' AND mentions.target = '@' || works.key AND notes.path <> ?",
        (path,),
    )
    return {Identifier.parse(row[0]): row[1] for row in rows}


def entry_keys(connection: sqlite3.Connection) -> dict[str, Identifier]:
    """The keys that bibliographies give to works, with the first identifier of each; the first counts."""
    rows = connection.execute(
        "SELECT mentions.target, works.identifier FROM notes JOIN mentions ON mentions.note = notes.id "  # noqa: S608
        f"JOIN works ON works.id = mentions.work WHERE notes.kind IN {_NO_LISTS} AND mentions.target LIKE '@%' "
        "ORDER BY notes.path DESC, mentions.line DESC, mentions.column DESC"
    )
    return {target[1:]: Identifier.parse(identifier) for target, identifier in rows}


def relations_of(connection: sqlite3.Connection, identifier: Identifier) -> Sequence[Row]:
    """How a work relates to others: subject and object by label and key, kind, source."""
    return browsing.rows(
        connection,
        "WITH this AS (SELECT id FROM works WHERE identifier = :work) "
        "SELECT one.label AS subject, one.key AS subject_key, relations.kind, other.label AS object, "
        "other.key AS object_key, other.url, relations.source, relations.how FROM relations "
        "JOIN works one ON one.id = subject JOIN works other ON other.id = object "
        "WHERE (subject IN this OR object IN this) AND relations.kind <> 'cites' "
        "ORDER BY relations.kind, one.label, other.label, relations.source",
        {"work": str(identifier)},
    )


def published(connection: sqlite3.Connection) -> Sequence[Row]:
    """The preprints that notes cite and that are published by now: key, change (`published since`), now."""
    found = f"WITH found (key, title, note, line, change, cited, now) AS ({PUBLISHED})"
    query = f"{found} SELECT key, max(change) AS change, now FROM found GROUP BY key, now ORDER BY key, now"  # noqa: S608
    return browsing.rows(connection, query)


def outcomes(connection: sqlite3.Connection) -> dict[str, int]:
    """How many cited works ended in which outcome, the best first."""
    counts = dict(connection.execute("SELECT outcome, count(*) FROM works WHERE cited GROUP BY outcome").fetchall())
    return {each: counts[each] for each in get_args(Outcome) if each in counts}


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many notes, mentions, distinct addresses and cited works there are."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM mentions), "
        "(SELECT count(DISTINCT url) FROM mentions), (SELECT count(*) FROM works WHERE cited)"
    ).fetchone()
    return dict(zip(("notes", "mentions", "urls", "works"), row, strict=True))


def needing_attention(connection: sqlite3.Connection) -> Sequence[Row]:
    """What is not as good as it should be, with the reason, and where a note has it: of a work the first place."""
    return browsing.rows(
        connection,
        "WITH bad AS MATERIALIZED (SELECT * FROM needs_attention),"
        "first AS (SELECT works.key, notes.path, mentions.line, row_number() OVER "
        "  (PARTITION BY works.id ORDER BY notes.path, mentions.line, mentions.column) AS place"
        "  FROM bad JOIN works ON works.key = bad.key JOIN mentions ON mentions.work = works.id"
        "  JOIN notes ON notes.id = mentions.note)"
        "SELECT bad.key, bad.title, bad.url, bad.outcome, bad.reason, coalesce(bad.note, first.path) AS note, "
        "  coalesce(bad.line, first.line) AS line"
        "  FROM bad LEFT JOIN first ON first.key = bad.key AND first.place = 1"
        "  ORDER BY bad.outcome, bad.key, bad.note, bad.line",
    )


def search(connection: sqlite3.Connection, words: str, most: int) -> list[tuple[Work, str]]:
    """Cited works in whose texts or mentions all the words occur, the best first, each with a snippet."""
    query = finding.match_expression(connection, words)
    if not query:
        return []
    rows = connection.execute(
        "SELECT identifier, min(rank), snippet FROM ("
        "  SELECT works.identifier, works_fts.rank, snippet(works_fts, -1, '[', ']', '…', 12) AS snippet"
        "    FROM works_fts JOIN works ON works.id = works_fts.rowid WHERE works_fts MATCH :words AND works.cited"
        "  UNION ALL"
        "  SELECT works.identifier, mentions_fts.rank, snippet(mentions_fts, -1, '[', ']', '…', 12)"
        "    FROM mentions_fts JOIN mentions ON mentions.id = mentions_fts.rowid"
        "    JOIN works ON works.id = mentions.work WHERE mentions_fts MATCH :words AND works.cited"
        ") GROUP BY identifier ORDER BY min(rank), identifier LIMIT :most",
        {"words": query, "most": most},
    ).fetchall()
    there = "identifier IN (SELECT value FROM json_each(?))"
    found = {str(work.identifier): work for work in works(connection, there, (json.dumps([row[0] for row in rows]),))}
    return [(found[row[0]], row[2]) for row in rows]


def number_found(connection: sqlite3.Connection, words: str) -> int:
    """How many cited works `search` finds when nothing limits it."""
    query = finding.match_expression(connection, words)
    if not query:
        return 0
    row = connection.execute(
        "SELECT count(*) FROM works WHERE cited AND id IN ("
        "  SELECT rowid FROM works_fts WHERE works_fts MATCH :words UNION ALL"
        "  SELECT work FROM mentions_fts JOIN mentions ON mentions.id = mentions_fts.rowid"
        "   WHERE mentions_fts MATCH :words)",
        {"words": query},
    ).fetchone()
    return int(row[0])
