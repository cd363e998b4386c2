"""A million links to 50,000 addresses over 5,000 hosts, of which a third fails in every way at once.

    python tests/torture/many.py                  all of it
    python tests/torture/many.py --scale 0.01     10,000 links to 500 addresses over 50 hosts

One host has a tenth of all addresses: it is the slowest lane, and the run has to end with it. Every link has to end in
a work with an outcome, every host that works in `ok`, and litdb stays below 500 MB.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

from litdb.demo.faults import FAULTS, LINE_FAULTS
from litdb.demo.server import LittleWeb
from litdb.demo.sites.markup import document
from litdb.demo.wire import Call, Reply, page, text
from litdb.model import Outcome
from torture.project import LITDB

SEED = 20261121
MEGABYTES = 500
LATE = 1.05
"""How much longer than its slowest lane a run may ask."""

NOTE_LINKS = 250
ALL = tuple(sorted({*FAULTS, *LINE_FAULTS}))
SLOW = frozenset("drip endless timeout bomb rate-limit unavailable".split())
"""Faults that take their time, by hanging or by a Retry-After that is waited for."""

WORDS = (
    "<p>Somebody has written a page of some length, which takes a host that drips longer than anybody waits.</p>" * 4
)


@dataclass(frozen=True)
class ManyLinks:
    """So many links of a million, with the addresses and hosts that belong to them, and the faults of a third."""

    scale: float
    faults: Sequence[str] = ALL

    @property
    def links(self) -> int:
        """How many links the notes have."""
        return round(1_000_000 * self.scale)

    def hosts(self) -> list[str]:
        """The hosts; the first has the most addresses."""
        return [f"h{number}.example" for number in range(round(5_000 * self.scale))]

    def urls(self) -> list[str]:
        """The addresses: a tenth at the first host, the others at all in turn; encrypted where that is what fails."""
        hosts, many, broken = self.hosts(), round(50_000 * self.scale), self.broken()
        named = [hosts[0 if n < many // 10 else n % len(hosts)] for n in range(many)]
        scheme = {host: "https" if name == "bad-certificate" else "http" for host, name in broken.items()}
        return [f"{scheme.get(host, 'http')}://{host}/work/{n}" for n, host in enumerate(named)]

    def broken(self) -> dict[str, str]:
        """The hosts that fail, each with its fault: a third, never the first."""
        return {host: self.faults[n % len(self.faults)] for n, host in enumerate(self.hosts()[1::3])}

    def web(self) -> LittleWeb:
        """The web of these hosts."""
        made = LittleWeb(dict.fromkeys(self.hosts(), (_answer,)))
        for host, name in self.broken().items():
            made.fault(host, name)
        return made

    def write_notes(self, folder: Path) -> None:
        """The notes; every address is cited."""
        chance, urls = random.Random(SEED), self.urls()
        cited = [*urls, *chance.choices(urls, k=self.links - len(urls))]
        folder.mkdir()
        for start in range(0, len(cited), NOTE_LINKS):
            lines = (f"- See [this one]({url}), which says so.\n" for url in cited[start : start + NOTE_LINKS])
            (folder / f"note-{start // NOTE_LINKS}.md").write_text("".join(lines), "utf-8")


@dataclass(frozen=True)
class Ran:
    """What a run cost, and what it left: megabytes, seconds, the lanes' first and last requests, outcomes by fault."""

    code: int
    megabytes: float
    seconds: float
    lanes: dict[str, tuple[float, float]]
    links: int
    outcomes: Counter[tuple[str, str]]

    @property
    def late(self) -> float:
        """How many times as long as the slowest lane it asked."""
        asked = max(end for _, end in self.lanes.values()) - min(begin for begin, _ in self.lanes.values())
        return asked / max(end - begin for begin, end in self.lanes.values())

    def problems(self, made: ManyLinks) -> Iterator[str]:
        """What is wrong with it."""
        if self.code:
            yield f"the run ended with {self.code}"
        if self.links != made.links:
            yield f"{made.links - self.links} links without an outcome"
        for fault, outcome in self.outcomes:
            if (outcome != "ok") is bool(not fault) or outcome not in get_args(Outcome):
                yield f"{self.outcomes[fault, outcome]} addresses of hosts with “{fault}” ended as {outcome}"
        if self.megabytes > MEGABYTES:
            yield f"{self.megabytes:.0f} MB"
        if self.late > LATE:
            yield f"it asked {self.late:.2f} times as long as its slowest lane"


