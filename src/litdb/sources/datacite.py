"""DataCite: the registry of arXiv's DOIs, of Zenodo's and of many libraries', which answers for many works at once.

Facts: support.datacite.org/docs/api-multiple-dois; schema.datacite.org/meta/kernel-4.6. arXiv registers a date for
every version, `Submitted` for the first and `Updated` for the others, with `dateInformation` naming the version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, urlencode

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
    Relation,
    RelationKind,
    Request,
    Rung,
    Target,
    WorkType,
)
from litdb.sources.arxiv import ARXIV
from litdb.sources.arxiv_page import tells_withdrawal
from litdb.sources.deposited import abstract, plain
from litdb.sources.objects import Object, document, number, part, parts, text
from litdb.sources.protocol import Source
from litdb.sources.registered import (
    batches,
    doi_of,
    named,
    pages_of,
    people_claim,
    person,
    reading,
    without_placeholder,
)
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import read_name
from litdb.text.urls import Url

TYPES: Mapping[str, WorkType] = {
    "Preprint": "preprint",
    "JournalArticle": "article-journal",
    "DataPaper": "article-journal",
    "ConferencePaper": "paper-conference",
    "ConferenceProceeding": "book",
    "Book": "book",
    "BookChapter": "chapter",
    "Dissertation": "thesis",
    "Report": "report",
    "Standard": "report",
    "PeerReview": "comment",
    "Dataset": "dataset",
    "Software": "software",
    "ComputationalNotebook": "software",
    "Audiovisual": "motion_picture",
    "Collection": "collection",
    "article": "preprint",
    "article-journal": "article-journal",
    "paper-conference": "paper-conference",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
}
"""General types of resources, and for texts that only say so CSL's (`citeproc`), as litdb's."""

DATES = ("Issued", "Available")
"""Kinds of dates at which a work appears, the best first."""

RELATIONS: Mapping[str, RelationKind] = {"IsVersionOf": "version-of", "IsPartOf": "part-of", "Reviews": "about"}
"""Ties to other works. The versions that a work has name it themselves."""


class DataCite(Source):
    """DataCite's public interface: arXiv's own dates and better split names; for DOIs the rung below Crossref."""

    name = "datacite"
    knows_all = False
    policies: Sequence[Policy] = (
        Policy(("api.datacite.org",), lane="api.datacite.org", interval=1.0, batch=100, robots=False),
    )
    refusals: Mapping[int, tuple[Outcome, str]] = {
        404: ("not-found", "DataCite does not know this DOI: it may be another agency's (404)"),
    }

    def identify(self, url: Url) -> None:
        """None: its addresses are for programs."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """Second best for papers of arXiv and for DOIs."""
        return Rung.API if doi_of(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every hundred works; a DOI with a comma, which parts a list, is asked for alone."""
        for asked in batches([each for each in wanted if "," not in each.identifier.value], self.policies[0].batch):
            dois = ",".join(doi_of(each.identifier) for each in asked)
            query = urlencode({"ids": dois, "page[size]": len(asked), "disable-facets": "true"})
            yield Request(self.name, f"https://api.datacite.org/dois?{query}", asked)
        for each in wanted:
            if "," in each.identifier.value:
                doi = quote(doi_of(each.identifier), safe="")
                yield Request(self.name, f"https://api.datacite.org/dois/{doi}", (each,))

    def read(self, answer: Answer) -> Reading:
        """What is registered about each work; `not-found` for those that are not there."""
        asked = answer.request.asked
        found, refusal = document(answer, "DataCite")
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        rows = [part(row, "attributes") for row in (part(found, "data"), *parts(found, "data"))]
        return reading("DataCite", asked, {text(row, "doi").lower(): row for row in rows}, self._record)

    def _record(self, registered: Object, identifier: Identifier) -> Record:
        ties = tuple(relations_of(registered, identifier))
        return Record(self.name, identifier, tuple(claims_of(registered, identifier)), relations=ties)


def claims_of(registered: Object, identifier: Identifier) -> Iterator[Claim]:
    """What the attributes of a DOI say of the work it was asked for as."""
    paper = bool(ARXIV.rung(identifier))
    yield from _worded("type", "preprint" if paper else _kind(registered), "types")
    yield from _places(registered, paper)
    if title := _title(registered):
        yield Claim("title", title, "datacite:titles", markup="tex" if "$" in title else "plain")
    yield from people_claim("authors", _people(parts(registered, "creators")), "datacite:creators")
    editing = [each for each in parts(registered, "contributors") if text(each, "contributorType") == "Editor"]
    yield from people_claim("editors", _people(editing), "datacite:contributors")
    yield from _versions(registered) if paper else _dates(registered)
    yield from _worded("language", text(registered, "language"), "language")
    for each in parts(registered, "descriptions"):
        told = abstract(text(each, "description"))
        if text(each, "descriptionType") == "Abstract" and told:
            yield Claim("abstract", told, "datacite:descriptions", markup="tex" if "$" in told else "plain")
        if paper and len(told) < 400 and tells_withdrawal(told):
            yield Claim("status", "withdrawn", "datacite:descriptions")


