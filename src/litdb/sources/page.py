"""Any page of the web: the source of last resort, by what a page says about itself.

Facts about the tags and their traps: schema.org, ogp.me, Google Scholar's inclusion guidelines (Highwire tags).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote_to_bytes

from litdb.model import (
    Answer,
    Claim,
    Identifier,
    Identity,
    Outcome,
    Policy,
    Reading,
    Record,
    Reference,
    Request,
    Rung,
    Target,
)
from litdb.pages.addresses import bare_host, is_home, path_date
from litdb.pages.charset import decode
from litdb.sources.locators import locator
from litdb.sources.protocol import KindOfSource, Source
from litdb.text.dates import date_claim
from litdb.text.urls import Url, clean, read_url

SCHEMES = frozenset("url arxiv substack medium openreview acl pmlr neurips jmlr github doi".split())
"""Schemes whose plain page is worth reading where nothing better answers."""

ARTICLES = frozenset(("url", "substack", "medium"))
"""Schemes whose page is the work itself."""

ADDRESSES: Mapping[str, str] = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
}
"""Where a work's page stands, for schemes that tell."""

HTML = frozenset(("text/html", "application/xhtml+xml", "text/plain", ""))
"""Media types that can be a page; plain text is looked into."""

MAGIC: Sequence[tuple[bytes, str]] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%!PS", "a PostScript file"),
)
"""What files begin with that are no pages, whatever their type says."""

PERMANENT = frozenset((301, 308))
_VIEW_KEYS = frozenset(("amp", "print", "outputtype"))
_VIEWS = frozenset(("", "0", "1", "true", "amp", "yes"))
_FRIENDS_LINK = ("source", "friends_link")
"""In the address of a story that its author shares with those who have not paid; `sk` then holds the leave to read."""

_BLOGGER_POST = re.compile(r"/\d{4}/\d\d/[^/]+\.html")
_VIEW_PATH = re.compile(r"/(?:amp|print)(?=/?\Z)|\.amp(?=(?:/|\.html?)?\Z)", re.IGNORECASE)
_INDEX = re.compile(r"/index\.html?\Z", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE)
_FEED = re.compile(
    rb"\s*(?:(?:<\?[^<>]*>|<!--.{0,2000}?-->)\s*){0,9}"
    rb"<(?:!DOCTYPE\s+)?(?:rss|(?:atom:)?feed|rdf:RDF|urlset|sitemapindex)\b",
    re.DOTALL,
)
_XML = re.compile(rb"\s*<\?xml\b")
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_BEGINNING = 4096


