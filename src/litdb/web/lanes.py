"""The order of requests: who may be asked now, who has had enough, who is not there. Values and numbers only."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from litdb.model import SILENCE, Answer, Failure, Outcome, Policy, Request
from litdb.web.clock import Clock
from litdb.web.leg import Leg
from litdb.web.retry_after import LONGEST_WAIT, seconds_between

MOST_REFUSALS = 2
"""After so many endings in a row of one kind, the lane (refusals) or the host (silence) is left alone for the run."""

_REFUSALS = frozenset[Outcome]({"rate-limited", "challenged", "forbidden"})
_ENOUGH_SILENT_LANES = 3


@dataclass(frozen=True, slots=True)
class Errand:
    """A leg, and how the host where it goes wants to be asked."""

    leg: Leg
    policy: Policy

    @property
    def host(self) -> str:
        """The host where it goes."""
        return urlsplit(self.leg.url).hostname or ""


@dataclass
class _Lane:
    clock: Clock
    waiting: deque[Errand] = field(default_factory=deque)
    not_before: float = float("-inf")
    busy_since: float | None = None
    is_queued: bool = False
    refusals: int = 0
    verdict: Failure | None = None

    @property
    def seconds(self) -> float:
        """How long what waits takes at least."""
        return len(self.waiting) * self.clock.interval

    @property
    def may_start(self) -> bool:
        return bool(self.waiting) and self.busy_since is None and not self.verdict


class Lanes:
    """The errands that wait, by lane: each lane with one asker at a time, starts at least its interval apart.

    A lane's interval is the longest of its policies', times `pace`. Time is told by the numbers given as `now`, in
    seconds of any one clock. What a call costs does not grow with the number of lanes.
    """

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = pace
        self._lanes: dict[str, _Lane] = {}
        self._later: list[tuple[float, str]] = []
        self._ripe: list[tuple[float, float, str]] = []
        self._silences: Counter[str] = Counter()
        self._gone: dict[str, Failure] = {}
        self._silent_lanes: set[str] = set()
        self._with_losses: dict[str, None] = {}
        self.has_answered = False
        """Whether anything at all has answered since the start."""

    def add(self, policy: Policy, request: Request) -> None:
        """Put a request at the end of its policy's lane."""
        errand = Errand(Leg.first(request), policy)
        self._lane_for(errand).waiting.append(errand)
        self._queue(policy.lane)

    def go_on(self, errand: Errand) -> None:
        """Put an errand that is under way at the head of its lane."""
        self._lane_for(errand).waiting.appendleft(errand)
        self._queue(errand.policy.lane)

    def start(self, now: float, most: int) -> list[Errand]:
        """Take off at most so many errands that may start: the first of every free lane that has paused long enough.

        The lanes that take longest come first: they are what a run has to wait for in the end.
        """
        self._ripen(now)
        started: list[Errand] = []
        while self._ripe and len(started) < most:
            lane = self._lanes[heapq.heappop(self._ripe)[-1]]
            lane.is_queued = False
            if lane.may_start:
                lane.busy_since = now
                started.append(lane.waiting.popleft())
        return started

    def follow(self, lane: str) -> Errand | None:
        """Take the next errand of a lane off that has started: it goes the same way right after the one before."""
        waiting = self._lanes[lane].waiting
        return waiting.popleft() if waiting else None

    def next_due(self) -> float | None:
        """When to try `start` again, or None where nothing waits in a free lane."""
        if self._ripe:
            return float("-inf")
        while self._later and not self._lanes[self._later[0][1]].may_start:
            self._lanes[heapq.heappop(self._later)[1]].is_queued = False
        return self._later[0][0] if self._later else None

    def due(self, lane: str) -> float:
        """From when on a lane may be asked again."""
        found = self._lanes[lane]
        return max(found.clock.due, found.not_before)

    def clock(self, lane: str) -> Clock:
        """A lane's clock, to travel with what is asked in it."""
        return self._lanes[lane].clock

    def seconds(self, lane: str) -> float:
        """How long what waits in a lane takes at least, at the pace of 1."""
        return self._lanes[lane].seconds

    def finished(
        self,
        errand: Errand,
        now: float,
        ended: Answer | Failure | Leg,
        outcome: Outcome | None,
        *,
        since: float | None,
        reply: float | None = None,
    ) -> None:
        """Free the lane of an errand and learn from how its exchange ended.

        `outcome` is what the answer was judged to be (a wall can come with status 200), None for what is on the way
        only (a redirect, a robots.txt); `since` the seconds since the exchange began, None where it never went out;
        `reply` the seconds after which its answer began, if one did.
        Retry-After up to 120 s delays the lane. Two refusals in a row break it, and so does one that asks for a longer
        wait; two silences in a row break off the host.
        """
        lane = self._lanes[errand.policy.lane]
        lane.busy_since = None
        if since is not None:
            lane.clock = lane.clock.asked(now, since, reply, is_end=outcome is not None)
            if isinstance(ended, Failure) and outcome in SILENCE:
                self._heard_nothing(errand, ended)
            elif _is_answered(ended):
                self._heard(errand, now, ended, outcome)
        self._queue(errand.policy.lane)

    def lost(self, name: str, until: float) -> None:
        """Free a lane of whose asker nobody knows what it asked; it may have begun its last exchange until then."""
        lane = self._lanes[name]
        lane.busy_since = None
        lane.clock = replace(lane.clock, began=max(lane.clock.began, until))
        self._queue(name)

    def dropped(self) -> list[tuple[Errand, Failure]]:
        """Take the errands of broken lanes and lost hosts off, each with the failure that speaks for it."""
        names, self._with_losses = self._with_losses, {}
        failures = []
        for lane in map(self._lanes.__getitem__, names):
            kept: deque[Errand] = deque()
            for errand in lane.waiting:
                verdict = lane.verdict or self._gone.get(errand.host)
                if verdict:
                    failures.append((errand, _spoken_for(errand, verdict)))
                else:
                    kept.append(errand)
            lane.waiting = kept
        return failures

    def drained(self) -> list[Errand]:
        """Take all errands off that wait."""
        errands = [errand for lane in self._lanes.values() for errand in lane.waiting]
        for lane in self._lanes.values():
            lane.waiting.clear()
        return errands

    def nothing_answers(self, now: float, patience: float) -> bool:
        """Whether there seems to be no network: nothing has ever answered, though three lanes were asked.

        A lane counts that ended in silence or has hung for `patience` seconds. Fewer lanes are enough where they are
        all there are, and two requests have ended in silence.
        """
        if self.has_answered:
            return False
        hung = {
            name
            for name, lane in self._lanes.items()
            if lane.busy_since is not None and now - lane.busy_since >= patience
        }
        is_all = self._silent_lanes == set(self._lanes) and self._silences.total() >= 2
        return is_all or len(hung | self._silent_lanes) >= _ENOUGH_SILENT_LANES

    def _lane_for(self, errand: Errand) -> _Lane:
        lane = self._lanes.setdefault(errand.policy.lane, _Lane(Clock(pace=self._pace)))
        if errand.policy.interval > lane.clock.interval:
            lane.clock = replace(lane.clock, interval=errand.policy.interval)
        if lane.verdict or errand.host in self._gone:
            self._with_losses[errand.policy.lane] = None
        return lane

    def _queue(self, name: str) -> None:
        """Let a lane take its turn among the others when it is due, unless it waits for that already."""
        lane = self._lanes[name]
        if lane.may_start and not lane.is_queued:
            lane.is_queued = True
            heapq.heappush(self._later, (self.due(name), name))

    def _ripen(self, now: float) -> None:
        """Move the lanes that are due from the order of time to the order of length; a due time may have moved on."""
        while self._later and self._later[0][0] <= now:
            name = heapq.heappop(self._later)[1]
            due = self.due(name)
            if due > now:
                heapq.heappush(self._later, (due, name))
            else:
                heapq.heappush(self._ripe, (-self._lanes[name].seconds, due, name))

    def _heard_nothing(self, errand: Errand, ended: Failure) -> None:
        host = errand.host
        self._silent_lanes.add(errand.policy.lane)
        self._silences[host] += 1
        if self._silences[host] >= MOST_REFUSALS:
            self._with_losses[errand.policy.lane] = None
            self._gone[host] = _verdict(
                ended, ended.outcome, f"{host} gave no answer twice, so it is not asked again now"
            )

    def _heard(self, errand: Errand, now: float, ended: Answer | Failure | Leg, outcome: Outcome | None) -> None:
        lane = self._lanes[errand.policy.lane]
        self.has_answered = True
        self._silences[errand.host] = 0
        if outcome is None or isinstance(ended, Leg):
            return
        if outcome not in _REFUSALS:
            lane.refusals = 0
            return
        lane.refusals += 1
        wait = seconds_between(ended.at, ended.retry_at) if isinstance(ended, Failure) else 0.0
        lane.not_before = max(lane.not_before, now + min(wait, LONGEST_WAIT))
        if lane.refusals >= MOST_REFUSALS or wait > LONGEST_WAIT:
            self._with_losses[errand.policy.lane] = None
            lane.verdict = _verdict(
                ended, outcome, f"{errand.host} refuses us ({outcome}), so it is not asked again now"
            )


def _is_answered(ended: Answer | Failure | Leg) -> bool:
    """Whether a site spoke: what the guard kept from going says nothing of the site."""
    return not isinstance(ended, Failure) or ended.answer is not None or ended.outcome == "rate-limited"


def _verdict(ended: Answer | Failure, outcome: Outcome, reason: str) -> Failure:
    retry_at = ended.retry_at if isinstance(ended, Failure) else ""
    return Failure(ended.request, outcome, reason, ended.at, retry_at)


def _spoken_for(errand: Errand, verdict: Failure) -> Failure:
    return Failure(errand.leg.request, verdict.outcome, verdict.reason, verdict.at, verdict.retry_at)
