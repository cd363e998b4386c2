"""What papers of physics cite, from INSPIRE: twenty papers in one question, each reference read by people there.

Facts: inspire-schemas.readthedocs.io, `hep`, `references` (`reference` is what was read, `raw_refs` what stood there).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litdb.model import Answer, Identifier, Outcome, Policy, Reading, Reference, Rung
from litdb.sources.arxiv import ARXIV
from litdb.sources.deposited import plain
from litdb.sources.inspire import Inspire, by_doi
from litdb.sources.objects import Object, document, number, part, parts, text
from litdb.sources.protocol import KindOfSource
from litdb.sources.registered import doi_of


class InspireReferences(Inspire):
    """The references of papers at arXiv that INSPIRE has."""

    name = "inspire-references"
    fields = "arxiv_eprints,references"
    batch = 20
    kind: KindOfSource = "references"
    policies: Sequence[Policy] = ()

    def rung(self, identifier: Identifier) -> Rung | None:
        """First where the number says that a paper is of its field, else behind who knows all fields.

        >>> [INSPIRE_REFERENCES.rung(Identifier("arxiv", number)).name for number in ("hep-th/9711200", "2209.00626")]
        ['REGISTRY', 'FEED']
        """
        if super().rung(identifier):
            return Rung.REGISTRY
        return Rung.FEED if ARXIV.rung(identifier) else None

    def read(self, answer: Answer) -> Reading:
        """Whether INSPIRE has references of each paper."""
        asked = answer.request.asked
        found, refusal = document(answer, "INSPIRE")
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        papers = by_doi(found)
        return Reading(outcomes={each.identifier: _ending(papers.get(doi_of(each.identifier))) for each in asked})

    def references(self, answer: Answer) -> Iterator[Reference]:
        """The references of each paper, by arXiv's number, DOI or address, else in words."""
        papers = by_doi(document(answer, "INSPIRE")[0])
        for each in answer.request.asked:
            for cited in parts(papers.get(doi_of(each.identifier), {}), "references"):
                url, words = _url(part(cited, "reference")), _in_words(cited)
                if url or words:
                    yield Reference(each.identifier, url, "inspire:references", words)


def _ending(paper: Object | None) -> tuple[Outcome, str]:
    if paper is None:
        return "not-found", "INSPIRE does not know it"
    return ("ok", "") if parts(paper, "references") else ("partial", "INSPIRE knows no references of it")


def _url(reference: Object) -> str:
    """What names the work that is meant."""
    if number := text(reference, "arxiv_eprint"):
        return f"arXiv:{number}"
    if doi := next(_texts(reference, "dois"), ""):
        return f"doi:{doi}"
    return next((text(each, "value") for each in parts(reference, "urls")), "")


def _in_words(cited: Object) -> str:
    """The reference as it stood there, else who, what, where and when."""
    raw = next((text(each, "value") for each in parts(cited, "raw_refs") if text(each, "schema") == "text"), "")
    reference = part(cited, "reference")
    place = part(reference, "publication_info")
    author = next((text(each, "full_name") for each in parts(reference, "authors")), "")
    where = " ".join(filter(None, (text(place, key) for key in ("journal_title", "journal_volume", "page_start"))))
    told = (author, text(part(reference, "title"), "title"), where, number(place, "year"))
    return plain(raw or ". ".join(each.removesuffix(".") for each in (*told, *_texts(reference, "misc")) if each))


def _texts(value: Object, key: str) -> Iterator[str]:
    listed = value.get(key)
    return (each for each in (listed if isinstance(listed, list) else ()) if isinstance(each, str))


INSPIRE_REFERENCES = InspireReferences()
