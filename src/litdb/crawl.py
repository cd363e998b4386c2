"""The crawl: plan → lanes → journal → what it says. Yields events and draws nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from litdb.database.journal import Journal
from litdb.ladder import LONGEST_PAUSE_DAYS, MOST_REQUESTS, NEVER, Attempts, attempt, by_source, due, news, next_source
from litdb.model import SILENCE, Answer, Attempt, Failure, Identifier, Outcome, Reading, Record, Request, Target
from litdb.replay import read
from litdb.sources import policy_for
from litdb.sources.protocol import Source
from litdb.text.times import later
from litdb.text.urls import read_url

ENOUGH_SILENCE = 3
"""Where so many hosts are silent and none has answered, there is no network, and nobody else is asked."""


class Web(Protocol):
    """What the crawl needs of `web/`: hand in requests, and take what comes of them until there is no more."""

    @property
    def has_answered(self) -> bool:
        """Whether anybody has answered yet, be it by a robots.txt that nobody hears of here."""

    def add(self, request: Request, known: Answer | None) -> bool:
        """Queue a request in its lane, if it may be asked at all; `known` is an earlier answer that may still stand."""

    def results(self) -> Iterator[Answer | Failure]:
        """What came of the requests, as it comes. More may be added meanwhile."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A request is queued."""

    request: Request


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt to learn about a work ended; `url` is what was asked."""

    attempt: Attempt
    url: str


Event = Planned | Ended


def plan(targets: Iterable[Target], sources: Sequence[Source], attempts: Attempts, now: str) -> list[Request]:
    """The requests that a crawl begins with: one for many works where the site allows it."""
    return [request for source, wanted in by_source(targets, sources, attempts, now) for request in source.plan(wanted)]


class Crawl:
    """One run over the web. `clock` gives the time as ISO text.

    `was_cut_off` says whether the journal may hold answers whose consequences nobody has asked about yet, `told` what
    others tell of having asked about works.
    """

    def __init__(
        self,
        journal: Journal,
        web: Web,
        sources: Sequence[Source],
        clock: Callable[[], str],
        *,
        was_cut_off: bool = True,
        told: Callable[[Iterable[Identifier]], Attempts] = lambda _works: {},
    ) -> None:
        self._journal = journal
        self._web = web
        self._sources = sources
        self._clock = clock
        self._was_cut_off = was_cut_off
        self._told = told
        self._attempts = dict(journal.attempts())
        self._targets: dict[Identifier, Target] = {}
        self._cited: frozenset[Identifier] = frozenset()
        self._requests: Counter[Identifier] = Counter()
        self._has_network = False
        self._unheard: list[Identifier] = []
        self._silent: set[str] = set()
        self._waited: set[Request] = set()
        self._answered: set[Request] = set()
        self._tried: set[tuple[Identifier, str]] = set()

    def run(self, targets: Iterable[Target], refresh: frozenset[Identifier] = frozenset()) -> Iterator[Event]:
        """Ask about what is due, climb the ladder where a source fails, and yield what happens."""
        cited = list(targets)
        self._targets = {each.identifier: each for each in cited}
        self._cited = frozenset(self._targets)
        self._be_told(cited)
        yield from self._catch_up()
        if self._was_cut_off:
            self._was_cut_off = False
            yield from self._go_on()
        yield from self._work_through(cited, refresh)

    def run_outward(self, targets: Sequence[Target], questions: Iterable[Request]) -> Iterator[Event]:
        """The same for works that no note cites, whose other versions nobody is asked about, and for questions."""
        self._targets = {each.identifier: each for each in targets}
        self._cited = frozenset()
        self._be_told(targets)
        for request in questions:
            yield from self._queue(request)
        yield from self._work_through(targets, frozenset())

    @property
    def is_alone(self) -> bool:
        """Whether there seems to be no network."""
        return not self._has_network and len(self._silent) >= ENOUGH_SILENCE

    def _work_through(self, targets: Sequence[Target], refresh: frozenset[Identifier]) -> Iterator[Event]:
        unasked = [each for each in targets if not self._requests[each.identifier]]
        known = {key: each for key, each in self._attempts.items() if key[0] not in refresh}
        for request in plan(unasked, self._sources, known, self._clock()):
            yield from self._queue(request)
        yield from self._listen()
        if not self.is_alone:
            yield from self._hear()
            yield from self._listen()

    def _be_told(self, targets: Iterable[Target]) -> None:
        self._attempts |= news(self._told([each.identifier for each in targets]), self._attempts)

    def _listen(self) -> Iterator[Event]:
        for result in self._web.results():
            yield from self._take(result)

    def _catch_up(self) -> Iterator[Event]:
        """Settle answers that were kept when the last run was cut off."""
        for ident, answer in self._journal.unsettled():
            if self._is_readable(answer):
                yield from self._settle(answer.request, _endings(answer.request, read(answer, ident)), answer.at, ident)
                self._answered.add(answer.request)

    def _go_on(self) -> Iterator[Event]:
        """Ask what the last run was about to ask, by all that it had kept."""
        for ident, answer in self._journal.answers():
            if not self._is_readable(answer):
                continue
            reading = read(answer, ident)
            for further in reading.then:
                if further not in self._answered and self._is_left(further, ident):
                    yield from self._queue(further)
            found = self._found(reading, answer.request)
            yield from self._ask([each for each in found if self._is_untried(each.identifier)])

    def _is_readable(self, answer: Answer) -> bool:
        return answer.status != 304 and any(source.name == answer.request.source for source in self._sources)

    def _is_left(self, further: Request, ident: str) -> bool:
        """Whether nothing has come yet of a request that this answer led to."""
        last = [self._attempts.get((each, further.source)) for each in further.identifiers]
        return any(each is None or each.answer == ident for each in last)

    def _is_untried(self, identifier: Identifier) -> bool:
        """Whether the source to ask about a work was never asked about it."""
        source = next_source(identifier, self._sources, self._attempts, self._clock())
        return source is not None and (identifier, source.name) not in self._attempts

    def _queue(self, request: Request) -> Iterator[Event]:
        self._requests.update(request.identifiers)
        if self._web.add(request, self._journal.latest(request)):
            yield Planned(request)

    def _take(self, result: Answer | Failure) -> Iterator[Event]:
        request, at = result.request, result.at
        if self._web.has_answered:
            yield from self._hear()
        if isinstance(result, Failure):
            if self._may_wait(result):
                yield from self._queue(request)
                return
            ident = self._journal.keep(result.answer) if result.answer else ""
            ending = (result.outcome, result.reason)
            retry_at = result.retry_at or self._at_once(result)
            yield from self._settle(request, dict.fromkeys(request.identifiers, ending), at, ident, retry_at)
            yield from self._climb_or_wait(request)
            return
        answer, ident = self._kept(result)
        reading = read(answer, ident)
        yield from self._settle(request, _endings(request, reading), at, ident)
        for further in reading.then:
            if all(self._requests[each] < MOST_REQUESTS for each in further.identifiers):
                yield from self._queue(further)
        yield from self._ask(self._found(reading, request))
        waiting = {each for further in reading.then for each in further.identifiers}
        yield from self._climb([each for each in request.identifiers if each not in waiting])

    def _at_once(self, failure: Failure) -> str:
        """While nothing has answered yet, silence says more of our network than of the site: the next run may ask."""
        return failure.at if failure.outcome in SILENCE and not self._has_network else ""

    def _may_wait(self, failure: Failure) -> bool:
        """Whether the site only asks for a short pause: its lane waits, and the request goes out once more."""
        is_new = failure.request not in self._waited
        self._waited.add(failure.request)
        pause = failure.retry_at and failure.retry_at <= later(failure.at, LONGEST_PAUSE_DAYS)
        return failure.outcome == "rate-limited" and bool(pause) and is_new

    def _kept(self, answer: Answer) -> tuple[Answer, str]:
        """The answer in the journal; for “not modified” the one that still stands, wherever it stands now."""
        if answer.status == 304 and (earlier := self._journal.latest(answer.request)):
            answer = replace(earlier, url=answer.url, hops=answer.hops, at=answer.at)
        return answer, self._journal.keep(answer)

    def _settle(
        self,
        request: Request,
        endings: dict[Identifier, tuple[Outcome, str]],
        at: str,
        ident: str,
        retry_at: str = "",
    ) -> Iterator[Event]:
        days = policy_for(read_url(request.url)).fresh_days
        ended = [
            replace(attempt(each, request.source, ending, at, fresh_days=days, retry_at=retry_at), answer=ident)
            for each, ending in endings.items()
        ]
        before = [self._attempts.get((each.identifier, each.source)) for each in ended]
        new = [each for each, last in zip(ended, before, strict=True) if not _says_nothing_new(each, last)]
        if new:
            self._journal.settle(new)
        for each in ended:
            key = each.identifier, each.source
            self._attempts[key] = replace(each, retry_at=NEVER) if each.retry_at else each
            self._tried.add(key)
            yield Ended(each, request.url)

    def _climb(self, identifiers: Iterable[Identifier]) -> Iterator[Event]:
        """Ask the next source about the works that this one could not tell of."""
        further = [
            self._targets[each]
            for each in identifiers
            if each in self._targets and self._requests[each] < MOST_REQUESTS and self._is_open(each)
        ]
        if further:
            for following in plan(further, self._sources, self._attempts, self._clock()):
                yield from self._queue(following)

    def _climb_or_wait(self, request: Request) -> Iterator[Event]:
        """Climb; while nothing has answered yet, wait for a sign that there is a network at all."""
        if self._has_network:
            yield from self._climb(request.identifiers)
        else:
            self._silent.add(read_url(request.url).host)
            self._unheard += request.identifiers

    def _hear(self) -> Iterator[Event]:
        """Something answers: whoever failed before that goes on to the next rung."""
        self._has_network = True
        waiting, self._unheard = self._unheard, []
        yield from self._climb(waiting)

    def _is_open(self, identifier: Identifier) -> bool:
        source = next_source(identifier, self._sources, self._attempts, self._clock())
        return source is not None and (identifier, source.name) not in self._tried

    def _found(self, reading: Reading, request: Request) -> list[Target]:
        """Works that this run does not know yet: who stands behind an address, and other versions of a cited work."""
        asked = set(request.identifiers)
        told = asked | set(reading.outcomes)
        records = [record for record in reading.records if record.identifier in asked]
        found = {each for record in records for each in record.same}
        found |= {each for record in records if record.identifier in self._cited for each in _versions(record)}
        found -= told
        return [Target(each) for each in sorted(found) if each.scheme != "url" and each not in self._targets]

    def _ask(self, new: Sequence[Target]) -> Iterator[Event]:
        if not new:
            return
        for target in new:
            self._targets[target.identifier] = target
        self._be_told(new)
        for following in plan(new, self._sources, self._attempts, self._clock()):
            yield from self._queue(following)


def _versions(record: Record) -> set[Identifier]:
    """The other versions of a record's work: what a preprint was published as, or the preprint."""
    ties = [{each.subject, each.object} for each in record.relations if each.kind == "version-of"]
    return {end for ends in ties if record.identifier in ends for end in ends} - {record.identifier}


def _endings(request: Request, reading: Reading) -> dict[Identifier, tuple[Outcome, str]]:
    """An ending for everything asked for: what the source does not mention, it did not tell of.

    The source may have told of more than it was asked for.
    """
    silent: tuple[Outcome, str] = ("partial", f"{request.source} did not say anything about it")
    waits = {each for further in reading.then for each in further.identifiers}
    return {each: silent for each in request.identifiers if each not in waits} | dict(reading.outcomes)


def _says_nothing_new(new: Attempt, last: Attempt | None) -> bool:
    """Failing again at once in the same way (a machine without network) is no news."""
    return (
        last is not None
        and new.outcome not in ("ok", "partial")
        and (new.outcome, new.answer) == (last.outcome, last.answer)
        and due(new) == new.at
    )
