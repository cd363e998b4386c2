"""The order of a run on a clock that only this file moves: whatever the sites do, nobody is asked too soon or for nothing."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from itertools import count, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from litdb.model import Answer, Failure, Policy, Request
from litdb.web.client import Client
from litdb.web.lanes import Lanes
from litdb.web.visit import Visits, is_robots

AT = "2026-11-21T12:00:00Z"
SITES = 4
CLIENT = Client()


def address(site, path):
    return f"https://s{site}.example.org{path}"


class Model:
    """A web in which every exchange takes as long as its site says, and a path leads where the table says."""

    def __init__(self, intervals, latencies, moved, pauses):
        self.intervals, self.latencies, self.moved, self.pauses = intervals, latencies, dict(moved), set(pauses)
        self.asked = defaultdict(list)

    def policy_for(self, url):
        site = int(url.host[1])
        return Policy((url.host,), f"lane {site}", self.intervals[site])

    def exchange(self, leg):
        site, path = int(leg.url[9]), leg.url.removeprefix(address(int(leg.url[9]), ""))
        if (site, path) in self.pauses and not leg.hops:
            self.pauses.discard((site, path))
            answer = Answer(leg.request, 429, {}, b"", leg.url, AT)
            return Failure(leg.request, "rate-limited", "busy", AT, "2026-11-21T12:00:09Z", answer)
        if (site, path) in self.moved and not leg.hops:
            return leg.onward(302, address(self.moved[site, path], f"/moved{site}{path}"), 0.1)
        return Answer(leg.request, 404 if is_rules(leg) else 200, {}, b"", leg.url, AT)

    def run(self, urls):
        """How each ended, and when the last did: what `drive` does, on a clock of its own."""
        CLIENT.robots.clear()
        lanes, visits, now, flying, numbers, ended = Lanes(), Visits(CLIENT, self.policy_for), 0.0, [], count(), {}
        for site, path in urls:
            request = Request("page", address(site, path), ())
            lanes.add(Policy((f"s{site}.example.org",), f"lane {site}", self.intervals[site]), request)
        while True:
            while errands := lanes.start(now, 64):
                for waiting in errands:
                    started = visits.start(waiting)
                    if started is None:
                        lanes.finished(waiting, now, waiting.leg, None, since=None)
                        continue
                    site = int(started[0].leg.url[9])
                    self.asked[site].append((now, now + self.latencies[site]))
                    heapq.heappush(flying, (now + self.latencies[site], next(numbers), now, started[0]))
            if flying and (lanes.next_due() is None or flying[0][0] <= lanes.next_due()):
                now, _, began, errand = heapq.heappop(flying)
                end = self.exchange(errand.leg)
                outcome = "rate-limited" if isinstance(end, Failure) else None if is_robots(errand) else "ok"
                lanes.finished(errand, now, end, outcome, since=now - began, reply=now - began)
                for each in visits.after(errand, end):
                    if isinstance(each, (Answer, Failure)):
                        ended[each.request.url] = each
                    else:
                        lanes.go_on(each)
            elif lanes.next_due() is not None:
                now = max(now, lanes.next_due())
            else:
                assert not list(visits.aside())
                return ended, now


def is_rules(leg):
    return leg.request.source == "robots"


PATHS = st.tuples(st.integers(0, SITES - 1), st.sampled_from([f"/{n}" for n in range(30)]))
WHERE = st.one_of(PATHS, st.tuples(st.integers(0, SITES - 1), st.just("/robots.txt")))


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.floats(0.5, 5.0), min_size=SITES, max_size=SITES),
    st.lists(st.floats(0.01, 8.0), min_size=SITES, max_size=SITES),
    st.dictionaries(WHERE, st.integers(0, SITES - 1), max_size=20),
    st.sets(PATHS, max_size=1),
    st.lists(PATHS, min_size=1, max_size=80, unique=True),
)
def test_no_gap_is_too_short_nobody_is_asked_twice_at_once_and_everything_ends(
    intervals, latencies, moved, pauses, urls
):
    web = Model(intervals, latencies, moved, pauses)
    ended, seconds = web.run(urls)
    assert set(ended) == {address(site, path) for site, path in urls}
    for site, times in web.asked.items():
        for (began, landed), (following, _) in pairwise(times):
            assert following - began >= intervals[site] - 1e-9
            assert following >= landed - 1e-9
    assert (
        seconds <= sum(len(times) * (intervals[site] * 1.2 + latencies[site]) for site, times in web.asked.items()) + 9
    )


@given(st.lists(st.floats(0.5, 5.0), min_size=SITES, max_size=SITES), st.lists(PATHS, min_size=1, unique=True))
def test_without_redirects_a_run_ends_when_its_slowest_lane_does(intervals, urls):
    web = Model(intervals, [0.0] * SITES, {}, ())
    _, seconds = web.run(urls)
    pages = Counter(site for site, _ in urls)
    assert seconds <= max(number * intervals[site] for site, number in pages.items()) + 1e-6
