"""Semantic Scholar: an index asked about up to five hundred works at once, which knows what belongs together.

Facts: api.semanticscholar.org/api-docs/graph, `POST /paper/batch`: a list in the order of the ids, null for what it
does not know; 400 where it knows none. A key is optional; without one everybody shares one quota.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litdb.model import (
    Answer,
    Claim,
    Identifier,
    Json,
    Outcome,
    Policy,
    Reading,
    Record,
    Relation,
    Request,
    Rung,
    Target,
)
from litdb.sources.arxiv import read_id
from litdb.sources.deposited import plain
from litdb.sources.objects import Object, complaint, document, number, part, parts, text
from litdb.sources.protocol import KindOfSource, Source
from litdb.sources.registered import PREFIX, batches, doi_of, named, pages_of, reading, version_of, without_placeholder
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim, read_name
from litdb.text.others import without_others
from litdb.text.titles import clean_title, fold
from litdb.text.urls import Url

FIELDS = "title,authors,year,publicationDate,venue,journal,externalIds"

PREPRINT_VENUES = frozenset("arxiv arxivorg biorxiv medrxiv chemrxiv psyarxiv socarxiv techrxiv ssrn".split())
"""Venues, folded, that the index gives to works it first met as preprints, with the preprint's day."""

_QUESTION = f"https://api.semanticscholar.org/graph/v1/paper/batch?fields={FIELDS}"
_JSON = (("Content-Type", "application/json"),)


class SemanticScholar(Source):
    """Semantic Scholar's graph: behind OpenAlex, because it makes one of a preprint and its published version."""

    name = "semanticscholar"
    kind: KindOfSource = "index"
    knows_all = False
    policies: Sequence[Policy] = (
        Policy(("api.semanticscholar.org",), lane="api.semanticscholar.org", interval=5.0, batch=500, robots=False),
    )
    refusals: Mapping[int, tuple[Outcome, str]] = {
        400: ("not-found", "Semantic Scholar knows none of the works it was asked for (400)"),
        403: ("forbidden", "Semantic Scholar wants a key, or another one (403)"),
        404: ("not-found", "Semantic Scholar does not know the work (404)"),
    }

    def identify(self, url: Url) -> None:
        """None: its works are those of others."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """The last index before the page itself."""
        return Rung.FEED if doi_of(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every five hundred works."""
        for asked in batches(wanted, self.policies[0].batch):
            body = json.dumps({"ids": [name_of(each.identifier) for each in asked]})
            yield Request(self.name, _QUESTION, asked, method="POST", body=body, headers=_JSON)

    def read(self, answer: Answer) -> Reading:
        """What the index has of each work, told by its place in the list."""
        asked = answer.request.asked
        found, refusal = document(_as_object(answer), "Semantic Scholar")
        if refusal:
            ending = self.refusals.get(answer.status, refusal)
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, ending))
        papers = found.get("papers")
        if told := complaint({"error": found.get("message")}, "Semantic Scholar"):
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, told))
        rows: Sequence[Json] = papers if isinstance(papers, list) else (found,)
        if len(rows) != len(asked):
            strange: tuple[Outcome, str] = "unsupported", "Semantic Scholar answers with another number of works"
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, strange))
        known = {
            doi_of(each.identifier): row
            for each, row in zip(asked, rows, strict=True)
            if isinstance(row, Mapping) and row.get("paperId")
        }
        return reading("Semantic Scholar", asked, known, self._record)

    def _record(self, paper: Object, identifier: Identifier) -> Record:
        return Record(
            self.name, identifier, tuple(claims_of(paper, identifier)), relations=tuple(relations_of(paper, identifier))
        )


def claims_of(paper: Object, identifier: Identifier) -> Iterator[Claim]:
    """What the index says; of a DOI the day only where the index has not met the work as a preprint before."""
    if title := plain(text(paper, "title")):
        yield Claim("title", title, "semanticscholar:title")
    if names := without_others(read_name(text(each, "name")) for each in parts(paper, "authors")):
        yield authors_claim(names, "semanticscholar:authors")
    if identifier.scheme == "arxiv":
        yield from _date(paper)
        return
    yield from _date(paper) if not _began_as_preprint(paper) else ()
    journal = part(paper, "journal")
    if container := clean_title(text(journal, "name") or text(paper, "venue")):
        yield Claim("container", container, "semanticscholar:journal")
    if volume := text(journal, "volume"):
        yield Claim("volume", volume, "semanticscholar:journal")
    if pages := pages_of(text(journal, "pages")):
        yield Claim("pages", pages, "semanticscholar:journal")


def relations_of(paper: Object, identifier: Identifier) -> Iterator[Relation]:
    """That the paper on arXiv is a version of the one with the DOI, where the index has both names."""
    ids = part(paper, "externalIds")
    number = read_id(text(ids, "ArXiv"))
    preprint = Identifier("arxiv", number.value) if number else None
    ends = (preprint, named(text(ids, "DOI")))
    if identifier in ends:
        yield from version_of(*ends, "semanticscholar:externalIds")


def name_of(identifier: Identifier) -> str:
    """How the index is asked for a work.

    >>> name_of(Identifier("arxiv", "2209.00626"))
    'ARXIV:2209.00626'
    """
    return f"ARXIV:{identifier.value}" if identifier.scheme == "arxiv" else f"DOI:{identifier.value}"


def _as_object(answer: Answer) -> Answer:
    """The answer with its list under a name, so that it is read as every other one is."""
    is_list = answer.body.lstrip()[:1] == b"["
    return replace(answer, body=b'{"papers": %s}' % answer.body) if is_list else answer


def _date(paper: Object) -> Iterator[Claim]:
    """The day, else the year."""
    if day := read_iso(text(paper, "publicationDate")):
        yield date_claim(without_placeholder(day), "posted", "semanticscholar:publicationDate")
    elif year := read_iso(number(paper, "year")):
        yield date_claim(year, "posted", "semanticscholar:year")


def _began_as_preprint(paper: Object) -> bool:
    """Whether the day may be that of a preprint with another name than the DOI that was asked for."""
    ids = part(paper, "externalIds")
    if text(ids, "DOI").lower().startswith(PREFIX):
        return False
    return bool(text(ids, "ArXiv")) or fold(text(paper, "venue")) in PREPRINT_VENUES


SEMANTICSCHOLAR = SemanticScholar()
