"""Meta tags → claims: Highwire, Open Graph, Dublin Core, PRISM, Parse.ly, Sailthru and plain ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from litdb.model import Claim, DateKind, Field, Identifier, Name
from litdb.pages.bylines import people, read_people
from litdb.pages.head import Head
from litdb.pages.lenient_json import read_values
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title

TEXTS: Sequence[tuple[str, Field, str]] = (
    ("citation_title", "title", "citation:title"),
    ("og:title", "title", "og:title"),
    ("twitter:title", "title", "twitter:title"),
    ("dc.title", "title", "dc:title"),
    ("dcterms.title", "title", "dc:title"),
    ("parsely-title", "title", "parsely:title"),
    ("sailthru.title", "title", "sailthru:title"),
    ("title", "title", "meta:title"),
    ("citation_journal_title", "container", "citation:journal_title"),
    ("citation_conference_title", "container", "citation:conference_title"),
    ("citation_inbook_title", "container", "citation:inbook_title"),
    ("prism.publicationname", "container", "prism:publicationName"),
    ("og:site_name", "container", "og:site_name"),
    ("application-name", "container", "meta:application-name"),
    ("citation_publisher", "publisher", "citation:publisher"),
    ("dc.publisher", "publisher", "dc:publisher"),
    ("citation_volume", "volume", "citation:volume"),
    ("citation_issue", "issue", "citation:issue"),
    ("citation_technical_report_number", "number", "citation:technical_report_number"),
    ("citation_abstract", "abstract", "citation:abstract"),
    ("dcterms.abstract", "abstract", "dc:abstract"),
    ("og:description", "abstract", "og:description"),
    ("description", "abstract", "meta:description"),
)
"""Meta tag, field, `how`. Only the first tag of a name counts."""

AUTHORS = tuple(
    "article_author article.author authors creator writer og:author book:author vr:author rbauthors "
    "eprints.creators_name".split()
)
"""What else the tag of the authors is called, here and there."""

PEOPLE: Sequence[tuple[str, Field, str]] = (
    ("citation_author", "authors", "citation:author"),
    ("citation_authors", "authors", "citation:authors"),
    ("author", "authors", "meta:author"),
    ("parsely-author", "authors", "parsely:author"),
    ("sailthru.author", "authors", "sailthru:author"),
    ("dc.creator", "authors", "dc:creator"),
    ("dcterms.creator", "authors", "dc:creator"),
    ("dc.contributor.inventor", "authors", "dc:creator"),
    ("dc.contributor", "authors", "dc:contributor"),
    ("byl", "authors", "meta:byl"),
    ("article:author", "authors", "article:author"),
    ("og:article:author", "authors", "article:author"),
    ("cxenseparse:author", "authors", "meta:cxense-author"),
    ("shareaholic:article_author_name", "authors", "meta:shareaholic-author"),
    *((name, "authors", "meta:creator") for name in AUTHORS),
    ("citation_editor", "editors", "citation:editor"),
)
"""The same for people: every tag of a name counts, in the order of the page."""

DATES: Sequence[tuple[str, DateKind, str]] = (
    ("citation_publication_date", "posted", "citation:publication_date"),
    ("citation_date", "posted", "citation:date"),
    ("citation_online_date", "posted", "citation:online_date"),
    ("citation_cover_date", "posted", "citation:cover_date"),
    ("citation_year", "posted", "citation:year"),
    ("article:published_time", "posted", "article:published_time"),
    ("article:published", "posted", "article:published_time"),
    ("og:article:published_time", "posted", "article:published_time"),
    ("og:publish_date", "posted", "article:published_time"),
    ("datepublished", "posted", "itemprop:datePublished"),
    ("uploaddate", "posted", "itemprop:uploadDate"),
    ("dc.date.issued", "posted", "dc:issued"),
    ("dcterms.issued", "posted", "dc:issued"),
    ("dc.date.issue", "posted", "dc:issued"),
    ("dc.date", "posted", "dc:date"),
    ("dcterms.date", "posted", "dc:date"),
    ("prism.publicationdate", "posted", "prism:publicationDate"),
    ("parsely-pub-date", "posted", "parsely:pub-date"),
    ("sailthru.date", "posted", "sailthru:date"),
    ("date", "posted", "meta:date"),
    ("article:created", "created", "meta:created"),
    ("datecreated", "created", "meta:created"),
    ("dcterms.created", "created", "dc:created"),
    ("dc.date.created", "created", "dc:created"),
    ("article:modified_time", "modified", "article:modified_time"),
    ("article:modified", "modified", "article:modified_time"),
    ("og:updated_time", "modified", "og:updated_time"),
    ("datemodified", "modified", "itemprop:dateModified"),
    ("dcterms.modified", "modified", "dc:modified"),
    ("last-modified", "modified", "meta:last-modified"),
)
"""Meta tag, kind of date, `how`."""

_KNOWN_DATES = frozenset(name for name, _, _ in DATES)
_PUBLISHED = re.compile(
    r"(?:^|[^a-z])pub(?:lish(?:ed)?|lication)?[^a-z]?(?:date|time|on)?$|(?:^|[^a-z])date[^a-z]?pub(?:lish(?:ed)?)?$"
    r"|(?:publication|article|release)[^a-z]?date$|^pdate$"
    r"|^(?!mod|upd|rev|chang|creat|exp|event|start|end|valid|last)[a-z]{2,12}[.:_-]date$"
)
"""What else the tags are called that tell the day of publication: `pubdate`, `my-published-time`, `ms.date`."""

WRITTEN_BY = frozenset(("written by", "author", "by", "verfasst von", "geschrieben von", "écrit par", "escrito por"))
"""What `twitter:label1` says where `twitter:data1` is the author."""

DOI_TAGS = ("citation_doi", "prism.doi", "doi", "dc.identifier.doi", "dc.identifier", "dcterms.identifier")
_DOI = re.compile(r"(?:\bdoi:\s*|//(?:dx\.)?doi\.org/|^)(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_ARXIV = re.compile(r"(?:^|arxiv:)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?$", re.IGNORECASE)


def claims(head: Head) -> Iterator[Claim]:
    """What the meta tags claim, each kind of tag once."""
    for name, field, how in TEXTS:
        if name in head.metas and (text := clean_title(head.first(name))):
            yield Claim(field, text, how)
    for name, field, how in PEOPLE:
        if name in head.metas and (names := _people(head.all(name))):
            yield Claim(field, authors_claim(names, how).value, how)
    for name, kind, how in DATES:
        if name in head.metas and (value := _date(head.first(name))):
            yield date_claim(value, kind, how)
    yield from _published(head)
    yield from _parsely_page(head)
    yield from _pages(head)
    yield from _written_by(head)


def identifiers(head: Head, names: Iterable[str] = ()) -> tuple[Identifier, ...]:
    """The DOI and the arXiv id that the page gives itself, in its tags or `names`; nothing that it merely cites."""
    texts = (*head.all(*DOI_TAGS), *names)
    dois = [found[1].lower().rstrip(".,;") for text in texts if (found := _DOI.search(text))]
    arxiv = [found[1] for text in head.all("citation_arxiv_id") if (found := _ARXIV.search(text.strip()))]
    return tuple(
        dict.fromkeys([Identifier("doi", each) for each in dois] + [Identifier("arxiv", each) for each in arxiv])
    )


def _people(texts: Sequence[str]) -> tuple[Name, ...]:
    return people(name for text in texts for name in read_people(text))


def _date(written: str) -> str | None:
    return read_iso(written) or read_written(written)


def _published(head: Head) -> Iterator[Claim]:
    """The earliest day of the most telling tags that are called after publication in a way of their own."""
    own = [name for name in head.metas if ("pub" in name or "date" in name) and name not in _KNOWN_DATES]
    dated = [
        (("published" not in name, "pub" not in name), value)
        for name in own
        if _PUBLISHED.search(name) and (value := _date(head.first(name)))
    ]
    if dated:
        yield date_claim(min(dated)[1], "posted", "meta:pubdate")


def _parsely_page(head: Head) -> Iterator[Claim]:
    """What the first form of Parse.ly's tag holds, one object for all."""
    page = next(iter(read_values(head.first("parsely-page"))), None)
    said = {key: str(value) for key, value in page.items() if value} if isinstance(page, dict) else {}
    if title := clean_title(said.get("title", "")):
        yield Claim("title", title, "parsely:title")
    if names := _people([said.get("author", "")]):
        yield authors_claim(names, "parsely:author")
    if value := _date(said.get("pub_date", "")):
        yield date_claim(value, "posted", "parsely:pub-date")


def _pages(head: Head) -> Iterator[Claim]:
    first, last = head.first("citation_firstpage"), head.first("citation_lastpage")
    if first:
        yield Claim("pages", f"{first}-{last}" if last and last != first else first, "citation:firstpage")


def _written_by(head: Head) -> Iterator[Claim]:
    """The pair of tags by which WordPress, Ghost and others tell Twitter who wrote the page."""
    for number in ("1", "2"):
        label = head.first(f"twitter:label{number}").casefold().strip(" :")
        names = _people(head.all(f"twitter:data{number}")) if label in WRITTEN_BY else ()
        if names:
            yield authors_claim(names, "twitter:written-by")
