"""What the benches measure with: jobs that take turns, ratios of neighbouring rounds, a folder to work in."""

from __future__ import annotations

import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def seconds(job: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The seconds that a call takes by a clock, the one on the wall unless told otherwise."""
    start = clock()
    job()
    return clock() - start


def by_turns(jobs: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """What each job gives in each of so many rounds, in which all have their turn: a busy machine slows all down.

    >>> by_turns({"a": iter([1, 2]).__next__, "b": iter([3, 4]).__next__}, 2)
    {'a': [1, 2], 'b': [3, 4]}
    """
    runs = [{name: job() for name, job in jobs.items()} for _ in range(rounds)]
    return {name: [run[name] for run in runs] for name in jobs}


def ratio(mine: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the rounds' own ratios.

    >>> ratio([1, 4, 9], [2, 2, 3])
    2.0
    """
    return statistics.median(a / b for a, b in zip(mine, theirs, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """The least of the values that so large a share of them does not exceed.

    >>> percentile([5, 1, 4, 2, 3], 0.8)
    4
    """
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


@contextmanager
def working_folder(kept: Path | None) -> Iterator[Path]:
    """The folder that is kept, made where it is not there; or one that goes in the end."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield Path(temporary)
