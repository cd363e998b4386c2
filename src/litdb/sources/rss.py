"""News feeds in RSS 2.0, for the sources that find many works in one: one request, matched by what the links mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from litdb.errors import InvalidUrl
from litdb.model import Answer, Claim, Identifier, Identity, Outcome, Reading, Record
from litdb.pages.markup import words
from litdb.text.dates import date_claim, read_iso
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: its address, its title, its date as ISO text, its first words; each empty where not told."""

    link: str
    title: str = ""
    date: str = ""
    words: str = ""


def read_items(body: bytes) -> Sequence[Item] | None:
    """The items of a feed in their order; None for what is no whole feed.

    Nothing is mended: of a feed that was cut off it cannot be said what it lacks.

    >>> read_items(b"<rss><channel><item><title>A &amp;amp; B</title><link>https://x.org/a</link>"
    ...            b"<pubDate>Thu, 05 Dec 2019 08:00:00 GMT</pubDate></item></channel></rss>")
    [Item(link='https://x.org/a', title='A & B', date='2019-12-05T08:00:00Z', words='')]
    >>> read_items(b"<rss><channel><item>")
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != "rss":
        return None
    return [
        Item(
            link=item.findtext("link", "").strip() or item.findtext("guid", "").strip(),
            title=clean_title(item.findtext("title", "")),
            date=read_iso(item.findtext("pubDate", "")) or "",
            words=clean_title(words(item.findtext("description", ""))),
        )
        for item in root.iter("item")
    ]


def read_news(
    answer: Answer, source: str, identify: Callable[[Url], Identity | None], found: tuple[Outcome, str]
) -> Reading:
    """What a feed says of the works asked for; `found` is how it ends for those that it has.

    `identify` says which work an item's link means.
    """
    asked = answer.request.identifiers
    items = read_items(answer.body)
    if items is None:
        return Reading(outcomes=dict.fromkeys(asked, ("unreachable", "the feed is cut off, or is none")))
    known = {identity.identifier: item for item in items if (identity := _meaning(item.link, identify))}
    oldest = min((item.date[:10] for item in items if item.date), default="")
    missing = f"the feed does not have it{f', which goes back to {oldest}' if oldest else ''}"
    return Reading(
        records=tuple(_record(source, each, known[each], answer.at) for each in asked if each in known),
        outcomes={each: found if each in known else ("not-found", missing) for each in asked},
    )


def _meaning(link: str, identify: Callable[[Url], Identity | None]) -> Identity | None:
    try:
        return identify(read_url(link))
    except InvalidUrl:
        return None


def _record(source: str, identifier: Identifier, item: Item, at: str) -> Record:
    claims = [Claim("title", item.title, "rss:title")] if item.title else []
    claims += [date_claim(item.date, "posted", "rss:pubDate")] if item.date else []
    claims += [Claim("abstract", item.words, "rss:description")] if item.words else []
    return Record(source, identifier, tuple(claims), at=at)
