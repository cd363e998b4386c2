"""The crawl's engine: it starts what may start, hands over what ends, and stops when there is nobody to ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from litdb.model import Answer, Failure, Outcome, Policy, Request
from litdb.text.times import utc_now
from litdb.web.lanes import Lanes
from litdb.web.visit import Result

Job = Callable[[], Result]
Ending = tuple[Request, Answer | Failure]

_DOUBT_SECONDS = 0.5
"""How often to ask, before anything has answered, whether there is a network at all."""

_BY_STATUS: dict[int, Outcome] = {401: "forbidden", 403: "forbidden", 404: "not-found", 410: "gone"}


def by_status(answer: Answer) -> Outcome:
    """What an answer is by its status alone; a crawl that knows walls when it sees them judges better."""
    return _BY_STATUS.get(answer.status, "ok")


def drive(
    lanes: Lanes,
    job_for: Callable[[Request, Policy], Job],
    executor: Executor,
    *,
    judge: Callable[[Answer], Outcome] = by_status,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    first_answer_timeout: float = 10.0,
    at_once: int = 64,
) -> Iterator[Ending]:
    """Every request of the lanes with how it ended, as it ends; more may be added to the lanes between two of them.

    `job_for` is called here, in the caller's thread; what it returns runs on the executor (`functools.partial` of
    `visit.ask` travels to other machines too). `judge` names the outcome of an answer, for the breaker. At most
    `at_once` requests are in flight. Where nothing answers at all, the rest ends as unreachable within seconds, without
    waiting for what hangs; the same goes for a caller that stops listening.
    """
    flying: dict[Future[Result], tuple[str, Request]] = {}
    try:
        while True:
            flying |= _start(lanes, job_for, executor, clock(), at_once - len(flying))
            while failures := lanes.dropped():
                yield from ((failure.request, failure) for failure in failures)
            next_due = None if len(flying) >= at_once else lanes.next_due()
            if not flying and next_due is None:
                return
            for future in _landed(flying, _pause(lanes, clock(), next_due), sleep):
                lane, request = flying.pop(future)
                result = future.result()
                _learn(lanes, lane, clock(), result, judge)
                yield request, result.ended
            if lanes.nothing_answers(clock(), first_answer_timeout):
                yield from _give_up(lanes, [request for _, request in flying.values()])
                return
    finally:
        for future in flying:
            future.cancel()


def _start(
    lanes: Lanes, job_for: Callable[[Request, Policy], Job], executor: Executor, now: float, room: int
) -> dict[Future[Result], tuple[str, Request]]:
    started: dict[Future[Result], tuple[str, Request]] = {}
    for policy, request in lanes.due(now)[:room]:
        lanes.started(policy.lane, now)
        started[executor.submit(job_for(request, policy))] = (policy.lane, request)
    return started


def _pause(lanes: Lanes, now: float, next_due: float | None) -> float | None:
    """For how long nothing needs doing unless a request ends; None for as long as that takes."""
    until_due = None if next_due is None else max(0.0, next_due - now)
    until_doubt = None if lanes.has_answered else _DOUBT_SECONDS
    return min((pause for pause in (until_due, until_doubt) if pause is not None), default=None)


def _landed(
    flying: Iterable[Future[Result]], pause: float | None, sleep: Callable[[float], None]
) -> set[Future[Result]]:
    if flying:
        return wait(flying, pause, FIRST_COMPLETED).done
    sleep(pause or 0.0)
    return set()


def _learn(lanes: Lanes, lane: str, now: float, result: Result, judge: Callable[[Answer], Outcome]) -> None:
    ended = result.ended
    outcome = ended.outcome if isinstance(ended, Failure) else judge(ended)
    lanes.finished(lane, now, ended, outcome, since=result.since, crawl_delay=result.crawl_delay)


def _give_up(lanes: Lanes, flying: list[Request]) -> Iterator[Ending]:
    requests = flying + lanes.drained()
    while requests:
        for request in requests:
            yield request, Failure(request, "unreachable", "no network: nothing answered", utc_now())
        requests = lanes.drained()
