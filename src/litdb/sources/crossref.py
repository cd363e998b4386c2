"""Crossref: the registry of most journals', conferences' and publishers' DOIs, asked about many works at once.

Facts: github.com/CrossRef/rest-api-doc (filters, `rows`, metadata of a work); crossref.org/documentation/metadata-
retrieval. No `select`: institution, language and subtype cannot be selected, and a wrong field refuses the whole list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, urlencode

from litdb.model import Answer, Identifier, Outcome, Policy, Reading, Record, Reference, Request, Rung, Target
from litdb.sources.crossref_work import claims_of, references_of, relations_of
from litdb.sources.objects import Object, document, part, parts, text
from litdb.sources.protocol import Source
from litdb.sources.registered import batches, doi_of, reading
from litdb.text.urls import Url


class Crossref(Source):
    """Crossref's public interface: the best source for DOIs, which have no better; other agencies' it does not know."""

    name = "crossref"
    knows_all = False
    policies: Sequence[Policy] = (
        Policy(("api.crossref.org",), lane="api.crossref.org", interval=1.0, batch=50, robots=False),
    )
    refusals: Mapping[int, tuple[Outcome, str]] = {
        400: ("unsupported", "Crossref could not make sense of the question (400)"),
        404: ("not-found", "Crossref does not know this DOI: it may be another agency's (404)"),
    }

    def identify(self, url: Url) -> None:
        """None: its addresses are for programs."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """The registry of DOIs, until it says that one is not its own."""
        return Rung.REGISTRY if identifier.scheme == "doi" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every fifty works; a DOI with a comma, which parts a list, is asked for alone."""
        for asked in batches([each for each in wanted if "," not in each.identifier.value], self.policies[0].batch):
            yield self._one(asked[0]) if len(asked) == 1 else self._several(asked)
        yield from (self._one(each) for each in wanted if "," in each.identifier.value)

    def read(self, answer: Answer) -> Reading:
        """What is registered for each DOI; `not-found` for those that are not Crossref's."""
        asked = answer.request.asked
        found, refusal = document(answer, "Crossref")
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        if not isinstance(found.get("message"), Mapping):
            strange: tuple[Outcome, str] = "unsupported", "Crossref answers with something else than works"
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, strange))
        return reading("Crossref", asked, _works(found, asked), self._record)

    def references(self, answer: Answer) -> Iterator[Reference]:
        """What publishers have deposited of the works' bibliographies."""
        asked = answer.request.asked
        works = _works(document(answer, "Crossref")[0], asked)
        for each in asked:
            yield from references_of(works.get(doi_of(each.identifier), {}), each.identifier)

    def _one(self, target: Target) -> Request:
        doi = quote(target.identifier.value, safe="")
        return Request(self.name, f"https://api.crossref.org/works/{doi}", (target,))

    def _several(self, asked: tuple[Target, ...]) -> Request:
        dois = ",".join(f"doi:{each.identifier.value}" for each in asked)
        query = urlencode({"filter": dois, "rows": len(asked)}, safe=":,/")
        return Request(self.name, f"https://api.crossref.org/works?{query}", asked)

    def _record(self, work: Object, identifier: Identifier) -> Record:
        return Record(self.name, identifier, tuple(claims_of(work)), relations=tuple(relations_of(work, identifier)))


def _works(found: Object, asked: Sequence[Target]) -> Mapping[str, Object]:
    """The works of an answer by their DOIs."""
    message = part(found, "message")
    if len(asked) == 1 and message.get("DOI"):
        return {doi_of(asked[0].identifier): message}  # an alias is answered by the DOI that took its place
    return {text(work, "DOI").lower(): work for work in parts(message, "items")}


CROSSREF = Crossref()
