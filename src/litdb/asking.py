"""The web as the crawl sees it: requests go into their lanes, answers and failures come out as they end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from litdb.model import Answer, Failure, Outcome, Policy, Request
from litdb.pages.walls import wall
from litdb.sources import policy_for
from litdb.text.urls import read_url
from litdb.web.client import Client
from litdb.web.crew import Crew, threads
from litdb.web.drive import drive
from litdb.web.forecast import seconds, stretches
from litdb.web.lanes import Lanes
from litdb.web.visit import Visits


class Asking:
    """Lanes, a client and a crew for one run. `pace` multiplies every interval (1 is as the policies say)."""

    def __init__(self, client: Client, pace: float, crew: Callable[[], AbstractContextManager[Crew]] = threads) -> None:
        self._crew = crew
        self._lanes = Lanes(pace)
        self._validators: dict[Request, Mapping[str, str]] = {}
        self._visits = Visits(client, policy_for, self._validators.get)

    @property
    def has_answered(self) -> bool:
        """Whether any site has answered anything in this run."""
        return self._lanes.has_answered

    def add(self, request: Request, known: Answer | None) -> bool:
        """Queue a request; an answer known already is only asked for its changes."""
        if known is not None:
            self._validators[request] = known.headers
        self._lanes.add(request_policy(request), request)
        return True

    def results(self) -> Iterator[Answer | Failure]:
        """What came of each request, as it comes. Where nothing is to ask, no crew is called."""
        if self._lanes.next_due() is None:
            return
        with self._crew() as crew:
            for request, ended in drive(self._lanes, self._visits, crew, judge=judge):
                self._validators.pop(request, None)
                yield ended


class Offline:
    """A web that nobody is asked in."""

    has_answered = False

    def add(self, request: Request, known: Answer | None) -> bool:
        """Nothing: the request stays for a run that may ask."""
        return False

    def results(self) -> Iterator[Answer | Failure]:
        """Nothing comes."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Visit:
    """What a host would be asked: the addresses it would see, and the seconds that its lane takes."""

    host: str
    urls: Sequence[str]
    seconds: float


def visits(requests: Iterable[Request], pace: float) -> list[Visit]:
    """Requests by host, the slowest lane first."""
    planned = [(request_policy(request), request) for request in requests]
    lanes = {each.lane: each.seconds for each in stretches(planned, pace)}
    urls: dict[tuple[str, str], list[str]] = defaultdict(list)
    for policy, request in planned:
        urls[policy.lane, read_url(request.url).host].append(request.url)
    found = [Visit(host, seen, lanes[lane]) for (lane, host), seen in urls.items()]
    return sorted(found, key=lambda each: (-each.seconds, each.host))


def expected_seconds(requests: Iterable[Request], pace: float) -> float:
    """How long a run with these requests will take: as long as its slowest lane."""
    return seconds(stretches([(request_policy(request), request) for request in requests], pace))


def judge(answer: Answer) -> Outcome:
    """The outcome of an answer as far as a lane needs to know it: refused, or not."""
    refused = wall(answer.status, answer.headers, answer.body, answer.url, answer.request.url)
    return refused[0] if refused else "ok"


def request_policy(request: Request) -> Policy:
    """How a request's host wants to be asked: a page, always as its robots.txt allows."""
    policy = policy_for(read_url(request.url))
    return replace(policy, robots=True) if request.source == "page" else policy
