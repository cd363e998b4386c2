"""litdb rebuild: the library anew, from what is kept."""

from __future__ import annotations

from pathlib import Path

import click

from litdb.commands.options import json_option, own_db_option, paths_argument
from litdb.files.place import Place


@click.command("rebuild")
@paths_argument
@own_db_option
@json_option
def command(paths: tuple[str, ...], place: Place, as_json: bool) -> None:
    """Make the library anew from notes, corrections and journal, and say what changed. No site is asked.

    PATH are the notes where the library that knew them is gone; a library that is there is read for them first.

    \b
    Examples:
      litdb rebuild
      litdb rebuild seeds/
    """
    from litdb.commands.printing import print_json, say
    from litdb.commands.session import rebuild

    cited, found = rebuild(place, [Path(path) for path in paths])
    if as_json:
        print_json({"works": cited, "changes": found})
        return
    for each in found:
        say(each)
    say(f"Rebuilt {place.library}: {cited} cited works, {len(found)} changes.")
