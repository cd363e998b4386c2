"""litdb split: two works that were taken for one."""

from __future__ import annotations

import click

from litdb.commands import offering
from litdb.commands.options import own_db_option
from litdb.commands.printing import say
from litdb.files.place import Place


@click.command("split")
@click.argument("one", metavar="A", shell_complete=offering.keys)
@click.argument("other", metavar="B", shell_complete=offering.keys)
@click.option("--undo", is_flag=True, help="Take it back.")
@own_db_option
def command(one: str, other: str, undo: bool, place: Place) -> None:
    """Say that A and B (URLs or identifiers) are two works, whatever sources say. It takes back a “same” of the two.

    \b
    Examples:
      litdb split https://example.org/x forum:KbyRPCAsWv5GtfrbG
      litdb split https://example.org/x forum:KbyRPCAsWv5GtfrbG --undo
    """
    from litdb.commands.correcting import relate

    say(relate(place, "split", (one, other), undo))
