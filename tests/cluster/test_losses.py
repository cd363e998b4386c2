"""A crew that loses a share: what was lost is asked again, and not while whoever had it may still be at it."""

from __future__ import annotations

import time
from concurrent.futures import Executor
from itertools import count, pairwise

import pytest

from litdb.model import Answer, Policy, Request
from litdb.web.crew import Crew
from litdb.web.drive import drive
from litdb.web.lanes import Lanes
from litdb.web.share import Result
from litdb.web.threads import DaemonThreads

AT = "2026-11-21T12:00:00Z"
HERE = Policy(("here.example.org",), "here", 0.1)
REQUESTS = [Request("test", f"https://here.example.org/{n}", ()) for n in range(6)]
SECONDS = 0.5


class Losing(Executor):
    """Threads from whom nothing is heard of one share: it was made, or it was not."""

    def __init__(self, number, is_made):
        self.number, self.is_made = number, is_made
        self.threads, self.numbers, self.given = DaemonThreads(), count(), []

    def submit(self, share, seconds):
        self.given.append(time.monotonic())
        if next(self.numbers) != self.number:
            return self.threads.submit(share, seconds)
        return self.threads.submit(lambda: [] if not self.is_made else share(seconds)[:0])


class Noting:
    """Manners without any, which note when each request goes out."""

    def __init__(self):
        self.asked = []

    def start(self, errand):
        return errand, lambda seconds: time.sleep(seconds) or self._ask(errand.leg.request)

    def _ask(self, request):
        self.asked.append((time.monotonic(), request))
        return Result(Answer(request, 200, {}, b"", request.url, AT), since=0.0)

    def after(self, errand, ended):
        yield ended

    def aside(self):
        return ()


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("is_made", [True, False])
def test_all_ends_in_order_and_no_gap_is_too_short(number, is_made):
    lanes, manners, losing = Lanes(), Noting(), Losing(number, is_made)
    for each in REQUESTS:
        lanes.add(HERE, each)
    ended = list(drive(lanes, manners, Crew(losing, seconds=SECONDS)))
    assert [request for request, _ in ended] == REQUESTS
    assert all(later - earlier >= HERE.interval for (earlier, _), (later, _) in pairwise(manners.asked))


def test_whoever_may_still_be_at_it_has_its_time():
    lanes, manners, losing = Lanes(), Noting(), Losing(1, is_made=False)
    for each in REQUESTS:
        lanes.add(HERE, each)
    list(drive(lanes, manners, Crew(losing, seconds=SECONDS)))
    lost, again = losing.given[1], manners.asked[1][0]
    assert again - lost >= SECONDS + HERE.interval
