"""Twitter, now X: the number of a tweet is its identity and, since 2010-11-04, its exact time.

Its words and its author's name come from the embedding service, which is documented and asks for no login
(docs.x.com/x-for-websites/oembed-api). Without it a tweet is still cited by handle and time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone

from litdb.errors import InvalidUrl
from litdb.model import (
    Answer,
    Claim,
    Identifier,
    Identity,
    Name,
    Outcome,
    Policy,
    Reading,
    Record,
    Request,
    Rung,
    Target,
)
from litdb.sources.objects import Object, text
from litdb.sources.oembed import oembed_url, read_embedding
from litdb.sources.protocol import Source
from litdb.text.dates import date_claim, read_written
from litdb.text.names import authors_claim, read_name
from litdb.text.urls import Url, read_url

HOSTS = (
    "twitter.com mobile.twitter.com x.com mobile.x.com fxtwitter.com .fxtwitter.com vxtwitter.com .vxtwitter.com "
    "fixupx.com fixvx.com twittpr.com xcancel.com threadreaderapp.com twitter-thread.com twstalker.com unrollthread.com"
).split()
"""The site under its two names, and the mirrors that people share. `nitter.…` is matched by its first label."""

FIRST_SNOWFLAKE = 30_000_000_000
"""Ids below were counted one by one and tell no time."""

EPOCH = 1_288_834_974_657
"""Where the milliseconds of a snowflake begin: 2010-11-04T01:42:54.657Z."""

ENDPOINT = "https://publish.x.com/oembed"

REFUSALS: Mapping[int, tuple[Outcome, str]] = {
    403: ("forbidden", "the account is protected or suspended, or its owner is not to be embedded (403)"),
    404: ("gone", "the tweet was deleted, or its account is gone (404)"),
}
"""What an error of the embedding service says about the tweet."""

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,20}")
_LAST_LINKS = re.compile(r"(?:(?:^|\s+)(?:https?://t\.co/\w+|pic\.(?:twitter|x)\.com/\w+))+\Z", re.ASCII)
"""Links to the tweet's own pictures, or shortened beyond telling."""
_NO_LANGUAGE = re.compile(r"und|zxx|q[a-z]{2}")
"""What the site writes where a tweet is in no language."""
_STATUS = re.compile(r"[1-9][0-9]{0,18}")


class Twitter(Source):
    """Tweets by their status id, whatever the host and whoever the path says wrote it."""

    name = "twitter"
    policies: Sequence[Policy] = (
        Policy(("publish.x.com", "publish.twitter.com"), "publish.x.com", interval=2.0, fresh_days=3650, robots=False),
    )
    refusals = REFUSALS

    def identify(self, url: Url) -> Identity | None:
        """What a tweet's URL means, with its author's handle and its time; profiles and searches are no works.

        >>> from litdb.text.urls import read_url
        >>> found = TWITTER.identify(read_url("https://mobile.twitter.com/goodside/status/1598890043975774208?s=20"))
        >>> str(found.identifier), found.url
        ('tweet:1598890043975774208', 'https://twitter.com/goodside/status/1598890043975774208')
        >>> [claim.value for claim in found.claims if claim.field == "date"]
        ['2022-12-03T04:01:07Z']
        """
        if not url.on(*HOSTS) and not url.host.startswith("nitter."):
            return None
        handle, status, view = _read(url)
        if not _STATUS.fullmatch(status):
            return None
        claims = [Claim("type", "tweet", "url"), Claim("container", "Twitter", "url")]
        if handle:
            claims.append(Claim("authors", [Name(literal=f"@{handle}").as_json()], "url:handle"))
        if int(status) >= FIRST_SNOWFLAKE:
            claims.append(Claim("date", posted(int(status)), "url:snowflake", "posted", "second"))
        site = "twitter.com" if url.on("twitter.com", "mobile.twitter.com") else "x.com"
        address = f"https://{site}/{handle or 'i/web'}/status/{status}"
        return Identity(Identifier("tweet", status), address, view, tuple(claims))

    def rung(self, identifier: Identifier) -> Rung | None:
        """The embedding service, for tweets."""
        return Rung.API if identifier.scheme == "tweet" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for each tweet: the service takes no lists."""
        for target in wanted:
            address = f"https://x.com/{_handle_of(target)}/status/{target.identifier.value}"
            yield Request(self.name, oembed_url(ENDPOINT, address, omit_script="1", dnt="true"), (target,))

    def read(self, answer: Answer) -> Reading:
        """The author's name and the words of the tweet; a tweet has no title, so they stand as its abstract."""
        identifier = answer.request.asked[0].identifier
        if answer.status in REFUSALS:
            return Reading(outcomes={identifier: REFUSALS[answer.status]})
        embedding, refusal = read_embedding(answer)
        if refusal:
            return Reading(outcomes={identifier: refusal})
        if _status_of(text(embedding, "url")) != identifier.value:
            return Reading(outcomes={identifier: ("unsupported", "the embedding service answers with another tweet")})
        claims = tuple(_claims(embedding, identifier))
        ending: tuple[Outcome, str] = ("ok", "") if claims else ("partial", "the embedding has no name and no words")
        return Reading((Record(self.name, identifier, claims, at=answer.at),), {identifier: ending})


