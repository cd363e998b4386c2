"""litdb status: what is there and what needs attention."""

from __future__ import annotations

import click

from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, print_table, say
from litdb.files.place import Place


@click.command("status")
@db_option
@json_option
def command(place: Place, as_json: bool) -> None:
    """Say what the library holds, how its links ended, and what needs attention.

    \b
    Examples:
      litdb status
      litdb status --json
    """
    from litdb.commands.summary import say_published
    from litdb.database import queries

    with library_of(place) as connection:
        counts, outcomes = queries.counts(connection), queries.outcomes(connection)
        attention = queries.needing_attention(connection)
        published = queries.published(connection)
    if as_json:
        told = {"outcomes": outcomes, "published": published, "needs_attention": attention}
        print_json({"library": str(place.library), **counts, **told})
        return
    say(f"{place.library}: {counts['notes']} notes, {counts['mentions']} mentions, {counts['works']} cited works")
    print_table(("outcome", "works"), list(outcomes.items()))
    say_published(published)
    if attention:
        columns = ("key", "title", "outcome", "reason", "note", "line")
        print_table(columns, [[row[column] for column in columns] for row in attention])
