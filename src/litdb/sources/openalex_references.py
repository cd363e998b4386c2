"""What papers cite, from OpenAlex: fifty papers in one question, then the names of the works that each of them cites.

Facts: developers.openalex.org, works (`referenced_works` are OpenAlex's own ids; a filter takes a hundred of them).
Of preprints the list is often empty. Works that it knows without a DOI are told by author, title and year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from litdb.model import Answer, Identifier, Outcome, Policy, Reading, Reference, Request, Target
from litdb.sources.deposited import plain
from litdb.sources.objects import Object, document, number, part, parts, text
from litdb.sources.openalex import DOI, WORKS, OpenAlex, by_doi
from litdb.sources.protocol import KindOfSource
from litdb.sources.registered import doi_of

AT_ONCE = 99
"""Cited works in one question, beside the one that cites them: two works may have the very same list."""

NAMES = "resolve"
"""The step of a request for the names of works that one paper cites."""

_ID = "https://openalex.org/"
_SELECT = "doi,title,publication_year,authorships"


class OpenAlexReferences(OpenAlex):
    """The references of works with a DOI, as OpenAlex has matched them."""

    name = "openalex-references"
    fields = "id,doi,referenced_works"
    kind: KindOfSource = "references"
    policies: Sequence[Policy] = ()

    def read(self, answer: Answer) -> Reading:
        """Whether the index has references of each work, and whose names are to be asked for then."""
        asked = answer.request.asked
        found, refusal = document(answer, "OpenAlex")
        if refusal or answer.request.step == NAMES:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal or ("ok", "")))
        works = by_doi(found)
        outcomes: dict[Identifier, tuple[Outcome, str]] = {}
        then: list[Request] = []
        for each in asked:
            work = works.get(doi_of(each.identifier))
            further = list(self._names(each, work or {}))
            if work is None:
                outcomes[each.identifier] = "not-found", "OpenAlex does not know it"
            elif not further:
                outcomes[each.identifier] = "partial", "OpenAlex knows no references of it"
            then += further
        return Reading(outcomes=outcomes, then=tuple(then))

    def references(self, answer: Answer) -> Iterator[Reference]:
        """The works that a paper cites, by DOI where they have one."""
        if answer.request.step != NAMES:
            return
        (asked,) = answer.request.asked
        for cited in parts(document(answer, "OpenAlex")[0], "results"):
            doi, title = text(cited, "doi").removeprefix(DOI), plain(text(cited, "title"))
            if (doi or title) and doi.lower() != doi_of(asked.identifier):
                words = title if doi else _in_words(cited, title)
                yield Reference(asked.identifier, f"doi:{doi}" if doi else "", "openalex:referenced_works", words)

    def _names(self, target: Target, work: Object) -> Iterator[Request]:
        listed = work.get("referenced_works")
        named = listed if isinstance(listed, list) else ()
        ids = [each.removeprefix(_ID) for each in named if isinstance(each, str)]
        for start in range(0, len(ids), AT_ONCE):
            some = [text(work, "id").removeprefix(_ID), *ids[start : start + AT_ONCE]]
            query = {"filter": f"openalex:{'|'.join(some)}", "per-page": len(some), "select": _SELECT}
            yield Request(self.name, f"{WORKS}?{urlencode(query, safe=':|,')}", (target,), NAMES)


def _in_words(cited: Object, title: str) -> str:
    """A work without a DOI as one would write it: who, what, when."""
    authors = (text(part(each, "author"), "display_name") for each in parts(cited, "authorships"))
    return ". ".join(filter(None, (next(authors, ""), title, number(cited, "publication_year"))))


OPENALEX_REFERENCES = OpenAlexReferences()