def relations_of(registered: Object, identifier: Identifier) -> Iterator[Relation]:
    """The ties to other works by their DOIs: arXiv names the published version so."""
    for each in parts(registered, "relatedIdentifiers"):
        kind = RELATIONS.get(text(each, "relationType"))
        other = named(text(each, "relatedIdentifier")) if text(each, "relatedIdentifierType") == "DOI" else None
        if kind and other and other != identifier:
            yield Relation(identifier, kind, other, f"datacite:{text(each, 'relationType')}")


def _worded(field: Field, value: str, key: str) -> Iterator[Claim]:
    if value:
        yield Claim(field, value, f"datacite:{key}")


def _kind(registered: Object) -> str:
    types = part(registered, "types")
    return TYPES.get(text(types, "resourceTypeGeneral")) or TYPES.get(text(types, "citeproc")) or ""


def _places(registered: Object, paper: bool) -> Iterator[Claim]:
    """Where the work stands. The publisher is a text, or an object that has it as its name."""
    publisher = plain(text(registered, "publisher") or text(part(registered, "publisher"), "name"))
    if paper:
        yield Claim("container", "arXiv", "datacite:publisher")
        return
    container = part(registered, "container")
    yield from _worded("container", plain(text(container, "title")), "container")
    yield from _worded("publisher", publisher, "publisher")
    yield from _worded("volume", text(container, "volume"), "container")
    yield from _worded("issue", text(container, "issue"), "container")
    pages = "-".join(dict.fromkeys(filter(None, (text(container, "firstPage"), text(container, "lastPage")))))
    yield from _worded("pages", pages_of(pages), "container")
    yield from _worded("version", text(registered, "version"), "version")


def _title(registered: Object) -> str:
    """The title itself: translated and other ones have a type, and so has the subtitle behind it."""
    titles = parts(registered, "titles")
    title = next((told for each in titles if not text(each, "titleType") and (told := plain(text(each, "title")))), "")
    subtitles = (plain(text(each, "title")) for each in titles if text(each, "titleType") == "Subtitle")
    return ": ".join(filter(None, (title, next(subtitles, "")))) if title else ""


def _people(listed: Sequence[Object]) -> Iterator[tuple[Name, str]]:
    for each in listed:
        known = parts(each, "nameIdentifiers")
        orcid = next((text(one, "nameIdentifier") for one in known if text(one, "nameIdentifierScheme") == "ORCID"), "")
        yield _name(each), orcid


def _name(creator: Object) -> Name:
    """The name in its parts, of which deposits sometimes have only the whole."""
    whole = plain(text(creator, "name"))
    if text(creator, "nameType") == "Organizational":
        return Name(literal=whole)
    family, given = text(creator, "familyName"), text(creator, "givenName")
    return person(family, given) if family and given else read_name(whole)


def _dates(registered: Object) -> Iterator[Claim]:
    told: list[str] = []
    for kind in DATES:
        days = (text(each, "date") for each in parts(registered, "dates") if text(each, "dateType") == kind)
        date = without_placeholder(next((read for day in days if (read := read_iso(day))), ""))
        if date and date not in told:
            told.append(date)
            yield date_claim(date, "posted", f"datacite:{kind}")
    if not told and (published := read_iso(number(registered, "publicationYear"))):
        yield date_claim(published, "posted", "datacite:publicationYear")


def _versions(registered: Object) -> Iterator[Claim]:
    """The days of a paper's versions on arXiv: of the first, and of the last where there are several."""
    dates = parts(registered, "dates")
    submitted = [each for each in dates if text(each, "dateType") in ("Submitted", "Updated")]
    versions = {text(each, "dateInformation"): read_iso(text(each, "date")) for each in submitted}
    numbered = sorted((int(name[1:]), day) for name, day in versions.items() if re.fullmatch(r"v\d+", name) and day)
    for version, day in numbered:
        if version == 1:
            yield date_claim(day, "first-version", "datacite:Submitted")
    if numbered and numbered[-1][0] > 1:
        yield date_claim(numbered[-1][1], "this-version", "datacite:Updated")
        yield Claim("version", f"v{numbered[-1][0]}", "datacite:Updated")


DATACITE = DataCite()
