"""DataCite: the registry of arXiv's DOIs (`10.48550/arXiv.…`), which answers for many papers at once.

Facts: support.datacite.org/docs/api-multiple-dois; arXiv registers a date for every version, `Submitted` for the first
and `Updated` for the others, with `dateInformation` naming the version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from litdb.model import Answer, Claim, Identifier, Name, Outcome, Policy, Reading, Record, Request, Rung, Target
from litdb.sources.arxiv import ARXIV
from litdb.sources.objects import Object, document, part, parts, text, words
from litdb.sources.protocol import Source
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim, read_name
from litdb.text.titles import clean_title
from litdb.text.urls import Url

PREFIX = "10.48550/arxiv."
"""What arXiv's DOIs begin with; the id without its version follows."""

_WITHDRAWN = re.compile(r"\bwithdrawn\b", re.IGNORECASE)


class DataCite(Source):
    """DataCite's public interface: the rung below arXiv's own, with the same dates and better split names."""

    name = "datacite"
    policies: Sequence[Policy] = (
        Policy(("api.datacite.org",), lane="api.datacite.org", interval=1.0, batch=100, robots=False),
    )

    def identify(self, url: Url) -> None:
        """None: its addresses are for programs."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """Second best for papers of arXiv."""
        return Rung.API if ARXIV.rung(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every hundred papers."""
        size = self.policies[0].batch
        for start in range(0, len(wanted), size):
            asked = tuple(wanted[start : start + size])
            dois = ",".join(PREFIX + each.identifier.value for each in asked)
            query = urlencode({"ids": dois, "page[size]": len(asked), "disable-facets": "true"})
            yield Request(self.name, f"https://api.datacite.org/dois?{query}", asked)

    def read(self, answer: Answer) -> Reading:
        """What is registered about each paper; `not-found` for those that are not there."""
        found, refusal = document(answer, "DataCite")
        if refusal:
            return Reading(outcomes={each.identifier: refusal for each in answer.request.asked})
        known = {text(part(row, "attributes"), "doi").lower(): part(row, "attributes") for row in parts(found, "data")}
        records: list[Record] = []
        outcomes: dict[Identifier, tuple[Outcome, str]] = {}
        for identifier in (each.identifier for each in answer.request.asked):
            if registered := known.get(PREFIX + identifier.value.lower()):
                records.append(Record(self.name, identifier, tuple(claims_of(registered))))
                outcomes[identifier] = "ok", ""
            else:
                outcomes[identifier] = "not-found", f"DataCite has no DOI for arXiv's {identifier.value}"
        return Reading(tuple(records), outcomes)


def claims_of(registered: Object) -> Iterator[Claim]:
    """What the attributes of a preprint's DOI say."""
    yield Claim("type", "preprint", "datacite:types")
    yield Claim("container", "arXiv", "datacite:publisher")
    if title := next((words(each, "title") for each in parts(registered, "titles")), ""):
        yield Claim("title", title, "datacite:titles", markup="tex" if "$" in title else "plain")
    names = [name for each in parts(registered, "creators") if (name := _name(each)).display]
    if names:
        yield authors_claim(names, "datacite:creators")
    yield from _dates(parts(registered, "dates"))
    for each in parts(registered, "descriptions"):
        told = words(each, "description")
        if text(each, "descriptionType") == "Abstract" and told:
            yield Claim("abstract", told, "datacite:descriptions", markup="tex" if "$" in told else "plain")
        if _WITHDRAWN.search(told) and len(told) < 400:
            yield Claim("status", "withdrawn", "datacite:descriptions")


def _dates(dates: Sequence[Object]) -> Iterator[Claim]:
    submitted = [each for each in dates if text(each, "dateType") in ("Submitted", "Updated")]
    versions = {text(each, "dateInformation"): read_iso(text(each, "date")) for each in submitted}
    numbered = sorted((int(name[1:]), day) for name, day in versions.items() if re.fullmatch(r"v\d+", name) and day)
    for number, day in numbered:
        if number == 1:
            yield date_claim(day, "first-version", "datacite:Submitted")
    if numbered and numbered[-1][0] > 1:
        yield date_claim(numbered[-1][1], "this-version", "datacite:Updated")
        yield Claim("version", f"v{numbered[-1][0]}", "datacite:Updated")


def _name(creator: Object) -> Name:
    """The name in its parts, of which arXiv's deposits sometimes have only the whole."""
    family, given = text(creator, "familyName"), text(creator, "givenName")
    if text(creator, "nameType") == "Organizational":
        return Name(literal=clean_title(text(creator, "name")))
    return read_name(f"{family}, {given}" if family and given else text(creator, "name"))


DATACITE = DataCite()
