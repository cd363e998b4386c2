"""schema.org in JSON-LD: the node that is the page, and what it claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from litdb.model import Claim, Field, Json, Name
from litdb.pages.bylines import organisation, people, read_people
from litdb.pages.lenient_json import read_values
from litdb.pages.markup import parted
from litdb.text.dates import cited_day, date_claim, read_iso, read_written
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title

Node: TypeAlias = Mapping[str, Json]

_TAG = re.compile(r"</?(?:a|b|br|cite|code|em|i|p|q|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
"""Markup that some programs leave in names and headlines."""
_MOST_NODES = 2000
_MOST_AUTHORS = 4000
_LONGEST = 100_000
"""Characters that are kept of a text."""

WORKS = (
    "ScholarlyArticle MedicalScholarlyArticle BlogPosting LiveBlogPosting NewsArticle OpinionNewsArticle "
    "AnalysisNewsArticle ReportageNewsArticle ReviewNewsArticle BackgroundNewsArticle Article TechArticle APIReference "
    "AdvertiserContentArticle SatiricalArticle Report DiscussionForumPosting SocialMediaPosting QAPage Question "
    "VideoObject Book Chapter Thesis Dataset SoftwareSourceCode SoftwareApplication CreativeWork Recipe HowTo Review "
    "PodcastEpisode PresentationDigitalDocument Course"
).split()
"""schema.org types that a cited page can be."""

PAGES = "WebPage ItemPage AboutPage FAQPage CollectionPage ProfilePage MedicalWebPage".split()
"""Types that describe the page as a page: read where no work is."""

TEXTS: Sequence[tuple[str, Field]] = (
    ("headline", "title"),
    ("name", "title"),
    ("inLanguage", "language"),
    ("abstract", "abstract"),
    ("description", "abstract"),
    ("volumeNumber", "volume"),
    ("issueNumber", "issue"),
    ("pagination", "pages"),
)
DATES = (
    ("datePublished", "posted"),
    ("uploadDate", "posted"),
    ("dateCreated", "created"),
    ("dateModified", "modified"),
)
_SPELT = {name.lower(): name for name in (*WORKS, *PAGES)}
"""The types as schema.org spells them, by what careless hands write."""
NAMES = ("@id", "sameAs", "identifier")
EVENT_DATES = ("startDate", "endDate")
META_TAGS = ("script:ld+json",)
"""What a meta tag is called into which sites made with Next.js put the JSON-LD that was meant for a script."""
AUTHORS = ("author", "creator")
GHOST_AUTHORS = ("author", "contributor")
"""Ghost writes only the first author under `author` and all others under `contributor`."""


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes of a page: those at the top, in order, and those that others refer to by `@id`."""

    top: tuple[Node, ...]
    by_id: Mapping[str, Node]

    def resolve(self, value: Json) -> Json:
        """The node that `{"@id": …}` refers to, or the value itself."""
        if isinstance(value, Mapping) and set(value) <= {"@id", "@type"}:
            return self.by_id.get(str(value.get("@id", "")), value)
        return value

    def first(self, kind: str) -> Node:
        """The first node of a type, or an empty one."""
        return next((node for node in self.top if kind in types(node)), {})


def read_graph(source: str) -> Graph:
    """Every JSON-LD block of a page as one graph."""
    return graph_of(parted(source)[1])


def graph_of(blocks: Iterable[str]) -> Graph:
    """These blocks of JSON-LD as one graph; what cannot be read even leniently is left out."""
    top = [node for block in blocks for node in _top(read_values(block.replace('"schema:', '"')))][:_MOST_NODES]
    return Graph(tuple(top), {str(node["@id"]): node for node in reversed(top) if isinstance(node.get("@id"), str)})


def types(node: Node) -> tuple[str, ...]:
    """The node's types as schema.org spells them, without the vocabulary's address.

    >>> types({"@type": ["http://schema.org/article", "Thing"]})
    ('Article', 'Thing')
    """
    value = node.get("@type")
    values = value if isinstance(value, (list, tuple)) else [value]
    names = (each.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for each in values if isinstance(each, str))
    return tuple(_SPELT.get(name.lower(), name) for name in names)


def main_node(graph: Graph, is_page: Callable[[str], bool]) -> Node:
    """The node that is the page: one whose address is the page's, else the first work at the top, else a page node.

    Comments, related posts and everything else below a node are never looked at.
    """
    whole = [_entity(graph, node) for node in graph.top]
    works = [node for node in whole if set(types(node)) & set(WORKS)]
    pages = [node for node in graph.top if set(types(node)) & set(PAGES)]
    at_page = [node for node in works if any(is_page(address) for address in _addresses(node))]
    return next(iter(at_page or works or pages), {})


