"""OpenAI: posts of its site by their slug, which outlived `/blog/` and `/research/`; one feed has nearly all of them.

The pages refuse most machines; `robots.txt` and the site leave the feed open (DIYgod/RSSHub, `lib/routes/openai`). Who
wrote a post stands on its page alone, so the firm is its author until that is read.
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
from litdb.text.names import authors_claim
from litdb.text.urls import Url, read_url

if TYPE_CHECKING:
    from lxml.etree import _Element

FEED = "https://openai.com/news/rss.xml"

SECTIONS = ("index", "blog", "research")
"""Where a post has stood: today, until 2023, and in 2023."""

LISTS = frozenset("all index news overview publications releases research tags".split())
"""Second parts of a path that lead to lists."""

_SLUG = re.compile(r"[A-Za-z0-9][\w.~-]*")
_AUTHOR_LINK = re.compile(r"/(?:blog|research|news)/?\?authors=|/(?:blog/)?authors?/[^/?#]+/?\Z")
"""Links to the posts of one author, as the site has written them since 2019."""


class Openai(Source):
    """Posts of OpenAI: title and day from the feed in one request, people from the page."""

    name = "openai"
    knows_all = False
    policies: Sequence[Policy] = (Policy(("openai.com",), "openai.com", interval=2.0),)

    def identify(self, url: Url) -> Identity | None:
        """The post that a URL means, at the address that it has today.

        >>> found = OPENAI.identify(read_url("https://openai.com/blog/our-approach-to-alignment-research/#risks"))
        >>> str(found.identifier), found.locator
        ('url:https://openai.com/index/our-approach-to-alignment-research', 'risks')
        >>> found.url
        'https://openai.com/index/our-approach-to-alignment-research/'
        >>> OPENAI.identify(read_url("https://openai.com/research/overview"))
        """
        slug = _slug(url)
        if not slug:
            return None
        address = f"https://openai.com/index/{quote(slug)}"
        claims = (
            Claim("type", "post-weblog", "url"),
            Claim("container", "OpenAI", "url"),
            authors_claim([Name(literal="OpenAI")], "url:openai.com"),
        )
        return Identity(Identifier("url", address), f"{address}/", locator(url), claims)

    def rung(self, identifier: Identifier) -> Rung | None:
        """The feed, for posts."""
        is_post = identifier.scheme == "url" and identifier.value.startswith("https://openai.com/index/")
        return Rung.FEED if is_post else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for all of them."""
        return [Request(self.name, FEED, tuple(wanted))] if wanted else []

    def owns(self, page: Answer) -> bool:
        """Whether the page is a post of OpenAI, by its address: live, saved or from an archive."""
        return bool(_slug(read_url(page.url)))

    def read(self, answer: Answer) -> Reading:
        """Of the feed: title, day and first words of every post asked for. Of a page: its list of authors.

        The page is said to tell of its authors in passing (`page.authors`), so that it does not replace the feed.
        """
        if answer.request.step != OWN_PAGE:
            return read_news(answer, self.name, self.identify, ("ok", ""))
        from litdb.sources.elements import root_of

        root = root_of(answer)
        names = people(name for text in _authors(root) for name in read_people(text)) if root is not None else ()
        if not names:
            return Reading()
        identifier = answer.request.asked[0].identifier
        record = Record(self.name, identifier, (authors_claim(names, "page.authors"),), at=answer.at)
        return Reading((record,), {identifier: ("ok", "")})


def _slug(url: Url) -> str:
    """The slug of a post, or empty for what is none."""
    match (url.on("openai.com"), url.host == "blog.openai.com", url.segments):
        case (True, _, (section, slug)) if section in SECTIONS and slug not in LISTS:
            return slug if _SLUG.fullmatch(slug) else ""
        case (_, True, (slug,)):
            return slug if _SLUG.fullmatch(slug) else ""
    return ""


def _authors(root: _Element) -> Iterator[str]:
    """The names in the page's list of authors, else those that link to their posts."""
    listed = root.findall(".//*[@data-testid='author-list']//a")
    linked = [link for link in root.iter("a") if _AUTHOR_LINK.search(link.get("href") or "")]
    for link in listed or linked:
        yield "".join(map(str, link.itertext()))


OPENAI = Openai()
