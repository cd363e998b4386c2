"""Twitter/X, whose pages are empty shells, and YouTube; both with their oEmbed services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, urlsplit

from litdb.demo.sites.markup import document
from litdb.demo.wire import Call, Part, Reply, data, page, text

_SHELL = document(
    "X",
    body='<noscript><div id="placeholder"></div>JavaScript is not available.</noscript><div id="react-root"></div>',
)


@dataclass(frozen=True, slots=True)
class Tweet:
    """A tweet: `day` is written as the embedding shows it (December 16, 2022).

    `refusal` is the status with which the embedding service answers instead: 404 for a deleted tweet, 403 for one of
    a protected account.
    """

    id: str
    handle: str
    name: str
    words: str
    day: str
    refusal: int = 0


@dataclass(frozen=True, slots=True)
class Video:
    """A video. `published` keeps the offset that the page shows it in; one that is not `embeddable` has only a page."""

    id: str
    title: str
    channel: str
    published: str
    handle: str = "@channel"
    embeddable: bool = True


def twitter(tweets: Iterable[Tweet]) -> dict[str, Sequence[Part]]:
    """The shells at twitter.com and x.com, and the embedding service."""
    known = {tweet.id: tweet for tweet in tweets}

    def embedded(call: Call) -> Reply | None:
        if call.path != "/oembed":
            return None
        tweet = known.get(call.get("url").rstrip("/").rpartition("/")[2].partition("?")[0])
        if tweet and not tweet.refusal:
            return data(_embedding(tweet))
        return data({"error": "Sorry, you cannot see this"}, tweet.refusal if tweet else 404)

    shell: Sequence[Part] = (lambda _call: page(_SHELL),)
    services = dict.fromkeys(("publish.x.com", "publish.twitter.com"), (embedded,))
    return {**dict.fromkeys(("twitter.com", "x.com", "mobile.twitter.com"), shell), **services}


def _embedding(tweet: Tweet) -> Mapping[str, object]:
    url = f"https://x.com/{tweet.handle}/status/{tweet.id}"
    return {
        "url": url,
        "author_name": tweet.name,
        "author_url": f"https://x.com/{tweet.handle}",
        "html": f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{escape(tweet.words)}</p>&mdash; '
        f'{escape(tweet.name)} (@{tweet.handle}) <a href="{url}?ref_src=twsrc%5Etfw">{tweet.day}</a></blockquote>\n',
        "width": 550,
        "height": None,
        "type": "rich",
        "cache_age": "3153600000",
        "provider_name": "Twitter",
        "provider_url": "https://twitter.com",
        "version": "1.0",
    }


def youtube(videos: Iterable[Video]) -> dict[str, Sequence[Part]]:
    """The watch pages, and the embedding service, which gives no date."""
    known = {video.id: video for video in videos}

    def asked(url: str) -> Video | None:
        parts = urlsplit(url)
        return known.get((parse_qs(parts.query).get("v") or [parts.path.rpartition("/")[2]])[0])

    def part(call: Call) -> Reply | None:
        if call.path == "/oembed":
            video = asked(call.get("url"))
            if video and not video.embeddable:
                return text("Unauthorized", 401)
            return data(_video(video)) if video else data("Bad Request", 400)
        video = asked(call.url) if call.path == "/watch" else None
        return page(_watch(video)) if video else None

    return dict.fromkeys(("www.youtube.com", "youtube.com"), (part,))


def _video(video: Video) -> Mapping[str, object]:
    return {
        "title": video.title,
        "author_name": video.channel,
        "author_url": f"https://www.youtube.com/{video.handle}",
        "type": "video",
        "height": 113,
        "width": 200,
        "version": "1.0",
        "provider_name": "YouTube",
        "provider_url": "https://www.youtube.com/",
        "html": f'<iframe src="https://www.youtube.com/embed/{video.id}?feature=oembed"></iframe>',
    }


def _watch(video: Video) -> str:
    """The watch page: microdata in the body, and JSON-LD whose comments carry other dates."""
    thing = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": video.title,
        "uploadDate": video.published,
        "author": video.channel,
        "comment": [{"@type": "Comment", "text": "First!", "dateCreated": "2009-09-09T09:09:09-07:00"}],
    }
    items = {"name": video.title, "datePublished": video.published, "uploadDate": video.published}
    metas = "".join(f'<meta itemprop="{name}" content="{escape(value)}">' for name, value in items.items())
    person = f'<span itemprop="author"><link itemprop="name" content="{escape(video.channel)}"></span>'
    body = f'<div itemscope itemtype="http://schema.org/VideoObject">{metas}{person}</div>'
    tags = {"og:site_name": "YouTube", "og:title": video.title, "og:type": "video.other"}
    return document(f"{video.title} - YouTube", tags, [thing], body=body)
