"""How long a crawl takes by the workers of a Dask cluster, against the threads of one process in the same run.

    python bench/cluster.py [--rounds N] [--scale X]

The hosts are those of bench/crawl.py. Scheduler, workers, hosts and the coordinating process share this machine, so
the cluster has no more cores than the threads: without pace it is to be seen what Dask costs, not what it gives. Every
crawl is a process of its own, by turns; start-up is not in the times.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

import crawl
from figures import Figure, hand_over, options, shown
from measuring import by_turns, ratio, seconds

WORKERS = 2
BODY_BYTES = 20_000_000


@contextmanager
def dask(environment: Mapping[str, str]) -> Iterator[str]:
    """A scheduler and its workers, each a process of its own; the scheduler's address."""
    from distributed import Client

    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = f"{folder}/scheduler.json"
        here = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", file)
        worker = ("worker", *here, "--no-nanny", "--local-directory", folder)
        for words in (("scheduler", *here, "--port", "0"), *[worker] * WORKERS):
            command = [sys.executable, "-m", "dask", *words]
            process = stack.enter_context(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
            stack.callback(process.kill)
        with Client(scheduler_file=file, timeout=60) as client:
            client.wait_for_workers(WORKERS, timeout=60)
            address = client.scheduler.address
        yield address


def run_crawler(address: str, scale: float, delay: float) -> None:
    """Crawl by a cluster, or by threads where no address is given, and print what it took."""
    addresses = crawl.pages(scale)
    if not address:
        print(json.dumps({"wall": seconds(crawl.litdb(addresses, delay))}))
        return
    from litdb.web.cluster import cluster

    with cluster(address) as crew:
        wall = seconds(crawl.litdb(addresses, delay, crew))
        body = seconds(lambda: crew.executor.submit(bytes, BODY_BYTES).result())
    print(json.dumps({"wall": wall, "body": body}))


def measure(address: str, environment: Mapping[str, str], scale: float, delay: float) -> dict[str, float]:
    """What a crawl took (s), and from the hosts' log the least gap between two requests to a host (s)."""
    command = [sys.executable, __file__, "--run", address, "--scale", str(scale), "--delay", str(delay)]
    said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    return {**json.loads(said), "gap": min(crawl.gaps_of(environment))}


def main(rounds: int, scale: float) -> Iterator[Figure]:
    """Measure by turns, paced and without pace."""
    slowest = int(crawl.SLOWEST * scale) * crawl.DELAY
    print(f"{len(crawl.pages(scale))} pages on {crawl.HOSTS} hosts, the slowest {slowest:.1f} s; {rounds} rounds")
    print(f"{os.cpu_count()} cores for the hosts, the scheduler, {WORKERS} workers and the coordinating process")
    with crawl.web(scale) as environment, dask(environment) as address:
        paced, free = (
            by_turns(
                {name: partial(measure, who, environment, scale, delay) for name, who in crews(address).items()}, rounds
            )
            for delay in (crawl.DELAY, 0.0)
        )
    yield wall(f"wall, {crawl.DELAY} s between starts", paced)
    yield wall("wall, without pace", free)
    gaps = [run["gap"] * 1000 for run in paced["cluster"]]
    yield Figure("least gap between starts", "ms", gaps, goal=f"min >= {crawl.DELAY * 1000:g}")
    bodies = [run["body"] for run in (*paced["cluster"], *free["cluster"])]
    yield Figure(f"an answer of {BODY_BYTES // 1_000_000} MB from a worker", "s", bodies)


def crews(address: str) -> dict[str, str]:
    """Who takes turns: threads, which need no address, and the cluster."""
    return {"threads": "", "cluster": address}


def wall(what: str, runs: Mapping[str, Sequence[Mapping[str, float]]]) -> Figure:
    """How long the cluster took beside the threads."""
    mine, threads = ([run["wall"] for run in runs[name]] for name in ("cluster", "threads"))
    return Figure(what, "s", mine, "threads", threads, ratio(mine, threads))


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=0.2, help="the share of the pages (1: 1,998)")
    parser.add_argument("--run", metavar="ADDRESS", help=argparse.SUPPRESS)
    parser.add_argument("--delay", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run is None:
        hand_over(shown(main(given.rounds, given.scale)), given.figures)
    else:
        run_crawler(given.run, given.scale, given.delay)
