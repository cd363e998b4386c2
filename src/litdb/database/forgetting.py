"""Forgetting: the one way by which something leaves the journal, so that none of its bytes stay behind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from litdb.database.connection import WAIT_SECONDS, open_for_writing, transaction
from litdb.database.history import assigned_keys
from litdb.database.refusals import told
from litdb.database.schema import journal_schema
from litdb.model import Identifier


@dataclass(frozen=True, slots=True)
class Traces:
    """What a journal holds about works.

    `answers` are the ids of those that were asked for these works alone, `shared` the addresses of those that tell of
    others too; `attempts` counts, `keys` are citation keys.
    """

    answers: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    attempts: int = 0
    keys: tuple[str, ...] = ()


def traces(connection: sqlite3.Connection, works: Collection[Identifier]) -> Traces:
    """What the journal (read as `litdb.database.history` opens it) holds about these works."""
    answers, shared = [], []
    for ident, address, others in _answers(connection, works, "journal.answers"):
        if others:
            shared.append(address)
        else:
            answers.append(ident)
    counted = "SELECT count(*) FROM journal.attempts WHERE scheme = ? AND value = ?"
    attempts = sum(connection.execute(counted, (each.scheme, each.value)).fetchone()[0] for each in works)
    keys = tuple(key for key, identifier, _ in assigned_keys(connection) if identifier in works)
    return Traces(tuple(answers), tuple(shared), attempts, keys)


def forget(journal: Path, works: Collection[Identifier]) -> bool:
    """Take all that the journal holds about these works out of it; whether no byte of it is left beside it either.

    An answer that tells of other works too stays, but is not read for these any more. All of it happens or nothing.
    """
    with closing(open_for_writing(journal, journal_schema).conn) as connection:
        connection.execute("PRAGMA secure_delete = on")
        names = [(each.scheme, each.value) for each in works]
        with transaction(connection, journal):
            told = list(_answers(connection, works, "answers"))
            alone = [(ident,) for ident, _, others in told if not others]
            shared = [(json.dumps(others, ensure_ascii=False), ident) for ident, _, others in told if others]
            connection.executemany("DELETE FROM answers WHERE id = ?", alone)
            connection.executemany("UPDATE answers SET asked = ? WHERE id = ?", shared)
            connection.executemany("DELETE FROM attempts WHERE scheme = ? AND value = ?", names)
            connection.executemany("DELETE FROM assigned_keys WHERE scheme = ? AND value = ?", names)
    return make_compact(journal)


def make_compact(path: Path) -> bool:
    """Write a database anew without the pages that nothing stands on; whether its write-ahead log could be emptied.

    It cannot while another program reads the old state (sqlite.org/pragma.html#pragma_wal_checkpoint). Raises
    `LibraryError`.
    """
    with told(path), closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        is_busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def _answers(
    connection: sqlite3.Connection, works: Collection[Identifier], table: str
) -> Iterator[tuple[str, str, list[list[object]]]]:
    """The answers that were asked for any of these works: id, address, and the other works asked for."""
    names = {str(each) for each in works}
    for ident, address, text in connection.execute(f"SELECT id, address, asked FROM {table} ORDER BY at, id"):  # noqa: S608
        asked = json.loads(text)
        others = [target for target in asked if target[0] not in names]
        if len(others) < len(asked):
            yield ident, address, others
