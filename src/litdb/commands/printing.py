"""Printing for people and for programs: tables, and text that cannot steer a terminal."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from litdb.text.secrets import without_secrets

if TYPE_CHECKING:
    from litdb.merge import Statement
    from litdb.model import Json, Work

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_BETWEEN = "   "
"""Between two columns."""


def plain(text: object) -> str:
    """Text without control and bidi characters: a title must not be able to move the cursor.

    >>> plain("a\\x1b[2Jb\\u202ec")
    'a␛[2Jb␛c'
    """
    return _STEERING.sub("␛", without_secrets(str(text))).replace("\n", " ").replace("\t", " ")


def steers(text: str) -> bool:
    """Whether a text has characters that could move the cursor or turn the line round.

    >>> steers("a\\x1b[2J"), steers("two\\nlines")
    (True, False)
    """
    return bool(_STEERING.search(text))


def say(text: str) -> None:
    """Print a result line."""
    click.echo(plain(text))


def tell(text: str) -> None:
    """Say something about the run on stderr."""
    click.echo(plain(text), err=True)


def counted(number: int, what: str) -> str:
    """So many of something.

    >>> counted(1, "work"), counted(1200, "work")
    ('1 work', '1,200 works')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(escaped(without_secrets(json.dumps(value, ensure_ascii=False, indent=2))))


def escaped(text: str) -> str:
    """JSON in which what steers a terminal is written as an escape: it says the same.

    >>> escaped('"a\\u202eb"')
    '"a\\\\u202eb"'
    """
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their column names: wrapped to the terminal, or one line a row where there is none."""
    cells = [[plain("" if cell is None else cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _print_wrapped(columns, cells)
    else:
        _print_lines(columns, cells)


def _print_wrapped(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "key")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)


def _print_lines(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The same look without a terminal's limits, for as many rows as a library has."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(columns, *rows, strict=True)]

    def line(row: Sequence[str]) -> str:
        padded = (f"{cell}{' ' * (width - cell_len(cell))}" for cell, width in zip(row, widths, strict=True))
        return f" {_BETWEEN.join(padded)}".rstrip()

    rule = "─" * (sum(widths) + len(_BETWEEN) * (len(widths) - 1))
    click.echo("\n".join(("", line(columns), f" {rule}", *map(line, rows), "")))


def short_json(work: Work) -> dict[str, str | None]:
    """A work in short as data. See docs/json.md.

    >>> from litdb.model import Identifier, Work
    >>> short_json(Work(Identifier("tweet", "1"), (), "", "tweet", "", label="Tweet by A"))
    {'key': None, 'identifier': 'tweet:1', 'title': 'Tweet by A', 'url': None}
    """
    return {"key": work.key or None, "identifier": str(work.identifier), "title": work.label, "url": work.url or None}


def work_json(work: Work) -> dict[str, object]:
    """A work as data; empty fields are left out. See docs/json.md."""
    from litdb.notes.others import cut_lists

    texts = (
        "key type title label date container publisher url volume issue pages number archive_class version note "
        "abstract language accessed archived status outcome reason"
    ).split()
    found: dict[str, object] = {name: getattr(work, name) for name in texts if getattr(work, name)}
    if work.authors:
        found["authors"] = [name.as_json() for name in work.authors]
    if work.editors:
        found["editors"] = [name.as_json() for name in work.editors]
    if cut := cut_lists(work):
        found["and_others"] = [f"{role}s" for role in sorted(cut)]
    return found | {"identifiers": [str(each) for each in work.identifiers], "cited": work.cited}


def statement_json(statement: Statement) -> dict[str, Json]:
    """A statement as data; empty parts are left out. See docs/json.md."""
    claim, record = statement.claim, statement.record
    parts = {
        "source": record.source,
        "how": claim.how,
        "kind": claim.kind,
        "precision": claim.precision,
        "identifier": str(record.identifier),
        "place": record.place,
        "at": record.at,
        "answer": record.answer,
    }
    return {"value": claim.value} | {name: text for name, text in parts.items() if text}
