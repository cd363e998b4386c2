"""litdb crawl: the main job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litdb.commands import INTERRUPTED, UNRESOLVED
from litdb.commands.options import db_option, json_option, paths_argument
from litdb.commands.printing import print_json, print_table, say, tell
from litdb.errors import UsageError
from litdb.files.place import Place
from litdb.files.reading import read_stdin

if TYPE_CHECKING:
    from litdb.commands.manner import Manner
    from litdb.commands.summary import Summary
    from litdb.outward import Reach

USUAL_BUDGET = "1000"
"""What a run that follows citations may spend where nothing else is said."""


@click.command("crawl")
@paths_argument
@db_option
@click.option("--contact", metavar="MAIL-OR-URL", default="", help="Whom a site can reach; goes into the User-Agent.")
@click.option("--offline", is_flag=True, help="Ask nobody; work with what is kept.")
@click.option("--refresh", is_flag=True, help="Ask again although what is kept is fresh; only changes are fetched.")
@click.option("--dry-run", is_flag=True, help="Print who would see which URLs and how long it takes; ask nobody.")
@click.option("--allow-private", metavar="HOST", multiple=True, help="A private host that may be asked, by name.")
@click.option("--strict", is_flag=True, help=f"Exit with {UNRESOLVED} when a link stays unresolved.")
@click.option("--depth", metavar="N", type=click.IntRange(0, 9), default=0, help="Follow what the works cite N steps.")
@click.option(
    "--budget",
    metavar="200|50works|10min|20MB",
    multiple=True,
    help=f"The most to spend; may be given several times. With --depth {USUAL_BUDGET} requests unless said.",
)
@click.option(
    "--only", metavar="HOST|SCHEME", multiple=True, help="Follow citations to these only: example.org, arxiv."
)
@click.option("--exclude", metavar="HOST|SCHEME", multiple=True, help="Follow no citation to these.")
@click.option(
    "--cluster",
    metavar="tcp://HOST:8786",
    default="",
    help="Let a Dask cluster's workers ask, not threads.",
)
@click.option("--watch", is_flag=True, help="Go on whenever a note changes, marked lists too, until Ctrl-C.")
@click.option("-s", "--silent", is_flag=True, help="No progress.")
@json_option
def command(
    paths: tuple[str, ...],
    place: Place,
    contact: str,
    offline: bool,
    refresh: bool,
    dry_run: bool,
    allow_private: tuple[str, ...],
    strict: bool,
    depth: int,
    budget: tuple[str, ...],
    only: tuple[str, ...],
    exclude: tuple[str, ...],
    cluster: str,
    watch: bool,
    silent: bool,
    as_json: bool,
) -> None:
    """Find every link of the notes under PATH (default: seeds/), learn what each cites, and write the exports.

    `-` reads a list of URLs from stdin and keeps it, as `litdb add` does. A second run asks only about what is new.

    With --depth litdb also asks about the works that yours cite, the nearest first and of these what most of them cite,
    and keeps from then on who cites whom (see litdb next, litdb graph). The budget is that of the whole run; a
    robots.txt and redirects are not counted.

    \b
    Examples:
      litdb crawl seeds/
      litdb crawl --depth 1 --budget 200 --budget 10min
      litdb crawl --depth 2 --only arxiv
      litdb crawl ~/vault --contact me@example.org
      litdb crawl notes.md --dry-run
      litdb crawl ~/vault --watch
      litdb crawl ~/vault --cluster tcp://scheduler:8786
    """
    from litdb.commands.summary import print_summary

    if "-" in paths and dry_run:
        raise UsageError("--dry-run keeps nothing, so it takes no list on stdin. Name a file that has it instead.")
    if "-" in paths:
        _add_from_stdin(place)
    given = [Path(path) for path in paths if path != "-"] or ([] if paths else [Path("seeds")])
    if dry_run:
        _print_plan(place, given, refresh, as_json)
        return
    summary = None if refresh or watch or depth or budget else _nothing_new(place, given, offline)
    if summary is None:
        from litdb.budget import read_budget
        from litdb.commands.manner import Manner

        reach = _reach(depth, only, exclude) if depth else None
        spending = read_budget(budget or ((USUAL_BUDGET,) if depth else ()))
        manner = Manner(contact, frozenset(allow_private), offline, silent, cluster, reach, spending)
        summary = _learnt(place, given, manner, refresh, watch)
    print_summary(summary, as_json)
    if summary.interrupted:
        raise click.exceptions.Exit(INTERRUPTED)
    if summary.unread:
        raise click.exceptions.Exit(1)
    if strict and summary.unresolved:
        raise click.exceptions.Exit(UNRESOLVED)


def _add_from_stdin(place: Place) -> None:
    """Keep the lines of a list that say where a work is, and the remarks; tell the others."""
    from litdb.files.added import add_lines
    from litdb.files.lock import Lock
    from litdb.notes.text import read_text

    wanted = []
    for number, line in enumerate(read_stdin().splitlines(), 1):
        if not line.strip() or line.startswith("#") or read_text("-", line).mentions:
            wanted.append(line)
        else:
            tell(f"Line {number} of the list has no URL, arXiv id or DOI, so it is left out: {line.strip()[:100]}")
    with Lock(place.library, tell=tell):
        add_lines(place.added, wanted)


def _reach(depth: int, only: Sequence[str], exclude: Sequence[str]) -> Reach:
    from litdb.outward import Reach

    return Reach(depth, _places(only), _places(exclude))


def _places(written: Sequence[str]) -> tuple[str, ...]:
    """Hosts and schemes as they are compared. Raises `UsageError` for a whole address."""
    if addresses := [each for each in written if "/" in each or ":" in each]:
        raise UsageError(f"--only and --exclude take a host (example.org) or a scheme (arxiv), not “{addresses[0]}”.")
    return tuple(each.lower().removeprefix("www.") for each in written)


def _nothing_new(place: Place, paths: Sequence[Path], offline: bool) -> Summary | None:
    """What the last run said, told again, if another one would find the same: while nothing is due, or nobody asked."""
    from litdb.commands.summary import Summary
    from litdb.text.times import utc_now
    from litdb.unchanged import standing

    now = utc_now()
    left = standing(place, paths, now[:10])
    if left is None or (now >= left.nothing_due_before and not offline):
        return None
    summary = Summary.unchanged(left.told)
    for problem in summary.problems:
        tell(problem)
    return summary


def _learnt(place: Place, paths: Sequence[Path], manner: Manner, refresh: bool, watch: bool) -> Summary:
    summary = _crawl(place, paths, manner, refresh)
    if not watch or summary.interrupted:
        return summary
    from litdb.commands.following import follow

    return follow(place, paths, lambda: _crawl(place, paths, manner, refresh=False))


def _crawl(place: Place, paths: Sequence[Path], manner: Manner, refresh: bool) -> Summary:
    from litdb.amending import Amending
    from litdb.commands.session import learn
    from litdb.files.lock import Lock
    from litdb.run import Run
    from litdb.text.times import utc_now

    is_whole = refresh or manner.reach is not None
    with (
        Lock(place.library, tell=tell),
        Run(place, paths, utc_now) if is_whole else Amending(place, paths, utc_now, offline=manner.offline) as run,
    ):
        stale = frozenset(each.identifier for each in run.targets()) if refresh else frozenset()
        return learn(run, manner, stale)


def _print_plan(place: Place, paths: Sequence[Path], refresh: bool, as_json: bool) -> None:
    from litdb.asking import expected_seconds, visits
    from litdb.commands.reaching import pace
    from litdb.run import Run
    from litdb.text.times import utc_now

    with Run(place, paths, utc_now) as run:
        stale = frozenset(each.identifier for each in run.targets()) if refresh else frozenset()
        requests = run.requests(stale)
    planned = visits(requests, pace())
    if as_json:
        print_json([{"host": each.host, "seconds": each.seconds, "urls": list(each.urls)} for each in planned])
        return
    print_table(("host", "requests", "seconds"), [(v.host, len(v.urls), f"{v.seconds:.0f}") for v in planned])
    for each in planned:
        for url in each.urls:
            say(f"{each.host} would see {url}")
    say(f"{len(requests)} requests to {len(planned)} hosts, about {expected_seconds(requests, pace()):.0f} s.")
