"""What changed between crawls, when and why: worked out from what journal and library hold."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal, get_args

from litdb.checks.why import claim_text
from litdb.merge import Statement, choose
from litdb.model import Attempt, Identifier, Record, Work
from litdb.projection import latest, record_order
from litdb.text.times import later

PAUSE_DAYS = 15 / (24 * 60)
"""A pause between two entries of the journal that makes them two crawls: 15 minutes."""

USER = "user"
"""The source of what corrections.toml says."""

Kind = Literal["new", "value", "said", "outcome", "key", "word"]
"""What changed: there is a `new` work; the `value` that the library shows; what a source `said`, though the library
shows another's word; the `outcome` of asking a source; the citation `key`; or it is the user's own `word`."""

_KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was. `before` and `after` are texts for people, empty for nothing.

    `field` says of what (for an outcome the source that was asked), `source` and `answer` who says so, `reason` why.
    """

    kind: Kind
    key: str
    identifier: Identifier
    field: str = ""
    before: str = ""
    after: str = ""
    source: str = ""
    answer: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Crawl:
    """A stretch of the journal without a pause: its first and last moment, how many works were asked about."""

    began: str
    ended: str
    asked: int = 0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Past:
    """All that is known of the past.

    `records` are what was ever said of each work, by its first identifier, `attempts` all there ever were, oldest
    first, `keys` the citation keys with what they were given to and when.
    """

    works: Sequence[Work]
    records: Mapping[Identifier, Sequence[Record]]
    attempts: Sequence[Attempt] = ()
    keys: Sequence[tuple[str, Identifier, str]] = ()

    @cached_property
    def work_of(self) -> Mapping[Identifier, Work]:
        """The work that an identifier names."""
        return {each: work for work in self.works for each in work.identifiers}


def crawls(past: Past) -> list[Crawl]:
    """What every crawl changed, the newest first; within one the new works first, then in the order of the keys."""
    told = [record.at for records in past.records.values() for record in records if record.at]
    found = stretches([*(each.at for each in past.attempts), *(at for _, _, at in past.keys), *told])
    calendar = _Calendar([each.began for each in found])
    changes: dict[int, list[Change]] = defaultdict(list)
    for place, change in (*_beginnings(past, calendar), *_values(past, calendar), *_outcomes(past, calendar)):
        changes[place].append(change)
    asked: dict[int, set[Identifier]] = defaultdict(set)
    for attempt in past.attempts:
        asked[calendar.place(attempt.at)].add(attempt.identifier)
    filled = [
        replace(each, asked=len(asked[place]), changes=tuple(sorted(changes[place], key=_order)))
        for place, each in enumerate(found)
    ]
    return filled[::-1]


def stretches(moments: Iterable[str]) -> list[Crawl]:
    """Moments as the crawls that they belong to, the oldest first.

    >>> [(each.began[11:16], each.ended[11:16]) for each in stretches(
    ...     ["2026-11-21T10:00:00Z", "2026-11-21T10:14:00Z", "2026-11-21T10:30:00Z", "2026-11-21T10:03:00Z"])]
    [('10:00', '10:14'), ('10:30', '10:30')]
    """
    found: list[Crawl] = []
    for at in sorted(set(moments)):
        if found and at <= later(found[-1].ended, PAUSE_DAYS):
            found[-1] = replace(found[-1], ended=at)
        else:
            found.append(Crawl(at, at))
    return found


def users_words(past: Past) -> list[Change]:
    """What corrections.toml says of cited works, each with what the sources would say instead; it keeps no days."""
    words = []
    for work in past.works:
        records = past.records.get(work.identifier, ())
        sources = choose(_standing([each for each in records if each.source != USER]))
        for record in sorted((each for each in records if each.source == USER and work.cited), key=record_order):
            for claim in record.claims:
                before = claim_text(sources[claim.field].claim) if claim.field in sources else ""
                said = Change("word", work.key, work.identifier, claim.field, before, claim_text(claim), USER)
                words.append(replace(said, reason=record.place))
    return sorted(words, key=_order)


@dataclass(frozen=True, slots=True)
class _Calendar:
    """When each crawl began, the oldest first."""

    begins: Sequence[str]

    def place(self, at: str) -> int:
        """Which crawl a moment belongs to; -1 for what has no moment, as notes have none."""
        return bisect_right(self.begins, at) - 1


