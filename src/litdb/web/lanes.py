"""The order of requests: who may be asked now, who has had enough, who is not there. Values and numbers only."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from litdb.model import Answer, Failure, Outcome, Policy, Request
from litdb.web.retry_after import LONGEST_WAIT, seconds_between

LONGEST_CRAWL_DELAY = 30.0
MOST_REFUSALS = 2
"""After so many endings in a row of one kind, the lane (refusals) or the host (silence) is left alone for the run."""

_REFUSALS = frozenset[Outcome]({"rate-limited", "challenged", "forbidden"})
_SILENCE = frozenset[Outcome]({"unreachable", "timeout"})
_ENOUGH_SILENT_LANES = 3


@dataclass
class _Lane:
    waiting: deque[tuple[Policy, Request]] = field(default_factory=deque)
    interval: float = 0.0
    due: float = float("-inf")
    busy_since: float | None = None
    refusals: int = 0
    verdict: Failure | None = None


class Lanes:
    """The requests that wait, by lane: one in flight each, starts at least its interval apart.

    A lane's interval is the longest of its policies' and of the robots.txt (at most 30 s), times `pace`. Time is told
    by the numbers given as `now`, in seconds of any one clock.
    """

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = pace
        self._lanes: dict[str, _Lane] = {}
        self._silences: Counter[str] = Counter()
        self._gone: dict[str, Failure] = {}
        self._silent_lanes: set[str] = set()
        self._has_losses = False
        self.has_answered = False
        """Whether anything at all has answered since the start."""

    def add(self, policy: Policy, request: Request) -> None:
        """Put a request at the end of its policy's lane."""
        lane = self._lanes.setdefault(policy.lane, _Lane())
        lane.interval = max(lane.interval, policy.interval)
        lane.waiting.append((policy, request))
        self._has_losses |= lane.verdict is not None or _host(request) in self._gone

    def due(self, now: float) -> list[tuple[Policy, Request]]:
        """The requests that may start now: the first of every lane that is free, whole and has paused long enough.

        The longest lanes come first: they are what a run has to wait for in the end.
        """
        ready = sorted(self._ready(), key=lambda lane: len(lane.waiting), reverse=True)
        return [lane.waiting[0] for lane in ready if lane.due <= now]

    def next_due(self) -> float | None:
        """When the next request may start, or None where none waits in a free lane."""
        return min((lane.due for lane in self._ready()), default=None)

    def started(self, lane: str, now: float) -> Request:
        """Take a lane's first request off: it is in flight from now on."""
        found = self._lanes[lane]
        found.busy_since = now
        return found.waiting.popleft()[1]

    def finished(
        self,
        lane: str,
        now: float,
        ended: Answer | Failure,
        outcome: Outcome,
        *,
        since: float = 0.0,
        crawl_delay: float = 0.0,
    ) -> None:
        """Free a lane and learn from how its request ended.

        `outcome` is what the answer was judged to be (a wall can come with status 200), `since` the seconds since its
        last request began. Retry-After up to 120 s delays the lane. Two refusals in a row break it, and so does one
        that asks for a longer wait; two silences in a row break off the host.
        """
        found = self._lanes[lane]
        found.busy_since = None
        found.interval = max(found.interval, min(crawl_delay, LONGEST_CRAWL_DELAY))
        found.due = max(found.due, now - since + found.interval * self._pace)
        if outcome in _SILENCE:
            self._heard_nothing(lane, ended, outcome)
        elif _is_answered(ended):
            self._heard(found, now, ended, outcome)

    def dropped(self) -> list[Failure]:
        """Take the requests of broken lanes and lost hosts off, each with the failure that speaks for it."""
        if not self._has_losses:
            return []
        self._has_losses = False
        failures = []
        for lane in self._lanes.values():
            kept: deque[tuple[Policy, Request]] = deque()
            for policy, request in lane.waiting:
                verdict = lane.verdict or self._gone.get(_host(request))
                if verdict:
                    failures.append(_spoken_for(request, verdict))
                else:
                    kept.append((policy, request))
            lane.waiting = kept
        return failures

    def drained(self) -> list[Request]:
        """Take all requests off that wait."""
        requests = [request for lane in self._lanes.values() for _, request in lane.waiting]
        for lane in self._lanes.values():
            lane.waiting.clear()
        return requests

    def waiting(self) -> Mapping[str, int]:
        """How many requests wait, by lane."""
        return {name: len(lane.waiting) for name, lane in self._lanes.items() if lane.waiting}

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

    def _ready(self) -> Iterable[_Lane]:
        return (lane for lane in self._lanes.values() if lane.waiting and lane.busy_since is None and not lane.verdict)

    def _heard_nothing(self, lane: str, ended: Answer | Failure, outcome: Outcome) -> None:
        host = _host(ended.request)
        self._silent_lanes.add(lane)
        self._silences[host] += 1
        if self._silences[host] >= MOST_REFUSALS:
            self._has_losses = True
            self._gone[host] = _verdict(ended, outcome, f"{host} gave no answer twice, so it is not asked again now")

    def _heard(self, lane: _Lane, now: float, ended: Answer | Failure, outcome: Outcome) -> None:
        self.has_answered = True
        self._silences[_host(ended.request)] = 0
        if outcome not in _REFUSALS:
            lane.refusals = 0
            return
        lane.refusals += 1
        wait = seconds_between(ended.at, ended.retry_at) if isinstance(ended, Failure) else 0.0
        lane.due = max(lane.due, now + min(wait, LONGEST_WAIT))
        if lane.refusals >= MOST_REFUSALS or wait > LONGEST_WAIT:
            reason = f"{_host(ended.request)} refuses us ({outcome}), so it is not asked again now"
            self._has_losses = True
            lane.verdict = _verdict(ended, outcome, reason)


def _is_answered(ended: Answer | Failure) -> bool:
    """Whether a site spoke: what robots.txt or the guard kept from going says nothing of the site."""
    return isinstance(ended, Answer) or ended.answer is not None or ended.outcome == "rate-limited"


def _verdict(ended: Answer | Failure, outcome: Outcome, reason: str) -> Failure:
    retry_at = ended.retry_at if isinstance(ended, Failure) else ""
    return Failure(ended.request, outcome, reason, ended.at, retry_at)


def _spoken_for(request: Request, verdict: Failure) -> Failure:
    return Failure(request, verdict.outcome, verdict.reason, verdict.at, verdict.retry_at)


def _host(request: Request) -> str:
    return urlsplit(request.url).hostname or ""
