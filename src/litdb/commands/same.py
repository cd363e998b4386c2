"""litdb same: two names of one work."""

from __future__ import annotations

import click

from litdb.commands import offering
from litdb.commands.options import own_db_option
from litdb.commands.printing import say
from litdb.files.place import Place


@click.command("same")
@click.argument("one", metavar="A", shell_complete=offering.keys)
@click.argument("other", metavar="B", shell_complete=offering.keys)
@click.option("--undo", is_flag=True, help="Take it back.")
@own_db_option
def command(one: str, other: str, undo: bool, place: Place) -> None:
    """Say that A and B (keys, URLs or identifiers) are one work. It takes back a “split” of the two.

    \b
    Examples:
      litdb same https://example.org/x forum:KbyRPCAsWv5GtfrbG
      litdb same https://example.org/x forum:KbyRPCAsWv5GtfrbG --undo
    """
    from litdb.commands.correcting import relate

    say(relate(place, "same", (one, other), undo))
