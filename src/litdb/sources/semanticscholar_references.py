"""What papers cite, from Semantic Scholar's graph: a hundred papers at a time.

Facts: api.semanticscholar.org/api-docs/graph, `POST /paper/batch` with `references.…` among the fields: 500 ids, 10 MB
an answer. Publishers may have their lists left out, which are empty then. A reference is named by its number at arXiv
before its DOI: that of a preprint and its published version are told together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from litdb.model import (
    Answer,
    Identifier,
    Outcome,
    Policy,
    Reading,
    Record,
    Reference,
    Relation,
    Request,
    Rung,
    Target,
)
from litdb.sources.arxiv import read_id
from litdb.sources.deposited import plain
from litdb.sources.objects import Object, number, part, parts, read_json, refused, text
from litdb.sources.protocol import KindOfSource, Source
from litdb.sources.registered import PREFIX, batches, doi_of, named, version_of
from litdb.sources.semanticscholar import SEMANTICSCHOLAR, name_of
from litdb.text.urls import Url

BATCH = 100
"""Papers in one question: of five hundred with all their references the answer would be too large."""

FIELDS = "externalIds,references.externalIds,references.title,references.year,references.authors"

_QUESTION = f"https://api.semanticscholar.org/graph/v1/paper/batch?fields={FIELDS}"
_HOW = "semanticscholar:references"


class SemanticScholarReferences(Source):
    """The references of papers, as Semantic Scholar has taken them from their texts."""

    name = "semanticscholar-references"
    kind: KindOfSource = "references"
    knows_all = False
    policies: Sequence[Policy] = ()
    refusals: Mapping[int, tuple[Outcome, str]] = SEMANTICSCHOLAR.refusals

    def identify(self, url: Url) -> None:
        """None: its works are those of others."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """The best for papers at arXiv and works with a DOI."""
        return Rung.API if doi_of(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every hundred works."""
        for asked in batches(wanted, BATCH):
            body = json.dumps({"ids": [name_of(each.identifier) for each in asked]})
            headers = (("Content-Type", "application/json"),)
            yield Request(self.name, _QUESTION, asked, method="POST", body=body, headers=headers)

    def read(self, answer: Answer) -> Reading:
        """Whether the index has each work, and which of the works they cite are versions of one."""
        asked = answer.request.asked
        papers = _papers(answer)
        if papers is None:
            broken: tuple[Outcome, str] = "unreachable", "Semantic Scholar answers with something else than a list"
            ending = refused(answer.status, "Semantic Scholar") or broken
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, ending))
        known = [(each.identifier, paper) for each, paper in zip(asked, papers, strict=True)]
        ties = [(one, tuple(dict.fromkeys(_versions(paper)))) for one, paper in known]
        return Reading(
            records=tuple(Record(SEMANTICSCHOLAR.name, one, relations=pairs) for one, pairs in ties if pairs),
            outcomes={one: _ending(paper) for one, paper in known},
        )

    def references(self, answer: Answer) -> Iterator[Reference]:
        """The references of each paper, with an identifier where the index has one."""
        for each, paper in zip(answer.request.asked, _papers(answer) or (), strict=False):
            for cited in parts(paper, "references"):
                name, title = _name(part(cited, "externalIds")), plain(text(cited, "title"))
                if name or title:
                    yield Reference(each.identifier, name, _HOW, title if name else _in_words(cited, title))


def _papers(answer: Answer) -> list[Object] | None:
    """What stands in the list for each work that was asked for, empty for one that is not known; None for no list."""
    found = read_json(answer.body)
    if not isinstance(found, list) or len(found) != len(answer.request.asked):
        return None
    return [each if isinstance(each, Mapping) else {} for each in found]


def _ending(paper: Object) -> tuple[Outcome, str]:
    if not paper:
        return "not-found", "Semantic Scholar does not know it"
    withheld: tuple[Outcome, str] = "partial", "Semantic Scholar shows no references of it"
    return ("ok", "") if parts(paper, "references") else withheld


def _name(ids: Object) -> str:
    """The best name of a reference, to be identified."""
    if number := read_id(text(ids, "ArXiv")):
        return f"arXiv:{number.value}"
    return f"doi:{doi}" if (doi := text(ids, "DOI")) else ""


def _versions(paper: Object) -> Iterator[Relation]:
    """The works that a paper cites which have a number at arXiv and the DOI of a journal."""
    for ids in (part(each, "externalIds") for each in parts(paper, "references")):
        number, doi = read_id(text(ids, "ArXiv")), text(ids, "DOI")
        if number and doi and not doi.lower().startswith(PREFIX):
            yield from version_of(Identifier("arxiv", number.value), named(doi), "semanticscholar:externalIds")


def _in_words(cited: Object, title: str) -> str:
    """A reference without a name as one would write it: who, what, when."""
    first = next((text(each, "name") for each in parts(cited, "authors")), "")
    return ". ".join(filter(None, (first, title, number(cited, "year"))))


SEMANTICSCHOLAR_REFERENCES = SemanticScholarReferences()
