"""litdb why: the rule that chose a value, and why the others lost."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, get_args

import click

from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say
from litdb.errors import UsageError
from litdb.files.place import Place
from litdb.model import Field, Json, Record

if TYPE_CHECKING:
    from litdb.checks.why import Explanation
    from litdb.merge import Aliases, Statement


@click.command("why")
@click.argument("name", metavar="KEY|URL")
@click.argument("field", required=False)
@db_option
@json_option
def command(name: str, field: str | None, place: Place, as_json: bool) -> None:
    """Say why a work has the title, people, date … that it has: who says so, and why the others lost.

    FIELD is title, authors, date, container, type or another field; without it, all that anything is said about.

    \b
    Examples:
      litdb why ngoAlignmentProblemDeep2022 date
      litdb why https://arxiv.org/abs/2209.00626 --json
    """
    from litdb.checks.why import explain, sentences
    from litdb.commands.show import find
    from litdb.database.connection import open_for_reading
    from litdb.database.evidence import records_of

    asked = [_field(field)] if field else None
    connection = open_for_reading(place.library)
    work = find(connection, name)
    records = records_of(connection, work.identifier)
    explanations = [explain(records, each) for each in asked or _spoken_of(records)]
    if as_json:
        print_json(
            {"key": work.key, "identifier": str(work.identifier), "fields": [_as_json(each) for each in explanations]}
        )
        return
    aliases = known_people(place, connection)
    for explanation in explanations:
        first, *others = sentences(explanation, aliases)
        say(first)
        for sentence in others:
            say(f"  {sentence}")


def known_people(place: Place, connection: sqlite3.Connection) -> Aliases:
    """Who stands behind names as sites spell them, as litdb.toml and corrections.toml say."""
    from litdb.corrections import resolve
    from litdb.database import queries
    from litdb.files.corrections import read_corrections
    from litdb.gather import settings_for

    folders = sorted({place.path(note).parent for note in queries.note_paths(connection)})
    path = place.corrections
    corrections, _ = read_corrections(path, place.name(path))
    people = [each for each in corrections if each.kind == "person"]
    return {**settings_for(place, folders).aliases, **resolve(people, lambda _: None).aliases}


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


def _as_json(explanation: Explanation) -> dict[str, object]:
    return {
        "field": explanation.field,
        "chosen": statement_json(explanation.chosen) if explanation.chosen else None,
        "row": explanation.row.place if explanation.row else None,
        "pattern": explanation.row.pattern if explanation.row else None,
        "others": [statement_json(each.statement) | {"reason": each.reason} for each in explanation.losers],
    }


def _field(text: str) -> Field:
    known: tuple[Field, ...] = get_args(Field)
    field = next((each for each in known if each == text), None)
    if field is None:
        raise UsageError(f"A work has no field “{text}”. It has: {', '.join(known)}.")
    return field


def _spoken_of(records: list[Record]) -> list[Field]:
    there = {claim.field for record in records for claim in record.claims}
    return [each for each in get_args(Field) if each in there]
