"""litdb set: the user's word on one field of a work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from litdb.commands.options import own_db_option
from litdb.commands.printing import say
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.model import Identifier


@click.command("set")
@click.argument("name", metavar="KEY|URL")
@click.argument("field")
@click.argument("value")
@own_db_option
def command(name: str, field: str, value: str, place: Place) -> None:
    """Set a field of a work for good: what you say counts before every source, after every crawl and update.

    FIELD is title, authors, editors, date, container, publisher, type, abstract, language, url, volume, issue, pages,
    number, archive_class or note. An empty VALUE leaves the field empty on purpose. Names stand as you read them,
    those that are no person's in braces. It is kept in corrections.toml, which you may edit too.

    \b
    Examples:
      litdb set ngoAlignmentProblemDeep2022 date 2022-08-30
      litdb set https://example.org/x authors "A. Bee, C. Dee and {OpenAI}"
      litdb set arxiv:2209.00626 publisher ""
    """
    from litdb.commands.correcting import Corrector
    from litdb.commands.session import update
    from litdb.corrections import claim_of
    from litdb.model import Correction

    claim = claim_of(field, value)
    corrector = Corrector(place)
    work = corrector.named(name).work
    told = _said_by_others(place, work.identifier, claim.field)
    corrector.say(Correction("set", (str(work.identifier),), claim.field, " ".join(value.split())))
    update(place)
    now = shown(claim.value, claim.field)
    others = f" ({told[0]} says {told[1]})" if told and told[1] != now else ""
    say(f"{claim.field} of {work.key or name} is now {now or 'empty on purpose'}{others}")


def shown(value: object, field: str) -> str:
    """A claim's value in words: names as one reads them, a date as one cites it."""
    from litdb.model import Name
    from litdb.text.dates import cited_day

    if isinstance(value, (list, tuple)):
        return ", ".join(Name.from_json(each).display for each in value)
    return cited_day(str(value)) if field == "date" else str(value)


def _said_by_others(place: Place, identifier: Identifier, field: str) -> tuple[str, str] | None:
    """Who is believed about a field as long as the user says nothing, and what they say."""
    import json

    from litdb.database import queries
    from litdb.database.connection import open_for_reading

    connection = open_for_reading(place.library)
    rows = [row for row in queries.claims_of(connection, identifier) if row["field"] == field and row["chosen"]]
    connection.close()
    if not rows or rows[0]["source"] == "user":
        return None
    value = str(rows[0]["value"])
    return str(rows[0]["source"]), shown(json.loads(value) if field in ("authors", "editors") else value, field)