def run(made: ManyLinks, folder: Path, pace: float) -> Ran:
    """Crawl the notes and see."""
    made.write_notes(folder / "notes")
    library = folder / "db" / "litdb.db"
    with made.web() as web:
        environment = {**os.environ, **web.environment(), "LITDB_DB": str(library), "LITDB_PACE": str(pace)}
        began = time.monotonic()
        running = subprocess.Popen([*LITDB, "crawl", "notes", "--silent"], cwd=folder, env=environment, stdout=2)
        megabytes = _most_memory(running)
        seconds = time.monotonic() - began
        lanes = _lanes(web.log)
    return Ran(running.returncode, megabytes, seconds, lanes, *_ended(library, made.broken()))


def _most_memory(running: subprocess.Popen[bytes]) -> float:
    """The most memory that a process has had when it ends, in MB: its own high-water mark, where Linux tells it.

    What `wait4` tells begins with that of the process that started it.
    """
    told = Path(f"/proc/{running.pid}/status")
    most = 0
    while running.poll() is None:
        with suppress(OSError):
            marks = (line.split()[1] for line in told.read_text().splitlines() if line.startswith("VmHWM"))
            most = int(next(marks, most))
        with suppress(subprocess.TimeoutExpired):
            running.wait(0.02)
    return most / 1024


def _lanes(log: Sequence[Call]) -> dict[str, tuple[float, float]]:
    lanes: dict[str, tuple[float, float]] = {}
    for call in log:
        begin, _ = lanes.get(call.host, (call.at, call.at))
        lanes[call.host] = begin, call.at
    return lanes


def _ended(library: Path, broken: dict[str, str]) -> tuple[int, Counter[tuple[str, str]]]:
    """How many links ended in a work with an outcome, and how many addresses of each fault in which."""
    with closing(sqlite3.connect(library)) as connection:
        query = "SELECT count(*) FROM mentions JOIN works ON works.id = mentions.work WHERE works.outcome <> ''"
        links = connection.execute(query).fetchone()[0]
        rows = connection.execute("SELECT url, outcome FROM works WHERE cited")
        return links, Counter((broken.get(url.split("/")[2], ""), outcome) for url, outcome in rows)


def _answer(call: Call) -> Reply | None:
    if call.path == "/robots.txt":
        return text("User-agent: *\nAllow: /\n")
    name = f"Work {call.path.rpartition('/')[2]} of {call.host}"
    return page(
        document(name, [("citation_author", "Ann Ek"), ("citation_publication_date", "2020-03-04")], body=WORDS)
    )


@click.command()
@click.option("--scale", default=1.0, show_default=True, help="The part of a million links.")
@click.option("--pace", default=0.2, show_default=True, help="LITDB_PACE: what the usual pause is multiplied by.")
def main(scale: float, pace: float) -> None:
    """Crawl, tell how each fault ended and what it cost, and end with 1 where anything is wrong."""
    made = ManyLinks(scale)
    with tempfile.TemporaryDirectory(prefix="litdb-many-") as folder:
        ran = run(made, Path(folder), pace)
    for (fault, outcome), count in sorted(ran.outcomes.items()):
        click.echo(f"{fault or '(none)':20}{outcome:16}{count:8}")
    click.echo(
        f"{ran.links} of {made.links} links, {ran.outcomes.total()} addresses, {len(ran.lanes)} hosts asked: "
        f"{ran.seconds:.0f} s, {ran.megabytes:.0f} MB, {ran.late:.3f} times its slowest lane"
    )
    problems = list(ran.problems(made))
    for problem in problems:
        click.echo(problem)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
