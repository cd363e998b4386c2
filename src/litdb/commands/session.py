"""What `crawl`, `add` and `demo` share: one run from notes to exports, with its progress and its summary."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from litdb.budget import Within
from litdb.commands.exports import write_all
from litdb.commands.manner import Manner
from litdb.commands.printing import counted, plain, tell
from litdb.commands.summary import Summary
from litdb.crawl import Event, Planned
from litdb.database import queries
from litdb.database.connection import new_database, open_for_reading
from litdb.database.standing import problems_told
from litdb.errors import OlderLibrary, UsageError
from litdb.files.place import Place
from litdb.files.settings import Settings
from litdb.model import SILENCE, Identifier, Work
from litdb.run import Outward, Run
from litdb.text.times import utc_now

if TYPE_CHECKING:
    from litdb.web.crew import Crew

WORTH_TELLING = 5.0
"""Seconds from which on a run's forecast is told."""

_Show: TypeAlias = Callable[[Event], None]


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


def pace() -> float:
    """What `LITDB_PACE` multiplies every interval by; 1 unless set. Raises `UsageError` for what is no number."""
    text = os.environ.get("LITDB_PACE", "1")
    try:
        value = float(text)
    except ValueError as error:
        raise UsageError(f"LITDB_PACE is {text!r}, which is no number. 1 is the usual pace.") from error
    if not 0 <= value < float("inf"):
        raise UsageError(f"LITDB_PACE is {text!r}; it is a factor for every interval, 0 or more.")
    return value


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
    if not (summary.interrupted or summary.spent or (manner.offline and run.was_cut_off)):
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
    web = _web(run, manner)
    try:
        with _stopped_by_signals(), _progress(manner.silent) as show:
            for event in _events(run, web, manner, refresh):
                tally.count(event)
                show(event)
    except KeyboardInterrupt:
        tally.interrupted = True
    tally.spent = str(manner.budget) if web.is_spent else ""
    return tally


def _projected(run: Run, tally: _Tally) -> Summary:
    """Bring the library up to date; what it holds then, and what has happened."""
    shelf, changed = run.project()
    return Summary(
        notes=len(shelf.notes),
        mentions=len(shelf.citations),
        works=sum(work.cited for work in shelf.works),
        outcomes=dict(Counter(work.outcome for work in shelf.works if work.cited or work.outcome == "not-a-work")),
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
    )


def _events(run: Run, web: Within, manner: Manner, refresh: frozenset[Identifier]) -> Iterator[Event]:
    """What happens in a run: the works of the notes, then as far outward as is wanted."""
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
    """
    said = problems_told(place.library)
    with Run(place, [], utc_now) as run:
        return learn(run, Manner(offline=True, silent=True), said=said)


def rebuild(place: Place, paths: Sequence[Path]) -> tuple[list[Work], list[Work]]:
    """Make the library anew and write its exports; its works before and after. The old one stays on an error."""
    before, notes = _there(place)
    folders = [path for path in (*paths, *map(place.path, notes)) if path in paths or path.exists()]
    usual = place.project / "seeds"
    paths = folders or ([usual] if usual.is_dir() else [])
    with new_database(place.library) as made, Run(place, paths, utc_now, made) as run:
        summary = _projected(run, _Tally())
        run.put_notes_away()
        run.take_place()
        for problem in run.problems:
            tell(problem)
        write_all(place, run.settings)
        if not run.was_cut_off:
            run.remember(summary.standing())
    return before, _there(place)[0]


def _there(place: Place) -> tuple[list[Work], list[str]]:
    """The works and the notes of a library, none where there is no library or only one of an older litdb."""
    if not place.library.exists():
        return [], []
    try:
        connection = open_for_reading(place.library)
    except OlderLibrary:
        return [], []
    found = queries.works(connection, "1"), queries.note_paths(connection)
    connection.close()
    return found


def _published(place: Place) -> Sequence[queries.Row]:
    with closing(open_for_reading(place.library)) as connection:
        return queries.published(connection)


def _web(run: Run, manner: Manner) -> Within:
    from litdb.asking import Asking, Offline

    if manner.offline:
        return Within(Offline(), manner.budget)
    from litdb.web.client import Client

    contact = manner.contact or run.settings.contact
    client = Client(contact=contact, allow_private=manner.allow_private, keys=_keys(run.settings))
    return Within(Asking(client, pace(), _crew(manner)), manner.budget)


def _crew(manner: Manner) -> Callable[[], AbstractContextManager[Crew]]:
    """Who asks: the workers of a cluster, or threads."""
    if manner.cluster:
        from litdb.web.cluster import cluster

        return partial(cluster, manner.cluster)
    from litdb.web.crew import threads

    return threads


def _keys(settings: Settings) -> dict[str, dict[str, str]]:
    """The headers that litdb.toml wants for hosts, from the environment; says which of them are not set there."""
    for host, named in settings.headers.items():
        for name, variable in named.items():
            if not os.environ.get(variable):
                tell(f"{variable} is not set, so {host} is asked without the header {name}.")
    return {
        host: {name: os.environ[variable] for name, variable in named.items() if os.environ.get(variable)}
        for host, named in settings.headers.items()
    }


def _tell_forecast(run: Run, refresh: frozenset[Identifier]) -> None:
    """Say how long the web will take, where that is worth a line."""
    from litdb.asking import expected_seconds

    requests = run.requests(refresh)
    seconds = expected_seconds(requests, pace())
    if seconds >= WORTH_TELLING:
        tell(f"Asking {len({urlsplit(each.url).hostname for each in requests})} hosts takes about {seconds:.0f} s.")


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """A request to end (SIGTERM) and a closed terminal (SIGHUP) stop a run as Ctrl-C does: what was learnt is saved."""
    names = [each for each in ("SIGTERM", "SIGHUP") if hasattr(signal, each)]
    usual = [each for each in map(signal.Signals.__getitem__, names) if signal.getsignal(each) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        usual = []  # only the main thread may say what becomes of signals
    for each in usual:
        signal.signal(each, signal.default_int_handler)
    try:
        yield
    finally:
        for each in usual:
            signal.signal(each, signal.SIG_DFL)


@contextmanager
def _progress(silent: bool) -> Iterator[_Show]:
    """A line on stderr that counts, where a terminal looks."""
    if silent or not sys.stderr.isatty():
        yield lambda _event: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=0)
        planned = done = 0

        def show(event: Event) -> None:
            nonlocal planned, done
            if isinstance(event, Planned):
                planned += len(event.request.asked)
            else:
                done += 1
            host = event.request.url if isinstance(event, Planned) else str(event.attempt.identifier)
            bar.update(task, total=planned, completed=done, description=plain(host)[:60])

        yield show
