"""litdb duplicates: works that may be one, offered and never merged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, short_json
from litdb.errors import UnknownWork
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.checks.duplicates import Likely
    from litdb.corrections import Pair
    from litdb.model import Identifier, Work


@click.command("duplicates")
@db_option
@json_option
def command(place: Place, as_json: bool) -> None:
    """List works that look like one, with the reason. Nothing is merged: you decide.

    Works that are related, such as a post and its comments, and works that you split are left out.

    \b
    Examples:
      litdb duplicates
      litdb same KEY KEY      they are one work
      litdb split KEY KEY     they are two; they are not offered again
    """
    from litdb.database import queries

    with library_of(place) as connection:
        found = likely_pairs(place, connection, queries.works(connection))
    if as_json:
        print_json([{"works": [short_json(each.one), short_json(each.other)], "reason": each.reason} for each in found])
        return
    for each in found:
        say(f"{_text(each.one)}")
        say(f"{_text(each.other)}")
        say(f"  {each.reason}. One work: litdb same {each.one.key} {each.other.key}. Two: leave them, or litdb split.")
    if not found:
        say("No duplicates.")


def likely_pairs(place: Place, connection: sqlite3.Connection, works: Iterable[Work]) -> list[Likely]:
    """The pairs of works that look like one, without those that are related, or two by the user's word."""
    from litdb.checks.duplicates import duplicates
    from litdb.database.evidence import related_works

    return duplicates(works, [*related_works(connection), *_split_by_user(place, connection)])


def _split_by_user(place: Place, connection: sqlite3.Connection) -> tuple[Pair, ...]:
    """The pairs of works that the user said are two."""
    from litdb.commands.naming import find
    from litdb.corrections import resolve
    from litdb.files.corrections import read_corrections

    def identifier_of(text: str) -> Identifier | None:
        try:
            return find(connection, text).identifier
        except UnknownWork:
            return None

    corrections, _ = read_corrections(place)
    return resolve([each for each in corrections if each.kind == "split"], identifier_of).apart


def _text(work: Work) -> str:
    return ", ".join(text for text in (f"{work.key}: {work.label}", work.date, work.url) if text)
