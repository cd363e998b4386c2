"""How long `litdb browse` takes for each of its pages, and how much memory, beside Datasette alone in the same run.

    python bench/browse.py [--works N] [--rounds N] [--keep DIR]

An invented library (100,000 works, 500,000 mentions unless told otherwise) is served twice, each time by a process of
its own: by `litdb browse`, for the one who started it, and by Datasette with the same metadata and no plugin. Every
page is asked for `--rounds` times, each time about something else: from the most cited to what hardly anybody cites,
from common words to rare ones. A figure is the time until the last byte of the answer has come, over an open connection
on loopback. The peer answers what comes nearest to the same question, in every fourth round, as it takes seconds; the
facets that it leaves out for want of time are counted, and the pages that it gives up. `--keep` makes the library in a
folder once and takes it from there later. “work” is the time of the server's processors, mean of the rounds: what
remains of a figure where the machine has other things to do. Linux, for its `/proc`.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from figures import Figure, hand_over, options
from litdb.commands.metadata import write_metadata
from litdb.database.connection import open_for_reading
from litdb.demo.large import TAGS, make_library
from litdb.files.place import Place
from measuring import percentile, ratio, working_folder

GOAL = "median <= 200, p95 <= 600"
MEMORY_MB = 400
PEER = "Datasette alone"
PEER_EVERY = 4
STOCK = (
    "import pluggy; pluggy.PluginManager.load_setuptools_entrypoints = lambda *_, **__: 0\n"
    "from datasette.cli import cli; cli()"
)
LITDB = "from litdb.commands import main; main()"
_RUNNING = re.compile(r"http://127\.0\.0\.1:(\d+)(\S*)")
_PEAK = re.compile(r"VmHWM:\s*(\d+) kB")
FACETS = ("type", "site", "year", "outcome", "author", "note", "note.status", "note.tags")
"""What the invented library can be narrowed by."""
WHOLE = ("references", "references, page n", "references, by title")
"""The pages that count every work, so that every facet has to be there."""
_TIMED_OUT = re.compile(r"These facets timed out:\s*([^<]+)")


# What is asked


@dataclass(frozen=True)
class Facts:
    """What there is to ask about, from the most cited to the rarest, as many as there are rounds."""

    works: Sequence[tuple[int, str]]
    people: Sequence[tuple[int, str]]
    notes: Sequence[tuple[int, str]]
    words: Sequence[str]


def facts(library: Path, rounds: int) -> Facts:
    """Draw what to ask about, evenly from the whole library."""
    connection = open_for_reading(library)

    def spread(query: str) -> list[tuple[int, str]]:
        found = [tuple(row) for row in connection.execute(query)]
        return [found[round(step * (len(found) - 1) / max(1, rounds - 1))] for step in range(rounds)]

    by_author = "SELECT person, count(*) AS n FROM authorships GROUP BY person"
    titles = " ".join(row[0] for row in connection.execute("SELECT title FROM works ORDER BY id LIMIT 2000"))
    words = sorted(set(re.findall(r"\b[a-z]{2,8}\b", titles)), key=lambda word: (-titles.count(f" {word} "), word))
    return Facts(
        spread("SELECT id, key FROM works ORDER BY mentions DESC, id"),
        spread(f"SELECT id, name FROM people JOIN ({by_author}) ON person = id ORDER BY n DESC, id"),
        spread("SELECT id, path FROM notes ORDER BY path"),
        [words[round(step * (len(words) - 1) / max(1, rounds - 1))] for step in range(rounds)],
    )


def tilde(text: str) -> str:
    """A part of an address as Datasette wants it."""
    return quote(text, safe="").replace(".", "~2E").replace("%", "~")


def pages(known: Facts) -> Mapping[str, tuple[Sequence[str], Sequence[str]]]:
    """Every page by name: litdb's addresses, and those of Datasette's that come nearest."""
    rounds = range(len(known.works))
    words = [urlencode({"q": word}) for word in known.words]
    search = [urlencode({"_search": word}) for word in known.words]
    types = ("preprint", "post", "post-weblog", "article-journal", "comment", "webpage")
    narrow = [f"type={types[each % len(types)]}" for each in rounds]
    lists, table = "/litdb/-/references", "/litdb/reference_list"
    return {
        "home": (["/litdb/-/home" for _ in rounds], ["/litdb" for _ in rounds]),
        "references": ([lists for _ in rounds], [table for _ in rounds]),
        "references, page n": (
            [f"{lists}?page={each * 60 + 2}" for each in rounds],
            [f"{table}?_next={each * 3000 + 100}" for each in rounds],
        ),
        "references, by title": ([f"{lists}?sort=title" for _ in rounds], [f"{table}?_sort=title" for _ in rounds]),
        "references, one type": ([f"{lists}?{each}" for each in narrow], [f"{table}?{each}" for each in narrow]),
        "references, one author": (
            [f"{lists}?{urlencode({'author': name})}" for _, name in known.people],
            [f"{table}?{urlencode({'authors__arraycontains': name})}" for _, name in known.people],
        ),
        "references, one tag": (
            [f"{lists}?note.tags={TAGS[each % len(TAGS)]}" for each in rounds],
            [],
        ),
        "search": ([f"{lists}?{each}" for each in words], [f"/litdb/works?{each}" for each in search]),
        "search, one type": (
            [f"{lists}?{word}&{kind}" for word, kind in zip(words, narrow, strict=True)],
            [f"/litdb/works?{word}&{kind}" for word, kind in zip(search, narrow, strict=True)],
        ),
        "reference": (
            [f"/litdb/-/reference/{tilde(key)}" for _, key in known.works],
            [f"/litdb/works/{row}" for row, _ in known.works],
        ),
        "reference, unknown": (
            [f"/litdb/-/reference/{tilde(key[:-2])}x" for _, key in known.works],
            [f"/litdb/works/{row}0" for row, _ in known.works],
        ),
        "note": (
            [f"/litdb/-/note/{tilde(path)}" for _, path in known.notes],
            [f"/litdb/mentions?note={row}" for row, _ in known.notes],
        ),
        "person": (
            [f"/litdb/-/person/{tilde(name)}" for _, name in known.people],
            [f"/litdb/authorships?person={row}" for row, _ in known.people],
        ),
        "notes": (["/litdb/-/notes" for _ in rounds], ["/litdb/notes" for _ in rounds]),
        "attention": (["/litdb/-/attention" for _ in rounds], ["/litdb/needs_attention" for _ in rounds]),
        "timeline": (["/litdb/-/timeline" for _ in rounds], []),
        "timeline, one year": ([f"/litdb/-/timeline?date={2005 + each % 20}" for each in rounds], []),
        "timeline, reading": (["/litdb/-/timeline?view=reading" for _ in rounds], []),
        "graph": (["/litdb/-/graph" for _ in rounds], []),
        "graph, one work": ([f"/litdb/-/graph?{urlencode({'of': key})}" for _, key in known.works], []),
    }


# The servers


class Answer(NamedTuple):
    """The milliseconds until all of a page has come, those that the server's processors worked, status and text."""

    taken: float
    spent: float
    status: int
    text: str


