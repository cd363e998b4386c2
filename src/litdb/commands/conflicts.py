"""litdb conflicts: where a note or a source contradicts what was chosen."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from litdb.commands.naming import known_people
from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, statement_json
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.checks.conflicts import Conflict
    from litdb.merge import Aliases, Statement
    from litdb.model import Work

_ASSERTED = {"date": "asserted_date", "authors": "asserted_people"}


@dataclass(frozen=True, slots=True)
class _Told:
    """A conflict, the work it is about, and the mention of it where a note speaks."""

    work: Work
    conflict: Conflict
    mention: sqlite3.Row | None


@click.command("conflicts")
@db_option
@json_option
def command(place: Place, as_json: bool) -> None:
    """List where notes and sources disagree on a date, a name or a title; first what your own notes say.

    Precision, spelling, initials, subtitles and time zones are no disagreement. What you set counts as settled, but
    where you set a field of what is one work twice.

    \b
    Examples:
      litdb conflicts
      litdb why ngoAlignmentProblemDeep2022 date
      litdb set ngoAlignmentProblemDeep2022 date 2022-08-30
    """
    found, aliases = _found(place)
    if as_json:
        print_json([_as_json(each) for each in found])
        return
    for each in found:
        say(_line(each, aliases))
    if not found:
        say("No conflicts.")


def conflict_lines(place: Place) -> list[str]:
    """A line for every conflict, own words first."""
    found, aliases = _found(place)
    return [_line(each, aliases) for each in found]


def _found(place: Place) -> tuple[list[_Told], Aliases]:
    from litdb.checks.conflicts import conflicts
    from litdb.database import evidence, queries

    with library_of(place) as connection:
        aliases = known_people(place, connection)
        records = evidence.records_by_work(connection)
        mentions = evidence.asserting_mentions(connection)
        works = queries.works(connection)
    found = [
        _Told(work, conflict, _mention(work, conflict, mentions))
        for work in works
        for conflict in conflicts(records.get(work.identifier, []), aliases)
    ]
    return sorted(found, key=_order), aliases


def _mention(
    work: Work, conflict: Conflict, mentions: Mapping[tuple[str, str], Sequence[sqlite3.Row]]
) -> sqlite3.Row | None:
    """The mention beside which the note says it: one that asserts just that, where several stand in the line."""
    if conflict.own_word is None:
        return None
    there = mentions.get((str(work.identifier), conflict.own_word.record.place), ())
    column = _ASSERTED.get(conflict.field, "path")
    said = str(conflict.own_word.claim.value)
    exact = (each for each in there if each[column] == said)
    asserting = (each for each in there if each[column])
    return next(exact, None) or next(asserting, None)


def _order(told: _Told) -> tuple[object, ...]:
    """Own words first, in the order of the notes."""
    if told.mention:
        return 0, told.mention["path"], told.mention["line"], told.mention["column"]
    return 1, told.work.key


def _line(told: _Told, aliases: Aliases) -> str:
    from litdb.checks.why import says, value_text, where

    conflict, mention = told.conflict, told.mention
    own = conflict.own_word
    if own is None or mention is None:
        chosen, other = conflict.chosen, conflict.other
        return (
            f"{told.work.key}: {says(chosen)} {value_text(chosen, aliases)} ({where(chosen)}), "
            f"{says(other)} {value_text(other, aliases)} ({where(other)})"
        )
    better = conflict.chosen if own is conflict.other else conflict.other
    place = f" ({where(better)})" if better.record.place else ""
    spot = f"{mention['path']}:{mention['line']}:{mention['column']}"
    return f"{spot}: note says {_own_text(own, mention, aliases)}, {says(better)} {value_text(better, aliases)}{place}"


def _own_text(own: Statement, mention: sqlite3.Row, aliases: Aliases) -> str:
    """What the note says, a date as it is written there."""
    from litdb.checks.conflicts import as_written
    from litdb.checks.why import value_text

    if own.claim.field == "date":
        return as_written(str(own.claim.value), mention["sentence"] or "")
    return value_text(own, aliases)


def _as_json(told: _Told) -> dict[str, object]:
    mention = told.mention
    spot = {"note": mention["path"], "line": mention["line"], "column": mention["column"]} if mention else {}
    return {
        "key": told.work.key,
        "identifier": str(told.work.identifier),
        "field": told.conflict.field,
        "own_word": told.conflict.own_word is not None,
        "chosen": statement_json(told.conflict.chosen),
        "other": statement_json(told.conflict.other),
        **spot,
    }
