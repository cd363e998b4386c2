"""Named questions of the pages: about one work, note or person, by row id, so that size does not matter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeAlias

from litdb.database.connection import APPLICATION_ID
from litdb.model import Identifier

Row: TypeAlias = dict[str, Any]

named = sqlite3.Row
"""The row factory that these questions expect of a connection."""

ALL = -1
"""How many rows there may be where none is to be left out (sqlite.org/lang_select.html, “The LIMIT clause”)."""

_NEAR = 2000
"""So many keys with the same beginning are looked at for the near ones."""


def is_library(connection: sqlite3.Connection) -> bool:
    """Whether this is a litdb library, and not one of a litdb too old for these questions."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return False
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'references_in_words'").fetchone() is not None


def work_id(connection: sqlite3.Connection, name: str, identifier: Identifier | None = None) -> int | None:
    """The row of the work with this key, now or before, case aside if need be, or with this identifier.

    Without an identifier the name itself may be one.
    """
    identifier = identifier or Identifier.parse(name)
    for query, values in (
        ("SELECT work FROM keys WHERE key = ?", (name,)),
        ("SELECT work FROM identifiers WHERE scheme = ? AND value = ?", (identifier.scheme, identifier.value)),
        ("SELECT work FROM keys WHERE key = ? COLLATE NOCASE", (name,)),
    ):
        row = connection.execute(query, values).fetchone()
        if row and row[0] is not None:
            return int(row[0])
    return None


def row_of(connection: sqlite3.Connection, identifier: Identifier) -> int:
    """The row of the work that an identifier names; 0, which is no work's, where there is none."""
    query = "SELECT work FROM identifiers WHERE scheme = ? AND value = ?"
    found = connection.execute(query, (identifier.scheme, identifier.value)).fetchone()
    return int(found[0]) if found else 0


def near_keys(connection: sqlite3.Connection, name: str, most: int = 5) -> list[Row]:
    """The keys most like a name that no work has, with what they stand for: key, label."""
    keys = [
        row[0]
        for row in connection.execute(
            "SELECT key FROM keys WHERE current AND key LIKE ? ESCAPE '\\' ORDER BY key LIMIT ?",
            (f"{_literally(name[:2])}%", _NEAR),
        )
    ]
    near = get_close_matches(name, keys, most, 0.4)
    query = "SELECT key, label FROM works WHERE key IN (SELECT value FROM json_each(?))"
    found = {row["key"]: row for row in rows(connection, query, (json.dumps(near),))}
    return [found[key] for key in near if key in found]


def keys_beginning(connection: sqlite3.Connection, begun: str, most: int) -> list[Row]:
    """The keys of today that begin so, case aside, in their order: key, label."""
    query = "SELECT key, label FROM works WHERE key LIKE ? ESCAPE '\\' ORDER BY key LIMIT ?"
    return rows(connection, query, (f"{_literally(begun)}%", most))


def mentions(connection: sqlite3.Connection, work: int, most: int = ALL, after: int = 0) -> list[Row]:
    """Where the notes cite a work, in the order of the notes, `after` so many."""
    return rows(
        connection,
        "SELECT notes.path, notes.title AS note_title, notes.date AS note_date, line, column, text, sentence, locator, "
        "headings, found, mentions.url FROM mentions JOIN notes ON notes.id = mentions.note "
        "WHERE mentions.work = ? ORDER BY notes.path, line, column LIMIT ? OFFSET ?",
        (work, most, after),
    )


def claims(connection: sqlite3.Connection, work: int, most: int = ALL) -> list[Row]:
    """What is said about a work, by whom: the chosen first, field by field; last what a source has taken back."""
    return rows(
        connection,
        "SELECT field, claims.value, chosen, source, how, kind, precision, place, records.at, superseded FROM claims "
        "JOIN records ON records.id = claims.record WHERE claims.work = ? "
        "AND field <> 'entry' ORDER BY field, chosen DESC, superseded, source, how, claims.value LIMIT ?",
        (work, most),
    )


