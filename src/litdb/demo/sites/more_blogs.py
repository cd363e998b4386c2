"""Blogs that tell machines little: Medium's feeds, Blogger in a foreign language, Distill before it is rendered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit

from litdb.demo.sites.blogs import Article, challenged, instant, slug
from litdb.demo.sites.markup import document
from litdb.demo.wire import Part, at, page, text


def medium_feed(account: str, *stories: Article) -> Sequence[Part]:
    """Medium as machines know it: the feed of an account's newest stories, and challenges for everything else."""
    items = "".join(_story(account, story) for story in stories[:10])
    feed = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{items}</channel></rss>'
    )
    origin = urlsplit(stories[0].url)
    path = "/feed" if origin.netloc != "medium.com" else f"/feed{origin.path.rpartition('/')[0]}"
    return (at({path: text(feed, kind="text/xml")}), *challenged())


def _story(account: str, story: Article) -> str:
    words = f"<p>By {' and '.join(story.authors)}</p><p>{story.words}</p>"
    return (
        f"<item><title><![CDATA[{story.title}]]></title>"
        f"<guid isPermaLink='false'>https://medium.com/p/{slug(story).rpartition('-')[2]}</guid>"
        f"<dc:creator><![CDATA[{account}]]></dc:creator>"
        f"<pubDate>{format_datetime(instant(story.published), usegmt=True)}</pubDate>"
        f"<content:encoded><![CDATA[{words}]]></content:encoded></item>"
    )


def blogger(article: Article, header: str) -> Sequence[Part]:
    """A blog by Blogger in a theme whose only date is the header of the day, in the blog's own language."""
    tags = {"generator": "blogger", "og:title": article.title}
    body = (
        f"<h2 class='date-header'><span>{header}</span></h2><div class='post'>"
        f"<h3 class='post-title entry-title'>{escape(article.title)}</h3>"
        f"<span class='post-author vcard'><span class='fn'>{escape(article.authors[0])}</span></span>"
        f"<div class='post-body'>{article.words}</div></div>"
    )
    return (at({article.path: page(document(f"{article.site}: {article.title}", tags, body=body))}),)


def distill(article: Article) -> Sequence[Part]:
    """An article with Distill's template, as it is before a browser renders it."""
    authors = [{"author": name} for name in article.authors]
    matter = {"title": article.title, "published": article.published[:10], "authors": authors}
    body = (
        f"<d-front-matter><script type='text/json'>{json.dumps(matter)}</script></d-front-matter>"
        f"<d-title><h1>{escape(article.title)}</h1></d-title><d-byline></d-byline>"
        f"<d-article><p>{article.words}</p></d-article>"
    )
    return (at({article.path: page(document(article.title, body=body))}),)
