"""Medium: stories by the hexadecimal id at the end of their slug, which outlives the slug itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import quote

from litdb.errors import InvalidUrl
from litdb.model import Answer, Claim, Identifier, Identity, Outcome, Policy, Reading, Record, Request, Rung, Target
from litdb.sources.locators import locator
from litdb.sources.protocol import Source
from litdb.text.urls import Url, read_url

PLATFORM = ("help.medium.com", "link.medium.com", "api.medium.com", "cdn-images-1.medium.com")
"""Subdomains that have no stories under their own address."""

FRONT_ENDS = ("scribe.rip", "readmedium.com")
"""Sites that show any story of Medium, by its id; and `scribe.…`, a program that anybody may run."""

NO_STORIES = frozenset("archive feed list m me new-story search series tag tagged topic topics u".split())
"""First or second words of a path that lead to lists and users; some of these have ids of the same shape."""

_NOT_THERE: tuple[Outcome, str] = ("partial", "Medium's feed has only the newest stories, and this is none of them.")
_NO_FEED: tuple[Outcome, str] = ("unreachable", "Medium did not answer with a feed.")
_ID = re.compile(r"[0-9a-f]{8,12}")
_SLUG = re.compile(r".+-[0-9a-f]{8,12}", re.DOTALL)
_APP = re.compile(rb"""\bcontent=["']medium:/{1,2}p/([0-9a-f]{8,12})\b""")


class Medium(Source):
    """Stories of Medium: an account's newest from its feed, others from their page, also on a domain of their own.

    The stories' pages mostly ask for a browser; `?format=json` is private, and Medium's terms forbid its use.
    """

    name = "medium"
    knows_all = False
    policies: Sequence[Policy] = (Policy(("medium.com", ".medium.com"), "medium", interval=3.0),)

    def identify(self, url: Url) -> Identity | None:
        """What a story's URL means; profiles, tags and lists are no works.

        >>> found = MEDIUM.identify(read_url("https://medium.com/@deepmind/reward-modeling-bf4ab06dfd84?source=x"))
        >>> str(found.identifier), found.url
        ('medium:bf4ab06dfd84', 'https://medium.com/@deepmind/reward-modeling-bf4ab06dfd84')
        """
        if url.on(*FRONT_ENDS) or url.host.startswith("scribe."):
            story = _story(("", *url.segments))
            return _identity(story, f"https://medium.com/p/{story}", url) if story else None
        if not url.on("medium.com", ".medium.com") or url.on(*PLATFORM) or NO_STORIES.intersection(url.segments[:2]):
            return None
        host = "medium.com" if url.on("medium.com") else url.host
        story = _story(url.segments if host == "medium.com" else ("", *url.segments))
        if not story:
            return None
        path = "/".join(quote(segment, safe="@") for segment in url.segments)
        return _identity(story, f"https://{host}/{path}", url)

    def rung(self, identifier: Identifier) -> Rung | None:
        """The feed, which answers where the story's page does not."""
        return Rung.FEED if identifier.scheme == "medium" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One feed for all stories of an account; a story of which nobody knows the account by its number."""
        feeds: dict[str, list[Target]] = defaultdict(list)
        for target in wanted:
            if feed := next(filter(None, map(_feed, target.urls)), ""):
                feeds[feed].append(target)
            else:
                yield Request(self.name, f"https://medium.com/p/{target.identifier.value}", (target,), "story")
        for feed, targets in feeds.items():
            yield Request(self.name, feed, tuple(targets), "feed")

    def read(self, answer: Answer) -> Reading:
        """The stories asked for that a feed still has; of a page what the generic reader cannot know."""
        match answer.request.step:
            case "story":
                return Reading(page=replace(answer, request=replace(answer.request, source="page", step="ask")))
            case "feed":
                return _read_feed(answer)
        return _read_page(answer)

    def owns(self, page: Answer) -> bool:
        """Whether a page opens in Medium's app."""
        return b"medium:/" in page.body and bool(_APP.search(page.body))


MEDIUM = Medium()


def _read_feed(answer: Answer) -> Reading:
    from litdb.sources.medium_reading import feed_records

    asked = answer.request.identifiers
    records = feed_records(answer)
    told = {record.identifier for record in records}
    missing = _NOT_THERE if b"<rss" in answer.body[:1000] else _NO_FEED
    return Reading(records, {each: ("ok", "") if each in told else missing for each in asked})


def _read_page(page: Answer) -> Reading:
    """What only Medium's own page tells, and the story's id, which then need not be asked about."""
    from litdb.sources.medium_reading import own_claims

    asked = page.request.asked[0].identifier
    found = _APP.search(page.body)
    same = tuple(each for each in [Identifier("medium", found[1].decode())] if each != asked) if found else ()
    ok: tuple[Outcome, str] = ("ok", "")
    return Reading((Record("medium", asked, tuple(own_claims(page)), same=same),), dict.fromkeys(same, ok))


def _identity(story: str, address: str, url: Url) -> Identity:
    return Identity(Identifier("medium", story), address, locator(url), (Claim("type", "post-weblog", "url"),))


def _story(path: tuple[str, ...]) -> str:
    """The id in a path that begins with its owner (a user, a publication, nobody on a subdomain), or empty."""
    match path:
        case (*_, owner, story) if _ID.fullmatch(story) and (owner == "p" or owner.startswith("@")):
            return story
        case (_, *_, slug) if _SLUG.fullmatch(slug):
            return slug.rpartition("-")[2]
    return ""


def _feed(address: str) -> str:
    """The feed in which the story of a URL stood when it was new; empty where the URL names no owner.

    >>> _feed("https://medium.com/@ann/tea-bf4ab06dfd84"), _feed("https://tea-weekly.medium.com/tea-bf4ab06dfd84")
    ('https://medium.com/feed/@ann', 'https://tea-weekly.medium.com/feed')
    >>> _feed("https://medium.com/p/bf4ab06dfd84")
    ''
    """
    try:
        url = read_url(address)
    except InvalidUrl:
        return ""
    if url.on(".medium.com") and not url.on("medium.com", *PLATFORM):
        return f"https://{url.host}/feed"
    named = url.on("medium.com") and len(url.segments) > 1 and url.segments[0] != "p"
    return f"https://medium.com/feed/{quote(url.segments[0], safe='@')}" if named else ""
