"""What a library costs as it grows: a table at 10^3, 10^4 (and 10^5, with --full 10^6) works with five citations each.

    python bench/size.py [--works N …] [--full] [--keep DIR]

A tenth of the works is cited by notes, twenty to a note; each of these cites fifty works, as papers do, a third of the
time one of the few that everybody cites. All of it comes through a crawl whose web is a function in this file and which
then asks what these papers cite, so that journal, notes and library are as `--depth 1` leaves them. Then every figure
is that of a process of its own: start, work, end; processor time and the most memory it had. Beside it stands the size
before, and the ratio is the growth: how many times as much it is as there. Import compares `Library.replace` with
`executemany` of the same rows into the same schema. By default up to 10^4 works (3 minutes); `--full` is up to 10^6
(hours, 20 GB of disk).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from figures import Figure, hand_over, options, shown
from litdb.database.connection import open_for_reading, transaction
from litdb.database.library import PRIMARY_KEYS, Library
from litdb.demo.sites.arxiv import Paper, hosts
from litdb.demo.wire import Call
from litdb.files.place import Place
from litdb.model import Answer, Failure, Request
from litdb.run import Run
from litdb.sources import source_named
from measuring import by_turns, ratio, seconds, working_folder

USUAL, FULL = (1_000, 10_000), (1_000, 10_000, 100_000, 1_000_000)
CITED_EVERY, NOTE_CITES, PAPER_CITES, ROUNDS = 10, 20, 50, 3
IMPORT_GOAL = "ratio <= 1.2"
NOW = "2026-11-21T03:54:00Z"
WORDS = """alignment model reward training human feedback deceptive inner outer optimiser gradient policy evaluation
    scalable oversight interpretability capability dataset survey problem approach research benchmark agent""".split()
T = TypeVar("T")
LITDB = [sys.executable, "-m", "litdb"]


# A web of papers


def name(number: int) -> str:
    """The arXiv id of a paper: ten thousand a month from 2015 on."""
    month = number // 10_000
    return f"{15 + month // 12:02}{month % 12 + 1:02}.{number % 10_000:05}"


def number_of(ident: str) -> int:
    """The paper with an id."""
    return ((int(ident[:2]) - 15) * 12 + int(ident[2:4]) - 1) * 10_000 + int(ident[5:])


def paper(number: int) -> Paper:
    """A paper of one to four people; the same number gives the same paper."""
    dice = random.Random(number)
    people = tuple(f"{dice.choice(WORDS).title()} {dice.choice(WORDS).title()}" for _ in range(dice.randrange(1, 5)))
    title = f"{' '.join(dice.choices(WORDS, k=7)).capitalize()} {number}"
    day = f"20{name(number)[:2]}-{name(number)[2:4]}-05T10:00:00Z"
    return Paper(name(number), title, people, {1: day}, abstract=" ".join(dice.choices(WORDS, k=120)))


class Papers:
    """Asked by the crawl: arXiv tells what papers are, Semantic Scholar what they cite."""

    has_answered = True

    def __init__(self, works: int) -> None:
        self._works = works
        self._queue: list[Request] = []

    def add(self, request: Request, known: Answer | None) -> bool:
        """Take a request; of sources for references only one is there."""
        self._queue.append(request)
        return True

    def results(self) -> Iterator[Answer | Failure]:
        """The answers, at once."""
        while self._queue:
            request = self._queue.pop()
            is_here = urlsplit(request.url).hostname in ("export.arxiv.org", "api.semanticscholar.org")
            body = self._body(request) if is_here else b""
            yield Answer(request, 200 if is_here else 404, {}, body, request.url, NOW)

    def _body(self, request: Request) -> bytes:
        parts = urlsplit(request.url)
        if request.method == "POST":
            asked = [number_of(each.removeprefix("ARXIV:")) for each in json.loads(request.body)["ids"]]
            return json.dumps([self._listed(each) for each in asked]).encode()
        papers = [paper(number_of(each)) for each in parse_qs(parts.query)["id_list"][0].split(",")]
        call = Call("GET", "https", str(parts.hostname), parts.path, parts.query, {}, b"", 0.0)
        reply = hosts(papers)["export.arxiv.org"][0](call)
        assert reply
        return reply.body

    def _listed(self, number: int) -> dict[str, object]:
        dice = random.Random(number)

        def cited() -> int:
            famous = min(self._works - 1, int(dice.paretovariate(0.6)))
            return famous if dice.random() < 0.3 else dice.randrange(self._works)

        references = [
            {"externalIds": {"ArXiv": name(each)}, "title": f"An invented paper with the number {each}"}
            for each in (cited() for _ in range(PAPER_CITES))
        ]
        return {"paperId": f"p{number}", "externalIds": {"ArXiv": name(number)}, "references": references}


def write_notes(folder: Path, works: int) -> None:
    """The notes that cite every tenth work."""
    cited = list(range(0, works, CITED_EVERY))
    for first in range(0, len(cited), NOTE_CITES):
        write_note(folder / f"{first // 2_000:03}" / f"{first:06}.md", cited[first : first + NOTE_CITES])


def write_note(path: Path, cited: Sequence[int]) -> None:
    """A note that says something of papers."""
    dice = random.Random(cited[0])
    lines = (
        f"{' '.join(dice.choices(WORDS, k=12)).capitalize()}, see [{' '.join(dice.choices(WORDS, k=4))}]"
        f"(https://arxiv.org/abs/{name(each)}).\n"
        for each in cited
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((f"# {path.stem}\n", *lines)), "utf-8")


def crawl(folder: Path, works: int) -> float:
    """The first crawl, with what the papers cite; its processor time."""
    place = Place(folder / "db" / "litdb.db")
    start = time.process_time()
    with Run(place, [place.project / "notes"], lambda: NOW) as run:
        first = run.crawl(Papers(works))
        for _ in first.run(run.targets()):
            pass
        run.library.want_graph()
        for _ in first.run_outward([], source_named("semanticscholar-references").plan(run.targets())):
            pass
        run.project()
        run.remember({})
    return time.process_time() - start


# What is measured


def measured(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    """The processor seconds of a process, and the most memory that it had in MB: its own, as Linux tells it.

    What `wait4` tells of memory begins with that of the process that starts it.
    """
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        told, peak = Path(f"/proc/{process.pid}/status"), 0
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            marks = (line.split()[1] for line in told.read_text().splitlines() if line.startswith("VmHWM"))
            peak = int(next(marks, peak))
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(ended[1])
        errors.seek(0)
        assert process.returncode == 0, f"{arguments}: {errors.read().decode()[-500:]}"
    return ended[2].ru_utime + ended[2].ru_stime, peak / 1024


def apart(job: Callable[..., T], *arguments: object) -> T:
    """What a job gives in a process of its own: a process begins with the memory peak of the one that starts it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(job, *arguments).result()


