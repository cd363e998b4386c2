"""A run as commands make it: from notes to exports, with what is told of it, and its summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from sqlite3 import Connection
from urllib.parse import urlsplit

from litdb.amending import Amending
from litdb.budget import Within
from litdb.checks.changes import changes
from litdb.commands.exports import write_all
from litdb.commands.manner import Manner
from litdb.commands.opening import library_of
from litdb.commands.printing import counted, tell
from litdb.commands.progress import progress, stopped_by_signals
from litdb.commands.reaching import pace, web_of
from litdb.commands.summary import Summary
from litdb.crawl import Event, Planned
from litdb.database import queries
from litdb.database.connection import new_database, open_for_reading
from litdb.database.library import Library
from litdb.database.standing import problems_told
from litdb.errors import OlderLibrary, UnreadFile, UsageError
from litdb.files.place import Place
from litdb.model import SILENCE, Identifier
from litdb.run import Outward, Run
from litdb.text.times import utc_now

WORTH_TELLING = 5.0
"""Seconds from which on a run's forecast is told."""


@dataclass
class _Tally:
    """What has happened in a run: requests, attempts that somebody answered, silent hosts with the last reason.

    `spent` is the budget where that was used up.
    """

    requests: int = 0
    answered: int = 0
    unasked: dict[str, str] = field(default_factory=dict)
    interrupted: bool = False
    spent: str = ""

    def count(self, event: Event) -> None:
        """Add one event."""
        if isinstance(event, Planned):
            self.requests += 1
        elif event.attempt.outcome not in SILENCE:
            self.answered += 1
        elif event.url:
            self.unasked[urlsplit(event.url).hostname or ""] = event.attempt.reason


def learn(
    run: Run,
    manner: Manner,
    refresh: frozenset[Identifier] = frozenset(),
    said: frozenset[str] = frozenset(),
) -> Summary:
    """Crawl, bring the library up to date, write the exports. Interrupted, it saves what was learnt and says so.

    Problems that were `said` before are not told.
    """
    summary = ask(run, manner, refresh, said)
    run.put_notes_away()
    summary = replace(summary, written=write_all(run.place, run.settings))
    if not (summary.interrupted or summary.spent or summary.held_back or (manner.offline and run.was_cut_off)):
        run.remember(summary.standing())
    return summary


def ask(
    run: Run,
    manner: Manner,
    refresh: frozenset[Identifier] = frozenset(),
    said: frozenset[str] = frozenset(),
) -> Summary:
    """The same for a library whose exports nobody wants."""
    _tell_new(run.gathered.problems, said)
    if not manner.offline and not manner.silent:
        _tell_forecast(run, refresh)
    tally = _asked(run, manner, refresh)
    known = _published(run.place)
    summary = _projected(run, tally)
    _tell_new(run.problems[len(run.gathered.problems) :], said)
    return replace(summary, published=[each for each in _published(run.place) if each not in known])


def _tell_new(problems: Iterable[str], said: frozenset[str]) -> None:
    for problem in problems:
        if problem not in said:
            tell(problem)


def _asked(run: Run, manner: Manner, refresh: frozenset[Identifier]) -> _Tally:
    """Ask the web until all is answered, the budget is spent or somebody stops it; what has happened."""
    tally = _Tally()
    web = web_of(run, manner)
    try:
        with stopped_by_signals(), progress(manner.silent) as show:
            for event in _events(run, web, manner, refresh):
                tally.count(event)
                show(event)
    except KeyboardInterrupt:
        tally.interrupted = True
    tally.spent = str(manner.budget) if web.is_spent else ""
    return tally


def _projected(run: Run, tally: _Tally) -> Summary:
    """Bring the library up to date; what it holds then, and what has happened."""
    changed = run.project()
    there = run.library.counts()
    return Summary(
        notes=there.notes,
        mentions=there.mentions,
        works=there.works,
        outcomes=there.outcomes,
        requests=tally.requests,
        answered=tally.answered,
        unasked=tally.unasked,
        problems=run.problems,
        vanished=run.gathered.vanished,
        renamed=dict(run.gathered.renamed),
        changed_rows=changed,
        written=(),
        interrupted=tally.interrupted,
        spent=tally.spent,
        unread=run.gathered.unread,
        held_back=run.held_back,
    )


