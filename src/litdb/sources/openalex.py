"""OpenAlex: an index of scholarly works, asked about papers of arXiv where their registries refuse.

Facts: docs.openalex.org/api-entities/works/work-object. `publication_date` is the first one known and may be the first
of a January where only the year is; it is a date of last resort.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from litdb.model import Answer, Claim, Identifier, Outcome, Policy, Reading, Record, Request, Rung, Target
from litdb.sources.arxiv import ARXIV
from litdb.sources.datacite import PREFIX
from litdb.sources.objects import Object, document, part, parts, text, words
from litdb.sources.protocol import Source
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim, read_name
from litdb.text.titles import clean_title
from litdb.text.urls import Url

FIELDS = "id,doi,title,publication_date,type,authorships,primary_location,language,is_retracted,referenced_works"

_DOI = "https://doi.org/"


class OpenAlex(Source):
    """OpenAlex's public interface: many works by one filter, one alone by its DOI, which is free."""

    name = "openalex"
    policies: Sequence[Policy] = (
        Policy(("api.openalex.org",), lane="api.openalex.org", interval=1.0, batch=50, robots=False),
    )

    def identify(self, url: Url) -> None:
        """None: its works are those of others."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """Behind the registries: it has its data from them and adds guesses."""
        return Rung.FEED if ARXIV.rung(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every fifty works, the filter's limit being a hundred."""
        size = self.policies[0].batch
        for start in range(0, len(wanted), size):
            asked = tuple(wanted[start : start + size])
            dois = [PREFIX + each.identifier.value for each in asked]
            place = f"/doi:{dois[0]}" if len(dois) == 1 else ""
            more = {} if place else {"filter": f"doi:{'|'.join(dois)}", "per-page": len(dois)}
            query = urlencode({**more, "select": FIELDS}, safe=":|,/")
            yield Request(self.name, f"https://api.openalex.org/works{place}?{query}", asked)

    def read(self, answer: Answer) -> Reading:
        """What the index has of each work; `not-found` for those it lacks."""
        found, refusal = document(answer, "OpenAlex")
        if refusal:
            return Reading(outcomes={each.identifier: refusal for each in answer.request.asked})
        works = {text(work, "doi").lower().removeprefix(_DOI): work for work in (found, *parts(found, "results"))}
        records: list[Record] = []
        outcomes: dict[Identifier, tuple[Outcome, str]] = {}
        for identifier in (each.identifier for each in answer.request.asked):
            if work := works.get(PREFIX + identifier.value.lower()):
                records.append(Record(self.name, identifier, tuple(claims_of(work))))
                outcomes[identifier] = "ok", ""
            else:
                outcomes[identifier] = "not-found", f"OpenAlex has no work for arXiv's {identifier.value}"
        return Reading(tuple(records), outcomes)


def claims_of(work: Object) -> Iterator[Claim]:
    """What the index says of a work, its guesses left out."""
    if title := words(work, "title"):
        yield Claim("title", title, "openalex:title")
    names = [_author(each) for each in parts(work, "authorships")]
    if read := [read_name(name) for name in names if name]:
        yield authors_claim(read, "openalex:authorships")
    if date := read_iso(text(work, "publication_date")):
        date = date[:4] if date.endswith("-01-01") else date
        yield date_claim(date, "posted", "openalex:publication_date")
    if container := clean_title(text(part(part(work, "primary_location"), "source"), "display_name")):
        yield Claim("container", container, "openalex:primary_location")
    if language := text(work, "language"):
        yield Claim("language", language, "openalex:language")
    if work.get("is_retracted") is True:
        yield Claim("status", "retracted", "openalex:is_retracted")


def _author(authorship: Object) -> str:
    """The name as it stands on the paper, else as the index knows the person."""
    return text(authorship, "raw_author_name") or text(part(authorship, "author"), "display_name")


OPENALEX = OpenAlex()
