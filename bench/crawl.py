"""How fast and how politely litdb crawls, against bare `requests` lanes on the same hosts in the same run.

    python bench/crawl.py [--rounds N] [--scale X] [--full]

Uneven hosts (Zipf: the slowest has 445 of 1,998 pages of 52 kB) live behind a proxy on loopback, in a process of its
own that logs when each request arrived, as the kernel tells. The peer is a thread and a `Session` for each host, its
starts 0.1 s apart, and throws away what it gets; litdb asks robots.txt first, journals every answer and reads every
page. Both run in a process of their own, by turns. `--full` is all pages, five rounds (8 minutes); by default half of
them, three rounds (3 minutes). Start-up is not in the times.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import socket
import socketserver
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from figures import Figure, hand_over, options, shown
from measuring import by_turns, ratio

if TYPE_CHECKING:
    from litdb.web.crew import Crew

HOSTS, SLOWEST, PAGE_BYTES = 50, 445, 52_000
DELAY = 0.1
ALLOWED = 0.03
"""The share of the slowest host's time that litdb may take more than the peer."""
A_PAGE_MS = 10

SO_TIMESTAMPNS = 35
"""Linux's option, and the kind of message, that tells when what is read arrived (asm-generic/socket.h).

Elsewhere the log has when a request was read, and what a busy process reads late looks like a short gap behind it.
"""

WORDS = """alignment model reward training human feedback deceptive inner outer optimiser gradient policy evaluation
    scalable oversight interpretability capability dataset survey problem approach research benchmark agent""".split()


# The hosts


def pages(scale: float) -> list[str]:
    """The addresses, host by host: the first has 445, the second half of that, and so on."""
    counts = [max(1, int(SLOWEST * scale / rank + 0.47)) for rank in range(1, HOSTS + 1)]
    return [f"http://h{rank:02}.example.org/post/{n}" for rank, count in enumerate(counts) for n in range(count)]


def page(address: str, prose: str) -> bytes:
    """A post of about 52 kB: a head as blogs have it, a list of links, paragraphs."""
    title = f"{' '.join(random.Random(address).choices(WORDS, k=5)).capitalize()}"
    start = hash(address) % (len(prose) - PAGE_BYTES)
    words = prose[start : start + PAGE_BYTES - 4600]
    body = "".join(f"<p>{words[at : at + 600]}</p>\n" for at in range(0, len(words), 600))
    links = "".join(f'<li><a href="/post/{n}">{WORDS[n % len(WORDS)]} {n}</a></li>' for n in range(60))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{address}"><meta property="og:title" content="{title}">'
        f'<meta name="author" content="Ada Lovelace"><meta property="article:published_time" '
        f'content="2022-08-30T17:59:09Z"></head><body><nav><ul>{links}</ul></nav><article><h1>{title}</h1>{body}'
        "</article></body></html>"
    ).encode()


class Host(socketserver.BaseRequestHandler):
    """A connection to the proxy that is every host."""

    server: Hosts

    def handle(self) -> None:
        """Answer what comes, until that is the last of it or nothing more comes."""
        with suppress(ConnectionError):
            is_last = False
            while not is_last and (came := self._receive()):
                head, at = came
                self.request.sendall(self.server.reply(head.split(b" ", 2)[1].decode(), at))
                is_last = b"connection: close" in head.lower()

    def _receive(self) -> tuple[bytes, float] | None:
        """The head of a request and when it arrived (s): by the kernel, as this process may read it much later."""
        head, at = b"", time.time()
        while not head.endswith(b"\r\n\r\n"):
            piece, stamps, _, _ = self.request.recvmsg(65536, 256)
            if not piece:
                return None
            head += piece
            stamped = [struct.unpack("qq", stamp) for _, kind, stamp in stamps if kind == SO_TIMESTAMPNS]
            at = next((seconds + nanoseconds / 1e9 for seconds, nanoseconds in stamped), time.time())
        return head, at


