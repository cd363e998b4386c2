"""A Dask cluster on this machine: a scheduler and workers, each a process of its own, with the log that each writes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

_START_SECONDS = 60


@dataclass
class Process:
    """A process of the cluster, which is killed at the end if it is still there."""

    running: subprocess.Popen[bytes]
    log: Path

    def read(self) -> str:
        """What it has written."""
        return self.log.read_text("utf-8", "replace")

    def said(self, words: str, within: float = _START_SECONDS) -> str:
        """The rest of the first line that holds these words, once it is written."""
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            for line in self.read().splitlines():
                if words in line:
                    return line.partition(words)[2].strip()
            assert self.running.poll() is None, self.read()
            time.sleep(0.02)
        raise AssertionError(f"{words!r} is not in {self.read()}")

    def kill(self) -> None:
        """End it at once (SIGKILL)."""
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()


@dataclass
class Cluster:
    """A scheduler, where it is reached, and its workers."""

    address: str
    scheduler: Process
    workers: list[Process]


@contextmanager
def process(folder: Path, name: str, environment: Mapping[str, str], *words: str) -> Iterator[Process]:
    """A command of Dask's."""
    log = folder / f"{name}.log"
    with log.open("wb") as written:
        running = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            env={**environment, "PYTHONUNBUFFERED": "1"},
            cwd=folder,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Process(running, log)
    finally:
        running.kill()
        running.wait()


@contextmanager
def cluster(folder: Path, environment: Mapping[str, str], workers: int = 2) -> Iterator[Cluster]:
    """A cluster whose processes have these variables; it is there when its workers are."""
    with ExitStack() as stack:
        here = ("--host", "127.0.0.1", "--no-dashboard")
        scheduler = stack.enter_context(process(folder, "scheduler", environment, "scheduler", *here, "--port", "0"))
        address = scheduler.said("Scheduler at:")
        words = ("worker", address, *here, "--no-nanny", "--nthreads", "1", "--local-directory", str(folder))
        started = [
            stack.enter_context(process(folder, f"worker{number}", environment, *words)) for number in range(workers)
        ]
        for each in started:
            each.said("Registered to:")
        yield Cluster(address, scheduler, started)
