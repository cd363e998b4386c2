"""The sources in their order, and what every one of them is asked: whose URL is this?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from pkgutil import resolve_name

from litdb.errors import InvalidUrl, LitdbError
from litdb.model import Claim, Identity, Policy
from litdb.sources.bare import address_of, page_of
from litdb.sources.protocol import KindOfSource, Source
from litdb.sources.wrappers import is_capture, unwrap
from litdb.text.urls import Url, clean, read_url

SOURCES = (
    "litdb.sources.arxiv:ARXIV",
    "litdb.sources.forum:FORUM",
    "litdb.sources.forum:EA_FORUM",
    "litdb.sources.substack:SUBSTACK",
    "litdb.sources.substack_search:SUBSTACK_SEARCH",
    "litdb.sources.twitter:TWITTER",
    "litdb.sources.youtube:YOUTUBE",
    "litdb.sources.youtube_page:YOUTUBE_PAGE",
    "litdb.sources.openai:OPENAI",
    "litdb.sources.deepmind:DEEPMIND",
    "litdb.sources.anthropic:ANTHROPIC",
    "litdb.sources.medium:MEDIUM",
    "litdb.sources.ghost:GHOST",
    "litdb.sources.wordpress:WORDPRESS",
    "litdb.sources.blogger:BLOGGER",
    "litdb.sources.distill:DISTILL",
    "litdb.sources.openreview:OPENREVIEW",
    "litdb.sources.acl:ACL",
    "litdb.sources.pmlr:PMLR",
    "litdb.sources.neurips:NEURIPS",
    "litdb.sources.jmlr:JMLR",
    "litdb.sources.dblp:DBLP",
    "litdb.sources.dblp_record:DBLP_RECORD",
    "litdb.sources.isbn:ISBN",
    "litdb.sources.citation_file:CITATION_FILE",
    "litdb.sources.github:GITHUB",
    "litdb.sources.github_threads:GITHUB_THREADS",
    "litdb.sources.wikipedia:WIKIPEDIA",
    "litdb.sources.doi:DOI",
    "litdb.sources.rogue_scholar:ROGUE_SCHOLAR",
    "litdb.sources.crossref:CROSSREF",
    "litdb.sources.datacite:DATACITE",
    "litdb.sources.inspire:INSPIRE",
    "litdb.sources.openalex:OPENALEX",
    "litdb.sources.doi_negotiation:DOI_NEGOTIATION",
    "litdb.sources.semanticscholar:SEMANTICSCHOLAR",
    "litdb.sources.semanticscholar_references:SEMANTICSCHOLAR_REFERENCES",
    "litdb.sources.openalex_references:OPENALEX_REFERENCES",
    "litdb.sources.inspire_references:INSPIRE_REFERENCES",
    "litdb.sources.arxiv_html:ARXIV_HTML",
    "litdb.sources.arxiv_html:AR5IV",
    "litdb.sources.forum_links:FORUM_LINKS",
    "litdb.sources.forum_links:EA_FORUM_LINKS",
    "litdb.sources.pdf:PDF",
    "litdb.sources.twins:TWINS_SOURCE",
    "litdb.sources.pdf_landing:PDF_LANDING",
    "litdb.sources.wayback:WAYBACK",
    "litdb.sources.no_works:NO_WORKS",
)
"""Every source of litdb's own but the last, one a line. The first that claims a URL has it."""

LAST = "litdb.sources.page:PAGE"
"""The source that answers for any page, behind all others and behind plug-ins."""

PLUGINS = "litdb.sources"
"""The entry-point group by which other packages add sources."""

DEPTH = 5
"""How many wrappers round a URL are taken off."""

INTERVAL = 2.0
"""Seconds between two requests to a host that no source speaks for."""


@cache
def sources() -> tuple[Source, ...]:
    """The sources in the order in which they are asked: litdb's own, those of plug-ins by name, the page reader.

    Raises `LitdbError` where a plug-in cannot be loaded.
    """
    own = [_load(place) for place in SOURCES]
    return (*own, *_plugins(), _load(LAST))


