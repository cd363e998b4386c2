"""litdb list: the works."""

from __future__ import annotations

from contextlib import closing
from typing import get_args

import click

from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, print_table, tell, work_json
from litdb.errors import UsageError
from litdb.files.place import Place
from litdb.model import Outcome, WorkType

FILTERS = {
    "work_type": "type = ?",
    "outcome": "outcome = ?",
    "site": "container = ? COLLATE NOCASE",
    "year": "year = ?",
}


@click.command("list")
@db_option
@click.option("--note", metavar="NOTE", help="Only what this note cites, in its order.")
@click.option(
    "--type",
    "work_type",
    metavar="TYPE",
    type=click.Choice(get_args(WorkType)),
    help="Only works of this type (post, preprint, tweet …).",
)
@click.option("--site", metavar="NAME", help="Only works on this site or in this journal.")
@click.option("--year", type=int, help="Only works of this year.")
@click.option(
    "--outcome",
    metavar="OUTCOME",
    type=click.Choice(get_args(Outcome)),
    help="Only works that ended in this outcome (ok, partial, challenged …).",
)
@click.option("--all", "everything", is_flag=True, help="Also works that no note cites.")
@json_option
def command(place: Place, note: str | None, everything: bool, as_json: bool, **filters: str | int | None) -> None:
    """List the cited works with key, date, people and title.

    \b
    Examples:
      litdb list
      litdb list --note seeds/what-is-alignment.md
      litdb list --type tweet --json
    """
    from litdb.database import queries
    from litdb.database.connection import open_for_reading

    given = {FILTERS[name]: value for name, value in filters.items() if value is not None}
    where = " AND ".join(["1" if everything else "cited", *given])
    with closing(open_for_reading(place.library)) as connection:
        found = queries.works(connection, where, tuple(given.values()))
        if note:
            path = note_path(queries.note_paths(connection), note)
            fitting = {work.identifier for work in found}
            found = [work for work in queries.works_of_note(connection, path) if work.identifier in fitting]
    if as_json:
        print_json([work_json(work) for work in found])
        return
    if not found:
        tell("There is no such work in the library." if given or note else "The library has no cited work.")
        return
    print_table(
        ("key", "date", "people", "title", "site", "outcome"),
        [
            (
                work.key,
                work.date,
                ", ".join(name.display for name in work.authors),
                work.label,
                work.container,
                ", ".join(filter(None, (work.outcome, work.status))),
            )
            for work in found
        ],
    )


def note_path(known: list[str], asked: str) -> str:
    """The path of the one note that the user means: whole, or its end. Raises `UsageError`."""
    fitting = [path for path in known if path == asked] or [path for path in known if f"/{path}".endswith(f"/{asked}")]
    if len(fitting) == 1:
        return fitting[0]
    known_text = ", ".join(fitting or known) or "none"
    raise UsageError(f"“{asked}” is {'more than one note' if fitting else 'no note of the library'}: {known_text}.")
