"""The web as the crawl sees it: requests go into their lanes, answers and failures come out as they end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from litdb.model import Answer, Failure, Outcome, Policy, Request
from litdb.pages.walls import wall
from litdb.sources import policy_for
from litdb.text.urls import read_url
from litdb.web.client import Client
from litdb.web.drive import Job, drive
from litdb.web.lanes import Lanes
from litdb.web.threads import DaemonThreads
from litdb.web.visit import ask


class Asking:
    """Lanes, a client and threads for one run. `pace` multiplies every interval (1 is as the policies say)."""

    def __init__(self, client: Client, pace: float) -> None:
        self._client = client
        self._pace = pace
        self._lanes = Lanes(pace)
        self._known: dict[Request, Answer] = {}

    def add(self, request: Request, known: Answer | None) -> None:
        """Queue a request; an answer known already is only asked for its changes."""
        if known is not None:
            self._known[request] = known
        policy = policy_for(read_url(request.url))
        is_page = request.source == "page"
        self._lanes.add(replace(policy, robots=True) if is_page else policy, request)

    def results(self) -> Iterator[Answer | Failure]:
        """What came of each request, as it comes."""
        for _, ended in drive(self._lanes, self._job, DaemonThreads(), judge=judge):
            yield ended

    def waiting(self) -> Mapping[str, int]:
        """How many requests wait, by lane."""
        return self._lanes.waiting()

    def _job(self, request: Request, policy: Policy) -> Job:
        known = self._known.get(request)
        validators = known.headers if known else None
        return partial(ask, self._client, request, policy, validators, self._pace)


class Offline:
    """A web that nobody is asked in."""

    def add(self, request: Request, known: Answer | None) -> None:
        """Nothing: the request stays for a run that may ask."""

    def results(self) -> Iterator[Answer | Failure]:
        """Nothing comes."""
        return iter(())


def judge(answer: Answer) -> Outcome:
    """The outcome of an answer as far as a lane needs to know it: refused, or not."""
    refused = wall(answer.status, answer.headers, answer.body, answer.url, answer.request.url)
    return refused[0] if refused else "ok"
