"""litdb unset: take back what was set."""

from __future__ import annotations

import click

from litdb.commands import offering
from litdb.commands.options import own_db_option
from litdb.commands.printing import say
from litdb.files.place import Place


@click.command("unset")
@click.argument("name", metavar="KEY|URL", shell_complete=offering.keys)
@click.argument("field", required=False, shell_complete=offering.fields)
@own_db_option
def command(name: str, field: str | None, place: Place) -> None:
    """Take back what you set of a work: FIELD, or all fields. The sources are believed again.

    FIELD can also be “key”: the work gets back the citation key that it had by itself.

    \b
    Examples:
      litdb unset ngoAlignmentProblemDeep2022 date
      litdb unset arxiv:2209.00626
      litdb unset ngo2022 key
    """
    from litdb.commands.correcting import take_back

    say(take_back(place, name, field))
