"""litdb show: one work with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import click

from litdb.commands import offering
from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, print_table, say, work_json
from litdb.files.place import Place
from litdb.model import Work

if TYPE_CHECKING:
    from litdb.database.queries import Row

COLUMNS = ("field", "value", "chosen", "source", "how", "where")


@click.command("show")
@click.argument("name", metavar="KEY|URL", shell_complete=offering.keys)
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
    from litdb.commands.naming import find
    from litdb.database import browsing, queries

    with library_of(place) as connection:
        work = find(connection, name)
        shown = browsing.row_of(connection, work.identifier)
        evidence: dict[str, Sequence[Row]] = {
            "changed_since_cited": browsing.changes(connection, shown),
            "mentions": browsing.mentions(connection, shown),
            "relations": queries.relations_of(connection, work.identifier),
            "attempts": browsing.attempts(connection, shown),
            "claims": browsing.claims(connection, shown),
        }
    if as_json:
        print_json(work_json(work) | evidence)
        return
    for label, value in chain(_block(work), _told(evidence)):
        if value:
            say(f"{label:<12}{value}")
    if why:
        print_table(COLUMNS, map(_claim, evidence["claims"]))


def _block(work: Work) -> list[tuple[str, str]]:
    from litdb.export.shown import people
    from litdb.notes.others import authors, editors

    return [
        ("key", work.key),
        ("title", work.title),
        ("shown as", work.label if not work.title else ""),
        ("authors", ", ".join(people(authors(work)))),
        ("editors", ", ".join(people(editors(work)))),
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


def _told(evidence: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, str]]:
    for line in dict.fromkeys(f"{row['subject']} — {row['kind']} — {row['object']}" for row in evidence["relations"]):
        yield "relation", line
    for row in evidence["attempts"]:
        yield "asked", f"{row['source']}: {row['outcome']} {row['reason'] or ''}".rstrip()
    for row in evidence["changed_since_cited"]:
        yield "changed", f"{row['change']}: {row['cited']} → {row['now']} (cited in {row['note']}:{row['line']})"
    for row in evidence["mentions"]:
        yield "cited in", f"{row['path']}:{row['line']}  {row['sentence'] or row['text'] or ''}"


def _claim(row: Row) -> tuple[object, ...]:
    value = f"{row['value']} (said before)" if row["superseded"] else row["value"]
    return row["field"], value, "✓" if row["chosen"] else "", row["source"], row["how"], row["place"] or row["at"]
