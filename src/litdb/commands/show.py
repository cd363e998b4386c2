"""litdb show: one work with its evidence."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import click

from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, print_table, say, work_json
from litdb.errors import UnknownWork
from litdb.files.place import Place
from litdb.model import Work


@click.command("show")
@click.argument("name", metavar="KEY|URL")
@db_option
@click.option("--why", is_flag=True, help="Also every claim: who made it, which was chosen, which was taken back.")
@json_option
def command(name: str, place: Place, why: bool, as_json: bool) -> None:
    """Show one work: what it is, where the notes cite it, what it relates to.

    \b
    Examples:
      litdb show ngoAlignmentProblemDeep2022
      litdb show https://arxiv.org/abs/2209.00626 --why
    """
    from litdb.database import browsing, queries
    from litdb.database.connection import open_for_reading

    with closing(open_for_reading(place.library)) as connection:
        work = find(connection, name)
        shown = browsing.row_of(connection, work.identifier)
        mentions = browsing.mentions(connection, shown)
        relations = queries.relations_of(connection, work.identifier)
        attempts = browsing.attempts(connection, shown)
        claims = browsing.claims(connection, shown)
        changed = browsing.changes(connection, shown)
    if as_json:
        print_json(
            work_json(work)
            | {
                "changed_since_cited": changed,
                "mentions": mentions,
                "relations": relations,
                "attempts": attempts,
                "claims": claims,
            }
        )
        return
    for label, value in _block(work):
        if value:
            say(f"{label:<12}{value}")
    for line in dict.fromkeys(f"{row['subject']} — {row['kind']} — {row['object']}" for row in relations):
        say(f"{'relation':<12}{line}")
    for row in attempts:
        say(f"{'asked':<12}{row['source']}: {row['outcome']} {row['reason'] or ''}".rstrip())
    for row in changed:
        say(f"{'changed':<12}{row['change']}: {row['cited']} → {row['now']} (cited in {row['note']}:{row['line']})")
    for row in mentions:
        say(f"{'cited in':<12}{row['path']}:{row['line']}  {row['sentence'] or row['text'] or ''}")
    if why:
        print_table(
            ("field", "value", "chosen", "source", "how", "where"),
            [
                (
                    row["field"],
                    f"{row['value']} (said before)" if row["superseded"] else row["value"],
                    "✓" if row["chosen"] else "",
                    row["source"],
                    row["how"],
                    row["place"] or row["at"],
                )
                for row in claims
            ],
        )


def find(connection: sqlite3.Connection, name: str) -> Work:
    """The work of this key, identifier or URL. Raises `UnknownWork`."""
    from litdb.commands.identify import identifier_of
    from litdb.database import queries

    work = queries.work_named(connection, name, identifier_of(name))
    if work is None:
        raise UnknownWork(f"The library has no work “{name}”. “litdb list” shows the keys, “litdb search” finds words.")
    return work


def _block(work: Work) -> list[tuple[str, str]]:
    return [
        ("key", work.key),
        ("title", work.title),
        ("shown as", work.label if not work.title else ""),
        ("authors", ", ".join(name.display for name in work.authors)),
        ("editors", ", ".join(name.display for name in work.editors)),
        ("orcid", ", ".join(f"{name.display} {name.orcid}" for name in (*work.authors, *work.editors) if name.orcid)),
        ("date", work.date),
        ("type", work.type),
        ("site", work.container),
        ("status", work.status),
        ("url", work.url),
        ("archived", work.archived),
        ("names", ", ".join(str(each) for each in work.identifiers)),
        ("outcome", f"{work.outcome}{f' ({work.reason})' if work.reason else ''}"),
        ("note", work.note),
    ]
