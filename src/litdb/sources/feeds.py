"""News feeds as their entries: RSS 0.9 to 2.0, Atom 0.3 and 1.0, JSON Feed. Pure, from bytes.

Facts: rssboard.org/rss-specification; RFC 4287 (Atom), RFC 5023; jsonfeed.org/version/1.1. Many feeds are no XML: they
have entities of HTML, bare ampersands, control characters. Those are mended. A feed that was cut off is not read: of
what it lacks nothing could be said. Neither is one that declares entities of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

from litdb.pages.charset import decode
from litdb.pages.markup import words
from litdb.sources.deposited import plain
from litdb.sources.objects import Object, parts, read_json, text
from litdb.text.dates import read_iso, read_written
from litdb.text.titles import clean_title

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACES: Mapping[str, str] = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}
"""The vocabularies that are read beside the feed's own, and what they are called here."""

DATES = ("pubDate", "published", "issued", "dc:date")
"""When an entry came out; `updated` and `modified` tell of an edit, and the days of the feed of none of its entries."""

_ENCODING = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>")
_OWN_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7};|#[xX][\da-fA-F]{1,6};|\w{1,31};)?", re.ASCII)
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CLOCK = re.compile(r",?\s+\d\d?:\d\d.*\Z", re.DOTALL)
_HTML = frozenset(("", "text/html", "application/xhtml+xml"))
_OPENED, _CLOSED = "<![CDATA[", "]]>"

