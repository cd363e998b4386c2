"""Remembering what litdb wrote into notes, beside the library: a list that only grows, one JSON list a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from litdb.errors import ConfigError
from litdb.files.place import Place
from litdb.files.replacing import replace_file

FILE = "own-words.jsonl"

Row = tuple[str, str, str, str]
"""Note, target of the link, field, value: see `litdb.notes.own_words.OwnWord`."""


def read_rows(place: Place) -> list[Row]:
    """What litdb wrote into notes. Raises `ConfigError` where the list cannot be read."""
    path = _path(place)
    if not path.exists():
        return []
    try:
        return [_row(line) for line in path.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{path} cannot be read ({error}). Without it litdb would take its words for yours."
        ) from error


def add_rows(place: Place, rows: Iterable[Row]) -> None:
    """Remember more of it, each word once."""
    known = read_rows(place)
    new = [row for row in dict.fromkeys(rows) if row not in set(known)]
    if new:
        lines = (json.dumps(row, ensure_ascii=False) for row in (*known, *new))
        replace_file(_path(place), "\n".join(lines) + "\n")


def _path(place: Place) -> Path:
    return place.folder / FILE


def _row(line: str) -> Row:
    note, target, field, value = json.loads(line)
    return str(note), str(target), str(field), str(value)