def relations(connection: sqlite3.Connection, work: int, most: int) -> list[Row]:
    """How a work relates to others, seen from it: kind, whether it is the subject, the other's key, label, date."""
    return rows(
        connection,
        "WITH seen AS (SELECT kind, 1 AS outward, object AS other, source FROM relations WHERE subject = :work "
        "UNION SELECT kind, 0, subject, source FROM relations WHERE object = :work) "
        "SELECT kind, outward, label, key, identifier, date, type, group_concat(DISTINCT source) AS sources "
        "FROM seen JOIN works ON works.id = other GROUP BY kind, outward, other "
        "ORDER BY kind = 'cites', kind, outward DESC, date, label LIMIT :most",
        {"work": work, "most": most},
    )


def in_words(connection: sqlite3.Connection, work: int, most: int) -> list[str]:
    """The references of a work of which only words are known, as they are written."""
    query = "SELECT DISTINCT text FROM references_in_words WHERE work = ? ORDER BY text LIMIT ?"
    return [row[0] for row in connection.execute(query, (work, most))]


def attempts(connection: sqlite3.Connection, work: int) -> list[Row]:
    """Who was asked about a work and how it ended."""
    return rows(
        connection,
        "SELECT source, identifier, outcome, reason, at FROM attempts WHERE work = ? ORDER BY source, identifier",
        (work,),
    )


def identifiers(connection: sqlite3.Connection, work: int) -> list[Row]:
    """All names of a work, each with the address to cite under it."""
    return rows(connection, "SELECT scheme, value, url FROM identifiers WHERE work = ? ORDER BY scheme, value", (work,))


_CHANGES = """
    WITH cited AS (SELECT notes.path, notes.date AS day, line, locator FROM mentions JOIN notes ON notes.id = note
                    WHERE work = :work),
         revised AS (SELECT substr(max(value), 1, 10) AS day FROM claims WHERE work = :work AND field = 'date'
                        AND kind IN ('this-version', 'modified') AND how NOT LIKE 'graphql:%'),
         published AS (SELECT other.date, other.url FROM relations JOIN works AS other ON other.id = object
                        WHERE subject = :work AND kind = 'version-of' AND other.type <> 'preprint'
                              AND other.date IS NOT NULL AND NOT other.cited)
    SELECT path AS note, line, 'a newer version' AS change, locator AS cited, version AS now
      FROM cited JOIN works ON works.id = :work
     WHERE version IS NOT NULL AND locator GLOB 'v[0-9]*' AND locator <> version AND locator NOT LIKE version || '#%'
     UNION
    SELECT path, line, 'revised after the note', cited.day, revised.day FROM cited JOIN revised
     WHERE length(cited.day) = 10 AND revised.day > cited.day
     UNION
    SELECT path, line, 'retitled', value, title FROM cited JOIN works ON works.id = :work
      JOIN records ON records.work = works.id AND superseded
      JOIN claims ON claims.record = records.id AND field = 'title' AND value <> title
     UNION
    SELECT path, line, CASE WHEN day IS NULL THEN 'published' ELSE 'published since' END, works.date,
           published.date || ' ' || published.url
      FROM cited JOIN works ON works.id = :work JOIN published
     WHERE type = 'preprint' AND (day IS NULL OR substr(day, 1, length(published.date)) < published.date)
     ORDER BY 1, 2, 3 LIMIT :most"""
"""The view `changed_since_cited` for one work: SQLite would work out the whole view first."""


def changes(connection: sqlite3.Connection, work: int, most: int = ALL) -> list[Row]:
    """What has changed since notes cited a work: note, line, change, what was cited, what is there now."""
    return rows(connection, _CHANGES, {"work": work, "most": most})


def note(connection: sqlite3.Connection, path: str) -> Row | None:
    """A note by its path."""
    return next(iter(rows(connection, "SELECT * FROM notes WHERE path = ?", (path,))), None)


def notes(connection: sqlite3.Connection, most: int, after: int = 0) -> list[Row]:
    """The notes by path: path, title, kind, date, mentions."""
    return rows(
        connection,
        "SELECT path, title, kind, date, mentions, problems FROM notes ORDER BY path LIMIT ? OFFSET ?",
        (most, after),
    )


def mentions_in(connection: sqlite3.Connection, note: int, most: int, after: int = 0) -> list[Row]:
    """What a note cites, in its order; a link that means no work has its `problem`."""
    return rows(
        connection,
        "SELECT line, column, text, target, mentions.url, found, sentence, headings, locator, problem, work, "
        "works.key, works.identifier, works.label, works.outcome FROM mentions LEFT JOIN works ON works.id = work "
        "WHERE mentions.note = ? ORDER BY line, column LIMIT ? OFFSET ?",
        (note, most, after),
    )


