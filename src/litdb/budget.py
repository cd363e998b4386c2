"""What a run may spend on the web: requests, works, time, bytes. What is spent is counted where it goes out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from litdb.errors import UsageError
from litdb.model import Answer, Failure, Request

if TYPE_CHECKING:
    from litdb.crawl import Web

AT_A_TIME = 100
"""Works that are asked about at a time where time or bytes are limited: the best of them come first."""

_UNITS: dict[str, tuple[str, float]] = {
    "": ("requests", 1),
    "request": ("requests", 1),
    "requests": ("requests", 1),
    "work": ("works", 1),
    "works": ("works", 1),
    "s": ("seconds", 1),
    "min": ("seconds", 60),
    "h": ("seconds", 3600),
    "kb": ("bytes", 1e3),
    "mb": ("bytes", 1e6),
    "gb": ("bytes", 1e9),
}
"""What stands behind a number: what it limits, and how many of that one is."""

_WRITTEN = re.compile(r"(?P<number>\d{1,12}(?:\.\d{1,6})?)\s*(?P<unit>[a-z]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Budget:
    """The most of each that may be spent; None where there is no limit.

    `works` are those that no note cites and that are asked about; `bytes` the bodies of the answers.
    """

    requests: int | None = None
    works: int | None = None
    seconds: int | None = None
    bytes: int | None = None

    def __str__(self) -> str:
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return ", ".join(f"{most:,} {name}" for name, most in told.items() if most is not None)


def read_budget(texts: Iterable[str]) -> Budget:
    """The budget that words say, one for each kind. Raises `UsageError`.

    >>> read_budget(["200", "10min", "20 MB"])
    Budget(requests=200, works=None, seconds=600, bytes=20000000)
    """
    found: dict[str, int] = {}
    for text in texts:
        match = _WRITTEN.fullmatch(text.strip())
        unit = _UNITS.get(match["unit"].lower()) if match else None
        if not match or not unit:
            raise UsageError(f"--budget wants requests (200), 50works, 10min or 20MB, not “{text}”.")
        if unit[0] in found:
            raise UsageError(f"--budget says twice how many {unit[0]} a run may spend.")
        found[unit[0]] = int(float(match["number"]) * unit[1])
    return Budget(**found)


class Within:
    """A web that is asked no more than a budget allows. What is not asked stays for another run.

    A robots.txt and the way of a redirect come with the request that needs them and are not counted.
    """

    def __init__(self, web: Web, budget: Budget, clock: Callable[[], float] = time.monotonic) -> None:
        self._web = web
        self._budget = budget
        self._clock = clock
        self._began = clock()
        self._requests = self._works = self._bytes = 0
        self.is_spent = False
        """Whether anything was not asked for want of budget."""

    @property
    def has_answered(self) -> bool:
        """Whether any site has answered anything in this run."""
        return self._web.has_answered

    def add(self, request: Request, known: Answer | None) -> bool:
        """Queue a request, where the budget allows it."""
        if self._left("requests", self._requests) <= 0 or self._is_over():
            self.is_spent = True
            return False
        self._requests += 1
        return self._web.add(request, known)

    def results(self) -> Iterator[Answer | Failure]:
        """What came of the requests; nothing more once time or bytes are used up."""
        if self._is_over():
            self.is_spent = True
            return
        for result in self._web.results():
            answer = result.answer if isinstance(result, Failure) else result
            self._bytes += len(answer.body) if answer else 0
            yield result
            if self._is_over():
                self.is_spent = True
                return

    def room(self) -> int:
        """How many works may be asked about now."""
        if self._is_over():
            return 0
        most = self._left("requests", self._requests), self._left("works", self._works)
        limited = (self._budget.seconds, self._budget.bytes) != (None, None)
        return int(min(*most, AT_A_TIME if limited else float("inf"), 1 << 31))

    def spend_works(self, count: int, left: int) -> None:
        """Count works that are asked about; `left` are those for which there is no room now."""
        self._works += count
        self.is_spent |= not count and left > 0

    def left(self) -> str:
        """What is left of the budget, in words; empty where nothing is limited."""
        spent = {
            "requests": self._requests,
            "works": self._works,
            "seconds": int(self._clock() - self._began),
            "bytes": self._bytes,
        }
        left = {name: self._left(name, used) for name, used in spent.items()}
        return ", ".join(f"{max(0, int(most)):,} {name}" for name, most in left.items() if most != float("inf"))

    def _left(self, name: str, spent: float) -> float:
        most = getattr(self._budget, name)
        return float("inf") if most is None else most - spent

    def _is_over(self) -> bool:
        return self._left("seconds", self._clock() - self._began) <= 0 or self._left("bytes", self._bytes) <= 0
