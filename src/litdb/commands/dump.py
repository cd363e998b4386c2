"""litdb dump: the library in natural order."""

from __future__ import annotations

import click

from litdb.commands.options import db_option
from litdb.files.place import Place


@click.command("dump")
@db_option
def command(place: Place) -> None:
    """Print every row of the library as JSON lines, in natural order: equal libraries give equal dumps.

    \b
    Example:
      litdb dump | sha256sum
    """
    from litdb.commands.printing import escaped
    from litdb.database.library import dump

    for line in dump(place.library):
        click.echo(escaped(line))
