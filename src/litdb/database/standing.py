"""What the last run left: from what the library was made, and until when nothing is due."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from litdb.database.connection import JOURNAL_VERSION, open_for_reading, reading_address
from litdb.errors import LibraryError

if TYPE_CHECKING:
    from litdb.model import Json

JOURNALED = """
    (SELECT coalesce(max(rowid), 0) FROM {schema}answers) || '/' ||
    (SELECT coalesce(max(rowid), 0) FROM {schema}attempts) || '/' ||
    (SELECT coalesce(max(rowid), 0) FROM {schema}assigned_keys)"""
"""How far a journal has grown, as text."""

_STANDING = f"""
    SELECT made_from, journaled, nothing_due_before, told, {JOURNALED.format(schema="journal.")},
           (SELECT json_group_array(path) FROM notes) FROM projected"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Standing:
    """The end of a run: a hash of what the library was made from, and what that run said of it.

    `nothing_due_before` is a moment as ISO text, `told` the counts and problems, `notes` the paths of the notes.
    """

    made_from: str
    nothing_due_before: str
    told: Mapping[str, Json]
    notes: Sequence[str] = ()


def read_standing(library: Path, journal: Path) -> Standing | None:
    """The last run's end in one query, or None where it left none, the journal has grown since, or nothing can be read.

    Raises `LibraryError` where the library is none of this litdb's.
    """
    with closing(open_for_reading(library)) as connection:
        try:
            connection.execute("ATTACH ? AS journal", (reading_address(journal),))
            version = connection.execute("PRAGMA journal.user_version").fetchone()[0]
            row = connection.execute(_STANDING).fetchone()
        except sqlite3.DatabaseError:
            return None
    if version != JOURNAL_VERSION or row is None or row["journaled"] != row[4]:
        return None
    return Standing(row["made_from"], row["nothing_due_before"], json.loads(row["told"]), json.loads(row[5]))


def journaled(library: Path) -> str:
    """How far the journal had grown at the end of the last run that finished, or empty where none left anything."""
    try:
        with closing(open_for_reading(library)) as connection:
            row = connection.execute("SELECT journaled FROM projected").fetchone()
    except LibraryError:
        return ""
    return str(row[0]) if row else ""


def problems_told(library: Path) -> frozenset[str]:
    """The problems that the last run told of, or none where it left nothing."""
    try:
        with closing(open_for_reading(library)) as connection:
            row = connection.execute("SELECT told FROM projected").fetchone()
    except LibraryError:
        return frozenset()
    return frozenset(json.loads(row["told"]).get("problems", ())) if row else frozenset()


def wants_graph(library: Path) -> bool:
    """Whether the library at a path keeps what its works cite; False for one that is not there or cannot be read."""
    try:
        with closing(open_for_reading(library)) as connection:
            return read_has_graph(connection)
    except LibraryError:
        return False


def read_has_graph(connection: sqlite3.Connection) -> bool:
    """Whether the user has asked for the graph: then every run reads what the works cite."""
    return connection.execute("SELECT 1 FROM wanted WHERE name = 'graph'").fetchone() is not None


def write_wants_graph(connection: sqlite3.Connection) -> None:
    """Keep that the user has asked for the graph."""
    connection.execute("INSERT OR IGNORE INTO wanted (name) VALUES ('graph')")


def write_standing(connection: sqlite3.Connection, standing: Standing, journaled: str) -> None:
    """Keep the end of a run, where it differs from the last one's."""
    row = (standing.made_from, journaled, standing.nothing_due_before, json.dumps(standing.told, ensure_ascii=False))
    names = "made_from, journaled, nothing_due_before, told"
    if connection.execute(f"SELECT {names} FROM projected").fetchone() == row:  # noqa: S608
        return
    connection.execute(f"INSERT OR REPLACE INTO projected (id, {names}) VALUES (1, ?, ?, ?, ?)", row)  # noqa: S608
