"""Whom to ask about a work, and when: the cheapest and safest source first, the next where that one failed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from litdb.model import Attempt, Identifier, Outcome, Rung, Target
from litdb.sources.protocol import Source
from litdb.text.times import later

Attempts = Mapping[tuple[Identifier, str], Attempt]

ANSWERED: frozenset[Outcome] = frozenset({"ok", "paywalled", "not-a-work"})
"""Outcomes that end the climb."""

OPENED_BY: Mapping[Rung, frozenset[Outcome]] = {
    Rung.ARCHIVE: frozenset(("not-found", "gone", "forbidden", "challenged", "rate-limited", "timeout", "unreachable")),
}
"""Rungs that are only climbed where the one tried before ended so; the others are open to whatever is not answered."""

NEVER = "9999"
"""Later than any moment."""

RETRY_DAYS: Mapping[Outcome, float] = {
    "ok": 30,
    "partial": 7,
    "not-found": 30,
    "gone": 180,
    "forbidden": 7,
    "challenged": 1,
    "rate-limited": 1 / 24,
    "paywalled": 30,
    "timeout": 1 / 24,
    "unreachable": 1 / 24,
    "unsupported": 90,
    "not-a-work": 180,
}
"""How long an ending is left alone, unless the site or the source's policy says otherwise."""

IN_VAIN: frozenset[Outcome] = frozenset({"unreachable", "timeout", "rate-limited"})
"""Outcomes that tell nothing of the work."""

MOST_REQUESTS = 6
"""At most so many requests for one work in one run."""

LONGEST_PAUSE_DAYS = 120 / 86400
"""A site that asks for a pause of up to two minutes is waited for; one that asks for more is left for another run."""


def rungs(identifier: Identifier, sources: Iterable[Source]) -> list[tuple[Rung, Source]]:
    """The sources that can say what an identifier names, the best first."""
    return _ranked(identifier, (source for source in sources if source.kind != "references"))


def next_source(identifier: Identifier, sources: Iterable[Source], attempts: Attempts, now: str) -> Source | None:
    """The source to ask now, or None: answered and still fresh, or every one of them was tried lately."""
    return _next(identifier, rungs(identifier, sources), attempts, now)


def next_to_tell_references(
    identifier: Identifier, sources: Iterable[Source], attempts: Attempts, now: str
) -> Source | None:
    """The source to ask now what a work cites, or None."""
    telling = (source for source in sources if source.kind == "references")
    return _next(identifier, _ranked(identifier, telling), attempts, now)


def _ranked(identifier: Identifier, sources: Iterable[Source]) -> list[tuple[Rung, Source]]:
    able = [(rung, source) for source in sources if (rung := source.rung(identifier)) is not None]
    return sorted(able, key=lambda pair: pair[0])


def _next(identifier: Identifier, ranked: Iterable[tuple[Rung, Source]], attempts: Attempts, now: str) -> Source | None:
    before: Outcome | None = None
    for rung, source in ranked:
        if rung in OPENED_BY and before not in OPENED_BY[rung]:
            continue
        last = attempts.get((identifier, source.name))
        if last is None or now >= due(last):
            return source
        if last.outcome in ANSWERED:
            return None
        before = last.outcome
    return None


def nothing_due_before(
    identifiers: Iterable[Identifier], sources: Sequence[Source], attempts: Attempts, now: str
) -> str:
    """The first moment at which somebody may be asked about one of these works; `now` where that is so already."""
    moments = [NEVER]
    for identifier in identifiers:
        if next_source(identifier, sources, attempts, now):
            return now
        tried = (attempts.get((identifier, source.name)) for _, source in rungs(identifier, sources))
        moments += [due(last) for last in tried if last]
    return min(moments)


def due(attempt: Attempt) -> str:
    """From when on this may be asked again."""
    return attempt.fresh_until if attempt.outcome in ("ok", "partial") else attempt.retry_at


def news(told: Attempts, own: Attempts) -> dict[tuple[Identifier, str], Attempt]:
    """Of the asking that others tell of, what was not done here, or only in vain."""
    return {key: each for key, each in told.items() if key not in own or own[key].outcome in IN_VAIN}


def by_source(
    targets: Iterable[Target], sources: Sequence[Source], attempts: Attempts, now: str
) -> list[tuple[Source, list[Target]]]:
    """Who is to be asked about which works, in the order of the registry."""
    wanted: dict[str, list[Target]] = {source.name: [] for source in sources}
    for target in sorted(targets, key=lambda each: each.identifier):
        source = next_source(target.identifier, sources, attempts, now)
        if source is not None:
            wanted[source.name].append(target)
    return [(source, wanted[source.name]) for source in sources if wanted[source.name]]


def attempt(
    identifier: Identifier, source: str, ending: tuple[Outcome, str], at: str, *, fresh_days: float, retry_at: str = ""
) -> Attempt:
    """An ended attempt with the times until which it stands.

    >>> attempt(Identifier("arxiv", "1"), "arxiv", ("ok", ""), "2026-11-21T00:00:00Z", fresh_days=7).fresh_until
    '2026-11-28T00:00:00Z'
    """
    outcome, reason = ending
    is_answer = outcome in ("ok", "partial")
    days = fresh_days if outcome == "ok" else RETRY_DAYS[outcome]
    until = retry_at or later(at, days)
    return Attempt(
        identifier,
        source,
        outcome,
        reason,
        at,
        retry_at="" if is_answer else until,
        fresh_until=until if is_answer else "",
    )
