"""Who makes a run's exchanges: an executor, and how much it is given at a time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass

from litdb.web.threads import DaemonThreads, prompt_turns

AT_ONCE = 64
"""How many lanes one process asks at the same time."""


@dataclass(frozen=True, slots=True)
class Crew:
    """An executor, how many lanes it may work on at the same time, and for how many seconds on one before it reports.

    With no seconds every exchange is reported as it ends. `patience` is how many seconds to wait for a first answer of
    anybody before there seems to be no network.
    """

    executor: Executor
    at_once: int = AT_ONCE
    seconds: float = 0.0
    patience: float = 10.0


@contextmanager
def threads() -> Iterator[Crew]:
    """The threads of this process."""
    with DaemonThreads() as executor, prompt_turns():
        yield Crew(executor)