def _events(run: Run, web: Within, manner: Manner, refresh: frozenset[Identifier]) -> Iterator[Event]:
    """What happens in a run: the works of the notes, then as far outward as is wanted."""
    if manner.offline and not run.was_cut_off and not manner.reach:
        return
    crawl = run.crawl(web)
    if run.was_cut_off or not manner.offline:
        yield from crawl.run(run.targets(), refresh)
    if manner.reach:
        for event in run.outward(crawl, manner.reach, web.room):
            if isinstance(event, Outward):
                web.spend_works(event.works, event.left)
                _tell_step(event, web, manner)
            else:
                yield event


def _tell_step(step: Outward, web: Within, manner: Manner) -> None:
    """Say how far a run has come, how long that takes, and what is left."""
    from litdb.asking import expected_seconds

    if manner.silent or manner.offline:
        return
    asking = f"about {counted(step.works, 'work')}" if step.works or step.left else "what the works there cite"
    later = f", {step.left:,} are left there" if step.left else ""
    budget = f"; left of the budget: {web.left()}" if web.left() else ""
    seconds = expected_seconds(step.requests, pace())
    time = f"; about {seconds:.0f} s" if seconds >= WORTH_TELLING else ""
    tell(f"Depth {step.depth}: asking {asking}{later}{time}{budget}.")


def update(place: Place) -> Summary:
    """Bring library and exports up to date with what notes, journal and corrections say, and ask nobody.

    Of what is wrong in notes and corrections only the news are told: the rest is for `crawl` and `check` to repeat.
    Raises `UnreadFile` where the library has to stay as it was.
    """
    said = problems_told(place.library)
    with Amending(place, [], utc_now, offline=True) as run:
        summary = learn(run, Manner(offline=True, silent=True), said=said)
    if summary.held_back:
        raise UnreadFile(
            f"Library and exports stay as they were while {', '.join(summary.held_back)} cannot be read. What you said "
            "is written down: “litdb crawl” goes by it then."
        )
    return summary


def rebuild(place: Place, paths: Sequence[Path]) -> tuple[int, list[str]]:
    """Make the library anew and write its exports; how many works it cites, and sentences about what changed.

    The old one stays on an error. Raises `UsageError` where there is none and nobody says which notes it is made of,
    and `UnreadFile` where one of its notes cannot be read.
    """
    with _there(place) as before:
        notes = queries.note_paths(before) if before else []
    folders = [*paths, *(place.path(name) for name in notes if place.has(name))]
    usual = place.project / "seeds"
    paths = folders or ([usual] if usual.is_dir() else [])
    if not paths and not place.library.exists():
        raise UsageError(
            f"{place.library}, which knew your notes, is gone. Name the folder that holds them: litdb rebuild NOTES/"
        )
    with new_database(place.library) as made, Run(place, paths, utc_now, made) as run:
        if unread := [name for name in run.gathered.unread if name in notes]:
            raise UnreadFile(f"{', '.join(unread)} cannot be read, so nothing was rebuilt. Run again when it can.")
        summary = _projected(run, _Tally())
        run.put_notes_away()
        with _there(place) as before, closing(open_for_reading(made)) as after:
            found = changes(queries.cited_works(before) if before else (), queries.cited_works(after))
        run.take_place()
        for problem in run.problems:
            tell(problem)
        write_all(place, run.settings)
        if not run.was_cut_off:
            run.remember(summary.standing())
    return summary.works, found


@contextmanager
def _there(place: Place) -> Iterator[Connection | None]:
    """The library that is there, brought to this litdb's tables; None where there is none."""
    try:
        connection = open_for_reading(place.library) if place.library.exists() else None
    except OlderLibrary:
        Library(place.library).close()
        connection = open_for_reading(place.library)
    with closing(connection) if connection else nullcontext():
        yield connection


def _published(place: Place) -> Sequence[queries.Row]:
    with library_of(place) as connection:
        return queries.published(connection)


def _tell_forecast(run: Run, refresh: frozenset[Identifier]) -> None:
    """Say how long the web will take, where that is worth a line."""
    from litdb.asking import expected_seconds

    requests = run.requests(refresh)
    seconds = expected_seconds(requests, pace())
    if seconds >= WORTH_TELLING:
        tell(f"Asking {len({urlsplit(each.url).hostname for each in requests})} hosts takes about {seconds:.0f} s.")