def posted(status: int) -> str:
    """The second at which a status id was given out, as ISO text in UTC.

    >>> posted(1603862969276051457)
    '2022-12-16T21:21:44Z'
    """
    seconds = ((status >> 22) + EPOCH) // 1000
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(url: Url) -> tuple[str, str, str]:
    """The handle, the status id and the photo or video pointed at, each empty where the path does not say it."""
    route = url.fragment.removeprefix("!/").split("/") if url.fragment.startswith("!/") else url.segments
    match tuple(route):
        case ("i", "web", "status", status, *view) | ("i", "status", status, *view) | ("statuses", status, *view):
            return "", status, _view(view)
        case ("t", status) if url.on("twitter-thread.com", "unrollthread.com"):
            return "", status, ""
        case ("thread", status) if url.on("threadreaderapp.com"):
            return "", status.removesuffix(".html"), ""
        case (handle, "status" | "statuses", status, *view) if _HANDLE.fullmatch(handle):
            return handle, status, _view(view)
    return "", "", ""


def _view(path: list[str]) -> str:
    match path:
        case ("photo" | "video" as medium, number) if _STATUS.fullmatch(number):
            return f"{medium}/{number}"
    return ""


def _handle_of(target: Target) -> str:
    """The handle that the notes' addresses name; the service finds a tweet by its number under any."""
    handles = (_read(read_url(url))[0] for url in target.urls)
    return next((handle for handle in handles if handle), "i")


def _status_of(address: str) -> str:
    try:
        return _read(read_url(address))[1]
    except InvalidUrl:
        return ""


def _claims(embedding: Object, identifier: Identifier) -> Iterator[Claim]:
    """Name, words and language. The day that is shown only counts where the number tells no time."""
    from bs4 import BeautifulSoup

    name = read_name(text(embedding, "author_name"))
    if name.display:
        yield authors_claim([name], "oembed:author_name")
    html = text(embedding, "html")
    quote = BeautifulSoup(html, "lxml").blockquote if "<" in html else None
    paragraph = quote.p if quote else None
    if quote is None or paragraph is None:
        return
    for broken in paragraph.find_all("br"):
        broken.replace_with(" ")
    if words := _LAST_LINKS.sub("", " ".join(paragraph.get_text().split())):
        yield Claim("abstract", words, "oembed:html")
    language = str(paragraph.get("lang") or "")
    if language and not _NO_LANGUAGE.match(language):
        yield Claim("language", language, "oembed:html")
    shown = [link.get_text() for link in quote.find_all("a", recursive=False)]
    day = read_written(shown[-1]) if shown and int(identifier.value) < FIRST_SNOWFLAKE else None
    if day:
        yield date_claim(day, "posted", "oembed:html")


TWITTER = Twitter()
