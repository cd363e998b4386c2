"""ForumMagnum: LessWrong and the Alignment Forum (one database), the EA Forum (another, an older line of the code)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from litdb.demo.sites.forum_facts import SITES, Forum, Post, PostSequence, shown_name
from litdb.demo.sites.forum_graphql import NEW_LINE, OLD_LINE, graphql
from litdb.demo.sites.markup import canonical, document
from litdb.demo.wire import Call, Part, Reply, moved, page, robots, text

ROBOTS = (
    "User-agent: *\nCrawl-Delay: 3\nDisallow: /allPosts\nDisallow: /graphiql\nDisallow: /compare\n"
    "Disallow: /users/*/replies\nDisallow: /*?commentId=*\n"
)


def lesswrong(forum: Forum) -> dict[str, Sequence[Part]]:
    """LessWrong and the Alignment Forum with one database behind them."""
    main, alignment = "www.lesswrong.com", "www.alignmentforum.org"
    return {
        **{host: _parts(forum, host, NEW_LINE) for host in (main, alignment)},
        "lesswrong.com": (_to(main),),
        "alignmentforum.org": (_to(alignment),),
    }


def ea_forum(forum: Forum) -> dict[str, Sequence[Part]]:
    """The EA Forum, and the host that it keeps for bots; only the older `input:` form is answered."""
    main = "forum.effectivealtruism.org"
    return {host: _parts(forum, main, OLD_LINE) for host in (main, "forum-bots.effectivealtruism.org")}


def _to(host: str) -> Part:
    return lambda call: moved(call.url.replace(call.host, host, 1), 308)


def _parts(forum: Forum, host: str, arguments: frozenset[str]) -> Sequence[Part]:
    return (robots(ROBOTS), graphql(forum, host, arguments), _pages(forum, host))


def _pages(forum: Forum, host: str) -> Part:
    def part(call: Call) -> Reply | None:
        match = re.fullmatch(r"/(posts|s|sequences)/(\w+)(?:/([\w-]+))?/?", call.path)
        if not match:
            return text("Home") if call.path == "/" else None
        kind, identifier, slug = match.groups()
        if kind != "posts":
            sequence = forum.find(PostSequence, identifier)
            return _sequence_page(sequence, host) if sequence else None
        post = forum.find(Post, identifier)
        if post and slug != post.slug:
            return moved(post.url(host) + (f"?{call.query}" if call.query else ""), 308)
        return _post_page(post, host) if post else None

    return part


def _post_page(post: Post, host: str) -> Reply:
    """A post's page, with what is wrong in it: Highwire's date is `created`, JSON-LD has no coauthors but comments."""
    site, url = SITES[host], post.url(host)
    names = [shown_name(user, host) for user in (post.user, *post.coauthors) if user]
    posting = {
        "@context": "http://schema.org",
        "@type": "DiscussionForumPosting",
        "url": url,
        "headline": post.title,
        "datePublished": post.posted,
        "author": [{"@type": "Person", "name": name} for name in names[:1]],
        "comment": [
            {"@type": "Comment", "datePublished": "2009-09-09T09:09:09Z", "author": {"name": "A Commenter (invented)"}}
        ],
    }
    tags = {
        "citation_title": post.title,
        "citation_publication_date": (post.created or post.posted)[:10].replace("-", "/"),
        "og:title": f"{post.title} — {site}",
        "og:site_name": site,
        "og:url": url,
    }
    return page(
        document(
            f"{post.title} — {site}",
            [*tags.items(), *(("citation_author", name) for name in names)],
            [posting],
            canonical(url),
            f"<h1>{escape(post.title)}</h1><p>{escape(post.words)}</p>",
        )
    )


def _sequence_page(sequence: PostSequence, host: str) -> Reply:
    """A sequence's page: a title and no date."""
    links = "".join(f'<li><a href="{p.url(host)}">{escape(p.title)}</a></li>' for p in sequence.posts)
    return page(document(f"{sequence.title} — {SITES[host]}", body=f"<ol>{links}</ol>"))
