"""Blogger: posts whose day stands over them in the words of the blog's language.

Facts from Blogger's own themes: `h2.date-header` over the posts of a day, `abbr.published` or `time.published` with
the exact time below most of them, `.post-title` and `.fn` for title and author, and a page's title that begins with the
name of the blog; the path of a post has its year and month. `?m=1` is the view for telephones, and `name.blogspot.com`
answers under the country's domain of whoever asks (support.google.com/blogger, "Why does my blog redirect").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from litdb.model import Answer, Claim, Identity, Reading, Record
from litdb.pages.bylines import read_people
from litdb.sources.page import PAGE
from litdb.sources.protocol import UrlsOnly
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.names import authors_claim
from litdb.text.urls import Url, read_url

if TYPE_CHECKING:
    from lxml.etree import _Element

_GENERATOR = re.compile(
    rb"""<meta\b[^<>]{0,80}(?:content=["']blogger["'][^<>]{0,80}name=["']generator|name=["']generator["'][^<>]{0,80}content=["']blogger)""",
    re.IGNORECASE,
)
_BLOGSPOT = re.compile(r"(?:www\.)?(?P<blog>[a-z0-9-]+)\.blogspot\.(?:[a-z]{2,3}|com?\.[a-z]{2})")
_PATH = re.compile(r"/(\d{4})/(\d\d)/[^/]+\.html")
_STAMP = re.compile(r"(?:^|\s)published(?:\s|$)")
_HEADER = re.compile(r"(?:^|\s)date-header(?:\s|$)")
_TITLE = re.compile(r"(?:^|\s)(?:post|entry)-title(?:\s|$)")
_AUTHOR = re.compile(r"(?:^|\s)fn(?:\s|$)")
_NUMBER = re.compile(r"\d+")


class Blogger(UrlsOnly):
    """Posts on blogs by Blogger, known by their `generator`: their day, in whatever language it is written."""

    name = "blogger"

    def identify(self, url: Url) -> Identity | None:
        """What an address on Blogger's own domain means: one blog whatever the country, one post on every screen.

        >>> BLOGGER.identify(read_url("http://tea.blogspot.co.uk/2016/06/snow.html?m=1")).url
        'https://tea.blogspot.com/2016/06/snow.html'
        """
        found = _BLOGSPOT.fullmatch(url.host)
        if not found:
            return None
        query = tuple((key, value) for key, value in url.query if key != "m")
        own = replace(url, scheme="https", host=f"{found['blog']}.blogspot.com", query=query)
        return PAGE.identify(own)

    def owns(self, page: Answer) -> bool:
        """Whether Blogger wrote the page, and it is one post."""
        return bool(_PATH.fullmatch(read_url(page.url).path) and _GENERATOR.search(page.body))

    def read(self, answer: Answer) -> Reading:
        """Day, author and blog of a post; everything else the generic reader tells."""
        claims = (Claim("type", "post-weblog", "blogger:generator"), *_claims(answer))
        return Reading((Record(self.name, answer.request.asked[0].identifier, claims),))


BLOGGER = Blogger()


def _claims(page: Answer) -> Iterator[Claim]:
    from litdb.sources.elements import marked, root_of, text_of

    root = root_of(page)
    if root is None:
        return
    title = next(filter(None, map(text_of, marked(root, _TITLE))), "")
    names = (read_people(text_of(author)) for author in marked(root, _AUTHOR))
    if authors := next(filter(None, names), ()):
        yield authors_claim(authors, "blogger:fn")
    yield from islice(_days(page, root), 1)
    whole = next(filter(None, map(text_of, root.iter("title"))), "")
    if title and whole.endswith(f": {title}"):
        yield Claim("container", whole.removesuffix(f": {title}"), "blogger:title")


def _days(page: Answer, root: _Element) -> Iterator[Claim]:
    from litdb.sources.elements import marked, text_of

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
