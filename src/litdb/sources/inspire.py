"""INSPIRE: the registry of high-energy physics, asked about papers that arXiv's own archives of it hold.

Facts: github.com/inspirehep/rest-api-doc (`q`, `size` up to 1000, `fields`; 15 requests in 5 seconds, and refused ones
count); inspire-schemas.readthedocs.io, `hep`. `preprint_date` is the day on which the first version appeared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

from litdb.model import (
    Answer,
    Claim,
    Identifier,
    Name,
    Outcome,
    Policy,
    Reading,
    Record,
    Relation,
    Request,
    Rung,
    Target,
)
from litdb.sources.arxiv import ARXIV
from litdb.sources.deposited import abstract, plain
from litdb.sources.objects import Object, document, part, parts, text
from litdb.sources.protocol import Source
from litdb.sources.registered import PREFIX, batches, is_group, named, people_claim, reading, version_of
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import read_name
from litdb.text.titles import clean_title
from litdb.text.urls import Url

ARCHIVES = frozenset("astro-ph gr-qc hep-ex hep-lat hep-ph hep-th nucl-ex nucl-th".split())
"""arXiv's archives of which INSPIRE has every paper; ids since April 2007 do not tell their archive."""

FIELDS = "titles,authors.full_name,authors.ids,collaborations,arxiv_eprints,dois,preprint_date,abstracts"


class Inspire(Source):
    """INSPIRE's public interface, where arXiv's own refuses: many papers by one search."""

    name = "inspire"
    fields = FIELDS
    batch = 50
    knows_all = False
    policies: Sequence[Policy] = (
        Policy(("inspirehep.net",), lane="inspirehep.net", interval=0.5, batch=batch, robots=False),
    )
    refusals: Mapping[int, tuple[Outcome, str]] = {
        400: ("unsupported", "INSPIRE could not make sense of the question (400)"),
    }

    def identify(self, url: Url) -> None:
        """None: its works are those of others."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """Second best for papers whose number says that they are of its field.

        >>> INSPIRE.rung(Identifier("arxiv", "hep-th/9711200")).name, INSPIRE.rung(Identifier("arxiv", "2209.00626"))
        ('API', None)
        """
        archive = identifier.value.partition("/")[0]
        return Rung.API if archive in ARCHIVES and ARXIV.rung(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for many papers."""
        for asked in batches(wanted, self.batch):
            search = " or ".join(f"eprint {each.identifier.value}" for each in asked)
            query = urlencode({"q": search, "size": len(asked), "fields": self.fields}, safe=",/")
            yield Request(self.name, f"https://inspirehep.net/api/literature?{query}", asked)

    def read(self, answer: Answer) -> Reading:
        """What is known of each paper; `not-found` for those that are not there."""
        asked = answer.request.asked
        found, refusal = document(answer, "INSPIRE")
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        if not isinstance(part(found, "hits").get("hits"), list):
            strange: tuple[Outcome, str] = "unsupported", "INSPIRE answers with something else than papers"
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, strange))
        return reading("INSPIRE", asked, by_doi(found), self._record)

    def _record(self, paper: Object, identifier: Identifier) -> Record:
        ties = tuple(_published(paper, identifier))
        return Record(self.name, identifier, tuple(claims_of(paper)), relations=ties)


def by_doi(found: Object) -> Mapping[str, Object]:
    """The papers of an answer by the DOIs that arXiv gives them."""
    rows = [part(hit, "metadata") for hit in parts(part(found, "hits"), "hits")]
    return {PREFIX + text(eprint, "value").lower(): row for row in rows for eprint in parts(row, "arxiv_eprints")}


def claims_of(paper: Object) -> Iterator[Claim]:
    """What INSPIRE says of the paper on arXiv."""
    if told := plain(_from_arxiv(parts(paper, "titles"), "title")):
        yield Claim("title", told, "inspire:titles", markup="tex" if "$" in told else "plain")
    yield from people_claim("authors", _people(paper), "inspire:authors")
    if date := read_iso(text(paper, "preprint_date")):
        yield date_claim(date, "first-version", "inspire:preprint_date")
    if told := abstract(_from_arxiv(parts(paper, "abstracts"), "value")):
        yield Claim("abstract", told, "inspire:abstracts", markup="tex" if "$" in told else "plain")


def _published(paper: Object, identifier: Identifier) -> Iterator[Relation]:
    """The journal's version; DOIs of errata and of data stand there with their material named."""
    printed = (each for each in parts(paper, "dois") if text(each, "material") in ("", "publication"))
    for other in dict.fromkeys(named(text(each, "value")) for each in printed):
        yield from version_of(identifier, other, "inspire:dois")


def _from_arxiv(several: Sequence[Object], key: str) -> str:
    """The text that arXiv gave, else the first: publishers' ones hold their own marks."""
    ranked = sorted(several, key=lambda each: text(each, "source") != "arXiv")
    return next((told for each in ranked if (told := text(each, key))), "")


def _people(paper: Object) -> Iterator[tuple[Name, str]]:
    """The people, else the collaboration or body that signed."""
    authors = parts(paper, "authors")
    for each in authors:
        orcid = next((text(one, "value") for one in parts(each, "ids") if text(one, "schema") == "ORCID"), "")
        yield read_name(text(each, "full_name")), orcid
    if not authors:
        for each in parts(paper, "collaborations"):
            group = clean_title(text(each, "value"))
            yield Name(literal=group if not group or is_group(group) else f"{group} Collaboration"), ""


INSPIRE = Inspire()