def claims(node: Node, graph: Graph, generator: str) -> Iterator[Claim]:
    """What the node claims of its work, as `json-ld:<key>`."""
    for key, field in TEXTS:
        if text := _text(node.get(key)):
            yield Claim(field, text, f"json-ld:{key}")
    for key, kind in DATES:
        written = _text(node.get(key))
        if value := read_iso(written) or read_written(written):
            yield date_claim(value, kind, f"json-ld:{key}")  # type: ignore[arg-type]
    if names := _authors(node, graph, GHOST_AUTHORS if generator.startswith("Ghost") else AUTHORS):
        yield authors_claim(names, "json-ld:author")
    if publisher := named(graph.resolve(node.get("publisher"))):
        yield Claim("publisher", publisher, "json-ld:publisher")
    if container := named(graph.resolve(node.get("isPartOf"))):
        yield Claim("container", container, "json-ld:isPartOf")


def names_of(node: Node) -> Iterator[str]:
    """What the node of a work says that the work is called elsewhere: addresses and identifiers, as they are written.

    >>> [*names_of({"@type": "Article", "sameAs": "https://doi.org/10.5555/1", "identifier": [{"value": "10.5555/2"}]})]
    ['https://doi.org/10.5555/1', '10.5555/2']
    """
    for key in NAMES if set(types(node)) & set(WORKS) else ():
        value = node.get(key)
        for each in value if isinstance(value, list) else [value]:
            name = each.get("value") or each.get("@id") if isinstance(each, Mapping) else each
            if isinstance(name, str):
                yield _whole(name)


def event_days(graph: Graph, page: Node) -> frozenset[str]:
    """The days on which the events begin and end that a page announces; none where the page is a work about them.

    >>> sorted(event_days(graph_of(['{"@type": "MusicEvent", "startDate": "2024-05-16T18:00"}']), {}))
    ['2024-05-16']
    """
    is_work = not set(types(page)).isdisjoint(WORKS)
    events = [node for node in graph.top if not is_work and any(kind.endswith("Event") for kind in types(node))]
    written = (_text(node.get(key)) for node in events for key in EVENT_DATES)
    return frozenset(cited_day(value) for text in written if (value := read_iso(text)))


def named(value: Json) -> str:
    """The name of an organisation or a work given as text or as a node, else empty."""
    value = value[0] if isinstance(value, list) and value else value
    return _text(value.get("name")) if isinstance(value, Mapping) else ""


def _top(value: Json, depth: int = 0) -> Iterator[Node]:
    if isinstance(value, list) and depth < 4:
        for each in value:
            yield from _top(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _top(value.get("@graph"), depth + 1)


def _entity(graph: Graph, node: Node) -> Node:
    """What a page node says it is about, else the node."""
    entity = node.get("mainEntity")
    entity = entity[0] if isinstance(entity, list) and entity else entity
    about = graph.resolve(entity) if set(types(node)) & set(PAGES) else None
    return about if isinstance(about, Mapping) else node


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        value = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
        if isinstance(value, str):
            yield value


def _authors(node: Node, graph: Graph, keys: Sequence[str]) -> tuple[Name, ...]:
    for_keys = [tuple(islice(_people(node.get(key), graph), _MOST_AUTHORS)) for key in keys]
    if keys is GHOST_AUTHORS:
        return people(name for names in for_keys for name in names)
    return people(next((names for names in for_keys if names), ()))


def _people(value: Json, graph: Graph, depth: int = 0) -> Iterator[Name]:
    value = graph.resolve(value)
    if isinstance(value, list) and depth < 4:
        for each in value:
            yield from _people(each, graph, depth + 1)
    elif isinstance(value, str):
        yield from read_people(clean_title(_whole(value)))
    elif isinstance(value, Mapping):
        yield from _person(value)


def _person(node: Node) -> Iterator[Name]:
    """Who a node names: an organisation as one, a person by the name, else by its halves."""
    name = node.get("name")
    texts = [*filter(None, map(_text, name if isinstance(name, list) else [name]))]
    for text in texts:
        is_organisation = any(kind.endswith("Organization") for kind in types(node))
        yield from (organisation(text) if is_organisation else read_people(text))
    family = _text(node.get("familyName"))
    if family and not texts:
        yield Name(family=family, given=_text(node.get("givenName")))


def _text(value: Json) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name")
    return clean_title(_whole(value)) if isinstance(value, str) else ""


def _whole(text: str) -> str:
    """The text without markup and half surrogates, which no database takes; of one that never ends, its beginning."""
    plain = text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
    return _TAG.sub("", plain) if "<" in plain else plain
