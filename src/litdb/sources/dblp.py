"""dblp, the computer science bibliography: records by their keys, many at once from its SPARQL service.

Facts: dblp.org/rdf/docu (the vocabulary: a publication has signatures, each with a name, its place and perhaps an
ORCID); the SPARQL 1.1 Query Results JSON Format. The service takes questions from programs, where the website and its
search ask many of them for a browser.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

from litdb.model import Answer, Identifier, Identity, Name, Outcome, Policy, Reading, Request, Rung, Target
from litdb.sources.dblp_entry import Entry, read_person, record_of
from litdb.sources.dblp_urls import key_of, preprint_of
from litdb.sources.locators import locator
from litdb.sources.objects import Object, document, part, parts, text
from litdb.sources.protocol import KindOfSource, Source
from litdb.sources.registered import batches
from litdb.text.urls import Url

SERVICE = "https://sparql.dblp.org/sparql"
RECORD = "https://dblp.org/rec/"
VOCABULARY = "https://dblp.org/rdf/schema#"

PROPERTIES: Mapping[str, str] = {
    "bibtexType": "type",
    "title": "title",
    "yearOfPublication": "year",
    "monthOfPublication": "month",
    "publishedIn": "booktitle",
    "publishedInJournalVolume": "volume",
    "publishedInJournalVolumeIssue": "number",
    "pagination": "pages",
    "publishedBy": "publisher",
    "thesisAcceptedBySchool": "school",
    "doi": "ee",
    "documentPage": "ee",
}
"""The properties of a publication that are asked for, and what the elements of dblp's XML are called that say so."""

SIGNATURES = ("signatureOrdinal", "signatureDblpName", "signatureOrcid")
"""The properties of a signature, beside its class."""

_CLASS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_EDITOR = f"{VOCABULARY}EditorSignature"
_QUESTION = """PREFIX dblp: <{vocabulary}>
SELECT ?work ?signature ?property ?value WHERE {{
  VALUES ?work {{ {works} }}
  {{ VALUES ?property {{ {properties} }} ?work ?property ?value . }}
  UNION
  {{ VALUES ?property {{ <{kind}> {signatures} }} ?work dblp:hasSignature ?signature . ?signature ?property ?value . }}
}}"""
_FORM = (
    ("Accept", "application/sparql-results+json"),
    ("Content-Type", "application/x-www-form-urlencoded"),
)

Said = Mapping[str, Sequence[str]]
"""The values that are said of a thing, by property."""


class Dblp(Source):
    """dblp by its SPARQL service, one question for many records; what is there it has from publishers and knows who."""

    name = "dblp"
    kind: KindOfSource = "index"
    knows_all = False
    policies: Sequence[Policy] = (
        Policy(("sparql.dblp.org",), lane="sparql.dblp.org", interval=1.0, batch=50, robots=False),
    )
    refusals: Mapping[int, tuple[Outcome, str]] = {
        400: ("unsupported", "dblp's SPARQL service could not make sense of the question (400)"),
        404: ("unsupported", "dblp's SPARQL service is not where it was (404)"),
    }

    def identify(self, url: Url) -> Identity | None:
        """The record that a URL leads to; records of preprints on arXiv are arXiv's.

        >>> from litdb.text.urls import read_url
        >>> found = DBLP.identify(read_url("https://dblp.uni-trier.de/rec/html/conf/nips/VaswaniSPUJGKP17"))
        >>> str(found.identifier), found.url
        ('dblp:conf/nips/VaswaniSPUJGKP17', 'https://dblp.org/rec/conf/nips/VaswaniSPUJGKP17')
        """
        key = key_of(url)
        if not key or preprint_of(key):
            return None
        return Identity(Identifier("dblp", key), RECORD + key, locator(url))

    def rung(self, identifier: Identifier) -> Rung | None:
        """The registry of its records."""
        return Rung.REGISTRY if identifier.scheme == "dblp" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One question for every fifty records."""
        for asked in batches(wanted, self.policies[0].batch):
            question = _QUESTION.format(
                vocabulary=VOCABULARY,
                works=" ".join(f"<{RECORD}{each.identifier.value}>" for each in asked),
                properties=" ".join(f"dblp:{name}" for name in PROPERTIES),
                signatures=" ".join(f"dblp:{name}" for name in SIGNATURES),
                kind=_CLASS,
            )
            yield Request(self.name, SERVICE, asked, method="POST", body=urlencode({"query": question}), headers=_FORM)

    def read(self, answer: Answer) -> Reading:
        """What dblp has of each record; `not-found` for keys that it does not know."""
        found, refusal = document(answer, "dblp")
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        if not isinstance(part(found, "results").get("bindings"), list):
            strange: tuple[Outcome, str] = "unsupported", "dblp's SPARQL service answers with something else than rows"
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, strange))
        entries = dict(_entries(parts(part(found, "results"), "bindings")))
        records, outcomes = [], {}
        for identifier in answer.request.identifiers:
            if entry := entries.get(identifier.value):
                record, outcomes[identifier] = record_of(self.name, identifier, entry)
                records.append(record)
            else:
                outcomes[identifier] = "not-found", f"dblp has no record {identifier.value}"
        return Reading(tuple(records), outcomes)


DBLP = Dblp()


def _entries(rows: Sequence[Object]) -> Iterator[tuple[str, Entry]]:
    """The entries that the rows of an answer make, by key. Every row says one thing of a work or of a signature."""
    works: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    signed: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in rows:
        work, signature, value = (_value(row, name) for name in ("work", "signature", "value"))
        said = signed[work][signature] if signature else works[work]
        said[_value(row, "property").removeprefix(VOCABULARY)].append(value)
    for work, said in works.items():
        yield work.removeprefix(RECORD), _entry(said, sorted(signed[work].values(), key=_ordinal))


def _entry(said: Said, signatures: Sequence[Said]) -> Entry:
    texts: dict[str, list[str]] = defaultdict(list)
    for name, element in PROPERTIES.items():
        texts[element] += said.get(name, ())
    kind = next(iter(texts["type"]), "").rpartition("#")[2].lower()
    people = [(_EDITOR in each.get(_CLASS, ()), *_person(each)) for each in signatures]
    authors = [(name, orcid) for is_editor, name, orcid in people if not is_editor]
    return Entry(kind, texts, authors, [(name, orcid) for is_editor, name, orcid in people if is_editor])


def _person(signature: Said) -> tuple[Name, str]:
    return read_person(_first(signature, "signatureDblpName")), _first(signature, "signatureOrcid")


def _ordinal(signature: Said) -> int:
    place = _first(signature, "signatureOrdinal")
    return int(place) if place.isascii() and place.isdigit() else 0


def _first(said: Said, name: str) -> str:
    return next(iter(said.get(name, ())), "")


def _value(row: Object, name: str) -> str:
    return text(part(row, name), "value")
