"""YouTube: videos by their id, with the second that a link points at; and its channels.

Title and channel come from the embedding service; the day stands only on the watch page (`youtube_page`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from litdb.model import Answer, Claim, Identifier, Identity, Outcome, Policy, Reading, Record, Request, Rung, Target
from litdb.pages.bylines import organisation
from litdb.sources.objects import text
from litdb.sources.oembed import oembed_url, read_embedding
from litdb.sources.protocol import Source
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title
from litdb.text.urls import Url

HOSTS = "youtube.com music.youtube.com gaming.youtube.com youtube-nocookie.com yewtu.be piped.video".split()
"""The site, its variants, and the mirrors that people share."""

MIRRORS = ("invidious.", "inv.", "piped.")
"""How the hosts of further mirrors begin: programs that anybody may run."""

NO_VIDEOS = frozenset({"videoseries", "live_stream"})
"""What stands in the place of an id, as long as one, where a player shows a playlist or a channel."""

ENDPOINT = "https://www.youtube.com/oembed"

REFUSALS: Mapping[int, tuple[Outcome, str]] = {
    400: ("not-found", "YouTube knows no such video (400)"),
    401: ("forbidden", "the video is not to be embedded (401)"),
    403: ("forbidden", "the video is private, or not to be embedded (403)"),
    404: ("not-found", "YouTube has no such video (404)"),
}
"""What an error of the embedding service says about the video."""

_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_TIME = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s?)?", re.ASCII)
_HANDLE = re.compile(r"@[^\s/?#]{1,60}")


class Youtube(Source):
    """Videos, shorts and streams; a channel is a website, playlists and clips are pages."""

    name = "youtube"
    policies: Sequence[Policy] = (Policy(("youtube.com", "youtu.be"), "youtube", interval=5.0, fresh_days=90),)
    refusals = REFUSALS

    def identify(self, url: Url) -> Identity | None:
        """What a video's or a channel's URL means.

        >>> from litdb.text.urls import read_url
        >>> found = YOUTUBE.identify(read_url("https://youtu.be/zkbPdEHEyEI?si=abc&t=1m2s"))
        >>> str(found.identifier), found.url, found.locator
        ('youtube:zkbPdEHEyEI', 'https://www.youtube.com/watch?v=zkbPdEHEyEI', 't=62')
        >>> found = YOUTUBE.identify(read_url("https://m.youtube.com/@RobertMilesAI/videos"))
        >>> str(found.identifier), found.claims[0].value
        ('url:https://youtube.com/%40RobertMilesAI', 'website')
        """
        video = _video(url)
        if not _ID.fullmatch(video) or video in NO_VIDEOS:
            return _channel(url)
        claims = (Claim("type", "motion_picture", "url"), Claim("container", "YouTube", "url"))
        return Identity(Identifier("youtube", video), watch_url(video), _offset(url), claims)

    def rung(self, identifier: Identifier) -> Rung | None:
        """The embedding service, for videos."""
        return Rung.API if identifier.scheme == "youtube" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for each video: the service takes no lists."""
        for target in wanted:
            url = oembed_url(ENDPOINT, watch_url(target.identifier.value), format="json")
            yield Request(self.name, url, (target,))

    def read(self, answer: Answer) -> Reading:
        """Title and channel. The day is missing, so this alone is `partial`."""
        identifier = answer.request.asked[0].identifier
        if answer.status in REFUSALS:
            return Reading(outcomes={identifier: REFUSALS[answer.status]})
        embedding, refusal = read_embedding(answer)
        if refusal:
            return Reading(outcomes={identifier: refusal})
        title, channel = clean_title(text(embedding, "title")), organisation(text(embedding, "author_name"))
        claims = [Claim("title", title, "oembed:title")] if title else []
        claims += [authors_claim(channel, "oembed:author_name")] if channel else []
        ending: tuple[Outcome, str] = ("partial", "the day of a video stands only on its page")
        return Reading((Record(self.name, identifier, tuple(claims), at=answer.at),), {identifier: ending})


def watch_url(video: str) -> str:
    """The address of a video's page."""
    return f"https://www.youtube.com/watch?v={video}"


def _channel(url: Url) -> Identity | None:
    """A channel as a website of its own, whichever of its tabs is shown."""
    match (url.on("youtube.com"), url.segments):
        case (True, (handle, *_)) if _HANDLE.fullmatch(handle):
            path = handle
        case (True, ("channel" | "c" | "user" as kind, name, *_)):
            path = f"{kind}/{name}"
        case _:
            return None
    claims = (Claim("type", "website", "url"), Claim("container", "YouTube", "url"))
    named = Identifier("url", f"https://youtube.com/{quote(path)}")
    return Identity(named, f"https://www.youtube.com/{quote(path, safe='/@')}", "", claims)


def _video(url: Url) -> str:
    match (url.on("youtu.be"), url.on(*HOSTS) or url.host.startswith(MIRRORS), url.segments):
        case (True, _, (video, *_)):
            return video
        case (_, True, ("watch",) | ()):
            return url.get("v")
        case (_, True, ("embed" | "e" | "v" | "shorts" | "live" | "watch", video, *_)):
            return video
    return ""


def _offset(url: Url) -> str:
    fragment = url.fragment.removeprefix("t=") if url.fragment.startswith("t=") else ""
    written = url.get("t") or url.get("start") or url.get("time_continue") or fragment
    found = _TIME.fullmatch(written)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    total = hours * 3600 + minutes * 60 + seconds
    return f"t={total}" if total else ""


YOUTUBE = Youtube()
