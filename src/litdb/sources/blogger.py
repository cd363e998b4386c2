"""Blogger: posts whose day stands over them in the words of the blog's language.

Facts from Blogger's own themes: `h2.date-header` over the posts of a day, `abbr.published` or `time.published` with
the exact time below most of them; the path of a post has its year and month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litdb.model import Answer, Claim, Identity, Reading, Record
from litdb.sources.protocol import UrlsOnly
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.urls import Url, read_url

_GENERATOR = re.compile(
    rb"""<meta\b[^<>]{0,80}(?:content=["']blogger["'][^<>]{0,80}name=["']generator|name=["']generator["'][^<>]{0,80}content=["']blogger)""",
    re.IGNORECASE,
)
_PATH = re.compile(r"/(\d{4})/(\d\d)/[^/]+\.html")
_STAMP = re.compile(r"(?:^|\s)published(?:\s|$)")
_HEADER = re.compile(r"(?:^|\s)date-header(?:\s|$)")
_NUMBER = re.compile(r"\d+")


class Blogger(UrlsOnly):
    """Posts on blogs by Blogger, known by their `generator`: their day, in whatever language it is written."""

    name = "blogger"

    def identify(self, url: Url) -> Identity | None:
        """None: a post by Blogger may stand on any domain."""
        return None

    def owns(self, page: Answer) -> bool:
        """Whether Blogger wrote the page, and it is one post."""
        return bool(_PATH.fullmatch(read_url(page.url).path) and _GENERATOR.search(page.body))

    def read(self, answer: Answer) -> Reading:
        """The day of a post; everything else the generic reader tells."""
        day = next(_days(answer), None)
        claims = (Claim("type", "post-weblog", "blogger:generator"), *([day] if day else []))
        return Reading((Record(self.name, answer.request.asked[0].identifier, claims),))


BLOGGER = Blogger()


def _days(page: Answer) -> Iterator[Claim]:
    from litdb.sources.elements import marked, root_of, text_of

    root = root_of(page)
    if root is None:
        return
    for stamp in marked(root, _STAMP, "abbr", "time"):
        if value := read_iso(stamp.get("title") or stamp.get("datetime") or ""):
            yield date_claim(value, "posted", "blogger:published")
    place = _PATH.fullmatch(read_url(page.url).path)
    year, month = place.groups() if place else ("", "")
    for header in marked(root, _HEADER):
        if value := _day(text_of(header), year, month):
            yield date_claim(value, "posted", "blogger:date-header")


def _day(written: str, year: str, month: str) -> str:
    """The day that a header says, in any language: beside the year there is one number that is not the month's.

    The year and the month are known from the post's address.

    >>> _day("domenica 12 giugno 2016", "2016", "06"), _day("2016年6月12日日曜日", "2016", "06")
    ('2016-06-12', '2016-06-12')
    >>> _day("12/06/2016", "2016", "06"), _day("giugno 2016", "2016", "06"), _day("12 giugno 2017", "2016", "06")
    ('2016-06-12', '', '')
    """
    if value := read_written(written):
        return value if value.startswith(f"{year}-{month}-") else ""
    numbers = [number.zfill(2) for number in _NUMBER.findall(written)]
    if year not in numbers:
        return ""
    numbers.remove(year)
    if len(numbers) == 2 and month in numbers:
        numbers.remove(month)
    return read_iso(f"{year}-{month}-{numbers[0]}") or "" if len(numbers) == 1 else ""
