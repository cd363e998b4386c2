"""Kill litdb at many points of its life and see that nothing is lost and nobody is asked twice.

    python tests/torture/kill.py --points 300
    python tests/torture/kill.py --points 50 --rebuild

A point is a system call, drawn by a seeded generator from those that an undisturbed run makes. After each kill the same
command runs again, undisturbed, and has to leave what a run leaves that nobody killed.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

from litdb.sources import policy_for
from litdb.text.urls import read_url
from torture.project import Project, State, little_web
from torture.tracing import CALLS, Call, can_trace, under_strace, watch

SEED = 20261121

Point = tuple[str, int]
"""The name of a system call, and how many of them happen up to the kill."""


@dataclass(frozen=True)
class Undisturbed:
    """What a crawl leaves that nobody kills, whom it asked how often, and with which request each redirect began."""

    state: State
    asked: Counter[str]
    beginnings: Mapping[str, str]


@dataclass(frozen=True)
class Trial:
    """One kill: where it struck (None where the run ended before), how many requests were in flight, what is wrong."""

    point: Point
    struck: Call | None
    in_flight: int
    problems: Sequence[str]


class Torture:
    """Runs on one project, each in a folder of its own, on one little web. Use as a context manager.

    What is killed is the first crawl, or the rebuilding of a library that is there.
    """

    def __init__(self, *, rebuild: bool = False) -> None:
        self._words = ("rebuild",) if rebuild else ("crawl", "notes")
        self._is_crawled = rebuild
        self._web = little_web()
        self._temporary = tempfile.TemporaryDirectory(prefix="litdb-torture-")
        self._made = 0

    def __enter__(self) -> Torture:
        self._web.__enter__()
        self.counts = Counter(call.name for call in self._run_traced(self._project()))
        project = self._project()
        since = len(self._web.log)
        project.run(*self._words)
        self._undisturbed = Undisturbed(project.state(), project.asked(since), project.beginnings())
        return self

    def __exit__(self, *_: object) -> None:
        self._web.__exit__(None, None, None)
        self._temporary.cleanup()

    def kill(self, point: Point) -> Trial:
        """Run until the point, kill, run again, compare."""
        project = self._project()
        since = len(self._web.log)
        struck = self._run_traced(project, *point)[-1]
        self._wait_for_the_web()
        killed, answered, kept = project.asked(since), project.answered(), project.journal()
        if (struck.name, struck.number) != point:
            return Trial(point, None, 0, ())
        read = project.run("list") if self._is_crawled else (0, "")
        code, told = project.run(*self._words)
        if code or read[0]:
            return Trial(point, struck, 0, [f"the next run ended with {code}: {told or read[1]}".strip()])
        state, asked = project.state(), project.asked(since)
        in_flight = killed - answered
        problems = [f"lost from the journal: {row}" for row in state.lost(kept)]
        problems += _too_often(asked, self._undisturbed.asked + in_flight)
        problems += [f"never asked: {name[:200]}" for name in self._undisturbed.asked - asked]
        problems += [f"two in flight in the lane {lane}" for lane in self._crowded(in_flight)]
        problems += self._undisturbed.state.differences(state) + project.damage()
        problems += [f"left behind: {name}" for name in project.litter()]
        return Trial(point, struck, in_flight.total(), problems)

    def _crowded(self, in_flight: Counter[str]) -> list[str]:
        """The lanes that had more than one request in flight; what a redirect leads to counts with what it began with."""
        begun = {self._undisturbed.beginnings.get(name, name) for name in in_flight}
        lanes = Counter(policy_for(read_url(name.split()[1])).lane for name in begun)
        return [lane for lane, several in lanes.items() if several > 1]

    def _project(self) -> Project:
        self._made += 1
        project = Project(Path(self._temporary.name) / str(self._made), self._web)
        if self._is_crawled:
            project.run("crawl", "notes")
        return project

    def _run_traced(self, project: Project, name: str = "", number: int = 0) -> list[Call]:
        def start(descriptor: int, held: str):
            before = under_strace(descriptor, held)
            return project.start(*self._words, before=before, pass_fds=(descriptor,))

        return watch(start, name, number)

    def _wait_for_the_web(self) -> None:
        """Until what the killed crawl had sent is in the log: the web reads on after the caller's death."""
        until = time.monotonic() + 0.1
        while time.monotonic() < until:
            before = len(self._web.log)
            time.sleep(0.02)
            if len(self._web.log) == before:
                return


def draw(counts: Mapping[str, int], wanted: int, seed: int = SEED) -> list[Point]:
    """Points from every kind of call in turn, so that the rare ones (a rename) are not drowned by the many (a write)."""
    generator = random.Random(seed)
    left = {name: generator.sample(range(1, counts[name] + 1), counts[name]) for name in CALLS if counts.get(name)}
    drawn: list[Point] = []
    while len(drawn) < wanted and any(left.values()):
        drawn += [(name, numbers.pop()) for name, numbers in left.items() if numbers]
    return drawn[:wanted]


def histogram(trials: Iterable[Trial]) -> Iterator[str]:
    """How many kills struck in which call and phase, as lines of a table."""
    struck = Counter((trial.struck.name, trial.struck.phase) for trial in trials if trial.struck)
    phases = list(dict.fromkeys(phase for _, phase in sorted(struck, key=lambda pair: _ORDER.index(pair[1]))))
    yield f"{'call':12}" + "".join(f"{phase:>12}" for phase in (*phases, "all"))
    for name in sorted({name for name, _ in struck}, key=CALLS.index):
        row = [struck[name, phase] for phase in phases]
        yield f"{name:12}" + "".join(f"{count:12}" for count in (*row, sum(row)))
    totals = [sum(struck[name, phase] for name in CALLS) for phase in phases]
    yield f"{'all':12}" + "".join(f"{count:12}" for count in (*totals, sum(totals)))


_ORDER = ("opening", "asking", "projecting", "exporting", "closing")


def _too_often(asked: Counter[str], allowed: Counter[str]) -> list[str]:
    return [f"asked again although answered: {name[:200]}" for name in asked - allowed]


@click.command()
@click.option("--points", default=300, show_default=True, help="How many kills.")
@click.option("--seed", default=SEED, show_default=True, help="What the points are drawn by.")
@click.option("--rebuild", is_flag=True, help="Kill the rebuilding of a library instead of a first crawl.")
def main(points: int, seed: int, rebuild: bool) -> None:
    """Kill litdb at points drawn by system call, print the histogram, and end with 1 where anything went wrong."""
    if not can_trace():
        raise click.ClickException("strace is not there, or may not trace here.")
    trials = []
    with Torture(rebuild=rebuild) as torture:
        for point in draw(torture.counts, points, seed):
            trials.append(torture.kill(point))
            for problem in trials[-1].problems:
                click.echo(f"{point[0]} {point[1]}: {problem}")
    for line in histogram(trials):
        click.echo(line)
    wrong = sum(bool(trial.problems) for trial in trials)
    struck = sum(trial.struck is not None for trial in trials)
    in_flight = sum(trial.in_flight for trial in trials)
    click.echo(f"{struck} kills of {points} drawn, {in_flight} requests in flight at the kill, {wrong} went wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
