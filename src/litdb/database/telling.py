"""Which works the rows of a table, a view or a query are about."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

TOLD_BY: Mapping[tuple[str, str], str] = {
    ("works", "id"): "SELECT id AS told_by, id AS work FROM works",
    ("notes", "id"): "SELECT note AS told_by, work FROM mentions WHERE work IS NOT NULL GROUP BY note, work",
    ("people", "id"): "SELECT person AS told_by, work FROM authorships",
    ("relations", "subject"): "SELECT id AS told_by, id AS work FROM works",
    ("", "work"): "SELECT id AS told_by, id AS work FROM works",
    ("", "key"): "SELECT key AS told_by, work FROM keys",
    ("", "identifier"): "SELECT scheme || ':' || value AS told_by, work FROM identifiers",
    ("", "url"): "SELECT url AS told_by, id AS work FROM works",
}
"""Which column of a table, or of any list, tells which works its rows are about, and how; the first that is there."""


def telling_column(table: str, columns: Sequence[str]) -> str:
    """The column by which rows tell their works, or empty.

    >>> telling_column("works", ["id", "key"]), telling_column("", ["title", "key"]), telling_column("", ["title"])
    ('id', 'key', '')
    """
    return next((column for of, column in TOLD_BY if of in ("", table) and column in columns), "")


def told(connection: sqlite3.Connection, table: str, column: str, values: Sequence[Any]) -> list[int]:
    """The works that rows are about by the values of their telling column: in the order of the rows, each once."""
    pairs = TOLD_BY.get((table, column)) or TOLD_BY["", column]
    query = f"SELECT told_by, work FROM ({pairs}) WHERE told_by IN (SELECT value FROM json_each(?))"  # noqa: S608
    works: dict[Any, list[int]] = defaultdict(list)
    for value, work in connection.execute(query, (json.dumps(list(values)),)):
        works[value].append(work)
    return list(dict.fromkeys(work for value in values for work in works.get(value, ())))
