"""Crossref's record of a work: its claims, and its ties to other works.

Facts: github.com/CrossRef/rest-api-doc, `api_format.md`. `issued` is the earliest of print and online, as precise as
the publisher said; `updated-by` names later notices, Retraction Watch's among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from litdb.model import Claim, Field, Identifier, Name, Reference, Relation, RelationKind, WorkType
from litdb.sources.arxiv import read_id
from litdb.sources.deposited import abstract, plain
from litdb.sources.objects import Object, part, parts, text
from litdb.sources.registered import date_of_parts, named, pages_of, people_claim, person
from litdb.text.dates import date_claim
from litdb.text.titles import clean_title, fold

TYPES: Mapping[str, WorkType] = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "posted-content": "preprint",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "proceedings": "book",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "reference-entry": "entry-encyclopedia",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "standard": "report",
    "dataset": "dataset",
    "database": "dataset",
    "peer-review": "comment",
    "book-series": "collection",
    "journal": "collection",
    "journal-issue": "collection",
    "journal-volume": "collection",
}
"""Crossref's types (api.crossref.org/types) as CSL's."""

SUBTYPES: Mapping[str, WorkType] = {
    "blog": "post-weblog",
    "dissertation": "thesis",
    "report": "report",
    "other": "post",
}
"""What posted content is where it is no preprint."""

DATES = ("issued", "published", "published-online", "published-print", "posted", "approved")
"""Dates of appearing, the earliest first; a thesis appears when it is approved."""

RELATIONS: Mapping[str, tuple[RelationKind, bool]] = {
    "is-preprint-of": ("version-of", True),
    "has-preprint": ("version-of", False),
    "is-manuscript-of": ("version-of", True),
    "has-manuscript": ("version-of", False),
    "is-version-of": ("version-of", True),
    "is-comment-on": ("comment-on", True),
    "is-reply-to": ("comment-on", True),
    "is-review-of": ("about", True),
}
"""Ties to other works: what they are to litdb, and whether this work is their subject."""

NOTICES = {"retraction": "retracted", "removal": "withdrawn", "withdrawal": "withdrawn"}
"""Notices about a work and what they make of it; corrections and expressions of concern leave it standing."""

REFERENCE_WORDS = ("author", "article-title", "volume-title", "journal-title", "year")
"""What is told of a reference that was deposited in its parts."""

_BOOKS = frozenset(("book", "collection"))
_IN_BOOKS = frozenset(("chapter", "paper-conference", "entry-encyclopedia"))
_WORD = re.compile(r"[^\W\d_]{2,}")
_TAKEN_BACK = re.compile(r"\W*(retracted|withdrawn)\b(?: article| paper| chapter)?\s*[:\]]", re.IGNORECASE)


def claims_of(work: Object) -> Iterator[Claim]:
    """What the registry says of a work, the best date first."""
    kind = _type(work)
    yield from _worded("type", kind or "", "type")
    yield from _worded("title", _title(work), "title")
    yield from people_claim("authors", _people(work, "author"), "crossref:author")
    yield from people_claim("editors", _people(work, "editor"), "crossref:editor")
    yield from _dates(work)
    yield from _places(work, kind)
    yield from _worded("volume", clean_title(text(work, "volume")), "volume")
    yield from _worded("issue", clean_title(text(work, "issue")), "issue")
    yield from _worded("pages", pages_of(text(work, "page")), "page")
    yield from _worded("number", clean_title(text(work, "article-number")), "article-number")
    yield from _worded("language", text(work, "language"), "language")
    yield from _worded("abstract", abstract(text(work, "abstract")), "abstract")
    yield from _status(work)


def relations_of(work: Object, identifier: Identifier) -> Iterator[Relation]:
    """The ties of a work to others by their identifiers: preprint and published version, comment, review, notice."""
    for key, (kind, is_subject) in RELATIONS.items():
        for other in dict.fromkeys(_related(each) for each in parts(part(work, "relation"), key)):
            if other and other != identifier:
                ends = (identifier, other) if is_subject else (other, identifier)
                yield Relation(ends[0], kind, ends[1], f"crossref:{key}")
    for other in dict.fromkeys(named(text(each, "DOI")) for each in parts(work, "update-to")):
        if other and other != identifier:
            yield Relation(identifier, "about", other, "crossref:update-to")


def references_of(work: Object, identifier: Identifier) -> Iterator[Reference]:
    """The deposited bibliography: DOIs where the publisher or Crossref found one, else the reference in words."""
    for each in parts(work, "reference"):
        doi = text(each, "DOI")
        told = [plain(text(each, key)) for key in REFERENCE_WORDS]
        words = plain(text(each, "unstructured")) or ". ".join(filter(None, told))
        if doi or words:
            yield Reference(identifier, f"doi:{doi}" if doi else "", "crossref:reference", words)


def _worded(field: Field, value: str, key: str) -> Iterator[Claim]:
    if value:
        yield Claim(field, value, f"crossref:{key}")


def _texts(work: Object, key: str) -> tuple[str, ...]:
    """The texts of a list, or of one alone, without marks and empty ones."""
    found = work.get(key)
    several: Sequence[object] = found if isinstance(found, list) else (found,)
    return tuple(read for each in several if isinstance(each, str) and (read := plain(each)))


def _type(work: Object) -> WorkType | None:
    kind = TYPES.get(text(work, "type"))
    return SUBTYPES.get(text(work, "subtype"), kind) if kind == "preprint" else kind


def _title(work: Object) -> str:
    """Title and subtitle. Some publishers write that into the title as well, or put codes or a summary in its place."""
    title, subtitle = next(iter(_texts(work, "title")), ""), next(iter(_texts(work, "subtitle")), "")
    is_subtitle = len(_WORD.findall(subtitle)) > 1 and not subtitle.endswith(".")
    if not title or not is_subtitle or fold(subtitle) in fold(title):
        return title
    return f"{title}{'' if title.endswith((':', '?', '!', '–', '—')) else ':'} {subtitle}"


def _people(work: Object, key: str) -> Iterator[tuple[Name, str]]:
    for each in parts(work, key):
        whole = clean_title(text(each, "name"))
        name = Name(literal=whole) if whole else person(text(each, "family"), text(each, "given"), text(each, "suffix"))
        yield name, text(each, "ORCID")


def _dates(work: Object) -> Iterator[Claim]:
    told: list[str] = []
    for key in DATES:
        date = date_of_parts(part(work, key))
        if date and date not in told:
            told.append(date)
            yield date_claim(date, "posted", f"crossref:{key}")


def _places(work: Object, kind: WorkType | None) -> Iterator[Claim]:
    """Where it stands, and who publishes it. What contains a book is a series, and a series comes before a book."""
    contained = () if kind in _BOOKS else _texts(work, "container-title")
    house, group = _institution(work), plain(text(work, "group-title"))
    if contained:
        yield Claim("container", contained[-1 if kind in _IN_BOOKS else 0], "crossref:container-title")
    elif kind in ("post-weblog", "post"):
        yield from _worded("container", group, "group-title")
    elif kind == "preprint":
        yield from _worded("container", house, "institution")
    publisher = house if kind in ("thesis", "report") else ""
    yield from _worded("publisher", publisher, "institution")
    yield from _worded("publisher", clean_title(text(work, "publisher")), "publisher")


def _institution(work: Object) -> str:
    first = next(iter(parts(work, "institution")), part(work, "institution"))
    return clean_title(text(first, "name"))


def _status(work: Object) -> Iterator[Claim]:
    """A notice about the work, or the publisher's word before its title; a notice itself may have the same word."""
    for each in parts(work, "updated-by"):
        yield from _worded("status", NOTICES.get(text(each, "type").lower(), ""), "updated-by")
    marked = _TAKEN_BACK.match(_title(work))
    if marked and not parts(work, "update-to"):
        yield Claim("status", marked[1].lower(), "crossref:title")


def _related(relation: Object) -> Identifier | None:
    """The other work by its DOI or arXiv id; others (ISSN, PubMed, addresses) are not followed."""
    name = text(relation, "id")
    if text(relation, "id-type") == "arxiv" and (paper := read_id(name)):
        return Identifier("arxiv", paper.value)
    return named(name) if text(relation, "id-type") == "doi" else None
