"""One polite visit: the robots.txt first, the page after it, and the lane's pace between the two."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from litdb.model import Answer, Failure, Policy, Request
from litdb.text.urls import Url
from litdb.web.client import Client
from litdb.web.endings import Ended
from litdb.web.robots import Rules, robots_request, robots_url, rules_from


@dataclass(frozen=True, slots=True)
class Result:
    """How a visit ended, and what its lane has to know.

    `requests` counts all that went over the wire, `since` the seconds since the last one to the lane began,
    `crawl_delay` the seconds between requests that the robots.txt asks for (0 where it does not).
    """

    ended: Answer | Failure
    requests: int = 1
    since: float = 0.0
    crawl_delay: float = 0.0


def ask(
    client: Client, request: Request, policy: Policy, validators: Mapping[str, str] | None = None, pace: float = 1.0
) -> Result:
    """The result of asking one request as its policy wants; `pace` multiplies every interval.

    Where the policy says `robots`, the robots.txt of every host on the way is obeyed, and read once a run. Requests
    of one visit to one host, or to hosts of the lane, start as far apart as the lane's requests do.
    """
    visit = _Visit(client, policy, pace)
    ended = client.fetch(request, validators, gate=visit.enter)
    return Result(ended, visit.requests, visit.since(), visit.crawl_delay)


class _Visit:
    def __init__(self, client: Client, policy: Policy, pace: float) -> None:
        self._client = client
        self._policy = policy
        self._pace = pace
        self._lane_host = ""
        self._began: dict[str, float] = {}
        self.requests = 0
        self.crawl_delay = 0.0

    def enter(self, url: Url) -> None:
        """Let a request for a page go: when the site allows it, at its pace."""
        self._lane_host = self._lane_host or url.host
        if self._policy.robots:
            rules = self._rules(url)
            if rules.unread:
                raise Ended("unreachable", rules.unread)
            if not rules.allows(str(url)):
                raise Ended("forbidden", f"the robots.txt of {url.host} asks not to fetch this")
        self._step(url)

    def since(self) -> float:
        """Seconds since the last request to the lane began; as good as never where none did."""
        began = self._began.get(self._policy.lane)
        return float("inf") if began is None else time.monotonic() - began

    def _rules(self, url: Url) -> Rules:
        site = robots_url(url)
        rules = self._client.robots.get(site)
        if rules is None:
            rules = rules_from(self._client.fetch(robots_request(url), gate=self._step))
            self._client.robots[site] = rules
        if self._lane_of(url) == self._policy.lane:
            self.crawl_delay = max(self.crawl_delay, rules.delay)
        return rules

    def _step(self, url: Url) -> None:
        lane = self._lane_of(url)
        interval = max(self._policy.interval, self.crawl_delay) * self._pace
        if lane in self._began:
            time.sleep(max(0.0, self._began[lane] + interval - time.monotonic()))
        self._began[lane] = time.monotonic()
        self.requests += 1

    def _lane_of(self, url: Url) -> str:
        return self._policy.lane if url.host == self._lane_host or url.on(*self._policy.hosts) else url.host
