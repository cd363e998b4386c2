"""litdb log: what changed between crawls, when and why."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import click

from litdb.commands import offering
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import counted, print_json, say, tell
from litdb.errors import UsageError
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.checks.history import Change, Crawl, Past
    from litdb.model import Identifier, Json

_LABELS = {"new": "new", "value": "changed", "said": "says", "outcome": "asked", "key": "key", "word": "set"}
_AGO = re.compile(r"(\d{1,5})\s*(d|w|days?|weeks?)", re.IGNORECASE)
_LONGEST = 100


@click.command("log")
@click.argument("names", metavar="[KEY|URL]…", nargs=-1, shell_complete=offering.keys)
@db_option
@click.option("--since", metavar="DAY|7d", help="Only crawls from this day on, or of the last days (7d) or weeks (2w).")
@click.option("-n", "most", metavar="N", type=click.IntRange(min=1), help="Only the last N crawls.")
@json_option
def command(names: tuple[str, ...], place: Place, since: str | None, most: int | None, as_json: bool) -> None:
    """Say what changed between crawls, when and why: new works, values, outcomes, keys, and your own word.

    \b
    Examples:
      litdb log --since 7d
      litdb log ngoAlignmentProblemDeep2022
      litdb log -n 1 --json
    """
    from litdb.checks.history import crawls, users_words
    from litdb.commands.naming import find
    from litdb.database.history import address_of, open_history, places
    from litdb.text.times import utc_now

    first = "" if since is None else _first_moment(since, utc_now())
    with closing(open_history(place.library, place.journal)) as connection:
        past = _past(connection)
        wanted = {find(connection, name).identifier for name in names}
        found = [_only(crawl, wanted) for crawl in crawls(past) if crawl.ended >= first]
        found = [crawl for crawl in found if crawl.changes or not wanted][:most]
        words = [] if first else [each for each in users_words(past) if not wanted or each.identifier in wanted]
        teller = _Teller(partial(address_of, connection), places(connection))
        if as_json:
            print_json({"words": [*map(teller.data, words)], "crawls": [teller.crawl_data(each) for each in found]})
            return
        for line in teller.lines(words, found):
            say(line)
    if not (found or words):
        tell("Nothing changed." if since or names else "There was no crawl yet.")


def _past(connection: sqlite3.Connection) -> Past:
    from litdb.checks.history import Past
    from litdb.database.history import all_attempts, all_records, assigned_keys
    from litdb.database.queries import works

    keys = [*assigned_keys(connection)]
    return Past(works(connection, "1"), all_records(connection), [*all_attempts(connection)], keys)


def _first_moment(text: str, now: str) -> str:
    """Where `--since` begins: so many days or weeks ago, or a day, month or year. Raises `UsageError`.

    >>> _first_moment("7d", "2026-11-21T10:00:00Z"), _first_moment("2026-11", "")
    ('2026-11-14T10:00:00Z', '2026-11')
    """
    from litdb.text.dates import read_iso
    from litdb.text.times import later

    if ago := _AGO.fullmatch(text.strip()):
        return later(now, -int(ago[1]) * (7 if ago[2].lower().startswith("w") else 1))
    day = read_iso(text)
    if day is None:
        raise UsageError(f"--since wants a day such as 2026-11-21, a month (2026-11), or 7d or 2w, not “{text}”.")
    return day


def _only(crawl: Crawl, wanted: Set[Identifier]) -> Crawl:
    """A crawl with what it changed of these works, or of all where none is named."""
    return replace(crawl, changes=tuple(each for each in crawl.changes if not wanted or each.identifier in wanted))


class _Teller:
    """Tells of changes, with the address of the answer that shows each and where the notes cite the work."""

    def __init__(self, address_of: Callable[[str], str], places: Mapping[Identifier, Sequence[str]]) -> None:
        self._address_of = address_of
        self._places = places

    def lines(self, words: Sequence[Change], crawls: Iterable[Crawl]) -> Iterator[str]:
        """All of it, as `git log` would say it."""
        if words:
            yield "your word (corrections.toml, which keeps no days)"
        for change in words:
            yield f"  {self._line(change)}"
        for crawl in crawls:
            yield f"crawl {_span(crawl)}: {counted(crawl.asked, 'work')} asked about, {_summed(crawl.changes)}"
            for _, of_work in groupby(crawl.changes, key=lambda change: (change.kind == "new", change.key)):
                changes = list(of_work)
                yield from (f"  {self._line(change)}" for change in changes)
                cited_in = self._places.get(changes[0].identifier, ())
                if changes[0].kind != "new" and cited_in:
                    yield f"  {'':<9}cited in {', '.join(cited_in)}"

    def _line(self, change: Change) -> str:
        subject = "" if change.kind in ("new", "key") else f" {change.field}"
        was = f" {_short(change.before)} →" if change.before or change.kind in ("value", "said") else ""
        why = [
            change.source if change.kind in ("value", "said") else "",
            self._address_of(change.answer),
            change.reason,
        ]
        told = "; ".join(each for each in why if each)
        now = f" {_short(change.after)}"
        return f"{_LABELS[change.kind]:<9}{change.key}{subject}{was}{now}{f' ({told})' if told else ''}"

    def data(self, change: Change) -> dict[str, Json]:
        """A change as docs/json.md describes it."""
        texts = {name: getattr(change, name) or None for name in ("field", "before", "after", "source", "reason")}
        address = self._address_of(change.answer) or None
        cited_in = [*self._places.get(change.identifier, ())]
        return {"change": change.kind, "key": change.key, **texts, "url": address, "cited_in": cited_in}

    def crawl_data(self, crawl: Crawl) -> dict[str, Json]:
        """A crawl as docs/json.md describes it."""
        events = [self.data(change) for change in crawl.changes]
        return {"began": crawl.began, "ended": crawl.ended, "asked": crawl.asked, "events": events}


def _span(crawl: Crawl) -> str:
    """When a crawl was: `2026-11-21 10:25-10:27 UTC`."""
    began, ended = (f"{at[:10]} {at[11:16]}" for at in (crawl.began, crawl.ended))
    return f"{began if began == ended else f'{began}–{ended.removeprefix(began[:11])}'} UTC"


def _summed(changes: Sequence[Change]) -> str:
    new = sum(change.kind == "new" for change in changes)
    changed = len({change.identifier for change in changes if change.kind != "new"})
    return f"{new} new, {changed} changed" if changes else "nothing changed"


def _short(text: str) -> str:
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text or "(none)"
