"""News feeds, for the sources that find many works in one: one request, matched by what the links mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from litdb.errors import InvalidUrl
from litdb.model import Answer, Claim, Identifier, Identity, Outcome, Reading, Record
from litdb.sources.feeds import Entry, Format, read_feed
from litdb.text.dates import date_claim
from litdb.text.urls import Url, read_url

TOLD_BY: Mapping[Format, tuple[str, str, str]] = {
    "rss": ("rss:title", "rss:pubDate", "rss:description"),
    "atom": ("atom:title", "atom:published", "atom:summary"),
    "json-feed": ("json-feed:title", "json-feed:date_published", "json-feed:summary"),
}
"""How title, day and first words of an entry were read."""


def read_news(
    answer: Answer, source: str, identify: Callable[[Url], Identity | None], found: tuple[Outcome, str]
) -> Reading:
    """What a feed says of the works asked for; `found` is how it ends for those that it has.

    `identify` says which work an item's link means.
    """
    asked = answer.request.identifiers
    items = read_feed(answer.body, answer.headers, answer.url)
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


def _record(source: str, identifier: Identifier, item: Entry, at: str) -> Record:
    title, day, words = TOLD_BY[item.format]
    claims = [Claim("title", item.title, title)] if item.title else []
    claims += [date_claim(item.date, "posted", day)] if item.date else []
    claims += [Claim("abstract", item.words, words)] if item.words else []
    return Record(source, identifier, tuple(claims), at=at)
