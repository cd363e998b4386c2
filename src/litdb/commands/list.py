"""litdb list: the works."""

from __future__ import annotations

from typing import get_args

import click

from litdb.commands import offering
from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, print_table, tell, work_json
from litdb.commands.slips import OneOf
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
@click.option("--note", metavar="NOTE", shell_complete=offering.notes, help="Only what this note cites, in its order.")
@click.option(
    "--type",
    "work_type",
    metavar="TYPE",
    type=OneOf(get_args(WorkType)),
    help="Only works of this type (post, preprint, tweet …).",
)
@click.option("--site", metavar="NAME", help="Only works on this site or in this journal.")
@click.option("--year", type=int, help="Only works of this year.")
@click.option(
    "--outcome",
    metavar="OUTCOME",
    type=OneOf(get_args(Outcome)),
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
    from litdb.commands.naming import note_named
    from litdb.database import queries
    from litdb.export.shown import people
    from litdb.notes.others import authors

    given = {FILTERS[name]: value for name, value in filters.items() if value is not None}
    where = " AND ".join(["1" if everything else "cited", *given])
    with library_of(place) as connection:
        if note:
            path = note_named(place, queries.note_paths(connection), note)
            found = queries.works_of_note(connection, path, where, [*given.values()])
        else:
            found = queries.works(connection, where, [*given.values()])
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
                ", ".join(people(authors(work))),
                work.label,
                work.container,
                ", ".join(filter(None, (work.outcome, work.status))),
            )
            for work in found
        ],
    )
