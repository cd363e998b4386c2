"""Reading answers, the first time and ever after: refusals are told from content, then the source reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from litdb.model import Answer, Attempt, Claim, Identifier, Reading, Record, Reference, Request
from litdb.pages.walls import wall
from litdb.sources import identify, source_named, sources
from litdb.sources.pdf_landing import is_file
from litdb.sources.protocol import OWN_PAGE, Source
from litdb.text.urls import read_url

_SHUT = ("not-found", "gone", "forbidden", "challenged")
_TOLD_BY_STATUS = ("not-found", "gone", "forbidden", "unsupported")


@dataclass(frozen=True, slots=True)
class Replayed:
    """What all kept answers say, and how each attempt ended when read with today's readers."""

    records: tuple[Record, ...]
    attempts: tuple[Attempt, ...]


def read(answer: Answer, ident: str) -> Reading:
    """What an answer says. Its records carry the answer's id and time."""
    reading = _refused(answer)
    if reading is not None:
        reading = replace(reading, then=tuple(_instead(answer, reading)))
    else:
        reading = source_named(answer.request.source).read(answer)
        if answer.request.source == "page":
            reading = _together(reading, _own(answer))
        elif reading.page:
            reading = _held(answer.request.source, reading, reading.page)
        reading = replace(reading, records=(*reading.records, *_moved(answer)))
    return replace(reading, records=tuple(replace(each, at=answer.at, answer=ident) for each in reading.records))


def references(answer: Answer) -> list[tuple[str, Reference]]:
    """What an answer says that its works cite, each with the source that says so; nothing where it is a refusal.

    A page speaks for itself, and the source that owns it may know of more.
    """
    if _refused(answer):
        return []
    source = source_named(answer.request.source)
    speaking = [(source, answer)]
    if source.name == "page":
        speaking += [(owner, _as_own(answer, owner)) for owner in sources() if owner.owns(answer)][:1]
    return [(each.name, found) for each, told in speaking for found in each.references(told)]


def replay(
    answers: Iterable[tuple[str, Answer]],
    attempts: dict[tuple[Identifier, str], Attempt],
    read: Callable[[Answer, str], Reading] = read,
) -> Replayed:
    """Every kept answer read again. Needs no network and gives what the crawl itself saw."""
    records: list[Record] = []
    ended = dict(attempts)
    for ident, answer in as_they_came(answers, attempts.values()):
        reading = read(answer, ident)
        records += reading.records
        for identifier, (outcome, reason) in reading.outcomes.items():
            last = ended.get((identifier, answer.request.source))
            if last and last.answer == ident and (last.outcome, last.reason) != (outcome, reason):
                ended[identifier, answer.request.source] = replace(last, outcome=outcome, reason=reason)
    return Replayed(tuple(records), tuple(ended[each] for each in sorted(ended)))


def as_they_came(answers: Iterable[tuple[str, Answer]], attempts: Iterable[Attempt]) -> Iterator[tuple[str, Answer]]:
    """The answers that say something, each as new as the last time that it came: a site may take back a change."""
    came: dict[str, str] = {}
    for attempt in attempts:
        came[attempt.answer] = max(attempt.at, came.get(attempt.answer, ""))
    for ident, answer in answers:
        if answer.status != 304:
            yield ident, replace(answer, at=max(answer.at, came.get(ident, "")))


def _refused(answer: Answer) -> Reading | None:
    refused = wall(answer.status, answer.headers, answer.body, answer.url, answer.request.url)
    if refused is None or refused[0] in _TOLD_BY_STATUS:
        source = source_named(answer.request.source)
        refused = None if answer.status in source.explained else source.refusals.get(answer.status, refused)
    return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refused)) if refused else None


def _instead(refused: Answer, reading: Reading) -> Iterable[Request]:
    """The file that a note links to, where the page about it is refused."""
    request = refused.request
    if request.source == "page" and request.step == "ask":
        for target in request.asked:
            files = (url for url in target.urls if url != request.url and is_file(read_url(url)))
            if reading.outcomes[target.identifier][0] in _SHUT and (address := next(files, "")):
                yield replace(request, url=address, step="file", headers=(("Accept", "application/pdf"),))


def _own(page: Answer) -> Reading:
    """What the source that owns a page makes of it; nothing where none does."""
    owner = next((source for source in sources() if source.owns(page)), None)
    return owner.read(_as_own(page, owner)) if owner else Reading()


def _as_own(page: Answer, owner: Source) -> Answer:
    """A page as its owner reads it."""
    return replace(page, request=replace(page.request, source=owner.name, step=OWN_PAGE))


def _held(source: str, reading: Reading, page: Answer) -> Reading:
    """What an answer says together with the page that it holds: everything in the name of the source that kept it."""
    told = _refused(page) or _together(source_named("page").read(page), _own(page))
    asked = page.request.identifiers
    said = [*reading.records, *reversed(told.records)]
    records = (_joined(source, each, [record for record in said if record.identifier == each]) for each in asked)
    return Reading(tuple(records), {**told.outcomes, **reading.outcomes})


def _joined(source: str, identifier: Identifier, records: Iterable[Record]) -> Record:
    """Several records about one work as one."""
    records = list(records)
    claims: list[Claim] = []
    for claim in (claim for record in records for claim in record.claims):
        claims += [] if claim in claims else [claim]
    same = dict.fromkeys(each for record in records for each in record.same)
    relations = dict.fromkeys(each for record in records for each in record.relations)
    return Record(source, identifier, tuple(claims), tuple(same), tuple(relations))


def _together(one: Reading, other: Reading) -> Reading:
    """Two readings of one answer; how it ended is the other's word, who knows the site."""
    return Reading((*one.records, *other.records), {**one.outcomes, **other.outcomes}, (*one.then, *other.then))


def _moved(answer: Answer) -> Iterable[Record]:
    """A plain address that led to a work some source knows: both name the same work."""
    target = answer.request.asked[0].identifier if answer.request.asked else None
    if target is None or target.scheme != "url" or not answer.hops or answer.request.source != "page":
        return ()
    arrived = identify(answer.url).identifier
    return () if arrived.scheme == "url" else (Record("page", target, same=(arrived,)),)
