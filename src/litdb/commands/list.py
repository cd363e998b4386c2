"""litdb list: the works."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import get_args

import click

from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, print_table, tell, work_json
from litdb.errors import UsageError
from litdb.files.place import Place
from litdb.model import Outcome, WorkType

MOST_NOTES = 12
"""More notes than this are not named in one sentence."""

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
        if note:
            path = note_path(queries.note_paths(connection), note)
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
    what = "more than one note" if fitting else "no note of the library"
    raise UsageError(f"“{asked}” is {what}: {some_notes(fitting or known, asked)}.")


def some_notes(known: Sequence[str], asked: str) -> str:
    """The names of notes in one text: all of a few, of many those that are most like the one asked for.

    >>> some_notes(["a.md", "b.md"], "c.md"), some_notes([], "c.md")
    ('a.md, b.md', 'none')
    >>> some_notes(["reading.md", *(f"{number}.txt" for number in range(98))], "redaing.md")
    'reading.md and 98 others'
    """
    if len(known) <= MOST_NOTES:
        return ", ".join(known) or "none"
    from difflib import get_close_matches

    shown = get_close_matches(asked, known, MOST_NOTES) or known[:MOST_NOTES]
    return f"{', '.join(shown)} and {len(known) - len(shown)} others"