def commands(works: int) -> dict[str, list[str]]:
    """The commands of the table, in their order; each is run where the one before has left the library."""
    known = f"https://arxiv.org/abs/{name(works // 20 * 10)}"
    return {
        "crawl, offline": ["crawl", "notes", "--offline"],
        "crawl, unchanged": ["crawl", "notes", "--offline"],
        "crawl, a new note": ["crawl", "notes", "--offline"],
        "set a field": ["set", known, "title", "A title"],
        "show": ["show", known],
        "search": ["search", "inner", "alignment"],
        "next": ["next"],
        "list": ["list"],
        "export csl-json": ["export", "csl-json"],
        "export bibtex": ["export", "bibtex"],
        "rebuild": ["rebuild"],
        "crawl, after a rebuild": ["crawl", "notes", "--offline"],
    }


def imported(library: Path, folder: Path) -> dict[str, list[float]]:
    """Processor seconds for the rows of a library written into an empty one: by litdb, and by bare `executemany`."""
    jobs = {"litdb": by_litdb, "executemany": by_executemany}
    return by_turns(
        {name: partial(import_time, job, library, folder / "made.db") for name, job in jobs.items()}, ROUNDS
    )


def import_time(job: Callable[[sqlite3.Connection, Path], None], library: Path, made: Path) -> float:
    """Processor seconds of one way to write a library."""
    with closing(open_for_reading(library)) as source:
        taken = seconds(partial(job, source, made), time.process_time)
    made.unlink()
    return taken