def identify(text: str) -> Identity:
    """What a URL or a bare identifier means; a URL that no source knows is its own page.

    Archives and redirectors are looked through. Raises `InvalidUrl` for what is neither.

    >>> str(identify("https://web.archive.org/web/2023/https://mobile.twitter.com/i/status/1603862969276051457").identifier)
    'tweet:1603862969276051457'
    >>> str(identify("doi:10.1038/Nature14539").identifier)
    'doi:10.1038/nature14539'
    """
    address = address_of(text)
    written = read_url(address or page_of(text) or text)
    identity = _claimed(_unwrapped(written))
    if is_capture(written):
        identity = replace(identity, claims=(*identity.claims, Claim("archived", str(written), "url:archive")))
    if address and identity.identifier.scheme == "url":
        raise InvalidUrl(
            f"{text!r} looks like an identifier, but is not a valid one: look for a digit too many or few."
        )
    return identity


def as_written(text: str) -> str:
    """The address that a link leads to, without wrappers and trackers, else as it stands; empty for what is none.

    >>> as_written("https://web.archive.org/web/2017/http://www.deepmind.com/blog/x?utm_source=y")
    'http://www.deepmind.com/blog/x'
    >>> as_written("arXiv:2209.00626")
    ''
    """
    try:
        return "" if address_of(text) else str(clean(_unwrapped(read_url(text))))
    except InvalidUrl:
        return ""


def source_named(name: str) -> Source:
    """The source of this name, or `LitdbError` where its plug-in is gone."""
    found = next((source for source in sources() if source.name == name), None)
    if found is None:
        raise LitdbError(f"There is no source named {name!r}: is the package that brought it still installed?")
    return found


def kind_of(name: str) -> KindOfSource:
    """How the source of this name comes to know of works; `site` where there is no such source any more.

    >>> kind_of("crossref"), kind_of("openalex"), kind_of("gone")
    ('site', 'index', 'site')
    """
    return next((source.kind for source in sources() if source.name == name), "site")


def knows_all(name: str) -> bool:
    """Whether it says anything that the source of this name does not have a work.

    >>> knows_all("arxiv"), knows_all("openai")
    (True, False)
    """
    return next((source.knows_all for source in sources() if source.name == name), True)


@lru_cache(1 << 12)
def policy_for(url: Url) -> Policy:
    """How a URL's host wants to be asked: by the first source that speaks for it, else alone in its lane and slowly.

    A policy's hosts are names (`www.` aside), or suffixes that begin with a dot.

    >>> policy_for(read_url("https://www.example.org/x"))
    Policy(hosts=('example.org',), lane='example.org', interval=2.0, batch=1, fresh_days=30, robots=True)
    """
    for source in sources():
        for policy in source.policies:
            if url.on(*policy.hosts):
                return policy
    host = url.host.removeprefix("www.")
    return Policy(hosts=(host,), lane=host, interval=INTERVAL)


def _load(place: str) -> Source:
    source: Source = resolve_name(place)
    return source


def _plugins() -> list[Source]:
    from importlib.metadata import entry_points

    found: list[Source] = []
    for plugin in sorted(entry_points(group=PLUGINS), key=lambda each: each.name):
        try:
            found.append(_load(plugin.value))
        except (ImportError, AttributeError, ValueError) as error:
            raise LitdbError(f"The plug-in {plugin.name!r} ({plugin.value}) cannot be loaded: {error}.") from error
    return found


def _unwrapped(url: Url) -> Url:
    inner, layers = unwrap(url), 0
    while inner is not None:
        url, inner, layers = inner, unwrap(inner), layers + 1
        if layers > DEPTH:
            raise InvalidUrl(f"A link is wrapped in more than {DEPTH} others: take the address inside, {url}.")
    return url


def _claimed(url: Url) -> Identity:
    """The answer of the first source that claims a URL. On a port of its own a host is another site: a page."""
    for source in sources() if url.port is None else sources()[-1:]:
        identity = source.identify(url)
        if identity is not None:
            return identity
    raise InvalidUrl(f"No source answers for {url}.")
