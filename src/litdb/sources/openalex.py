"""OpenAlex: an index of scholarly works, asked about DOIs and papers of arXiv where their registries refuse.

Facts: docs.openalex.org/api-entities/works/work-object. `publication_date` is the first one known and may be the first
of a January where only the year is; it is a date of last resort. ORCIDs are the index's guess and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, urlencode

from litdb.model import Answer, Claim, Identifier, Outcome, Policy, Reading, Record, Request, Rung, Target, WorkType
from litdb.sources.deposited import plain
from litdb.sources.objects import Object, document, part, parts, text
from litdb.sources.protocol import KindOfSource, Source
from litdb.sources.registered import batches, doi_of, pages_of, reading, without_placeholder
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim, read_name
from litdb.text.others import without_others
from litdb.text.titles import clean_title
from litdb.text.urls import Url

FIELDS = "id,doi,title,publication_date,type,authorships,primary_location,biblio,language,is_retracted"
BATCH = 50
"""Works in one question: of a hundred, which the filter takes, the address would be too long for some proxies."""

TYPES: Mapping[tuple[str, str], WorkType] = {
    ("article", "journal"): "article-journal",
    ("article", "conference"): "paper-conference",
    ("review", "journal"): "article-journal",
    ("letter", "journal"): "article-journal",
    ("editorial", "journal"): "article-journal",
    ("preprint", ""): "preprint",
    ("book", ""): "book",
    ("book-chapter", ""): "chapter",
    ("reference-entry", ""): "entry-encyclopedia",
    ("dissertation", ""): "thesis",
    ("report", ""): "report",
    ("dataset", ""): "dataset",
    ("peer-review", ""): "comment",
}
"""Types of works, for articles with the kind of place they stand in, as CSL's."""

WORKS = "https://api.openalex.org/works"
DOI = "https://doi.org/"
_PLATFORMS = ("ebook platform", "repository")
"""Kinds of places that only keep a work and contain it no more than a library does."""


class OpenAlex(Source):
    """OpenAlex's public interface: many works by one filter, one alone by its DOI, which is free."""

    name = "openalex"
    fields = FIELDS
    kind: KindOfSource = "index"
    knows_all = False
    policies: Sequence[Policy] = (
        Policy(("api.openalex.org",), lane="api.openalex.org", interval=1.0, batch=BATCH, robots=False),
    )
    refusals: Mapping[int, tuple[Outcome, str]] = {
        401: ("forbidden", "OpenAlex does not take the key that it was sent (401)"),
        404: ("not-found", "OpenAlex does not know this DOI (404)"),
    }

    def identify(self, url: Url) -> None:
        """None: its works are those of others."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """Behind the registries: it has its data from them and adds guesses."""
        return Rung.FEED if doi_of(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every fifty works, the filter's limit being a hundred; a DOI with a comma goes alone."""
        for asked in batches([each for each in wanted if "," not in each.identifier.value], BATCH):
            yield self._one(asked[0]) if len(asked) == 1 else self._several(asked)
        yield from (self._one(each) for each in wanted if "," in each.identifier.value)

    def read(self, answer: Answer) -> Reading:
        """What the index has of each work; `not-found` for those it lacks."""
        asked = answer.request.asked
        found, refusal = document(answer, "OpenAlex")
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        return reading("OpenAlex", asked, by_doi(found), self._record)

    def _one(self, target: Target) -> Request:
        place = quote(doi_of(target.identifier), safe="/:()")
        query = urlencode({"select": self.fields}, safe=",")
        return Request(self.name, f"{WORKS}/doi:{place}?{query}", (target,))

    def _several(self, asked: tuple[Target, ...]) -> Request:
        dois = "|".join(doi_of(each.identifier) for each in asked)
        query = urlencode({"filter": f"doi:{dois}", "per-page": len(asked), "select": self.fields}, safe=":|,/")
        return Request(self.name, f"{WORKS}?{query}", asked)

    def _record(self, work: Object, identifier: Identifier) -> Record:
        places = () if identifier.scheme == "arxiv" else places_of(work)
        return Record(self.name, identifier, (*claims_of(work), *places))


def by_doi(found: Object) -> Mapping[str, Object]:
    """The works of an answer, one or several, by their DOIs in lower case."""
    return {text(work, "doi").lower().removeprefix(DOI): work for work in (found, *parts(found, "results"))}


def claims_of(work: Object) -> Iterator[Claim]:
    """What the index says of a work, its guesses left out."""
    if title := plain(text(work, "title")):
        yield Claim("title", title, "openalex:title")
    if names := without_others(read_name(_author(each)) for each in parts(work, "authorships")):
        yield authors_claim(names, "openalex:authorships")
    if date := read_iso(text(work, "publication_date")):
        yield date_claim(without_placeholder(date), "posted", "openalex:publication_date")
    if language := text(work, "language"):
        yield Claim("language", language, "openalex:language")
    if work.get("is_retracted") is True:
        yield Claim("status", "retracted", "openalex:is_retracted")


def places_of(work: Object) -> Iterator[Claim]:
    """What a DOI is the name of and where it stands; of a paper on arXiv the index mixes that with its publication."""
    source = part(part(work, "primary_location"), "source")
    kind, place = text(work, "type"), text(source, "type")
    if found := TYPES.get((kind, place)) or TYPES.get((kind, "")):
        yield Claim("type", found, "openalex:type")
    container = clean_title(text(source, "display_name"))
    if container and place not in _PLATFORMS:
        yield Claim("container", container, "openalex:primary_location")
    biblio = part(work, "biblio")
    if volume := text(biblio, "volume"):
        yield Claim("volume", volume, "openalex:biblio")
    if issue := text(biblio, "issue"):
        yield Claim("issue", issue, "openalex:biblio")
    first_and_last = dict.fromkeys(filter(None, (text(biblio, "first_page"), text(biblio, "last_page"))))
    if pages := pages_of("-".join(first_and_last)):
        yield Claim("pages", pages, "openalex:biblio")


def _author(authorship: Object) -> str:
    """The name as it stands on the paper, else as the index knows the person."""
    return text(authorship, "raw_author_name") or text(part(authorship, "author"), "display_name")


OPENALEX = OpenAlex()
