"""Anthropic: posts under news, research and engineering, whose day stands as plain text near the headline.

The pages are made on the server and need no script; there is no feed. Their day is often glued to a category or to
the minutes that reading takes, and cards of other posts with days of their own stand around. Posts name nobody, so
the firm is their author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from litdb.model import Answer, Claim, Identity, Name, Outcome, Reading, Record
from litdb.sources.page import PAGE
from litdb.sources.protocol import UrlsOnly
from litdb.text.dates import date_claim, read_written
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url

if TYPE_CHECKING:
    from lxml.etree import _Element

SECTIONS = frozenset("news research engineering index".split())
"""Where posts stand; `index` until 2024."""

LISTS = frozenset({"team"})

_DAY = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.? \d{1,2}, \d{4}"
)
_CHANGED = re.compile(r"(?:updated|edited|revised)\W*\Z", re.IGNORECASE)
_NEAR = 8
"""Levels of the page above the headline in which its day can stand."""
_ELSEWHERE = frozenset("a nav footer aside script style".split())
"""Elements with other posts in them, or none."""


class Anthropic(UrlsOnly):
    """Posts of Anthropic, fetched as any page and read with what is known of their make."""

    name = "anthropic"

    def identify(self, url: Url) -> Identity | None:
        """What a post's URL means.

        >>> found = ANTHROPIC.identify(read_url("https://www.anthropic.com/news/core-views-on-ai-safety?utm_source=x"))
        >>> str(found.identifier), found.url
        ('url:https://anthropic.com/news/core-views-on-ai-safety', 'https://www.anthropic.com/news/core-views-on-ai-safety')
        >>> ANTHROPIC.identify(read_url("https://www.anthropic.com/research"))
        """
        if not _is_post(url):
            return None
        claims = (
            Claim("type", "post-weblog", "url"),
            Claim("container", "Anthropic", "url"),
            authors_claim([Name(literal="Anthropic")], "url:anthropic.com"),
        )
        return replace(PAGE.identify(url), claims=claims)

    def owns(self, page: Answer) -> bool:
        """Whether the page is a post of Anthropic, by its address: live, saved or from an archive."""
        return _is_post(read_url(page.url))

    def read(self, answer: Answer) -> Reading:
        """Headline and day. A page without a headline is left to the generic reader."""
        from litdb.sources.elements import root_of

        identifier = answer.request.asked[0].identifier
        root = root_of(answer)
        headline = root.find(".//h1") if root is not None else None
        title = clean_title("".join(map(str, headline.itertext()))) if headline is not None else ""
        if headline is None or not title:
            return Reading()
        day = _day_beside(headline)
        claims = (Claim("title", title, "anthropic:h1"), *([date_claim(day, "posted", "anthropic:day")] if day else ()))
        ending: tuple[Outcome, str] = ("ok", "") if day else ("partial", "the page of the post tells no day")
        return Reading((Record(self.name, identifier, claims, at=answer.at),), {identifier: ending})


def _is_post(url: Url) -> bool:
    match url.segments:
        case (section, slug):
            return url.on("anthropic.com") and section in SECTIONS and slug not in LISTS
    return False


def _day_beside(headline: _Element) -> str | None:
    """The first day in the smallest part of the page that holds the headline and a day."""
    for part in islice(headline.iterancestors(), _NEAR):
        for text in _texts(part):
            for found in _DAY.finditer(text):
                if not _CHANGED.search(text[: found.start()]):
                    return read_written(found[0])
    return None


def _texts(part: _Element) -> Iterator[str]:
    """The texts of a part in their order, without links and what stands around a post."""
    if part.tag in _ELSEWHERE or not isinstance(part.tag, str):
        return
    if part.text:
        yield part.text
    for child in part:
        yield from _texts(child)
        if child.tail:
            yield child.tail


ANTHROPIC = Anthropic()
