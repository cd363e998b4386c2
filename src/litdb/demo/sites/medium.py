"""Medium: pages whose author is an account, and feeds, which are all that machines get to see."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit

from litdb.demo.sites.blogs import Article, challenged, instant, slug
from litdb.demo.sites.markup import canonical, document
from litdb.demo.wire import Part, at, text


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
