"""Medium: stories by the hexadecimal id at the end of their slug, which outlives the slug itself."""

from __future__ import annotations

import re
from urllib.parse import quote

from litdb.model import Claim, Identifier, Identity
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

PLATFORM = ("help.medium.com", "link.medium.com", "api.medium.com", "cdn-images-1.medium.com")
"""Subdomains that have no stories under their own address."""

NO_STORIES = frozenset("archive feed list m me new-story search series tag tagged topic topics u".split())
"""First or second words of a path that lead to lists and users; some of these have ids of the same shape."""

_ID = re.compile(r"[0-9a-f]{8,12}")
_SLUG = re.compile(r".+-[0-9a-f]{8,12}", re.DOTALL)


class Medium(UrlsOnly):
    """Stories on medium.com and its subdomains; custom domains cannot be told from their address."""

    name = "medium"

    def identify(self, url: Url) -> Identity | None:
        """What a story's URL means; profiles, tags and lists are no works.

        >>> from litdb.text.urls import read_url
        >>> found = MEDIUM.identify(read_url("https://medium.com/@deepmind/reward-modeling-bf4ab06dfd84?source=x"))
        >>> str(found.identifier), found.url
        ('medium:bf4ab06dfd84', 'https://medium.com/@deepmind/reward-modeling-bf4ab06dfd84')
        """
        if not url.on("medium.com", ".medium.com") or url.on(*PLATFORM) or NO_STORIES.intersection(url.segments[:2]):
            return None
        host = "medium.com" if url.on("medium.com") else url.host
        story = _story(url.segments if host == "medium.com" else ("", *url.segments))
        if not story:
            return None
        path = "/".join(quote(segment, safe="@") for segment in url.segments)
        claims = (Claim("type", "post-weblog", "url"),)
        return Identity(Identifier("medium", story), f"https://{host}/{path}", locator(url), claims)


def _story(path: tuple[str, ...]) -> str:
    """The id in a path that begins with its owner (a user, a publication, nobody on a subdomain), or empty."""
    match path:
        case (*_, owner, story) if _ID.fullmatch(story) and (owner == "p" or owner.startswith("@")):
            return story
        case (_, *_, slug) if _SLUG.fullmatch(slug):
            return slug.rpartition("-")[2]
    return ""


MEDIUM = Medium()
