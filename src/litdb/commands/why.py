"""litdb why: the rule that chose a value, and why the others lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from litdb.commands import offering
from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, statement_json
from litdb.files.place import Place
from litdb.model import Field, Record

if TYPE_CHECKING:
    from litdb.checks.why import Explanation


@click.command("why")
@click.argument("name", metavar="KEY|URL", shell_complete=offering.keys)
@click.argument("field", required=False, shell_complete=offering.fields)
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
    from litdb.commands.naming import find, known_people
    from litdb.corrections import field_named
    from litdb.database.evidence import records_of

    asked = [field_named(field)] if field else None
    with library_of(place) as connection:
        work = find(connection, name)
        records = records_of(connection, work.identifier)
        aliases = known_people(place, connection)
    explanations = [explain(records, each) for each in asked or _spoken_of(records)]
    if as_json:
        print_json(
            {"key": work.key, "identifier": str(work.identifier), "fields": [_as_json(each) for each in explanations]}
        )
        return
    for explanation in explanations:
        first, *others = sentences(explanation, aliases)
        say(first)
        for sentence in others:
            say(f"  {sentence}")


def _as_json(explanation: Explanation) -> dict[str, object]:
    return {
        "field": explanation.field,
        "chosen": statement_json(explanation.chosen) if explanation.chosen else None,
        "row": explanation.row.place if explanation.row else None,
        "pattern": explanation.row.pattern if explanation.row else None,
        "others": [statement_json(each.statement) | {"reason": each.reason} for each in explanation.losers],
    }


def _spoken_of(records: list[Record]) -> list[Field]:
    there = {claim.field for record in records for claim in record.claims}
    return [each for each in get_args(Field) if each in there]
