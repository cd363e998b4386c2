"""One request asked politely, as a crawl asks it: through lanes, robots.txt first."""

from __future__ import annotations

from dataclasses import dataclass

from litdb.model import Answer, Failure, Policy, Request
from litdb.text.urls import Url
from litdb.web.client import Client
from litdb.web.crew import Crew
from litdb.web.drive import drive
from litdb.web.lanes import Lanes
from litdb.web.threads import DaemonThreads
from litdb.web.visit import Visits


@dataclass(frozen=True)
class Asked:
    """How it ended."""

    ended: Answer | Failure


def by_address(url: Url) -> Policy:
    """A policy for tests: every port of loopback is a host of its own, asked at once."""
    return Policy(hosts=(url.host,), lane=f"{url.host}:{url.port}", interval=0.0)


def ask(client: Client, request: Request, policy: Policy, pace: float = 1.0) -> Asked:
    """How a request ends that is the only one of its crawl."""
    lanes = Lanes(pace)
    lanes.add(policy, request)
    ((_, ended),) = drive(lanes, Visits(client, by_address), Crew(DaemonThreads()))
    return Asked(ended)
