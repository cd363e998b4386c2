"""How long a run will take, before it asks anybody: as long as its slowest lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from litdb.model import Policy, Request
from litdb.text.urls import read_url
from litdb.web.crew import AT_ONCE
from litdb.web.robots import robots_url

LATENCY = 0.5
"""Seconds from asking to a whole answer, for a lane of which nothing is known yet."""

READING = 0.01
"""Seconds that this machine needs to keep and read an answer."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a run will ask in one lane: how many requests, each site's robots.txt among them, for how many seconds."""

    lane: str
    requests: int
    seconds: float


def stretches(
    planned: Iterable[tuple[Policy, Request]], pace: float = 1.0, latencies: Mapping[str, float] | None = None
) -> list[Stretch]:
    """The lanes of a run, the slowest first; `latencies` are the seconds that an answer takes, by lane, where known.

    Redirects, and sources that are asked because another failed, are not foreseen.

    >>> site = Policy(hosts=("example.org",), lane="example.org", interval=2.0)
    >>> planned = [(site, Request("page", f"https://example.org/{n}", ())) for n in range(9)]
    >>> stretches(planned)
    [Stretch(lane='example.org', requests=10, seconds=18.5)]
    """
    lanes: dict[str, list[tuple[Policy, Request]]] = defaultdict(list)
    for policy, request in planned:
        lanes[policy.lane].append((policy, request))
    known = latencies or {}
    found = [_stretch(lane, own, pace, known.get(lane, LATENCY)) for lane, own in lanes.items()]
    return sorted(found, key=lambda each: (-each.seconds, each.lane))


def seconds(lanes: Iterable[Stretch]) -> float:
    """The seconds of a whole run: of its slowest lane, unless it has more lanes than one machine can keep busy.

    >>> seconds([Stretch("a", 10, 18.5), Stretch("b", 2, 2.5)]), seconds([Stretch("a", 2, 2.5)] * 1000)
    (18.5, 20.0)
    """
    every = list(lanes)
    work = sum(each.requests for each in every) * max(READING, LATENCY / AT_ONCE)
    return max(work, max((each.seconds for each in every), default=0.0))


def _stretch(lane: str, planned: list[tuple[Policy, Request]], pace: float, latency: float) -> Stretch:
    sites = {robots_url(read_url(request.url)) for policy, request in planned if policy.robots}
    requests = len(planned) + len(sites)
    interval = max(policy.interval for policy, _ in planned) * pace
    return Stretch(lane, requests, (requests - 1) * max(interval, latency) + latency)
