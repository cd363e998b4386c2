"""Twitter, now X: the number of a tweet is its identity and, since 2010-11-04, its exact time."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from litdb.model import Claim, Identifier, Identity, Name
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

HOSTS = (
    "twitter.com mobile.twitter.com x.com mobile.x.com fxtwitter.com .fxtwitter.com vxtwitter.com .vxtwitter.com "
    "fixupx.com fixvx.com twittpr.com xcancel.com"
).split()
"""The site under its two names, and the mirrors that people share. `nitter.…` is matched by its first label."""

FIRST_SNOWFLAKE = 30_000_000_000
"""Ids below were counted one by one and tell no time."""

EPOCH = 1_288_834_974_657
"""Where the milliseconds of a snowflake begin: 2010-11-04T01:42:54.657Z."""

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,20}")
_STATUS = re.compile(r"[1-9][0-9]{0,18}")


class Twitter(UrlsOnly):
    """Tweets by their status id, whatever the host and whoever the path says wrote it."""

    name = "twitter"

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
        case (handle, "status" | "statuses", status, *view) if _HANDLE.fullmatch(handle):
            return handle, status, _view(view)
    return "", "", ""


def _view(path: list[str]) -> str:
    match path:
        case ("photo" | "video" as medium, number) if _STATUS.fullmatch(number):
            return f"{medium}/{number}"
    return ""


TWITTER = Twitter()