def mentions_before(connection: sqlite3.Connection, note: int, line: int) -> int:
    """How many mentions of a note stand above a line."""
    found = connection.execute("SELECT count(*) FROM mentions WHERE note = ? AND line < ?", (note, line))
    return int(found.fetchone()[0])


def works_in(connection: sqlite3.Connection, note: int) -> list[int]:
    """The cited works of a note, in its order, each once."""
    found = connection.execute(
        "SELECT work FROM mentions WHERE note = ? AND work IS NOT NULL ORDER BY line, column", (note,)
    )
    return list(dict.fromkeys(row[0] for row in found))


def works_of(connection: sqlite3.Connection, name: str) -> list[int]:
    """The works that someone of this name wrote or edited, the newest first; cited or not."""
    found = connection.execute(
        "SELECT DISTINCT works.id FROM people JOIN authorships ON person = people.id JOIN works ON works.id = work "
        "WHERE people.name = ? ORDER BY works.date IS NULL, works.date DESC, works.key",
        (name,),
    )
    return [row[0] for row in found]


def needing_attention(connection: sqlite3.Connection, most: int, after: int = 0) -> list[Row]:
    """Works that did not end well, then links that mean no work: each with the reason."""
    return rows(connection, "SELECT * FROM needs_attention LIMIT ? OFFSET ?", (most, after))


def latest_notes(connection: sqlite3.Connection, most: int) -> list[Row]:
    """The notes that say the latest days of themselves, then the others: path, title, date, mentions."""
    return rows(
        connection,
        "SELECT path, title, date, mentions FROM notes ORDER BY date IS NULL OR date = '', date DESC, path LIMIT ?",
        (most,),
    )


def orcids(connection: sqlite3.Connection, name: str) -> list[str]:
    """The ORCIDs that are known under a name."""
    found = connection.execute("SELECT DISTINCT orcid FROM people WHERE name = ? AND orcid <> '' ORDER BY 1", (name,))
    return [row[0] for row in found]


def colleagues(connection: sqlite3.Connection, name: str, most: int) -> list[Row]:
    """Who wrote most with someone: name, works."""
    return rows(
        connection,
        "SELECT other.name, count(DISTINCT theirs.work) AS works FROM people JOIN authorships own ON own.person = "
        "people.id JOIN authorships theirs ON theirs.work = own.work JOIN people other ON other.id = theirs.person "
        "WHERE people.name = :name AND other.name <> :name GROUP BY other.name ORDER BY works DESC, other.name "
        "LIMIT :most",
        {"name": name, "most": most},
    )


def cited_often(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, int]:
    """How often the notes cite works, by row."""
    query = "SELECT id, mentions FROM works WHERE id IN (SELECT value FROM json_each(?))"
    found = connection.execute(query, (json.dumps(list(ids)),))
    return {row[0]: row[1] or 0 for row in found}


def sorted_by_key(connection: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[int, str]]:
    """Those of these works that have a key: row and key, sorted by key."""
    query = "SELECT id, key FROM works WHERE id IN (SELECT value FROM json_each(?)) AND key IS NOT NULL ORDER BY key"
    return [(row[0], row[1]) for row in connection.execute(query, (json.dumps(list(ids)),))]


def mention_count(connection: sqlite3.Connection, work: int) -> int:
    """How often the notes cite a work."""
    return int(connection.execute("SELECT count(*) FROM mentions WHERE work = ?", (work,)).fetchone()[0])


def checked_addresses(connection: sqlite3.Connection, work: int) -> list[Row]:
    """What is known of whether the addresses of a work live; empty where no run has looked."""
    return rows(
        connection,
        "SELECT url, state, reason, since, at, moved_to, archived FROM addresses WHERE work = ? ORDER BY url",
        (work,),
    )


def rows(connection: sqlite3.Connection, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
    """The rows that SQL answers, by name."""
    cursor = connection.execute(query, values)
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _literally(text: str) -> str:
    r"""A text in which LIKE sees no wildcard.

    >>> _literally("a_b%")
    'a\\_b\\%'
    """
    return "".join(f"\\{each}" if each in "\\%_" else each for each in text)
