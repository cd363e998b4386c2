"""The crawl's engine: it starts what may start, hands over what ends, and stops when there is nobody to ask."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import count, islice
from queue import Empty, SimpleQueue
from typing import Protocol

from litdb.model import Answer, Failure, Outcome, Request
from litdb.text.times import utc_now
from litdb.web.clock import Clock
from litdb.web.crew import Crew
from litdb.web.lanes import Errand, Lanes
from litdb.web.leg import Leg
from litdb.web.share import Job, Judge, Result, Share
from litdb.web.visit import is_robots

Ending = tuple[Request, Answer | Failure]

HANGS = 2.0
"""After so many seconds an exchange hangs: it only waits for its site, and another lane has its place meanwhile."""

MOST_HANGING = 4
"""So many exchanges may be under way for each place, those included that hang."""

_DOUBT_SECONDS = 0.5
"""How often to ask, before anything has answered, whether there is a network at all."""

AHEAD = 0.05
"""So many seconds early a job is handed over, to get ready and wait: a page that is read meanwhile delays no lane."""

_LEAST_PAUSE = 0.25
"""A share holds no more exchanges than would fit with pauses of so many seconds: a site may have a pause of none."""

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


def drive(lanes: Lanes, manners: Manners, crew: Crew, *, judge: Judge = by_status) -> Iterator[Ending]:
    """Every request of the lanes with how it ended, as it ends; more may be added to the lanes between two of them.

    The jobs of `manners` are made by the crew, one at a time in each lane; everything else happens in the caller's
    thread. `judge` names the outcome of an answer, for the breaker. Where nothing answers at all, the rest ends as
    unreachable within seconds, without waiting for what hangs; the same goes for a caller that stops listening.
    """
    flights = _Flights(crew.executor)
    try:
        while True:
            yield from _drop(lanes, manners)
            _start(lanes, manners, flights, crew, judge)
            room = flights.room(crew.at_once)
            next_due = lanes.next_due() if room else None
            if not flights and next_due is None:
                return
            landed = flights.land(_patience(lanes, next_due, room), lanes.seconds)
            if landed:
                yield from _settle(lanes, manners, *landed)
            if lanes.nothing_answers(time.monotonic(), crew.patience):
                yield from _give_up(lanes, [*flights.requests(), *manners.aside()])
                return
    finally:
        flights.cancel()


@dataclass(frozen=True, slots=True)
class _Flight:
    """The errands of one lane that are under way together, and when the last of them may begin at the latest."""

    errands: Sequence[Errand]
    until: float

    @property
    def lane(self) -> str:
        return self.errands[0].policy.lane


class _Flights:
    """What is under way on an executor, and what has landed."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._flights: dict[Future[list[Result]], _Flight] = {}
        self._arrivals: SimpleQueue[tuple[Future[list[Result]], float]] = SimpleQueue()
        self._landed: list[tuple[float, int, Future[list[Result]], float]] = []
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._flights)

    def room(self, at_once: int) -> int:
        """How many more may begin where so many may be under way, without counting those that hang."""
        if len(self) < at_once:
            return at_once - len(self)
        since = time.monotonic() - HANGS
        hanging = sum(flight.until < since and not future.done() for future, flight in self._flights.items())
        return max(0, min(at_once + hanging, at_once * MOST_HANGING) - len(self))

    def begin(self, errands: Sequence[Errand], share: Share, seconds: float) -> None:
        """Run the jobs of these errands, the first after so many seconds."""
        future = self._executor.submit(share, seconds)
        self._flights[future] = _Flight(errands, time.monotonic() + seconds + share.lasts)
        future.add_done_callback(lambda done: self._arrivals.put((done, time.monotonic())))

    def land(
        self, patience: float | None, urgency: Callable[[str], float]
    ) -> tuple[_Flight, float, list[Result]] | None:
        """One that has landed, with when it did and what it brought; None where none does in so many seconds.

        That of the most urgent lane comes first: where reading is slower than fetching, that lane does not wait.
        """
        try:
            self._line_up(*self._arrivals.get(timeout=0 if self._landed else patience), urgency)
            while True:
                self._line_up(*self._arrivals.get(block=False), urgency)
        except Empty:
            pass
        if not self._landed:
            return None
        _, _, future, at = heapq.heappop(self._landed)
        return self._flights.pop(future), at, future.result()

    def _line_up(self, future: Future[list[Result]], at: float, urgency: Callable[[str], float]) -> None:
        lane = self._flights[future].lane
        heapq.heappush(self._landed, (-urgency(lane), next(self._numbers), future, at))

    def requests(self) -> list[Request]:
        """What is under way, but for a robots.txt."""
        return _asked(errand for flight in self._flights.values() for errand in flight.errands)

    def cancel(self) -> None:
        """Let go of what is under way."""
        for future in self._flights:
            future.cancel()


def _start(lanes: Lanes, manners: Manners, flights: _Flights, crew: Crew, judge: Judge) -> None:
    """Begin what may begin; what has to wait for another errand, or needs nobody, frees its lane at once."""
    now = time.monotonic()
    lasts = crew.seconds if lanes.has_answered else 0.0
    while errands := lanes.start(now + AHEAD, flights.room(crew.at_once)):
        for waiting in errands:
            lane = waiting.policy.lane
            clock = lanes.clock(lane)
            started = list(islice(_together(lanes, manners, waiting), _fitting(clock, lasts)))
            if started:
                share = Share(lane, [job for _, job in started], clock, judge, lasts)
                flights.begin([errand for errand, _ in started], share, seconds=max(0.0, lanes.due(lane) - now))
            else:
                lanes.finished(waiting, now, waiting.leg, None, since=None)


def _together(lanes: Lanes, manners: Manners, first: Errand) -> Iterator[tuple[Errand, Job]]:
    """The first of a lane with its job, and those behind it up to the next that has to wait for another errand."""
    waiting: Errand | None = first
    while waiting and (started := manners.start(waiting)):
        yield started
        waiting = lanes.follow(first.policy.lane)


def _fitting(clock: Clock, seconds: float) -> int:
    """How many exchanges of a lane may begin within so many seconds."""
    return 1 + int(seconds / max(clock.pause, _LEAST_PAUSE))


def _settle(lanes: Lanes, manners: Manners, flight: _Flight, at: float, results: Sequence[Result]) -> Iterator[Ending]:
    """What follows from what came of a flight; what was not asked waits again, and a flight without a word was lost."""
    for errand in reversed(flight.errands[len(results) :]):
        lanes.go_on(errand)
    if not results:
        lanes.lost(flight.lane, max(at, flight.until))
    landed = list(zip(flight.errands, results, strict=False))
    for errand, result in landed:
        lanes.finished(errand, at - result.ago, result.ended, result.outcome, since=result.since, reply=result.reply)
    for errand, result in landed:
        yield from _follow(lanes, manners, errand, result.ended)


def _patience(lanes: Lanes, next_due: float | None, room: int) -> float | None:
    """For how many seconds nothing needs doing unless an errand lands; None for as long as that takes."""
    until_room = None if room else HANGS
    until_due = None if next_due is None else max(0.0, next_due - AHEAD - time.monotonic())
    until_doubt = None if lanes.has_answered else _DOUBT_SECONDS
    return min((pause for pause in (until_room, until_due, until_doubt) if pause is not None), default=None)


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
