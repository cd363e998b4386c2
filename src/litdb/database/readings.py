"""What was read from kept answers, beside the library: saves the next run the reading, and may be deleted any time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Literal, TypeAlias

from litdb.database.connection import discard, open_for_writing, transaction
from litdb.database.schema import readings_schema
from litdb.errors import NotALibrary

What: TypeAlias = Literal["reading", "citing"]
Key: TypeAlias = "tuple[str, str, What]"
"""An answer's id, when it came, and what was read: what it says of works, or what they cite."""


class Readings:
    """The file of readings, for one program: what another one has read does not count. Use as a context manager."""

    def __init__(self, path: Path, program: str) -> None:
        self._path, self._program = path, program
        try:
            self._connection = open_for_writing(path, readings_schema).conn
        except NotALibrary:
            discard(path)
            self._connection = open_for_writing(path, readings_schema).conn

    def __enter__(self) -> Readings:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def get(self, key: Key) -> str | None:
        """What this program has read there, as it was kept."""
        query = "SELECT said FROM readings WHERE answer = ? AND at = ? AND what = ? AND program = ?"
        row = self._connection.execute(query, (*key, self._program)).fetchone()
        return zlib.decompress(row[0]).decode() if row else None

    def keep(self, found: Iterable[tuple[Key, str]]) -> None:
        """Keep readings."""
        rows = ((*key, self._program, zlib.compress(said.encode(), 1)) for key, said in found)
        with transaction(self._connection, self._path) as connection:
            connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)", rows)

    def drop_others(self) -> None:
        """Drop the readings of other programs."""
        with transaction(self._connection, self._path) as connection:
            connection.execute("DELETE FROM readings WHERE program <> ?", (self._program,))
