"""A canary for the real web: each source is asked for a work that is known for good, and what it says is compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from litdb.crawl import Crawl, Ended, Web
from litdb.database.journal import Journal
from litdb.model import Answer, Attempt, Claim, Identifier, Identity, Reading, Record, Request, Rung, Target
from litdb.replay import replay
from litdb.sources import identify, source_named
from litdb.sources.known import Known
from litdb.sources.protocol import Source
from litdb.text.dates import cited_day
from litdb.text.titles import fold
from litdb.text.urls import Url


@dataclass(frozen=True, slots=True)
class Sighting:
    """What became of asking one source: sentences about what is wrong, none where all is well.

    `answers` are what came over the wire, the first first; `records` what the source made of them.
    """

    known: Known
    complaints: Sequence[str]
    answers: Sequence[Answer]
    records: Sequence[Record]

    @property
    def is_well(self) -> bool:
        """Whether the source still says what is known."""
        return not self.complaints


class _Alone(Source):
    """A source as if there were no other: it stands on the first rung."""

    def __init__(self, source: Source) -> None:
        self.name, self.policies, self._source = source.name, source.policies, source

    def identify(self, url: Url) -> Identity | None:
        return self._source.identify(url)

    def rung(self, identifier: Identifier) -> Rung | None:
        return Rung.REGISTRY if self._source.rung(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        return self._source.plan(wanted)

    def read(self, answer: Answer) -> Reading:
        return self._source.read(answer)


def sightings(all_known: Iterable[Known], web: Callable[[], Web], clock: Callable[[], str]) -> Iterator[Sighting]:
    """Ask the sources one by one, each over a web of its own and about its own work only."""
    for known in all_known:
        yield _sighting(known, web(), clock)


def case_files(sighting: Sighting) -> Iterator[tuple[str, str]]:
    """What came, as the files of a case: each body as it is, and what was asked and read. No header is in them."""
    for number, answer in enumerate(sighting.answers, 1):
        yield f"answer-{number}.txt", answer.body.decode("utf-8", "replace")
    asked = [{"url": each.request.url, "step": each.request.step, "status": each.status} for each in sighting.answers]
    read = [
        {"field": claim.field, "kind": claim.kind, "value": claim.value, "how": claim.how}
        for record in sighting.records
        for claim in record.claims
    ]
    told = {"known": sighting.known.url, "complaints": list(sighting.complaints), "asked": asked, "claims": read}
    yield "case.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _sighting(known: Known, web: Web, clock: Callable[[], str]) -> Sighting:
    identity = identify(known.url)
    target = Target(identity.identifier, (identity.url,))
    with TemporaryDirectory() as folder, Journal(Path(folder) / "canary.journal") as journal:
        crawl = Crawl(journal, web, (_Alone(source_named(known.source)),), clock)
        ended = [event.attempt for event in crawl.run([target]) if isinstance(event, Ended)]
        kept = list(journal.answers())
        told = replay(kept, journal.endings()).records
    records = [record for record in told if record.source == known.source]
    complaints = list(_complaints(known, records, ended))
    return Sighting(known, complaints, [answer for _, answer in kept], records)


def _complaints(known: Known, records: Sequence[Record], ended: Sequence[Attempt]) -> Iterator[str]:
    if not records:
        last = ended[-1] if ended else None
        yield f"{last.outcome}: {last.reason}" if last else "nobody was asked"
        return
    claims = [claim for record in records for claim in record.claims]
    for field, (value, how) in known.facts.items():
        yield from _about(field, value, how, [claim for claim in claims if claim.field == field])


def _about(field: str, value: str, how: str, claims: Sequence[Claim]) -> Iterator[str]:
    there = [claim for claim in claims if claim.how == how]
    if not there:
        others = ", ".join(sorted({claim.how for claim in claims}))
        yield f"`{how}` is gone ({field}){f'; there is {others}' if others else ''}"
    elif value and not any(fold(plain(claim)) == fold(value) for claim in there):
        yield f"`{how}` says “{plain(there[0])}” instead of “{value}” ({field})"


def plain(claim: Claim) -> str:
    """A claim's value as one line: people as they are read aloud, a date as the day to cite.

    >>> plain(Claim("authors", [{"family": "Ngo", "given": "Richard"}, {"literal": "@x"}], "atom"))
    'Richard Ngo; @x'
    >>> plain(Claim("date", "2022-08-30T17:59:09Z", "atom"))
    '2022-08-30'
    """
    if claim.field == "authors":
        return "; ".join(name.display for name in claim.people)
    return cited_day(str(claim.value)) if claim.field == "date" else str(claim.value)
