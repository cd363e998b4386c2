"""A share of a lane: some of its exchanges, made one after another at the lane's pace, here or on another machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from litdb.model import Answer, Failure, Outcome
from litdb.web.clock import Clock
from litdb.web.leg import Leg
from litdb.web.robots import SOURCE

ENOUGH_BYTES = 4_000_000
"""Where the answers of a share are so big together, they go back before more are asked for."""


@dataclass(frozen=True, slots=True)
class Result:
    """How an exchange ended, how many seconds it took (None where it never went out), and what it was judged to be.

    `reply` is how many seconds after the request its answer began, if one did; `ago` how many seconds before the end of
    its share it ended.
    """

    ended: Answer | Failure | Leg
    since: float | None = None
    reply: float | None = None
    outcome: Outcome | None = None
    ago: float = 0.0


Job = Callable[[float], Result]
"""An exchange, to begin after so many seconds."""

Judge = Callable[[Answer], Outcome]
"""Names the outcome of an answer."""


@dataclass(frozen=True, slots=True)
class Share:
    """The next jobs of a lane with the lane's clock, and for how many seconds after its beginning another may begin.

    Only spans of time go out and come back, and whatever the way adds to them makes the lane slower, never faster.
    """

    lane: str
    jobs: Sequence[Job]
    clock: Clock
    judge: Judge
    lasts: float

    def __str__(self) -> str:
        return f"{self.lane}: {len(self.jobs)} to ask"

    def __call__(self, seconds: float) -> list[Result]:
        """What came of the first jobs, the first of which begins after so many seconds.

        It ends with the first that is no plain answer, because that may change what is asked next, and how.
        """
        begins = time.monotonic() + seconds
        clock, due, landed = self.clock, begins, list[tuple[float, Result]]()
        for job in self.jobs:
            result = job(max(0.0, due - time.monotonic()))
            result = replace(result, outcome=_outcome(result.ended, self.judge))
            now = time.monotonic()
            landed.append((now, result))
            if result.outcome != "ok" or result.since is None:
                break
            clock = clock.asked(now, result.since, result.reply, is_end=True)
            due = max(clock.due, now)
            if due > begins + self.lasts or _bytes(landed) > ENOUGH_BYTES:
                break
        end = time.monotonic()
        return [replace(result, ago=end - at) for at, result in landed]


def _outcome(ended: Answer | Failure | Leg, judge: Judge) -> Outcome | None:
    """What a lane learns from an exchange; None for an answer that is none to what was asked."""
    if isinstance(ended, Failure):
        return ended.outcome
    return None if isinstance(ended, Leg) or ended.request.source == SOURCE else judge(ended)


def _bytes(landed: Sequence[tuple[float, Result]]) -> int:
    return sum(len(result.ended.body) for _, result in landed if isinstance(result.ended, Answer))
