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
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

import crawl

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


def timed(job: Callable[[], object]) -> float:
    """The seconds that a call takes."""
    began = time.monotonic()
    job()
    return time.monotonic() - began


def run_crawler(address: str, scale: float, delay: float) -> None:
    """Crawl by a cluster, or by threads where no address is given, and print what it took."""
    addresses = crawl.pages(scale)
    if not address:
        print(json.dumps({"wall": timed(crawl.litdb(addresses, delay))}))
        return
    from litdb.web.cluster import cluster

    with cluster(address) as crew:
        wall = timed(crawl.litdb(addresses, delay, crew))
        body = timed(lambda: crew.executor.submit(bytes, BODY_BYTES).result())
    print(json.dumps({"wall": wall, "body": body}))


def measure(address: str, environment: Mapping[str, str], scale: float, delay: float) -> dict[str, float]:
    """What a crawl took (s), and from the hosts' log the least gap between two requests to a host (s)."""
    command = [sys.executable, __file__, "--run", address, "--scale", str(scale), "--delay", str(delay)]
    said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    return {**json.loads(said), "gap": min(crawl.gaps_of(environment))}


def main(rounds: int, scale: float) -> None:
    """Measure by turns and print one table; a ratio is the median of the rounds' own ratios."""
    with crawl.web(scale) as environment, dask(environment) as address:
        runs = [
            {
                (who, delay): measure(who, environment, scale, delay)
                for delay in (crawl.DELAY, 0.0)
                for who in ("", address)
            }
            for _ in range(rounds)
        ]
    slowest = int(crawl.SLOWEST * scale) * crawl.DELAY
    print(f"{len(crawl.pages(scale))} pages on {crawl.HOSTS} hosts, the slowest {slowest:.1f} s; {rounds} rounds")
    print(f"{os.cpu_count()} cores for the hosts, the scheduler, {WORKERS} workers and the coordinating process")
    for delay, what in ((crawl.DELAY, f"{crawl.DELAY} s between starts"), (0.0, "without pace")):
        threads, cluster = ([run[who, delay]["wall"] for run in runs] for who in ("", address))
        ratio = statistics.median(b / a for a, b in zip(threads, cluster, strict=True))
        walls = f"threads {statistics.median(threads):6.2f} s, cluster {statistics.median(cluster):6.2f} s"
        print(f"{what:24}{walls}, cluster over threads {ratio:.3f}")
    least = ", ".join(
        f"{name} {min(run[who, crawl.DELAY]['gap'] for run in runs) * 1000:.1f} ms"
        for who, name in (("", "threads"), (address, "cluster"))
    )
    print(f"least gap between starts: {least}; wanted {crawl.DELAY * 1000:g}")
    bodies = [run[address, delay]["body"] for run in runs for delay in (crawl.DELAY, 0.0)]
    print(f"an answer of {BODY_BYTES // 1_000_000} MB from a worker: {statistics.median(bodies):.2f} s")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--scale", type=float, default=0.2, help="the share of the pages (1: 1,998)")
    arguments.add_argument("--run", metavar="ADDRESS", help=argparse.SUPPRESS)
    arguments.add_argument("--delay", type=float, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.run is None:
        main(given.rounds, given.scale)
    else:
        run_crawler(given.run, given.scale, given.delay)
