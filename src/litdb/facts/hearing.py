"""What commons of facts tell of the works that a library knows: records of their own kind, and asking that is spared.

The record of what somebody else read at arXiv has the source `facts:arxiv`; its place names commons and address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from litdb.errors import InvalidUrl
from litdb.facts.fact import Fact, says_something
from litdb.ladder import Attempts, attempt
from litdb.merge import HEARSAY
from litdb.model import TOLD, Attempt, Claim, Identifier, Record
from litdb.projection import latest
from litdb.sources import identify, policy_for, sources
from litdb.text.urls import read_url

STEPS = 3
"""So many steps from a work to another name of it, or to a work that it is tied to, are gone within a commons."""

Ask = Callable[[Collection[Identifier]], Iterable[tuple[str, Fact]]]
"""The facts about identifiers, each with the name of its commons."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What commons tell: records, how asking ended at last, and how at best."""

    records: Sequence[Record] = ()
    attempts: Attempts = field(default_factory=dict)
    endings: Attempts = field(default_factory=dict)


def hear(known: Collection[Identifier], ask: Ask) -> Heard:
    """What is told about works, their other names, and the works that they are tied to."""
    asked: set[Identifier] = set()
    facts: dict[str, list[Fact]] = defaultdict(list)
    wanted = set(known)
    for _ in range(STEPS):
        found = list(ask(wanted - asked))
        asked |= wanted
        for name, fact in found:
            facts[name].append(fact)
        wanted = {each for _, fact in found for each in names(fact.record)}
    attempts = [each for name, told in facts.items() for each in _attempts(name, told)]
    return Heard(
        records=[each for name, told in facts.items() for each in _records(name, told)],
        attempts=_by_pair(sorted(attempts, key=lambda each: each.at)),
        endings=_by_pair(sorted(attempts, key=lambda each: (each.outcome == "ok", each.outcome in TOLD, each.at))),
    )


def names(record: Record) -> set[Identifier]:
    """Whatever a record speaks of."""
    ends = (end for each in record.relations for end in (each.subject, each.object))
    return {record.identifier, *record.same, *ends}


def _records(name: str, facts: Iterable[Fact]) -> list[Record]:
    """The newest word of each source, as this commons has it."""
    return latest(
        replace(
            fact.record,
            source=HEARSAY + fact.record.source,
            claims=tuple(each for each in fact.record.claims if _fits(each, fact.record.identifier)),
            place=f"{name}: {fact.read}",
        )
        for fact in facts
        if says_something(fact.record)
    )


def _fits(claim: Claim, identifier: Identifier) -> bool:
    """Whether an address means the work that it is to be the address of; the rest is the ranking's to judge."""
    if claim.field != "url":
        return True
    try:
        return identify(str(claim.value)).identifier == identifier
    except InvalidUrl:
        return False


def _attempts(name: str, facts: Iterable[Fact]) -> Iterator[Attempt]:
    """Asking that others did, with the times that our own policies give it."""
    ours = {source.name for source in sources()}
    for fact in facts:
        record = fact.record
        if fact.outcome and record.source in ours:
            days = policy_for(read_url(fact.read)).fresh_days
            ending = (fact.outcome, f"as the commons “{name}” tells")
            yield attempt(record.identifier, record.source, ending, record.at, fresh_days=days)


def _by_pair(attempts: Iterable[Attempt]) -> Attempts:
    return {(each.identifier, each.source): each for each in attempts}
