"""YouTube: videos by their id, with the second that a link points at."""

from __future__ import annotations

import re

from litdb.model import Claim, Identifier, Identity
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

HOSTS = "youtube.com music.youtube.com gaming.youtube.com youtube-nocookie.com yewtu.be piped.video".split()
"""The site, its variants, and the mirrors that people share."""

NO_VIDEOS = frozenset({"videoseries", "live_stream"})
"""What stands in the place of an id, as long as one, where a player shows a playlist or a channel."""

_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_TIME = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s?)?", re.ASCII)


class Youtube(UrlsOnly):
    """Videos, shorts and streams; playlists, channels and clips are no works."""

    name = "youtube"

    def identify(self, url: Url) -> Identity | None:
        """What a video's URL means.

        >>> from litdb.text.urls import read_url
        >>> found = YOUTUBE.identify(read_url("https://youtu.be/zkbPdEHEyEI?si=abc&t=1m2s"))
        >>> str(found.identifier), found.url, found.locator
        ('youtube:zkbPdEHEyEI', 'https://www.youtube.com/watch?v=zkbPdEHEyEI', 't=62')
        >>> YOUTUBE.identify(read_url("https://www.youtube.com/@RobertMilesAI"))
        """
        video = _video(url)
        if not _ID.fullmatch(video) or video in NO_VIDEOS:
            return None
        claims = (Claim("type", "motion_picture", "url"), Claim("container", "YouTube", "url"))
        address = f"https://www.youtube.com/watch?v={video}"
        return Identity(Identifier("youtube", video), address, _offset(url), claims)


def _video(url: Url) -> str:
    match (url.on("youtu.be"), url.on(*HOSTS), url.segments):
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
