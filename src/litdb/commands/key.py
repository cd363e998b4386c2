"""litdb key: the user's citation key of a work."""

from __future__ import annotations

import click

from litdb.commands.options import own_db_option
from litdb.commands.printing import say
from litdb.files.place import Place


@click.command("key")
@click.argument("name", metavar="KEY|URL")
@click.argument("new", metavar="NEW")
@own_db_option
def command(name: str, new: str, place: Place) -> None:
    """Give a work the citation key NEW for good. “litdb unset NEW key” takes it back.

    \b
    Examples:
      litdb key ngoAlignmentProblemDeep2022 ngo2022
      litdb key https://arxiv.org/abs/2209.00626 ngo2022
    """
    from litdb.commands.correcting import Corrector
    from litdb.commands.session import update
    from litdb.corrections import checked_key
    from litdb.errors import UsageError
    from litdb.model import Correction

    key = checked_key(new)
    corrector = Corrector(place)
    work = corrector.named(name).work
    holder = corrector.holder(key)
    if holder and holder.identifier != work.identifier:
        raise UsageError(f"The key {key} is that of “{holder.label}” ({holder.identifier}). Choose another.")
    corrector.say(Correction("key", (str(work.identifier),), value=key))
    update(place)
    say(f"{work.key or name} is now {key}")
