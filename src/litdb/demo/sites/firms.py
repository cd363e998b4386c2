"""The pages of firms: OpenAI moves and refuses, DeepMind moves and drops its dates, Anthropic glues its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from urllib.parse import urlsplit

from litdb.demo.faults import FAULTS
from litdb.demo.sites.blogs import Article, feed
from litdb.demo.sites.markup import canonical, document
from litdb.demo.wire import Call, Part, Reply, at, moved, page, robots, text


def openai(*articles: Article) -> dict[str, Sequence[Part]]:
    """`/blog/` and `/research/` lead to `/index/`, whose pages are behind a challenge; the feed is open."""
    news = text(feed("OpenAI News", "https://openai.com/news", articles), kind="text/xml")

    def moves(call: Call) -> Reply | None:
        first, _, slug = call.path.strip("/").partition("/")
        return moved(f"https://openai.com/index/{slug}/") if first in ("blog", "research") and slug else None

    def wall(call: Call) -> Reply | None:
        return FAULTS["cloudflare"](call, Reply()) if call.path.startswith("/index/") else None

    return {"openai.com": (at({"/news/rss.xml": news}), robots("User-agent: *\nAllow: /\n"), moves, wall)}


def deepmind(*articles: Article) -> dict[str, Sequence[Part]]:
    """Two addresses of old lead to the one of today, whose page names people and gives no date; the feed has others."""
    news = text(feed("Google DeepMind", "https://deepmind.google/blog/", ()), kind="application/rss+xml")
    pages = at({article.path: page(_undated(article)) for article in articles} | {"/blog/rss.xml": news})
    names = {urlsplit(article.url).path.strip("/").rpartition("/")[2] for article in articles}

    def to(prefix: str, then: str) -> Part:
        def part(call: Call) -> Reply | None:
            slug = call.path.strip("/").rpartition("/")[2]
            return moved(f"{then}{slug}/") if call.path.startswith(prefix) and slug in names else None

        return part

    old = (to("/blog/", "https://deepmind.google/discover/blog/"),)
    return {
        "deepmind.com": old,
        "www.deepmind.com": old,
        "deepmind.google": (pages, to("/discover/blog/", "https://deepmind.google/blog/")),
    }


def anthropic(*articles: Article) -> dict[str, Sequence[Part]]:
    """Pages whose day is glued to a category, among cards of other posts with days that machines can read."""
    return {"www.anthropic.com": (at({article.path: page(_glued(article)) for article in articles}),)}


def _glued(article: Article) -> str:
    day = date.fromisoformat(article.published[:10])
    line = f"Announcements{day:%b} {day.day}, {day.year}●3 min read"
    card = '<a href="/news/another"><h3>Another post</h3><time datetime="2009-09-09">Sep 9, 2009</time></a>'
    body = f"<main><article><div><h1>{escape(article.title)}</h1></div><div>{line}</div></article>{card}</main>"
    return document(f"{article.title} \\ {article.site}", {"og:title": article.title}, (), canonical(article.url), body)


def _undated(article: Article) -> str:
    people = "".join(f"<li>{escape(name)}</li>" for name in article.authors)
    tags = {"og:title": article.title, "og:site_name": article.site, "og:type": "article", "og:url": article.url}
    body = f"<main><h1>{escape(article.title)}</h1><dl><dt>Published</dt><dt>Authors</dt></dl><ul>{people}</ul></main>"
    return document(f"{article.title} — {article.site}", tags, (), canonical(article.url), body)
