"""Blogs: Ghost, Jekyll, WordPress, Blogger, Distill and pages written by hand, each with the flaws of its kind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

from litdb.demo.faults import FAULTS
from litdb.demo.sites.markup import canonical, document
from litdb.demo.wire import Call, Part, Reply, at, data, page


@dataclass(frozen=True, slots=True)
class Article:
    """A post on a blog. `published` and `modified` are ISO 8601; `site` is the blog's name."""

    url: str
    title: str
    authors: tuple[str, ...]
    published: str
    site: str
    modified: str = ""
    words: str = "The text of the post stands here on the real site."

    @property
    def path(self) -> str:
        """The path of the post on its host."""
        return urlsplit(self.url).path


def ghost(*articles: Article) -> Sequence[Part]:
    """A blog by Ghost."""
    site, origin = articles[0].site, _origin(articles[0].url)
    website = {"@context": "https://schema.org", "@type": "WebSite", "name": site, "url": f"{origin}/"}
    home = document(site, {"generator": "Ghost 5.87"}, [website], canonical(f"{origin}/"))
    return (at({article.path: page(_ghost_post(article)) for article in articles} | {"/": page(home)}),)


def _ghost_post(article: Article) -> str:
    """Strings are escaped inside the JSON, and authors after the first are called contributors (Ghost's schema.js)."""
    people = [{"@type": "Person", "name": escape(name, quote=True)} for name in article.authors]
    posting = {
        "@context": "https://schema.org",
        "@type": "Article",
        "publisher": {"@type": "Organization", "name": escape(article.site)},
        "author": people[0] if people else None,
        **({"contributor": people[1:]} if people[1:] else {}),
        "headline": escape(article.title),
        "url": article.url,
        "datePublished": article.published,
        "dateModified": article.modified or article.published,
        "mainEntityOfPage": article.url,
    }
    tags = {
        "generator": "Ghost 5.87",
        "og:site_name": article.site,
        "og:type": "article",
        "og:title": article.title,
        "og:url": article.url,
        "article:published_time": article.published,
        "article:modified_time": article.modified or article.published,
        "twitter:label1": "Written by",
        "twitter:data1": ", ".join(article.authors),
    }
    return document(article.title, tags, [posting], canonical(article.url), article_body(article))


def jekyll(*articles: Article) -> Sequence[Part]:
    """A blog by Jekyll with its SEO plug-in."""
    return (at({article.path: page(_jekyll_post(article)) for article in articles}),)


def _jekyll_post(article: Article) -> str:
    posting = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "author": {"@type": "Person", "name": ", ".join(article.authors)},
        "dateModified": article.modified or article.published,
        "datePublished": article.published,
        "headline": article.title,
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
        "url": article.url,
    }
    tags = {
        "generator": "Jekyll v4.3.3",
        "og:title": article.title,
        "author": ", ".join(article.authors),
        "og:site_name": article.site,
        "og:type": "article",
        "article:published_time": article.published,
    }
    title = f"{article.title} | {article.site}"
    return document(title, tags, [posting], canonical(article.url), article_body(article))


def by_hand(*articles: Article) -> Sequence[Part]:
    """Pages without a tag for machines: a title, a heading, a line with name and day."""
    return (at({article.path: page(plain_page(article)) for article in articles}),)


def plain_page(article: Article) -> str:
    """A page written by hand."""
    day = article.published[:10]
    byline = f"By {escape(', '.join(article.authors))}, <time datetime='{day}'>{day}</time>"
    return document(article.title, body=f"<h1>{escape(article.title)}</h1><p>{byline}</p><p>{article.words}</p>")


def wordpress(*articles: Article) -> Sequence[Part]:
    """A blog by WordPress with Yoast's graph, where the author is a reference, and the public interface for posts."""
    entries = {number: _wordpress_entry(number, article) for number, article in enumerate(articles, 1)}
    pages = {article.path: page(_wordpress_post(number, article)) for number, article in enumerate(articles, 1)}
    single = {f"/wp-json/wp/v2/posts/{number}": data(entry) for number, entry in entries.items()}

    def found(call: Call) -> Reply | None:
        wanted = [entry for entry in entries.values() if entry["slug"] == call.get("slug")]
        return data(wanted) if call.path == "/wp-json/wp/v2/posts" else None

    return (at({**pages, **single}), found)


def slug(article: Article) -> str:
    """The last part of a post's path."""
    return article.path.strip("/").rpartition("/")[2]


def _wordpress_entry(number: int, article: Article) -> dict[str, Any]:
    """A post as the interface gives it: `date` is the day that the site's readers saw, in no zone that it tells."""
    return {
        "id": number,
        "slug": slug(article),
        "link": article.url,
        "date": article.published[:19],
        "date_gmt": utc(article.published)[:19],
        "modified_gmt": utc(article.modified or article.published)[:19],
        "type": "post",
        "title": {"rendered": escape(article.title)},
        "_embedded": {"author": [{"name": article.authors[0]}]},
    }


def _wordpress_post(number: int, article: Article) -> str:
    """Yoast writes all times in UTC."""
    person = f"{_origin(article.url)}/#/schema/person/1"
    graph: list[dict[str, Any]] = [
        {"@type": "BreadcrumbList", "itemListElement": []},
        {"@type": "WebSite", "name": article.site, "url": _origin(article.url)},
        {
            "@type": "Article",
            "headline": article.title,
            "author": {"@id": person},
            "datePublished": utc(article.published),
            "dateModified": utc(article.modified or article.published),
            "mainEntityOfPage": {"@id": article.url},
        },
        {"@type": "Person", "@id": person, "name": article.authors[0]},
    ]
    tags = {
        "generator": "WordPress 6.5",
        "og:title": f"{article.title} | {article.site}",
        "og:site_name": article.site,
        "article:published_time": utc(article.published),
    }
    linked = [{"@context": "https://schema.org", "@graph": graph}]
    root = f"{_origin(article.url)}/wp-json/"
    link = f'<link rel="https://api.w.org/" href="{root}">'
    link += f'<link rel="alternate" title="JSON" type="application/json" href="{root}wp/v2/posts/{number}">'
    return document(f"{article.title} | {article.site}", tags, linked, link + canonical(article.url))


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


def challenged() -> Sequence[Part]:
    """A site that shows machines nothing but a challenge: Medium, for one."""
    return (lambda call: FAULTS["cloudflare"](call, Reply()),)


def feed(title: str, link: str, articles: Sequence[Article]) -> str:
    """An RSS 2.0 feed of articles."""
    items = "".join(
        f"<item><title><![CDATA[{article.title}]]></title><link>{article.url}</link><guid>{article.url}</guid>"
        f"<pubDate>{format_datetime(instant(article.published))}</pubDate></item>"
        for article in articles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>{link}</link>{items}</channel></rss>"
    )


def article_body(article: Article) -> str:
    """The heading and the text of a post."""
    return f"<article><h1>{escape(article.title)}</h1><p>{escape(article.words)}</p></article>"


def _origin(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


def instant(iso: str) -> datetime:
    """The moment that ISO 8601 text says."""
    return datetime.fromisoformat(iso.replace("Z", "+00:00"))


def utc(iso: str) -> str:
    """The same moment in UTC, as programs for blogs write it."""
    return instant(iso).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
