"""Remembering what litdb wrote into notes, beside the library: one JSON list a line, as long as the note is known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from litdb.errors import ConfigError
from litdb.files.place import Place
from litdb.files.replacing import replace_file

FILE = "own-words.jsonl"

Row = tuple[str, str, str, str]
"""Note, target of the link, field, value: see `litdb.notes.own_words.OwnWord`."""


def read_rows(place: Place) -> list[Row]:
    """What litdb wrote into notes. Raises `ConfigError` where the list cannot be read."""
    path = own_words(place)
    if not path.exists():
        return []
    try:
        return [_row(line) for line in path.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{path} cannot be read ({error}). Without it litdb would take its words for yours."
        ) from error


def add_rows(place: Place, rows: Iterable[Row]) -> None:
    """Remember more of it, each word once. Raises `LitdbError` where the list cannot be read or written."""
    known = read_rows(place)
    there = set(known)
    new = [row for row in dict.fromkeys(rows) if row not in there]
    if new:
        _write(place, (*known, *new))


def drop_rows(place: Place, is_dropped: Callable[[Row], bool]) -> None:
    """Forget some of it, for good. Raises `LitdbError` where the list cannot be read or written."""
    known = read_rows(place)
    kept = [row for row in known if not is_dropped(row)]
    if len(kept) < len(known):
        _write(place, kept)


def _write(place: Place, rows: Iterable[Row]) -> None:
    replace_file(own_words(place), "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))


def own_words(place: Place) -> Path:
    """The file of what litdb wrote into notes."""
    return place.folder / FILE


def _row(line: str) -> Row:
    note, target, field, value = json.loads(line)
    return str(note), str(target), str(field), str(value)
