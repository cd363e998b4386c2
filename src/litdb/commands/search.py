"""litdb search: full text over works and the sentences that cite them."""

from __future__ import annotations

import click

from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, print_table, tell, work_json
from litdb.files.place import Place


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@db_option
@click.option(
    "-n", "--limit", metavar="N", default=20, type=click.IntRange(1), show_default=True, help="At most so many."
)
@json_option
def command(words: tuple[str, ...], place: Place, limit: int, as_json: bool) -> None:
    """Find works by words in titles, names, abstracts and the sentences that cite them.

    \b
    Examples:
      litdb search inner alignment
      litdb search gradient --json
    """
    from litdb.database import queries

    text = " ".join(words)
    with library_of(place) as connection:
        found = queries.search(connection, text, limit)
        in_all = len(found) if len(found) < limit else queries.number_found(connection, text)
    if as_json:
        print_json([work_json(work) | {"snippet": snippet} for work, snippet in found])
        return
    if not found:
        tell(f"No cited work has “{text}” in its texts or where it is cited.")
        return
    print_table(("key", "date", "title", "found in"), [(w.key, w.date, w.label, snippet) for w, snippet in found])
    if len(found) < in_all:
        tell(f"{len(found)} of {in_all}: --limit shows more of them.")