def _beginnings(past: Past, calendar: _Calendar) -> Iterator[tuple[int, Change]]:
    """Cited works as they got their first key, also those that nothing cites any more; then their further keys."""
    last: dict[Identifier, tuple[int, str]] = {}
    for key, identifier, at in past.keys:
        place, work = calendar.place(at), past.work_of.get(identifier)
        first = work.identifier if work else identifier
        if first not in last:
            title = (work.title or work.label) if work else ""
            gone = "" if work and work.cited else "no longer cited"
            yield place, Change("new", work.key if work and work.key else key, first, after=title, reason=gone)
        elif last[first][0] < place:
            yield place, Change("key", key, first, "key", last[first][1], key)
        last[first] = place, key


def _values(past: Past, calendar: _Calendar) -> Iterator[tuple[int, Change]]:
    """What became of the values of each cited work, from one crawl that told of it to the next."""
    born = {identifier: calendar.place(at) for _, identifier, at in reversed(past.keys)}
    for work in past.works:
        first = min((born[each] for each in work.identifiers if each in born), default=None)
        if first is None or not work.cited:
            continue
        records = [(calendar.place(each.at), each) for each in past.records.get(work.identifier, ())]
        for place in sorted({place for place, _ in records if place > first}):
            before = _standing(each for when, each in records if when < place)
            after = _standing(each for when, each in records if when <= place)
            yield from ((place, change) for change in _differences(work, before, after))


def _differences(work: Work, before: Sequence[Record], after: Sequence[Record]) -> Iterator[Change]:
    """What the library shows otherwise, and what a source says otherwise without being heard."""
    old, new = choose(before), choose(after)
    shown: set[tuple[str, str]] = set()
    for field in dict.fromkeys([*old, *new]):
        change = _value_change(work, field, old.get(field), new.get(field))
        if change.before != change.after:
            shown.add((field, change.after))
            yield change
    for record, (name, kind), texts in _said_otherwise(before, after):
        if (name, texts[1]) not in shown:
            subject = f"{name} ({kind})" if kind else name
            yield Change("said", work.key, work.identifier, subject, *texts, record.source, record.answer)


def _value_change(work: Work, field: str, old: Statement | None, new: Statement | None) -> Change:
    before, after = (claim_text(each.claim) if each else "" for each in (old, new))
    change = Change("value", work.key, work.identifier, field, before, after)
    if new:
        change = replace(change, source=new.record.source, answer=new.record.answer)
    if old and new and old.record.source != new.record.source:
        change = replace(change, reason=f"said by {old.record.source} before")
    return change


def _said_otherwise(
    before: Iterable[Record], after: Iterable[Record]
) -> Iterator[tuple[Record, tuple[str, str], tuple[str, str]]]:
    """What the same source says otherwise of the same identifier: its new record, field and kind, both texts."""
    earlier = {(each.source, each.identifier): each for each in before if each.at}
    for record in after:
        old = earlier.get((record.source, record.identifier))
        if old is not None and old is not record:
            texts = _texts(old), _texts(record)
            for subject in dict.fromkeys([*texts[0], *texts[1]]):
                said = texts[0].get(subject, ""), texts[1].get(subject, "")
                if said[0] != said[1]:
                    yield record, subject, said


def _outcomes(past: Past, calendar: _Calendar) -> Iterator[tuple[int, Change]]:
    """How asking a source about a work ended otherwise than in the crawl before."""
    last: dict[tuple[Identifier, str], dict[int, Attempt]] = defaultdict(dict)
    for attempt in past.attempts:
        last[attempt.identifier, attempt.source][calendar.place(attempt.at)] = attempt
    for (identifier, source), by_crawl in last.items():
        work = past.work_of.get(identifier)
        for (_, old), (place, new) in pairwise(sorted(by_crawl.items())):
            if work and work.cited and old.outcome != new.outcome:
                change = Change("outcome", work.key, work.identifier, source, old.outcome, new.outcome, source)
                yield place, replace(change, answer=new.answer, reason=new.reason)


def _standing(records: Iterable[Record]) -> list[Record]:
    """The records from which a library chooses: of each source its newest word, notes and corrections as they are."""
    records = list(records)
    newest = latest(each for each in records if each.at)
    return sorted([*newest, *(each for each in records if not each.at)], key=record_order)


def _texts(record: Record) -> Mapping[tuple[str, str], str]:
    """What a record says, by field and kind; several claims of one kind together."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in record.claims:
        texts[claim.field, claim.kind].append(claim_text(claim))
    return {subject: " · ".join(dict.fromkeys(said)) for subject, said in texts.items()}


def _order(change: Change) -> tuple[object, ...]:
    return change.kind != "new", change.key, _KINDS.index(change.kind), change.field, change.after
