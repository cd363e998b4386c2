"""doi.org by content negotiation: whoever registered a DOI sends its CSL-JSON, one work a request.

Facts: citation.doi.org/docs.html, "Content negotiation" (agencies Crossref, DataCite, mEDRA, JaLC, ISTIC, OP; 404 for
no DOI, 406 where the agency has no such form); citeproc-js, "CSL-JSON".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from litdb.model import (
    Answer,
    Claim,
    Field,
    Identifier,
    Name,
    Outcome,
    Policy,
    Reading,
    Record,
    Request,
    Rung,
    Target,
    WorkType,
)
from litdb.sources import crossref_work
from litdb.sources.deposited import abstract, plain
from litdb.sources.objects import Object, document, part, parts, text
from litdb.sources.protocol import Source
from litdb.sources.registered import date_of_parts, doi_of, pages_of, people_claim, person, reading, without_placeholder
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.urls import Url

CSL_JSON = "application/vnd.citationstyles.csl+json"

TYPES: Mapping[str, WorkType] = {
    **crossref_work.TYPES,
    "article": "preprint",
    "article-journal": "article-journal",
    "article-magazine": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "dataset": "dataset",
    "entry-encyclopedia": "entry-encyclopedia",
    "motion_picture": "motion_picture",
    "paper-conference": "paper-conference",
    "post-weblog": "post-weblog",
    "report": "report",
    "software": "software",
    "thesis": "thesis",
    "webpage": "webpage",
}
"""CSL's types, and Crossref's own that its CSL-JSON still has."""

TEXTS: Sequence[tuple[Field, str]] = (
    ("container", "container-title"),
    ("publisher", "publisher"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("pages", "page"),
    ("number", "number"),
    ("language", "language"),
)
"""Fields that are CSL's variables."""


FAMILY = ("dropping-particle", "non-dropping-particle", "family")
"""The parts of CSL's names that make a family name as one reads it."""


class DoiNegotiation(Source):
    """The resolver of all DOIs, for those of agencies that have no interface of their own here."""

    name = "doi-negotiation"
    policies: Sequence[Policy] = (Policy(("doi.org", "dx.doi.org"), lane="doi.org", interval=1.0, robots=False),)
    refusals: Mapping[int, tuple[Outcome, str]] = {
        404: ("not-found", "there is no such DOI (404)"),
        406: ("unsupported", "the agency of this DOI gives no data about it (406)"),
    }

    def identify(self, url: Url) -> None:
        """None: what a DOI's address means, another source says."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """Behind all that answer for many DOIs at once: this one takes a request for each."""
        return Rung.FEED if identifier.scheme == "doi" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for each DOI."""
        for target in wanted:
            address = f"https://doi.org/{quote(target.identifier.value, safe='/:;()')}"
            yield Request(self.name, address, (target,), headers=(("Accept", CSL_JSON),))

    def read(self, answer: Answer) -> Reading:
        """The CSL-JSON of the DOI; `unsupported` where its agency sends the page of the work instead."""
        (target,) = answer.request.asked
        found, refusal = document(answer, "doi.org")
        if refusal and refusal[0] == "challenged":
            refusal = "unsupported", "the agency of this DOI sends a page instead of data"
        if refusal:
            return Reading(outcomes={target.identifier: refusal})
        return reading("doi.org", (target,), {doi_of(target.identifier): found}, self._record)

    def _record(self, item: Object, identifier: Identifier) -> Record:
        return Record(self.name, identifier, tuple(claims_of(item)))


def claims_of(item: Object) -> Iterator[Claim]:
    """What an item of CSL-JSON says."""
    if kind := TYPES.get(text(item, "type")):
        yield Claim("type", kind, "csl:type")
    if title := plain(_text(item, "title")):
        yield Claim("title", title, "csl:title")
    yield from people_claim("authors", _people(item, "author"), "csl:author")
    yield from people_claim("editors", _people(item, "editor"), "csl:editor")
    for key in ("issued", "published"):
        if date := _date(part(item, key)):
            yield date_claim(date, "posted", f"csl:{key}")
            break
    for field, key in TEXTS:
        told = plain(_text(item, key))
        if told := pages_of(told) if field == "pages" else told:
            yield Claim(field, told, f"csl:{key}")
    if told := abstract(text(item, "abstract")):
        yield Claim("abstract", told, "csl:abstract")


def _text(item: Object, key: str) -> str:
    """A text or a number; of a list, as Crossref's own form has it, the first."""
    found = item.get(key)
    first = next(iter(found), "") if isinstance(found, list) else found
    return str(first) if isinstance(first, str | int) and not isinstance(first, bool) else ""


def _date(issued: Object) -> str:
    """The date by its parts, or as it was written."""
    written = text(issued, "raw") or text(issued, "literal")
    return date_of_parts(issued) or without_placeholder(read_iso(written) or read_written(written) or "")


def _people(item: Object, key: str) -> Iterator[tuple[Name, str]]:
    for each in parts(item, key):
        whole = plain(text(each, "literal") or text(each, "name"))
        family = " ".join(filter(None, (text(each, key) for key in FAMILY)))
        name = Name(literal=whole) if whole else person(family, text(each, "given"), text(each, "suffix"))
        yield name, text(each, "ORCID")


DOI_NEGOTIATION = DoiNegotiation()
