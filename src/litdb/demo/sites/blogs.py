"""Blogs: Ghost, Substack, Medium, Jekyll, WordPress and pages written by hand, each with the flaws of its kind."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

from litdb.demo.faults import FAULTS
from litdb.demo.sites.markup import canonical, document
from litdb.demo.wire import Call, Part, Reply, at, data, page, robots, text


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
    return document(article.title, tags, [posting], canonical(article.url), _article_body(article))


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
    return document(title, tags, [posting], canonical(article.url), _article_body(article))


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
        "date_gmt": _utc(article.published)[:19],
        "modified_gmt": _utc(article.modified or article.published)[:19],
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
            "datePublished": _utc(article.published),
            "dateModified": _utc(article.modified or article.published),
            "mainEntityOfPage": {"@id": article.url},
        },
        {"@type": "Person", "@id": person, "name": article.authors[0]},
    ]
    tags = {
        "generator": "WordPress 6.5",
        "og:title": f"{article.title} | {article.site}",
        "og:site_name": article.site,
        "article:published_time": _utc(article.published),
    }
    linked = [{"@context": "https://schema.org", "@graph": graph}]
    root = f"{_origin(article.url)}/wp-json/"
    link = f'<link rel="https://api.w.org/" href="{root}">'
    link += f'<link rel="alternate" title="JSON" type="application/json" href="{root}wp/v2/posts/{number}">'
    return document(f"{article.title} | {article.site}", tags, linked, link + canonical(article.url))


def challenged() -> Sequence[Part]:
    """A site that shows machines nothing but a challenge: Medium, for one."""
    return (lambda call: FAULTS["cloudflare"](call, Reply()),)


def medium(article: Article, account: str) -> str:
    """A page as Medium writes it: the author is an account, who wrote it stands in the text."""
    posting = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "url": article.url,
        "headline": article.title,
        "name": f"{article.title} - {account} - Medium",
        "datePublished": article.published,
        "dateModified": article.modified or article.published,
        "author": {"@type": "Person", "name": account},
        "publisher": {"@type": "Organization", "name": "Medium"},
    }
    app = f"medium://p/{slug(article).rpartition('-')[2]}"
    tags = {"og:site_name": "Medium", "og:title": article.title, "author": account, "al:ios:url": app}
    body = f"<article><h1>{escape(article.title)}</h1><p>By {' and '.join(article.authors)}</p></article>"
    return document(f"{article.title} | by {account} | Medium", tags, [posting], canonical(article.url), body)


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A publication on Substack: its host, its name, who writes it, its posts (newest first)."""

    host: str
    name: str
    author: str
    posts: tuple[Article, ...] = ()
    subdomain: str = ""
    number: int = 1


def substack(letter: Newsletter) -> Sequence[Part]:
    """A publication's pages and the unwritten interface that its own pages use."""
    posts = [_substack_post(letter, article) for article in letter.posts]
    hosted = zip(letter.posts, posts, strict=True)
    pages: Mapping[str, Reply] = {
        **{article.path: page(_substack_page(letter, article, post)) for article, post in hosted},
        **{f"/api/v1/posts/{post['slug']}": data(post) for post in posts},
        "/": page(_substack_home(letter)),
        "/feed": text(feed(letter.name, f"https://{letter.host}/", letter.posts), kind="application/xml"),
    }
    return (at(pages), _archive(posts), robots("User-agent: *\nDisallow: /action/\nDisallow: /publish\n"))


def _archive(posts: Sequence[Mapping[str, Any]]) -> Part:
    def part(call: Call) -> Reply | None:
        if call.path != "/api/v1/archive":
            return None
        start = int(call.get("offset", "0"))
        words = call.get("search").lower().split()
        found = [post for post in posts if all(word in post["title"].lower() for word in words)]
        return data(found[start : start + int(call.get("limit", "12"))])

    return part


def _substack_post(letter: Newsletter, article: Article) -> dict[str, Any]:
    primary = {
        "is_primary": True,
        "publication_id": letter.number,
        "publication": _publication(letter),
    }
    bylines = [
        {"id": number, "name": name, "handle": name.lower().replace(" ", ""), "publicationUsers": [primary]}
        for number, name in enumerate(article.authors, 1)
    ]
    return {
        "id": 1000 + letter.posts.index(article),
        "publication_id": letter.number,
        "slug": slug(article),
        "title": article.title,
        "subtitle": "",
        "type": "newsletter",
        "audience": "everyone",
        "post_date": _utc(article.published),
        "updated_at": _utc(article.modified or article.published),
        "canonical_url": article.url,
        "wordcount": len(article.words.split()),
        "body_html": f"<p>{escape(article.words)}</p>",
        "publishedBylines": bylines,
    }


def _publication(letter: Newsletter) -> dict[str, Any]:
    own = "" if letter.host.endswith(".substack.com") else letter.host
    return {
        "id": letter.number,
        "name": letter.name,
        "subdomain": _subdomain(letter),
        "custom_domain": own or None,
        "author_name": letter.author,
    }


def _substack_page(letter: Newsletter, article: Article, post: Mapping[str, Any]) -> str:
    """`datePublished` keeps the writer's offset, where the interface gives UTC."""
    posting = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": article.url,
        "mainEntityOfPage": article.url,
        "headline": article.title,
        "datePublished": article.published,
        "dateModified": article.modified or article.published,
        "isAccessibleForFree": True,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "Organization", "name": letter.name, "url": f"https://{letter.host}"},
    }
    tags = {"og:title": article.title, "og:type": "article", "og:url": article.url, "author": article.authors[0]}
    title = f"{article.title} - by {article.authors[0]} - {letter.name}"
    head = _substack_head({"pub": _publication(letter), "post": post}) + canonical(article.url)
    return document(title, tags, [posting], head, _article_body(article))


def _substack_home(letter: Newsletter) -> str:
    tags = {"og:title": f"{letter.name} | {letter.author} | Substack", "og:type": "website", "author": letter.author}
    posts = "".join(f'<a href="{a.url}">{escape(a.title)}</a><time>{a.published[:10]}</time>' for a in letter.posts)
    return document(
        f"{letter.name} | {letter.author} | Substack", tags, (), _substack_head({"pub": _publication(letter)}), posts
    )


def _substack_head(preloads: Mapping[str, Any]) -> str:
    """The page's own data: JSON inside a string of JSON."""
    return (
        '<script src="https://substackcdn.com/bundle/assets/entry.js"></script>'
        f"<script>window._preloads = JSON.parse({json.dumps(json.dumps(preloads))})</script>"
    )


def by_number(*letters: Newsletter, comments: Mapping[str, Mapping[str, Any]] | None = None) -> Sequence[Part]:
    """substack.com itself: posts by their number, and comments and notes by theirs."""
    posts = {
        f"/api/v1/posts/by-id/{post['id']}": data({"post": post, "publication": _publication(letter)})
        for letter in letters
        for post in (_substack_post(letter, article) for article in letter.posts)
    }
    said = {
        f"/api/v1/reader/comment/{number}": data({"item": {"comment": one}}) for number, one in (comments or {}).items()
    }
    return (at({**posts, **said}),)


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


def _article_body(article: Article) -> str:
    return f"<article><h1>{escape(article.title)}</h1><p>{escape(article.words)}</p></article>"


def _origin(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


def _subdomain(letter: Newsletter) -> str:
    return letter.subdomain or letter.host.partition(".")[0]


def instant(iso: str) -> datetime:
    """The moment that ISO 8601 text says."""
    return datetime.fromisoformat(iso.replace("Z", "+00:00"))


def _utc(iso: str) -> str:
    return instant(iso).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
