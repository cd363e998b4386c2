"""Substack: publications with their pages and the unwritten interface, and substack.com itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from litdb.demo.sites.blogs import Article, article_body, feed, slug, utc
from litdb.demo.sites.markup import canonical, document
from litdb.demo.wire import Call, Part, Reply, at, data, page, robots, text


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
        "post_date": utc(article.published),
        "updated_at": utc(article.modified or article.published),
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
    return document(title, tags, [posting], head, article_body(article))


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


def _subdomain(letter: Newsletter) -> str:
    return letter.subdomain or letter.host.partition(".")[0]
