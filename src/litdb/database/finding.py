"""Named questions of lists and search: what the catalogue is made from, and in which rows words are found."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from litdb.database.browsing import Row, rows

ORDERS: Mapping[str, str] = {
    "newest": "date IS NULL, date DESC, key",
    "oldest": "date IS NULL, date, key",
    "title": "label COLLATE NOCASE, key",
    "author": "people IS NULL, people COLLATE NOCASE, date, key",
    "mentions": "mentions DESC, key",
    "site": "container IS NULL, container COLLATE NOCASE, date DESC, key",
}
"""How the reference list can be sorted."""

_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Letters of scripts that part no words, kana and Han. Their runs are words of the index."""
_SEARCHED = ("works", "mentions")
_MOST_RUNS = 500


def match_expression(connection: sqlite3.Connection, words: str) -> str:
    """Words as an FTS5 query for all of them, in which nothing is an operator (sqlite.org/fts5.html, section 3.1).

    A word of Chinese or Japanese is looked for within the runs that the index has; empty where there is no word.
    """
    return " AND ".join(f"({' OR '.join(_within(connection, word))})" for word in re.findall(r"\w+", words))


def _within(connection: sqlite3.Connection, word: str) -> list[str]:
    """The words of the index that a word stands for, in quotes."""
    runs = _runs_with(connection, word.lower()) if _WITHOUT_BLANKS.search(word) else []
    return [f'"{each}"' for each in (word, *runs)]


def _runs_with(connection: sqlite3.Connection, part: str) -> list[str]:
    """Words of the index that hold these letters, the shortest first (sqlite.org/fts5.html, section 4.9)."""
    for table in _SEARCHED:
        connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_words USING fts5vocab(main, {table}_fts, row)"
        )
    terms = (f"SELECT term FROM temp.{table}_words WHERE instr(term, :part)" for table in _SEARCHED)  # noqa: S608
    found = connection.execute(
        f"SELECT term FROM ({' UNION '.join(terms)}) ORDER BY length(term), term LIMIT {_MOST_RUNS}",  # noqa: S608
        {"part": part},
    )
    return [row[0] for row in found]


def matching(connection: sqlite3.Connection, table: str, expression: str) -> list[int]:
    """The rows of a searched table in which an expression is found, in their own order.

    They come as one text, which is read much faster than many rows.
    """
    query = f"SELECT json_group_array(rowid) FROM {table}_fts WHERE {table}_fts MATCH ?"  # noqa: S608
    found: list[int] = json.loads(connection.execute(query, (expression,)).fetchone()[0])
    return found


def best_matching(connection: sqlite3.Connection, table: str, expression: str, most: int) -> list[tuple[int, float]]:
    """The rows in which an expression is found, the best first, each with its rank: the less, the better."""
    found = connection.execute(
        f"SELECT rowid, rank FROM {table}_fts WHERE {table}_fts MATCH ? ORDER BY rank LIMIT ?",  # noqa: S608
        (expression, most),
    )
    return [(row[0], row[1]) for row in found]


def snippets(
    connection: sqlite3.Connection, table: str, expression: str, ids: Sequence[int], marks: tuple[str, str]
) -> dict[int, str]:
    """Of these rows where the words were found, between two marks."""
    found = connection.execute(
        f"SELECT rowid, snippet({table}_fts, -1, ?, ?, '…', 24) FROM {table}_fts "  # noqa: S608
        f"WHERE {table}_fts MATCH ? AND rowid IN (SELECT value FROM json_each(?))",
        (*marks, expression, json.dumps(list(ids))),
    )
    return {row[0]: row[1] for row in found}


def citing(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Row]:
    """Where mentions stand, by row: note, line, work."""
    found = rows(
        connection,
        "SELECT mentions.id, work, path, line FROM mentions JOIN notes ON notes.id = note "
        "WHERE mentions.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row["id"]: row for row in found}


def sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """How many cited works, mentions and notes there are, and things that need attention."""
    (found,) = rows(
        connection,
        "SELECT (SELECT count(*) FROM works WHERE cited) AS works, (SELECT count(*) FROM mentions) AS mentions, "
        "(SELECT count(*) FROM notes) AS notes, (SELECT count(*) FROM needs_attention) AS attention",
    )
    return found


def cited_works(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str | None, int | None, str]]:
    """Of every cited work its row, type, site, year and outcome, by row."""
    return connection.execute("SELECT id, type, container, year, outcome FROM works WHERE cited ORDER BY id")


def sorted_works(connection: sqlite3.Connection, order: str) -> Iterator[int]:
    """The rows of the cited works in one of `ORDERS`."""
    found = connection.execute(f"SELECT id FROM works WHERE cited ORDER BY {ORDERS[order]}, id")  # noqa: S608
    return (row[0] for row in found)


def written_by(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Names of authors, each with the row of a work, in no order: to sort them would take longer than all else."""
    cursor = connection.cursor()
    cursor.row_factory = None
    names = dict(cursor.execute("SELECT id, name FROM people"))
    found = cursor.execute("SELECT person, work FROM authorships WHERE role = 'author'")
    return ((names[person], work) for person, work in found)


def cited_by(connection: sqlite3.Connection) -> Iterator[tuple[int, list[int], list[int]]]:
    """Of every note its row, the rows of its mentions that cite a work, and those of the works.

    They come as texts, as in `matching`, and all from an index: the sentences would be half of the library.
    """
    found = connection.execute(
        "SELECT note, json_group_array(id), json_group_array(work) FROM mentions WHERE work IS NOT NULL GROUP BY note"
    )
    return ((note, json.loads(mentions), json.loads(works)) for note, mentions, works in found)


def front_matters(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """Of every note its row, path and front matter."""
    return connection.execute("SELECT id, path, coalesce(front_matter, '{}') FROM notes ORDER BY id")
