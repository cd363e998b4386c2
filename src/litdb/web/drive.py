"""The crawl's engine: it starts what may start, hands over what ends, and stops when there is nobody to ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from typing import Protocol

from litdb.model import Answer, Failure, Outcome, Request
from litdb.text.times import utc_now
from litdb.web.lanes import AT_ONCE, Errand, Lanes
from litdb.web.leg import Leg
from litdb.web.visit import Job, Result, is_robots

Ending = tuple[Request, Answer | Failure]

_DOUBT_SECONDS = 0.5
"""How often to ask, before anything has answered, whether there is a network at all."""

AHEAD = 0.05
"""So many seconds early a job is handed over, to get ready and wait: a page that is read meanwhile delays no lane."""

_BY_STATUS: dict[int, Outcome] = {401: "forbidden", 403: "forbidden", 404: "not-found", 410: "gone"}


def by_status(answer: Answer) -> Outcome:
    """What an answer is by its status alone; a crawl that knows walls when it sees them judges better."""
    return _BY_STATUS.get(answer.status, "ok")


class Manners(Protocol):
    """What an errand has to do next: `visit.Visits`, or a table in a test."""

    def start(self, errand: Errand) -> tuple[Errand, Job] | None:
        """The errand to run for this one and its job, or None where it waits for another."""

    def after(self, errand: Errand, ended: Answer | Failure | Leg) -> Iterable[Errand | Answer | Failure]:
        """What follows from an errand's end."""

    def aside(self) -> Iterable[Request]:
        """The requests that wait for another."""


def drive(
    lanes: Lanes,
    manners: Manners,
    executor: Executor,
    *,
    judge: Callable[[Answer], Outcome] = by_status,
    first_answer_timeout: float = 10.0,
    at_once: int = AT_ONCE,
) -> Iterator[Ending]:
    """Every request of the lanes with how it ended, as it ends; more may be added to the lanes between two of them.

    The jobs of `manners` run on the executor, each a single exchange; everything else happens in the caller's thread.
    `judge` names the outcome of an answer, for the breaker. At most `at_once` exchanges are under way. Where nothing
    answers at all, the rest ends as unreachable within seconds, without waiting for what hangs; the same goes for a
    caller that stops listening.
    """
    flights = _Flights(executor)
    try:
        while True:
            yield from _drop(lanes, manners)
            _start(lanes, manners, flights, at_once)
            next_due = lanes.next_due() if len(flights) < at_once else None
            if not flights and next_due is None:
                return
            landed = flights.land(_patience(lanes, next_due), lanes.seconds)
            if landed:
                errand, at, result = landed
                lanes.finished(errand, at, result.ended, _outcome(errand, result.ended, judge), since=result.since)
                yield from _follow(lanes, manners, errand, result.ended)
            if lanes.nothing_answers(time.monotonic(), first_answer_timeout):
                yield from _give_up(lanes, [*flights.requests(), *manners.aside()])
                return
    finally:
        flights.cancel()


class _Flights:
    """The errands under way on an executor, and those that have landed."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._errands: dict[Future[Result], Errand] = {}
        self._arrivals: SimpleQueue[tuple[Future[Result], float]] = SimpleQueue()
        self._landed: list[tuple[Future[Result], float]] = []

    def __len__(self) -> int:
        return len(self._errands)

    def begin(self, errand: Errand, job: Job, seconds: float) -> None:
        """Run a job, to ask after so many seconds."""
        future = self._executor.submit(job, seconds)
        self._errands[future] = errand
        future.add_done_callback(lambda done: self._arrivals.put((done, time.monotonic())))

    def land(self, patience: float | None, urgency: Callable[[str], float]) -> tuple[Errand, float, Result] | None:
        """One that has landed, with when it did and what it brought; None where none does in so many seconds.

        That of the most urgent lane comes first: where reading is slower than fetching, that lane does not wait.
        """
        try:
            self._landed.append(self._arrivals.get(timeout=0 if self._landed else patience))
            while True:
                self._landed.append(self._arrivals.get(block=False))
        except Empty:
            pass
        if not self._landed:
            return None
        first = max(self._landed, key=lambda landed: urgency(self._errands[landed[0]].policy.lane))
        self._landed.remove(first)
        future, at = first
        return self._errands.pop(future), at, future.result()

    def requests(self) -> list[Request]:
        """What is under way, but for a robots.txt."""
        return [errand.leg.request for errand in self._errands.values() if not is_robots(errand)]

    def cancel(self) -> None:
        """Let go of what is under way."""
        for future in self._errands:
            future.cancel()


def _start(lanes: Lanes, manners: Manners, flights: _Flights, at_once: int) -> None:
    """Begin what may begin; what has to wait for another errand, or needs nobody, frees its lane at once."""
    now = time.monotonic()
    while errands := lanes.start(now + AHEAD, at_once - len(flights)):
        for waiting in errands:
            started = manners.start(waiting)
            if started is None:
                lanes.finished(waiting, now, waiting.leg, None, since=None)
            else:
                flights.begin(*started, seconds=max(0.0, lanes.due(waiting.policy.lane) - now))


def _patience(lanes: Lanes, next_due: float | None) -> float | None:
    """For how many seconds nothing needs doing unless an errand lands; None for as long as that takes."""
    until_due = None if next_due is None else max(0.0, next_due - AHEAD - time.monotonic())
    until_doubt = None if lanes.has_answered else _DOUBT_SECONDS
    return min((pause for pause in (until_due, until_doubt) if pause is not None), default=None)


def _outcome(errand: Errand, ended: Answer | Failure | Leg, judge: Callable[[Answer], Outcome]) -> Outcome | None:
    """What a lane learns from an exchange; None for an answer that is none to what was asked."""
    if isinstance(ended, Failure):
        return ended.outcome
    return None if isinstance(ended, Leg) or is_robots(errand) else judge(ended)


def _follow(lanes: Lanes, manners: Manners, errand: Errand, ended: Answer | Failure | Leg) -> Iterator[Ending]:
    for each in manners.after(errand, ended):
        if isinstance(each, Errand):
            lanes.go_on(each)
        else:
            yield each.request, each


def _drop(lanes: Lanes, manners: Manners) -> Iterator[Ending]:
    """The endings of what waits for nothing; whoever hears of them may add more of the kind."""
    while dropped := lanes.dropped():
        for errand, failure in dropped:
            yield from _follow(lanes, manners, errand, failure)


def _give_up(lanes: Lanes, requests: list[Request]) -> Iterator[Ending]:
    requests += _asked(lanes.drained())
    while requests:
        for request in requests:
            yield request, Failure(request, "unreachable", "no network: nothing answered", utc_now())
        requests = _asked(lanes.drained())


def _asked(errands: Iterable[Errand]) -> list[Request]:
    return [errand.leg.request for errand in errands if not is_robots(errand)]
