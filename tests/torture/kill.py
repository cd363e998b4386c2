"""Kill litdb at many points of its life and see that nothing is lost, nothing is half, and nobody is asked twice.

    python tests/torture/kill.py                       2,000 kills, over every scene
    python tests/torture/kill.py crawl --points 300    some of one

A point is a system call, drawn by a seeded generator from those that an undisturbed run makes. After each kill every
file is the old one or the new one, the same command runs again, undisturbed, and has to leave what a run leaves that
nobody killed.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

from litdb.sources import policy_for
from litdb.text.urls import read_url
from torture.forks import Forks
from torture.project import ForkedProject, Project, State, little_web
from torture.scenes import SCENES, Scene
from torture.tracing import CALLS, Call, can_trace, watch

SEED = 20261121

Point = tuple[str, int]
"""The name of a system call, and how many of them happen up to the kill."""


@dataclass(frozen=True)
class Undisturbed:
    """What a run leaves that nobody kills, whom it asked how often, and with which request each redirect began."""

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
    """A little web, and projects on it, each in a folder of its own. Use as a context manager."""

    def __init__(self) -> None:
        self.web = little_web()
        self._forks = Forks()
        self._temporary = tempfile.TemporaryDirectory(prefix="litdb-torture-")
        self._folders = (Path(self._temporary.name) / str(number) for number in count())

    def __enter__(self) -> Torture:
        self.web.__enter__()
        self._forks.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._forks.__exit__()
        self.web.__exit__(None, None, None)
        self._temporary.cleanup()

    def project(self, like: Project | None = None) -> ForkedProject:
        """A project as it is before its first crawl, or a copy of another."""
        return ForkedProject(self._forks, next(self._folders), self.web, like.folder if like else None)

    @cached_property
    def crawled(self) -> ForkedProject:
        """A project after its first crawl."""
        project = self.project()
        project.run("crawl", "notes")
        return project


class Victim:
    """The command of a scene, to be cut off again and again; `size` is what it leaves beside the library, in bytes.

    What nobody disturbs is a process of its own: sets come in another order there than in those that are forked.
    """

    def __init__(self, torture: Torture, scene: Scene) -> None:
        self._torture, self._web, self.words = torture, torture.web, scene.words
        self._ready = torture.project(torture.crawled if scene.is_crawled else None)
        scene.prepare(self._ready)
        self._before = self._ready.files()
        self._is_readable = self._ready.run("list")[0] == 0
        self.counts = Counter(call.name for call in self._run_traced(self.project()))
        project = self.project()
        since = len(self._web.log)
        project.start(*self.words).communicate(timeout=120)
        self._undisturbed = Undisturbed(project.state(), project.asked(since), project.beginnings())
        self.size = project.size()

    def project(self) -> ForkedProject:
        """A project that is ready for the command."""
        return self._torture.project(self._ready)

    def kill(self, point: Point) -> Trial:
        """Run until the point, kill, look, run again, compare."""
        project = self.project()
        since = len(self._web.log)
        struck = self._run_traced(project, *point)[-1]
        self._wait_for_the_web()
        if (struck.name, struck.number) != point:
            return Trial(point, None, 0, ())
        killed, answered = project.asked(since), project.answered()
        problems = self.problems_after(project)
        asked, in_flight = project.asked(since), killed - answered
        problems += _too_often(asked, self._undisturbed.asked + in_flight)
        problems += [f"never asked: {name[:200]}" for name in self._undisturbed.asked - asked]
        problems += [f"two in flight in the lane {lane}" for lane in self._crowded(in_flight)]
        shutil.rmtree(project.folder)
        return Trial(point, struck, in_flight.total(), problems)

    def problems_after(self, project: Project) -> list[str]:
        """What a run that was cut off has left that it must not, and the next one, which nobody disturbs."""
        kept = project.journal()
        problems = [*self._half(project), *self._unreadable(project)]
        code, told = project.run(*self.words)
        if code:
            return [*problems, f"the next run ended with {code}: {told}".strip()]
        state = project.state()
        problems += [f"lost from the journal: {row}" for row in state.lost(kept)]
        problems += self._undisturbed.state.differences(state) + project.damage()
        return problems + [f"left behind: {name}" for name in project.litter()]

    def _half(self, project: Project) -> list[str]:
        """Files that are neither what they were before nor what they are to be."""
        after = self._undisturbed.state.files
        return [
            f"{name} is neither the old file nor the new one"
            for name, content in project.files().items()
            if content not in (self._before.get(name), after.get(name))
        ]

    def _unreadable(self, project: Project) -> list[str]:
        """What a reader is told who comes between the kill and the next run; a library that was not there may be half."""
        code, told = project.run("list")
        is_a_sentence = told.startswith("Error: ") and told.count("\n") == 1 and "damaged" not in told
        fits = code == 0 or (not self._is_readable and is_a_sentence)
        return [] if fits else [f"a reader is told: {told.strip()}"]

    def _crowded(self, in_flight: Counter[str]) -> list[str]:
        """The lanes that had more than one request in flight; what a redirect leads to counts with what it began with."""
        begun = {self._undisturbed.beginnings.get(name, name) for name in in_flight}
        lanes = Counter(policy_for(read_url(name.split()[1])).lane for name in begun)
        return [lane for lane, several in lanes.items() if several > 1]

    def _run_traced(self, project: ForkedProject, name: str = "", number: int = 0) -> list[Call]:
        with project.held(*self.words) as process:
            return watch(process, name, number)

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
@click.argument("scenes", metavar="[SCENE…]", nargs=-1, type=click.Choice([*SCENES]))
@click.option("--points", default=2000, show_default=True, help="How many kills, over all scenes.")
@click.option("--seed", default=SEED, show_default=True, help="What the points are drawn by.")
def main(scenes: Sequence[str], points: int, seed: int) -> None:
    """Kill litdb at points drawn by system call, print the histogram, and end with 1 where anything went wrong."""
    if not can_trace():
        raise click.ClickException("strace is not there, or may not trace here.")
    chosen = {name: SCENES[name] for name in scenes or SCENES}
    parts = sum(scene.kills for scene in chosen.values())
    trials: list[Trial] = []
    with Torture() as torture:
        for name, scene in chosen.items():
            victim = Victim(torture, scene)
            drawn = draw(victim.counts, -(-points * scene.kills // parts), seed)
            trials += (told := [_tell(name, victim.kill(point)) for point in drawn])
            wrong = sum(bool(trial.problems) for trial in told)
            click.echo(f"{name}: {len(drawn)} kills of {victim.counts.total()} calls, {wrong} went wrong")
    for line in histogram(trials):
        click.echo(line)
    wrong = sum(bool(trial.problems) for trial in trials)
    struck = sum(trial.struck is not None for trial in trials)
    in_flight = sum(trial.in_flight for trial in trials)
    click.echo(f"{struck} kills of {len(trials)} drawn, {in_flight} requests in flight at the kill, {wrong} went wrong")
    sys.exit(bool(wrong))


def _tell(name: str, trial: Trial) -> Trial:
    for problem in trial.problems:
        click.echo(f"{name}, {trial.point[0]} {trial.point[1]}: {problem}")
    return trial


if __name__ == "__main__":
    main()
