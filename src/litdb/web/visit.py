"""Politeness, one exchange at a time: first the robots.txt, then the page, and a redirect in the lane it leads to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from litdb.model import Answer, Failure, Policy, Request
from litdb.text.times import utc_now
from litdb.text.urls import Url, read_url
from litdb.web.client import Client
from litdb.web.endings import Ended
from litdb.web.lanes import Errand
from litdb.web.leg import Leg
from litdb.web.moments import Moments
from litdb.web.robots import SOURCE, Rules, robots_request, robots_url, rules_from
from litdb.web.share import Job, Result


def ask(client: Client, leg: Leg, validators: Mapping[str, str] | None, seconds: float = 0.0) -> Result:
    """The result of an exchange that begins after so many seconds, and is prepared before.

    A partial of this travels to other threads and machines.
    """
    moments = Moments(time.monotonic() + seconds)
    ended = client.step(leg, validators, moments)
    return Result(ended, moments.since, moments.reply)


class Visits:
    """What an errand has to do next, and what follows from how that ended. For one thread, which runs no job itself.

    Where a policy says `robots`, the robots.txt of every host on the way is obeyed; it is asked once a run, in its
    host's lane like anything else, and meanwhile those that need it are set aside. A redirect to another lane goes on
    there. `policy_for` tells how a host wants to be asked, `validators` the headers of an answer known already.
    """

    def __init__(
        self,
        client: Client,
        policy_for: Callable[[Url], Policy],
        validators: Callable[[Request], Mapping[str, str] | None] = lambda _: None,
    ) -> None:
        self._client = client
        self._policy_for = policy_for
        self._validators = validators
        self._aside: dict[str, list[Errand]] = {}

    def start(self, errand: Errand) -> tuple[Errand, Job] | None:
        """What is to be asked for an errand, itself or a robots.txt before it; None where it is set aside."""
        if is_robots(errand) or not errand.policy.robots:
            return errand, self._job(errand)
        url = read_url(errand.leg.url)
        site = robots_url(url)
        rules = self._client.robots.get(site)
        if rules is not None:
            ended = _refused(errand, url, rules)
            return errand, partial(_unasked, ended) if ended else self._job(errand)
        self._aside.setdefault(site, []).append(errand)
        if len(self._aside[site]) > 1:
            return None
        first = Errand(Leg.first(robots_request(url)), errand.policy)
        return first, self._job(first)

    def after(self, errand: Errand, ended: Answer | Failure | Leg) -> Iterator[Errand | Answer | Failure]:
        """The errands that go on now, and the endings that are known now."""
        if isinstance(ended, Leg):
            yield Errand(ended, self._policy_of(errand.policy, read_url(ended.url)))
        elif is_robots(errand):
            yield from self._learn(errand.leg.request.url, ended)
        else:
            yield ended

    def aside(self) -> Iterator[Request]:
        """The requests that wait for a robots.txt."""
        return (errand.leg.request for errands in self._aside.values() for errand in errands)

    def _job(self, errand: Errand) -> Job:
        return partial(ask, self._client, errand.leg, self._validators(errand.leg.request))

    def _policy_of(self, policy: Policy, url: Url) -> Policy:
        """The policy for a redirect: the same within the lane; what needs no robots.txt needs none elsewhere either."""
        return policy if url.on(*policy.hosts) else replace(self._policy_for(url), robots=policy.robots)

    def _learn(self, site: str, ended: Answer | Failure) -> Iterator[Errand | Failure]:
        """Keep the rules of a site, and let those go on that waited for them, in their order."""
        errands = self._aside.pop(site, [])
        try:
            rules = self._client.robots[site] = rules_from(ended)
        except Ended as end:
            yield from (_failure(each, end) for each in errands)
            return
        for each in reversed(errands):
            yield _refused(each, read_url(each.leg.url), rules) or _slowed(each, rules)


def _unasked(failure: Failure, _seconds: float) -> Result:
    return Result(failure)


def is_robots(errand: Errand) -> bool:
    """Whether an errand fetches a robots.txt for others."""
    return errand.leg.request.source == SOURCE


def _refused(errand: Errand, url: Url, rules: Rules) -> Failure | None:
    """The failure of what the rules do not allow."""
    if rules.unread:
        return _failure(errand, Ended("unreachable", rules.unread))
    if not rules.allows(str(url)):
        return _failure(errand, Ended("forbidden", f"the robots.txt of {url.host} asks not to fetch this"))
    return None


def _slowed(errand: Errand, rules: Rules) -> Errand:
    return replace(errand, policy=replace(errand.policy, interval=max(errand.policy.interval, rules.delay)))


def _failure(errand: Errand, end: Ended) -> Failure:
    return Failure(errand.leg.request, end.outcome, end.reason, utc_now(), end.retry_at)
