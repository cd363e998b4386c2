"""litdb set: the user's word on one field of a work."""

from __future__ import annotations

import click

from litdb.commands import offering
from litdb.commands.options import own_db_option
from litdb.commands.printing import say
from litdb.files.place import Place


@click.command("set")
@click.argument("name", metavar="KEY|URL", shell_complete=offering.keys)
@click.argument("field", shell_complete=offering.fields)
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
    from litdb.commands.correcting import set_fields

    for said in set_fields(place, name, {field: value}):
        say(said)