Format = Literal["rss", "atom", "json-feed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: what it is about, and where; each empty where not told.

    `date` is ISO text, `words` its first words, `content` its text in HTML, `account` who is said to have written it,
    `own_id` what the feed calls it.
    """

    format: Format
    link: str
    title: str = ""
    date: str = ""
    words: str = ""
    content: str = ""
    account: str = ""
    own_id: str = ""


def read_feed(body: bytes, headers: Mapping[str, str], address: str) -> Sequence[Entry] | None:
    """The entries of the feed at an address, in their order; None for what is no whole feed.

    >>> (entry,) = read_feed(b"<rss><channel><item><title>A &amp;amp; B &ndash; C</title><link>/a</link>"
    ...     b"<pubDate>Thu, 05 Dec 2019 08:00:00 GMT</pubDate></item></channel></rss>", {}, "https://x.org/feed")
    >>> entry.link, entry.title, entry.date
    ('https://x.org/a', 'A & B – C', '2019-12-05T08:00:00Z')
    >>> read_feed(b"<rss><channel><item>", {}, "https://x.org/feed")
    """
    source = _text(body, headers)
    if source.lstrip().startswith("{"):
        return _of_json(source, address)
    root = _root(source, address)
    tag = _local(root) if root is not None else ""
    if root is None or tag not in ("rss", "RDF", "feed"):
        return None
    return [*map(_of_atom, root.iter("{*}entry"))] if tag == "feed" else [*map(_of_rss, root.iter("{*}item"))]


def _text(body: bytes, headers: Mapping[str, str]) -> str:
    """The feed in the charset that its declaration names, else in its header's."""
    declared = _ENCODING.match(body)
    kind = f"text/xml; charset={declared[1].decode()}" if declared else headers.get("content-type", "")
    return decode(body, {"content-type": kind})


def _root(source: str, address: str) -> _Element | None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    if _OWN_ENTITY.search(source):
        return None
    try:
        return etree.fromstring(_mended(_DECLARATION.sub("", source.strip(), count=1)), parser, base_url=address)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _mended(source: str) -> str:
    """XML without control characters and with no entities but its own; what stands in CDATA stays.

    >>> _mended("<a>caf&eacute; &amp; R&D<![CDATA[R&D]]></a>")
    '<a>café &amp; R&amp;D<![CDATA[R&D]]></a>'
    """
    first, *others = _CONTROLS.sub("", source).split(_OPENED)
    mended = [_REFERENCE.sub(_as_xml, first)]
    for other in others:
        data, closed, behind = other.partition(_CLOSED)
        mended += (_OPENED, data, closed, _REFERENCE.sub(_as_xml, behind))
    return "".join(mended)


def _as_xml(reference: re.Match[str]) -> str:
    return html.escape(_CONTROLS.sub("", html.unescape(reference[0])), quote=False)


def _of_rss(item: _Element) -> Entry:
    said = _children(item)
    told = {name: _told(each) for name, each in said.items()}
    return Entry(
        format="rss",
        link=_rss_link(said, told),
        title=_title(told.get("title", "")),
        date=_date(told.get(name, "") for name in DATES),
        words=clean_title(words(told.get("description", ""))),
        content=told.get("content:encoded", ""),
        account=clean_title(told.get("dc:creator", "")),
        own_id=told.get("guid", ""),
    )


def _of_atom(entry: _Element) -> Entry:
    told = {name: _told(each) for name, each in _children(entry).items()}
    return Entry(
        format="atom",
        link=_atom_link(entry) or (told["id"] if "://" in told.get("id", "") else ""),
        title=_title(told.get("title", "")),
        date=_date(told.get(name, "") for name in DATES),
        words=clean_title(words(told.get("summary", ""))),
        own_id=told.get("id", ""),
    )


def _children(entry: _Element) -> dict[str, _Element]:
    """What stands directly in an entry, the first of each name, of the vocabularies that are read."""
    own = _namespace(entry)
    found: dict[str, _Element] = {}
    for child in entry.iterchildren("*"):
        namespace = _namespace(child)
        prefix = "" if namespace == own else NAMESPACES.get(namespace)
        if prefix is not None:
            found.setdefault(prefix + _local(child), child)
    return found


def _namespace(element: _Element) -> str:
    return str(element.tag).rpartition("}")[0].removeprefix("{")


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _told(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _rss_link(said: Mapping[str, _Element], told: Mapping[str, str]) -> str:
    """The page of an item: what a proxy of feeds says it was, the link, the name where that is an address."""
    guid = said.get("guid")
    is_address = guid is not None and guid.get("isPermaLink", "true") != "false" and "://" in told["guid"]
    names = ("feedburner:origLink", "link", "guid") if is_address else ("feedburner:origLink", "link")
    return next((_joined(said[name].base, told[name]) for name in names if told.get(name)), "")


def _atom_link(entry: _Element) -> str:
    """The page of an entry: its alternate, the one in HTML first."""
    links = [each for each in entry.iterchildren("{*}link") if each.get("rel", "alternate") == "alternate"]
    links.sort(key=lambda each: each.get("type", "").lower() not in _HTML)
    return next((_joined(each.base, each.get("href", "")) for each in links), "")


def _of_json(source: str, address: str) -> Sequence[Entry] | None:
    feed = read_json(source)
    if not isinstance(feed, Mapping) or "jsonfeed.org/version/" not in text(feed, "version"):
        return None
    return [_of_object(item, address) for item in parts(feed, "items")]


def _of_object(item: Object, address: str) -> Entry:
    own_id = text(item, "id")
    return Entry(
        format="json-feed",
        link=_joined(address, text(item, "url")) or (own_id if "://" in own_id else ""),
        title=_title(text(item, "title")),
        date=_date([text(item, "date_published")]),
        words=clean_title(text(item, "summary")),
        content=text(item, "content_html"),
        own_id=own_id,
    )


def _title(written: str) -> str:
    """The title as one reads it; none where the feed is in another charset than it says."""
    return "" if "\ufffd" in written else plain(written)


def _date(written: Iterable[str]) -> str:
    """The first of these that is a date, without its time where the zone is none that everybody knows.

    >>> _date(["Thu, 05 Dec 2019 08:00:00 CEST"]), _date(["Thu, 5 December 2019 08:00"]), _date(["", "2019-12"])
    ('2019-12-05', '2019-12-05', '2019-12')
    """
    return next(filter(None, (read_iso(each) or read_written(_CLOCK.sub("", each)) for each in written)), None) or ""


def _joined(base: str | None, link: str) -> str:
    try:
        return urljoin(base or "", link) if link else ""
    except ValueError:
        return ""