class Hosts(socketserver.ThreadingTCPServer):
    """A proxy that is every host; a GET for the host `log` empties the log."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, addresses: Iterable[str]) -> None:
        super().__init__(("127.0.0.1", 0), Host)
        if sys.platform == "linux":
            self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        prose = " ".join(random.Random(20221216).choices(WORDS, k=40_000))
        self._made = {address: page(address, prose) for address in addresses}
        self._log: list[tuple[str, float]] = []

    def reply(self, address: str, at: float) -> bytes:
        """The answer to a request that arrived then."""
        parts = urlsplit(address)
        if parts.hostname == "log":
            said, kind = json.dumps(self._log).encode(), "application/json"
            self._log.clear()
        else:
            self._log.append((str(parts.hostname), at))
            is_rules = parts.path == "/robots.txt"
            rules = b"User-agent: *\nAllow: /\n", "text/plain"
            said, kind = rules if is_rules else (self._made[address], "text/html")
        return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(said)}\r\n\r\n".encode() + said


def serve(port_to: int, addresses: Iterable[str]) -> None:
    """Be the hosts; their port goes to a file descriptor."""
    with Hosts(addresses) as server:
        os.write(port_to, str(server.server_address[1]).encode())
        os.close(port_to)
        server.serve_forever()


@contextmanager
def web(scale: float) -> Iterator[Mapping[str, str]]:
    """The hosts, and the variables that lead to them."""
    told, tells = os.pipe()
    command = [sys.executable, __file__, "--serve", str(tells), "--scale", str(scale)]
    with subprocess.Popen(command, pass_fds=(tells,)) as server:
        os.close(tells)
        proxy = f"http://127.0.0.1:{os.read(told, 16).decode()}"
        os.close(told)
        names = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY")
        cleared = {"no_proxy": "", "NO_PROXY": "", "LITDB_DB": ""}
        try:
            yield {**os.environ, **dict.fromkeys(names, proxy), **cleared}
        finally:
            server.terminate()


# The two crawlers, each in a process of its own: they get ready, and what they give back is timed


def bare(addresses: Iterable[str], delay: float) -> Callable[[], None]:
    """A thread and a session for each host, start to start."""
    import requests

    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc].append(address)

    def lane(own: Sequence[str]) -> None:
        with requests.Session() as session:
            due = time.monotonic()
            for address in own:
                time.sleep(max(0.0, due - time.monotonic()))
                due = time.monotonic() + delay
                assert len(session.get(address, timeout=30).content) > PAGE_BYTES / 2

    def crawl() -> None:
        threads = [threading.Thread(target=lane, args=(own,)) for own in by_host.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return crawl


def litdb(addresses: Iterable[str], delay: float, crew: Crew | None = None) -> Callable[[], None]:
    """litdb's crawl: lanes, robots.txt, journal, reading; by threads, or by the crew given."""
    from litdb.asking import Asking
    from litdb.crawl import Crawl, Ended
    from litdb.database.journal import Journal
    from litdb.model import Target
    from litdb.sources import INTERVAL, identify, sources
    from litdb.text.times import utc_now
    from litdb.web.client import Client
    from litdb.web.crew import threads

    asks = partial(nullcontext, crew) if crew else threads
    targets = [Target(identity.identifier, (identity.url,)) for identity in map(identify, addresses)]

    def crawl() -> None:
        with tempfile.TemporaryDirectory() as folder, Journal(Path(folder) / "litdb.journal") as journal:
            run = Crawl(journal, Asking(Client(), delay / INTERVAL, asks), sources(), utc_now).run(targets)
            ended = [event.attempt.outcome for event in run if isinstance(event, Ended)]
        assert ended == ["ok"] * len(targets), sorted(set(ended))

    return crawl


CRAWLERS = {"litdb": litdb, "bare": bare}


def run_crawler(name: str, scale: float, delay: float) -> None:
    """Crawl and print what it took, without start-up: seconds, CPU milliseconds a page, MB."""
    addresses = pages(scale)
    crawl = CRAWLERS[name](addresses, delay)
    wall, cpu = time.monotonic(), time.process_time()
    crawl()
    taken = {"wall": time.monotonic() - wall, "cpu": (time.process_time() - cpu) * 1000 / len(addresses)}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**taken, "rss": memory}))


# Measuring


def measure(name: str, environment: Mapping[str, str], scale: float, delay: float) -> dict[str, float]:
    """What a crawl took, and from the hosts' log the least gap of a host in ms and how many were too short."""
    command = [sys.executable, __file__, "--run", name, "--scale", str(scale), "--delay", str(delay)]
    said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    gaps = gaps_of(environment)
    return {**json.loads(said), "gap": min(gaps) * 1000, "short": sum(gap < delay for gap in gaps)}


