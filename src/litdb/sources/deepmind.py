"""DeepMind: posts of its blog, whose address has changed four times and whose older pages have lost their day.

The feed has the newest hundred. Where neither it nor the page tells the day, the archive is asked for what the post's
earlier address showed near the day of the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from litdb.model import Answer, Claim, Identifier, Identity, Name, Policy, Reading, Record, Request, Rung, Target
from litdb.pages.bylines import people, read_people
from litdb.sources.locators import locator
from litdb.sources.protocol import OWN_PAGE, Source
from litdb.sources.rss import read_news
from litdb.sources.wayback import archive_requests
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.names import authors_claim
from litdb.text.titles import fold
from litdb.text.urls import Url, read_url

if TYPE_CHECKING:
    from lxml.etree import _Element

FEED = "https://deepmind.google/blog/rss.xml"

OLD_ADDRESSES = ("https://www.deepmind.com/blog/{}", "https://deepmind.com/blog/article/{}")
"""Where a post stood from 2016 to 2023, the likeliest to be in an archive first."""

AUTHORS = frozenset({"author", "authors"})
PUBLISHED = frozenset({"published", "publishedon"})
"""What stands above the names and the day on a page, folded."""

_SLUG = re.compile(r"[A-Za-z0-9][\w.~-]*")
_LONGEST_LABEL = 20
_MOST_NAMES = 60


class Deepmind(Source):
    """Posts of DeepMind's blog: day from the feed, people from the page, the lost day from an archive."""

    name = "deepmind"
    knows_all = False
    policies: Sequence[Policy] = (Policy(("deepmind.google", "deepmind.com"), "deepmind", interval=2.0),)

    def identify(self, url: Url) -> Identity | None:
        """The post that a URL means, at the address that it has today.

        >>> found = DEEPMIND.identify(read_url("https://www.deepmind.com/blog/learning-through-human-feedback"))
        >>> str(found.identifier)
        'url:https://deepmind.google/blog/learning-through-human-feedback'
        >>> DEEPMIND.identify(read_url("https://deepmind.google/discover/blog/"))
        """
        slug = _slug(url)
        if not slug:
            return None
        address = f"https://deepmind.google/blog/{quote(slug)}"
        claims = (Claim("type", "post-weblog", "url"), Claim("container", "DeepMind", "url"))
        return Identity(Identifier("url", address), f"{address}/", locator(url), claims)

    def rung(self, identifier: Identifier) -> Rung | None:
        """The feed, for posts."""
        is_post = identifier.scheme == "url" and identifier.value.startswith("https://deepmind.google/blog/")
        return Rung.FEED if is_post else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for all of them."""
        return [Request(self.name, FEED, tuple(wanted))] if wanted else []

    def owns(self, page: Answer) -> bool:
        """Whether the page is a post of DeepMind, by its address: live, saved or from an archive."""
        return bool(_slug(read_url(page.url)))

    def read(self, answer: Answer) -> Reading:
        """Of the feed: title, day and first words. Of a page: its people and its day, or a way to find that."""
        if answer.request.step == OWN_PAGE:
            return _read_page(answer)
        return read_news(answer, self.name, self.identify, ("partial", "the feed does not tell who wrote the post"))


def _read_page(answer: Answer) -> Reading:
    """What stands below “Authors” and “Published”, said in passing (`page.…`) so that it does not replace the feed."""
    from litdb.sources.elements import root_of

    target = answer.request.asked[0]
    root = root_of(answer)
    below = list(_below_labels(root)) if root is not None else []
    names = _people(text for label, text in below if label in AUTHORS)
    days = (read_iso(text) or read_written(text) for label, text in below if label in PUBLISHED)
    day = next(filter(None, days), None)
    claims = [authors_claim(names, "page.authors")] if names else []
    claims += [date_claim(day, "posted", "page.published")] if day else []
    records = (Record("deepmind", target.identifier, tuple(claims), at=answer.at),) if claims else ()
    here = read_url(answer.url)
    if day or not here.on("deepmind.google"):
        return Reading(records, {target.identifier: ("ok", "")} if day else {})
    then = archive_requests(target, _old_addresses(target, _slug(here)))
    return Reading(records, {target.identifier: ("partial", "the page of the post has lost its day")}, tuple(then))


def _old_addresses(target: Target, slug: str) -> list[str]:
    """Where the post stood before, as the notes wrote it first."""
    written = [url for url in target.urls if not read_url(url).on("deepmind.google")]
    return [*written, *(address.format(quote(slug)) for address in OLD_ADDRESSES)]


def _slug(url: Url) -> str:
    """The slug of a post, or empty for what is none."""
    match (url.on("deepmind.com"), url.on("deepmind.google"), url.segments):
        case (True, _, ("blog", slug) | ("blog", "article", slug)) if slug != "article":
            return slug if _SLUG.fullmatch(slug) else ""
        case (_, True, ("blog", slug) | ("discover", "blog", slug)) if not slug.endswith(".xml"):
            return slug if _SLUG.fullmatch(slug) else ""
    return ""


def _people(texts: Iterable[str]) -> tuple[Name, ...]:
    return tuple(name for name in people(name for text in texts for name in read_people(text)) if name.family)


def _below_labels(root: _Element) -> Iterator[tuple[str, str]]:
    """Pairs of a label and a text that stands below it: in the next element, or in that behind the label's parent."""
    for element in root.iter("dt", "p", "div", "span", "h2", "h3", "h4", "strong", "b"):
        label = fold(element.text or "") if len(element) == 0 and len(element.text or "") < _LONGEST_LABEL else ""
        if label in AUTHORS | PUBLISHED:
            for text in _texts_behind(element):
                yield label, text


def _texts_behind(label: _Element) -> Iterator[str]:
    """The pieces of the first element with words behind a label; none where another label follows at once."""
    parent = label.getparent()
    for start in (label, parent) if parent is not None else (label,):
        following = next((each for each in start.itersiblings() if "".join(map(str, each.itertext())).strip()), None)
        if following is not None:
            yield from _pieces(following)
            return


def _pieces(element: _Element) -> Iterator[str]:
    times = [time.get("datetime") or "" for time in element.iter("time")]
    yield from filter(None, times)
    yield from [text for each in element.itertext() if (text := " ".join(str(each).split()))][:_MOST_NAMES]


DEEPMIND = Deepmind()
