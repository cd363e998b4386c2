"""Reading answers, the first time and ever after: refusals are told from content, then the source reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from litdb.model import Answer, Attempt, Identifier, Reading, Record
from litdb.pages.walls import wall
from litdb.sources import identify, source_named


@dataclass(frozen=True, slots=True)
class Replayed:
    """What all kept answers say, and how each attempt ended when read with today's readers."""

    records: tuple[Record, ...]
    attempts: tuple[Attempt, ...]


def read(answer: Answer, ident: str) -> Reading:
    """What an answer says. Its records carry the answer's id and time."""
    asked = answer.request.asked
    refused = wall(answer.status, answer.headers, answer.body, answer.url, answer.request.url)
    if refused:
        return Reading(outcomes={each.identifier: refused for each in asked})
    reading = source_named(answer.request.source).read(answer)
    records = (*reading.records, *_moved(answer))
    return replace(reading, records=tuple(replace(each, at=answer.at, answer=ident) for each in records))


def replay(answers: Iterable[tuple[str, Answer]], attempts: dict[tuple[Identifier, str], Attempt]) -> Replayed:
    """Every kept answer read again. Needs no network and gives what the crawl itself saw."""
    records: list[Record] = []
    ended = dict(attempts)
    for ident, answer in answers:
        if answer.status == 304:
            continue
        reading = read(answer, ident)
        records += reading.records
        for identifier, (outcome, reason) in reading.outcomes.items():
            last = ended.get((identifier, answer.request.source))
            if last and last.answer == ident:
                ended[identifier, answer.request.source] = replace(last, outcome=outcome, reason=reason)
    return Replayed(tuple(records), tuple(ended[each] for each in sorted(ended)))


def _moved(answer: Answer) -> Iterable[Record]:
    """A plain address that led to a work some source knows: both name the same work."""
    target = answer.request.asked[0].identifier if answer.request.asked else None
    if target is None or target.scheme != "url" or not answer.hops or answer.request.source != "page":
        return ()
    arrived = identify(answer.url).identifier
    return () if arrived.scheme == "url" else (Record("page", target, same=(arrived,)),)