def gaps_of(environment: Mapping[str, str]) -> list[float]:
    """The seconds between any two requests in a row to a host since the last time, from the hosts' log."""
    import requests

    log = requests.get("http://log/", proxies={"http": environment["http_proxy"]}, timeout=30).json()
    starts: dict[str, list[float]] = defaultdict(list)
    for host, at in log:
        starts[host].append(at)
    return [later - earlier for own in starts.values() for earlier, later in pairwise(own)]


def cpu_of(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """The CPU milliseconds of a command."""
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    usage = os.wait4(child.pid, 0)[2]
    return (usage.ru_utime + usage.ru_stime) * 1000


def nothing_due(environment: Mapping[str, str], scale: float, rounds: int) -> Figure:
    """The CPU milliseconds of `litdb crawl` over notes that are known and fresh, beside those of `litdb --version`.

    As everywhere where Python may write, its compiled modules are there from the second run on.
    """
    litdb = [str(Path(sys.executable).with_name("litdb"))]
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        notes.mkdir()
        (notes / "list.md").write_text("\n".join(f"- <{address}>" for address in pages(scale)))
        crawl = [*litdb, "crawl", str(notes), "--silent", "--db", str(Path(folder) / "litdb.db")]
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
        unpaced = {**environment, **compiled, "LITDB_PACE": "0"}
        cpu_of(crawl, unpaced)
        commands = {"crawl": crawl, "version": [*litdb, "--version"]}
        again, version = by_turns(
            {name: partial(cpu_of, each, unpaced) for name, each in commands.items()}, rounds
        ).values()
    return Figure("nothing due, CPU", "ms", again, "litdb --version", version, ratio(again, version))


Runs = Mapping[str, Sequence[Mapping[str, float]]]
"""What `measure` says of each crawler, round by round."""


def beside_bare(what: str, unit: str, runs: Runs, taken: str, goal: str = "") -> Figure:
    """litdb beside bare requests in something that a run took."""
    mine, bare = ([run[taken] for run in runs[name]] for name in CRAWLERS)
    return Figure(what, unit, mine, "bare requests", bare, ratio(mine, bare), goal)


def main(rounds: int, scale: float) -> Iterator[Figure]:
    """Measure by turns, paced and without pace."""
    slowest = int(SLOWEST * scale) * DELAY
    size = f"{len(pages(scale))} pages of {PAGE_BYTES // 1000} kB on {HOSTS} hosts, the slowest {slowest:.1f} s"
    print(f"{size}; {rounds} rounds", flush=True)
    with web(scale) as environment:
        yield from paced(by_turns(crawls(environment, scale, DELAY), rounds), slowest)
        yield from unpaced(by_turns(crawls(environment, scale, 0.0), rounds))
        yield nothing_due(environment, scale, rounds)


def crawls(environment: Mapping[str, str], scale: float, delay: float) -> dict[str, Callable[[], dict[str, float]]]:
    """The crawlers as they take turns."""
    return {name: partial(measure, name, environment, scale, delay) for name in CRAWLERS}


def paced(runs: Runs, slowest: float) -> Iterator[Figure]:
    """What pace leaves to do well: to keep hosts busy, and to keep to the pace."""
    wall = beside_bare(f"wall, {DELAY} s between starts", "s", runs, "wall")
    yield wall
    over = [(a - b) / slowest for a, b in zip(wall.values, wall.theirs, strict=True)]
    yield Figure("over bare requests, of the slowest host", "share", over, goal=f"median <= {ALLOWED}")
    gap = beside_bare("least gap between starts", "ms", runs, "gap", f"min >= {DELAY * 1000:g}")
    yield replace(gap, ratio=None)
    yield Figure("gaps below the delay", "gaps", [run["short"] for run in runs["litdb"]], goal="max <= 0")


def unpaced(runs: Runs) -> Iterator[Figure]:
    """What pages cost where nothing has to wait."""
    yield beside_bare("without pace, CPU a page", "ms", runs, "cpu", f"median <= {A_PAGE_MS}")
    yield beside_bare("without pace, memory", "MB", runs, "rss")


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=0.5, help="the share of the pages (1: 1,998)")
    parser.add_argument("--full", action="store_true", help="all pages, five rounds")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--run", choices=CRAWLERS, help=argparse.SUPPRESS)
    parser.add_argument("--delay", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve is not None:
        serve(given.serve, pages(given.scale))
    elif given.run:
        run_crawler(given.run, given.scale, given.delay)
    else:
        figures = main(5 if given.full else given.rounds, 1.0 if given.full else given.scale)
        hand_over(shown(figures), given.figures)