@dataclass
class Server:
    """A server in a process of its own."""

    port: int
    process: int
    cookie: str = ""

    def get(self, path: str) -> Answer:
        """Ask for a page over a connection that is already open."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)) as connection:
            connection.connect()
            start, before = time.perf_counter(), self.spent
            connection.request("GET", path, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            body = answer.read()
            taken, spent = time.perf_counter() - start, self.spent - before
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        return Answer(taken * 1000, spent * 1000, answer.status, body.decode())

    @property
    def spent(self) -> float:
        """The seconds that its processors have worked until now, in steps of a hundredth (man7.org, proc_pid_stat)."""
        after_name = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")

    @property
    def peak(self) -> float:
        """Its memory at the highest until now in MB: its own, as `ru_maxrss` begins with that of who started it."""
        return int(_PEAK.search(Path(f"/proc/{self.process}/status").read_text())[1]) / 1024


@contextmanager
def serve(words: Sequence[str]) -> Iterator[Server]:
    """A server that is started so, on a port that it chooses and tells."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    call = [sys.executable, "-c", *words]
    with subprocess.Popen(
        call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        told = next((found for line in process.stdout if (found := _RUNNING.search(line))), None)
        assert told, f"{words} has ended"
        server = Server(int(told[1]), process.pid)
        drain = threading.Thread(target=process.stdout.read)
        drain.start()
        try:
            server.get(told[2] or "/")
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            drain.join()


# Measuring


@dataclass(frozen=True)
class Rounds:
    """A page's rounds: the milliseconds until it came, those of processors at work, facets left out, no page given."""

    times: Sequence[float]
    work: Sequence[float]
    dropped: int = 0
    failed: int = 0


def measure(server: Server, addresses: Sequence[str], left_out: Callable[[str], int]) -> Rounds:
    """Ask for each address once."""
    answers = [server.get(address) for address in addresses]
    texts = [each.text for each in answers if each.status in (200, 404)]
    dropped = max(map(left_out, texts), default=0)
    times, work = [each.taken for each in answers], [each.spent for each in answers]
    return Rounds(times, work, dropped, len(answers) - len(texts))


def missing(text: str) -> int:
    """How many facets are not on a page of litdb's."""
    return len(FACETS) - text.count('<section class="facet"')


def timed_out(text: str) -> int:
    """How many facets Datasette names as too slow: “These facets timed out: a, b”."""
    told = _TIMED_OUT.search(text)
    return len(told[1].split(",")) if told else 0


def none_left_out(_text: str) -> int:
    """Of a page that has no facets, or of few works that may lack some."""
    return 0


def cells(rounds: Rounds) -> str:
    """One side of a line of the table."""
    times = (statistics.median(rounds.times), percentile(rounds.times, 0.95), statistics.mean(rounds.work))
    return f"{''.join(f'{each:8.0f}' for each in times)}{rounds.dropped:8}{rounds.failed:8}"


def page_figure(name: str, mine: Rounds, theirs: Rounds | None) -> Figure:
    """A page beside that of the peer which comes nearest, by the rounds that both were asked in."""
    figure = Figure(name, "ms", mine.times, goal=GOAL)
    if not theirs:
        return figure
    share = ratio(mine.times[::PEER_EVERY], theirs.times)
    return replace(figure, peer=PEER, theirs=theirs.times, ratio=share)


def compared(mine: Server, stock: Server, known: Facts) -> Iterator[Figure]:
    """Every page of both; in the end how many facets and pages litdb left out."""
    heads = f"{'p50':>8}{'p95':>8}{'work':>8}{'dropped':>8}{'failed':>8}"
    print(f"{'':24}{'litdb browse':>40}{PEER:>40}\n{'':24}{heads}{heads}", flush=True)
    dropped, failed = [], []
    for name, (ours, theirs) in pages(known).items():
        peer = measure(stock, theirs[::PEER_EVERY], timed_out) if theirs else None
        rounds = measure(mine, ours, missing if name in WHOLE else none_left_out)
        figure = page_figure(name, rounds, peer)
        over = "" if figure.is_met else "  over"
        print(f"{name:24}{cells(rounds)}{cells(peer) if peer else '–':>40}{over}", flush=True)
        dropped.append(rounds.dropped)
        failed.append(rounds.failed)
        yield figure
    yield Figure("facets left out of a page", "facets", dropped, goal="max <= 0")
    yield Figure("rounds without a page", "rounds", failed, goal="max <= 0")


def main(kept: Path | None, works: int, rounds: int) -> Iterator[Figure]:
    """Serve, ask, print a table."""
    with working_folder(kept) as folder:
        place = Place(folder / "litdb.db")
        if not place.library.exists():
            make_library(place.library, works, works * 5)
        write_metadata(place)
        print(f"{works} works, {works * 5} mentions; {rounds} rounds; milliseconds; goal {GOAL}")
        yield from served(place, facts(place.library, rounds))


def served(place: Place, known: Facts) -> Iterator[Figure]:
    """A library by both servers."""
    metadata = str(place.folder / "metadata.json")
    with (
        serve([LITDB, "browse", "--no-open", "--port", "0", "--db", str(place.library)]) as mine,
        serve([STOCK, "serve", str(place.library), "--port", "0", "--metadata", metadata]) as stock,
    ):
        first = mine.get("/litdb/-/references").taken
        stock.get("/litdb/reference_list")
        yield Figure("first list after the start", "ms", [first])
        yield from compared(mine, stock, known)
        yield from memory(mine, stock)
        export = mine.get("/litdb/-/references.bib")
        entries = len(re.findall(r"^@", export.text, re.MULTILINE))
        print(f"references.bib: {entries} entries in {export.taken / 1000:.1f} s; then {mine.peak:.0f} MB")
        yield Figure("references.bib", "s", [export.taken / 1000])


def memory(mine: Server, stock: Server) -> Iterator[Figure]:
    """The most memory of both until now."""
    peaks = [mine.peak], [stock.peak]
    print(f"memory: litdb browse {peaks[0][0]:.0f} MB (goal <= {MEMORY_MB}), {PEER} {peaks[1][0]:.0f} MB")
    yield Figure("memory", "MB", peaks[0], PEER, peaks[1], ratio(*peaks), f"max <= {MEMORY_MB}")


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="the folder of the library, else it goes in the end")
    given = parser.parse_args()
    hand_over(main(given.keep, given.works, given.rounds), given.figures)
