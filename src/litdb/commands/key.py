"""litdb key: the user's citation key of a work."""

from __future__ import annotations

import click

from litdb.commands import offering
from litdb.commands.options import own_db_option
from litdb.commands.printing import say
from litdb.files.place import Place


@click.command("key")
@click.argument("name", metavar="KEY|URL", shell_complete=offering.keys)
@click.argument("new", metavar="NEW")
@own_db_option
def command(name: str, new: str, place: Place) -> None:
    """Give a work the citation key NEW for good. “litdb unset NEW key” takes it back.

    \b
    Examples:
      litdb key ngoAlignmentProblemDeep2022 ngo2022
      litdb key https://arxiv.org/abs/2209.00626 ngo2022
    """
    from litdb.commands.correcting import give_key

    say(give_key(place, name, new))