def by_litdb(source: sqlite3.Connection, made: Path) -> None:
    """As a crawl writes it."""
    with Library(made) as library:
        library.replace({table: rows_of(source, table) for table in PRIMARY_KEYS})


def by_executemany(source: sqlite3.Connection, made: Path) -> None:
    """As one writes it by hand, in one transaction."""
    with Library(made):
        pass
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = normal")
        connection.execute("PRAGMA foreign_keys = on")
        with transaction(connection, made):
            connection.execute("PRAGMA defer_foreign_keys = on")
            for table in PRIMARY_KEYS:
                names = [each[1] for each in connection.execute(f"PRAGMA table_info({table})")]
                marks = ", ".join(f":{each}" for each in names)
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows_of(source, table))


def rows_of(source: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    """The rows of a table by name."""
    return map(dict, source.execute(f"SELECT * FROM {table}"))


def of_size(folder: Path, works: int) -> Iterator[Figure]:
    """Every figure of a size."""
    place = Place(folder / "db" / "litdb.db")
    if not place.library.exists():
        write_notes(folder / "notes", works)
        yield Figure("crawl, first", "s", [apart(crawl, folder, works)])
    for what, words in commands(works).items():
        if what == "crawl, a new note":
            write_note(folder / "notes" / "new.md", [1, 2, works // 2])
        taken, peak = measured([*LITDB, *words], folder)
        yield Figure(what, "s", [taken])
        yield Figure(f"{what}, memory", "MB", [peak])
    mine, bare = apart(imported, place.library, folder).values()
    yield Figure("import", "s", mine)
    yield Figure("import, beside rows by hand", "s", mine, "executemany", bare, ratio(mine, bare), IMPORT_GOAL)
    for file in (place.library, place.journal, place.readings):
        yield Figure(file.name, "MB", [file.stat().st_size / 1e6])
    with closing(open_for_reading(place.library)) as connection:
        tables = ("works", "relations", "mentions")
        counts = (f"{connection.execute(f'SELECT count(*) FROM {each}').fetchone()[0]} {each}" for each in tables)
        print(f"in the library: {', '.join(counts)}")


def main(sizes: Sequence[int], kept: Path | None) -> Iterator[Figure]:
    """Size by size, each figure with its growth."""
    with working_folder(kept) as folder:
        smaller: dict[str, Figure] = {}
        for before, works in pairwise((0, *sizes)):
            free = shutil.disk_usage(folder).free / 1e9
            assert free > works * 25e-6, f"{works} works want {works * 25e-6:.0f} GB of disk; {free:.0f} GB are free"
            for figure in of_size(folder / str(works), works):
                yield grown(replace(figure, what=f"{works} works: {figure.what}"), smaller.get(figure.what), before)
                smaller[figure.what] = figure


def grown(figure: Figure, smaller: Figure | None, before: int) -> Figure:
    """A figure beside the same at the size before, unless it has another peer."""
    if figure.peer or not smaller or not any(smaller.values):
        return figure
    growth = median(figure.values) / median(smaller.values)
    return replace(figure, peer=f"{before} works", ratio=growth)


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--works", type=int, nargs="+", default=USUAL, help="the sizes, the smallest first")
    parser.add_argument("--full", action="store_true", help="all four sizes")
    parser.add_argument("--keep", type=Path, help="the folder of the libraries, else they go in the end")
    given = parser.parse_args()
    hand_over(shown(main(FULL if given.full else given.works, given.keep)), given.figures)