class PageSource(Source):
    """Every http(s) URL that no other source knows, and the pages of works that some do."""

    name = "page"
    kind: KindOfSource = "page"
    policies: Sequence[Policy] = ()

    def identify(self, url: Url) -> Identity:
        """The page itself; a front page is a website.

        AMP, print and mobile views, `www`, tracking keys, `index.html`, the scheme and a last slash make no other page.

        >>> identity = PAGE.identify(read_url("http://m.Example.org/post/amp/?utm_source=x&id=3#part"))
        >>> identity.identifier.value, identity.url, identity.locator
        ('https://example.org/post?id=3', 'http://m.example.org/post/amp/?id=3', 'part')
        """
        kept = clean(url)
        return Identity(
            identifier=Identifier("url", _value(kept)),
            url=str(kept),
            locator=locator(url),
            claims=tuple(_claims(kept)),
        )

    def rung(self, identifier: Identifier) -> Rung | None:
        """The page, where there is one that tells more than its address."""
        return Rung.PAGE if identifier.scheme in SCHEMES else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One GET for each work, of the best address that is known for it."""
        for target in wanted:
            if address := _address(target):
                yield Request(self.name, address, (target,), headers=(("Accept", "text/html,application/xhtml+xml"),))

    def read(self, answer: Answer) -> Reading:
        """What the page claims; `unsupported` for what is no page, `partial` with what is missing.

        A page that only sends its reader on is followed once.
        """
        from litdb.pages.page import read_page

        target = answer.request.asked[0]
        if kind := _no_page(answer):
            return Reading(outcomes={target.identifier: ("unsupported", f"the address leads to {kind}, not to a page")})
        page = read_page(answer.body, answer.headers, answer.url)
        if page.refresh not in ("", answer.url) and answer.request.step == "ask" and not page.best("date"):
            then = replace(answer.request, url=page.refresh, step="refresh")
            return Reading(outcomes={target.identifier: ("partial", f"the page sends on to {then.url}")}, then=(then,))
        record = Record(
            source=self.name,
            identifier=target.identifier,
            claims=(*page.claims, *_moved_to(target.identifier, answer)),
            same=tuple(_same(target.identifier, answer, page.canonical, page.identifiers)),
            at=answer.at,
        )
        return Reading(records=(record,), outcomes={target.identifier: _outcome(page.claims)})

    def references(self, answer: Answer) -> Iterator[Reference]:
        """The links of an article, and the references that a publisher's page has in its head.

        What a front page or the landing page of a paper links to is what their sites offer, not what a work cites.
        """
        from litdb.pages.cited import references_in_head
        from litdb.pages.links import links_of

        subject = answer.request.asked[0].identifier
        if _no_page(answer):
            return
        for url, text in references_in_head(answer.body, answer.headers):
            yield Reference(subject, url, "citation:reference", text)
        if subject.scheme in ARTICLES and not is_home(read_url(answer.url)):
            for link in links_of(answer.body, answer.headers, answer.url):
                yield Reference(subject, link.url, "html:a", link.text, link.words)


PAGE = PageSource()


def _value(url: Url) -> str:
    """The address by which all views of a page are one."""
    is_bloggers = _BLOGGER_POST.fullmatch(url.path)
    keys = _VIEW_KEYS | ({"m"} if is_bloggers else set())
    leave = (*(("source", "sk") if _FRIENDS_LINK in url.query else ()), *(("showComment",) if is_bloggers else ()))
    query = tuple((key, value) for key, value in url.query if key not in leave and not _is_view(key, value, keys))
    path = _even(_INDEX.sub("", _VIEW_PATH.sub("", url.path)).rstrip("/"))
    value = str(replace(url, scheme="https", host=bare_host(url), path=path, query=query))
    return value if query or url.fragment else value.removesuffix("/")


def _even(path: str) -> str:
    """The path with one way of percent-encoding; an encoded slash stays one."""
    return "/".join(quote(unquote_to_bytes(part), safe="") for part in path.split("/"))


def _is_view(key: str, value: str | None, keys: Collection[str]) -> bool:
    return key.lower() in keys and (value or "").lower() in _VIEWS


def _claims(url: Url) -> Iterator[Claim]:
    if is_home(url):
        yield Claim("type", "website", "url")
    elif value := path_date(url):
        yield date_claim(value, "posted", "url:path")


def _address(target: Target) -> str:
    """The best address of a work's page: as its scheme tells, else the first, which is the one that its source cites.

    Of a plain page one that is its own, https first, the shortest.
    """
    if target.identifier.scheme in ADDRESSES:
        return ADDRESSES[target.identifier.scheme].format(quote(target.identifier.value, safe="/:;()"))
    if target.identifier.scheme != "url":
        return target.urls[0] if target.urls else ""

    def order(url: str) -> tuple[object, ...]:
        is_own = PAGE.identify(read_url(url)).identifier == target.identifier
        return not is_own, not url.startswith("https:"), len(url), url

    known = sorted(target.urls, key=order)
    return known[0] if known else target.identifier.value


def _no_page(answer: Answer) -> str:
    """What the body is where it is no page, in words; empty for a page."""
    beginning = _beginning(answer.body)
    if kind := next((kind for magic, kind in MAGIC if beginning.startswith(magic)), ""):
        return kind
    if _FEED.match(beginning):
        return "a feed"
    if _XML.match(beginning) and not _HTML.search(beginning):
        return "XML"
    declared = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if _MARKUP.search(beginning):
        return ""
    if beginning[:1] in (b"{", b"["):
        return "JSON"
    return "" if declared in HTML else declared


def _beginning(body: bytes) -> bytes:
    """The first bytes of a body, in UTF-8 where a mark says which charset they are in."""
    start = body[:_BEGINNING]
    is_marked = start.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return (decode(start, {}).encode() if is_marked else start).lstrip()


def _same(asked: Identifier, answer: Answer, canonical: str, named: Sequence[Identifier]) -> Iterator[Identifier]:
    """Other identifiers of the page: its own word, and where it has moved to for good."""
    found = _addresses(asked, answer, canonical) if asked.scheme == "url" else ()
    yield from (each for each in dict.fromkeys((*found, *named)) if each != asked)


def _moved_to(asked: Identifier, answer: Answer) -> Iterator[Claim]:
    """The address of today, where a page has moved for good."""
    if asked.scheme == "url" and answer.hops and all(hop.status in PERMANENT for hop in answer.hops):
        yield Claim("url", str(clean(read_url(answer.url))), "redirect")


def _addresses(asked: Identifier, answer: Answer, canonical: str) -> Iterator[Identifier]:
    """The page's addresses; none where a redirect for the time being led to it, or one to a front page."""
    here = PAGE.identify(read_url(answer.url)).identifier
    moved = bool(answer.hops) and all(hop.status in PERMANENT for hop in answer.hops)
    if here != asked and not moved:
        return
    for url in map(read_url, dict.fromkeys((answer.url, canonical))):
        if not is_home(url) or is_home(read_url(asked.value)):
            yield PAGE.identify(url).identifier


def _outcome(claims: Sequence[Claim]) -> tuple[Outcome, str]:
    known = {claim.field for claim in claims if claim.kind in ("", "posted")}
    website = any(claim.field == "type" and claim.value == "website" for claim in claims)
    if "title" in known and (website or known & {"date", "authors"}):
        return "ok", ""
    if "title" not in known:
        return "partial", "the page shows no title (it may be empty without a browser)"
    return "partial", "the page tells neither a date nor authors"
