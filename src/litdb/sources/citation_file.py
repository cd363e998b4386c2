"""CITATION.cff: how the owners of a repository wish it to be cited, in a file at its root.

Facts: the Citation File Format 1.2.0 (citation-file-format.github.io). `doi` and `identifiers` name the software, and
`preferred-citation` a paper about it; many write the paper's DOI in the first place too, so only the DOIs of archives
that keep software are taken for the software's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from litdb.errors import InvalidUrl
from litdb.model import (
    Answer,
    Claim,
    Identifier,
    Identity,
    Name,
    Outcome,
    Policy,
    Reading,
    Record,
    Relation,
    Request,
    Rung,
    Target,
    WorkType,
)
from litdb.sources.doi import DOI
from litdb.sources.objects import Object, part, parts, text
from litdb.sources.plain_yaml import read_yaml
from litdb.sources.protocol import Source
from litdb.sources.registered import people_claim
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import read_name
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url

ARCHIVES = ("10.5281/zenodo.", "10.6084/m9.figshare.", "10.17605/osf.io/", "10.4121/", "10.18126/", "10.5063/")
"""What DOIs begin with that archives give to software: Zenodo, Figshare, OSF, 4TU, Materials Data Facility, KNB."""

TYPES: Mapping[str, WorkType] = {"software": "software", "dataset": "dataset"}


class CitationFile(Source):
    """The CITATION.cff of a GitHub repository, at the head of its main branch: one small file each."""

    name = "citation-file"
    knows_all = False
    policies: Sequence[Policy] = (
        Policy(("raw.githubusercontent.com",), "raw.githubusercontent.com", interval=1.0, robots=False),
    )

    def identify(self, url: Url) -> Identity | None:
        """None: repositories are GitHub's."""
        return None

    def rung(self, identifier: Identifier) -> Rung | None:
        """The owners' own word, before what GitHub can tell."""
        return Rung.REGISTRY if identifier.scheme == "github" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One file for each repository."""
        for target in wanted:
            address = f"https://raw.githubusercontent.com/{target.identifier.value}/HEAD/CITATION.cff"
            yield Request(self.name, address, (target,))

    def read(self, answer: Answer) -> Reading:
        """Title, people, day, version, DOI, and the paper that the owners would rather see cited."""
        identifier = answer.request.asked[0].identifier
        written = read_yaml(answer.body.decode("utf-8", "replace"))
        claims = tuple(_claims(written))
        if not any(claim.field == "title" for claim in claims):
            return Reading(outcomes={identifier: ("unsupported", "its CITATION.cff cannot be read or has no title")})
        own, papers = _identifiers(written)
        relations = tuple(Relation(each, "about", identifier, "cff:preferred-citation") for each in papers)
        return Reading((Record(self.name, identifier, claims, own, relations),), {identifier: _ending(claims)})


CITATION_FILE = CitationFile()


def _claims(written: Object) -> Iterator[Claim]:
    if title := clean_title(text(written, "title")):
        yield Claim("title", title, "cff:title")
    people = ((_name(each), text(each, "orcid")) for each in parts(written, "authors"))
    yield from people_claim("authors", people, "cff:authors")
    if day := read_iso(text(written, "date-released")):
        yield date_claim(day, "posted", "cff:date-released")
    if version := text(written, "version"):
        yield Claim("version", version, "cff:version")
    yield Claim("type", TYPES.get(text(written, "type"), "software"), "cff:type")
    yield Claim("container", "GitHub", "cff:site")
    if abstract := clean_title(text(written, "abstract")):
        yield Claim("abstract", abstract, "cff:abstract")


def _name(author: Object) -> Name:
    """A person by parts, or an entity or an alias as a whole."""
    family, given = text(author, "family-names"), text(author, "given-names")
    if family and given:
        return Name(family, given, text(author, "name-particle"), text(author, "name-suffix"))
    return (
        read_name(family or given) if family or given else Name(literal=text(author, "name") or text(author, "alias"))
    )


def _identifiers(written: Object) -> tuple[tuple[Identifier, ...], tuple[Identifier, ...]]:
    """The software's own DOIs, and the works that are about it."""
    named = [text(written, "doi")]
    named += [text(each, "value") for each in parts(written, "identifiers") if text(each, "type") == "doi"]
    dois = [each for each in map(_named, named) if each]
    own = [each for each in dois if each.value.startswith(ARCHIVES)]
    preferred = part(written, "preferred-citation")
    paper = _named(text(preferred, "doi")) or _named(text(preferred, "url"))
    about = [*(each for each in dois if each not in own), *([paper] if paper and paper not in own else [])]
    return tuple(dict.fromkeys(own)), tuple(dict.fromkeys(about))


def _named(written: str) -> Identifier | None:
    """The work that a DOI or an address of a paper names; arXiv's are preprints."""
    from litdb.sources.arxiv import ARXIV

    address = written if "://" in written else f"https://doi.org/{written}"
    try:
        url = read_url(address)
    except InvalidUrl:
        return None
    found = ARXIV.identify(url) or DOI.identify(url)
    return found.identifier if found else None


def _ending(claims: Sequence[Claim]) -> tuple[Outcome, str]:
    is_signed = any(claim.field == "authors" for claim in claims)
    return ("ok", "") if is_signed else ("partial", "its CITATION.cff names nobody")
