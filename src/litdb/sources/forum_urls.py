"""The forums that run ForumMagnum: which hosts show which database, and what a URL of theirs means.

LessWrong and the Alignment Forum are one database under two names, the EA Forum another; readers and mirrors
(GreaterWrong, old domains) show the same posts under the same ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from litdb.model import Claim, Identifier, Identity, Relation, WorkType
from litdb.sources.locators import locator
from litdb.text.urls import Url

_ID = re.compile(r"[A-Za-z0-9]{17}\Z")
_COMMENT_FRAGMENT = re.compile(r"(?:comment-)?(?P<id>(?=.+[A-Z0-9])[A-Za-z0-9]{17})\Z")
"""A comment's id as the fragment; a heading of one word has no digit or capital behind its first letter."""


@dataclass(frozen=True, slots=True)
class Family:
    """The sites over one database: hosts (without `www.`) with the host to cite, and each cited host's name.

    `name` is the scheme of the posts; comments and sequences have schemes of their own behind it.
    """

    name: str
    hosts: Mapping[str, str]
    containers: Mapping[str, str]

    @property
    def home(self) -> str:
        """The host to cite where the notes name none."""
        return next(iter(self.containers))

    def post(self, post_id: str) -> Identifier:
        """The identifier of a post."""
        return Identifier(self.name, post_id)

    def comment(self, comment_id: str) -> Identifier:
        """The identifier of a comment."""
        return Identifier(f"{self.name}-comment", comment_id)

    def sequence(self, sequence_id: str) -> Identifier:
        """The identifier of a sequence."""
        return Identifier(f"{self.name}-sequence", sequence_id)

    def cited_host(self, host: str) -> str:
        """The host under which a work at `host` is cited; empty for hosts of others.

        >>> LESSWRONG.cited_host("www.greaterwrong.com"), LESSWRONG.cited_host("example.org")
        ('www.lesswrong.com', '')
        """
        return self.hosts.get(host.removeprefix("www."), "")


LESSWRONG = Family(
    name="forum",
    hosts={
        "lesswrong.com": "www.lesswrong.com",
        "alignmentforum.org": "www.alignmentforum.org",
        "greaterwrong.com": "www.lesswrong.com",
        "lesserwrong.com": "www.lesswrong.com",
        "lw2.issarice.com": "www.lesswrong.com",
    },
    containers={"www.lesswrong.com": "LessWrong", "www.alignmentforum.org": "AI Alignment Forum"},
)
EFFECTIVE_ALTRUISM = Family(
    name="eaforum",
    hosts={
        "forum.effectivealtruism.org": "forum.effectivealtruism.org",
        "forum-bots.effectivealtruism.org": "forum.effectivealtruism.org",
        "ea.greaterwrong.com": "forum.effectivealtruism.org",
    },
    containers={"forum.effectivealtruism.org": "EA Forum"},
)


class _Place(NamedTuple):
    """What stands in a path: a post with its slug, perhaps a comment on it; or a sequence."""

    post: str = ""
    slug: str = ""
    comment: str = ""
    sequence: str = ""


def identify(url: Url, family: Family) -> Identity | None:
    """The post, comment or sequence that a URL means; None for other hosts, and for tags, people and lists.

    >>> from litdb.text.urls import read_url
    >>> found = identify(read_url("https://lesswrong.com/s/BBBBBBBBBBBBBBBB2/p/AAAAAAAAAAAAAAAA2#Costs"), LESSWRONG)
    >>> str(found.identifier), found.url, found.locator
    ('forum:AAAAAAAAAAAAAAAA2', 'https://www.lesswrong.com/posts/AAAAAAAAAAAAAAAA2', 'Costs')
    >>> identify(read_url("https://www.lesswrong.com/tag/ai"), LESSWRONG)
    """
    host = family.cited_host(url.host)
    place = _place(url) if host else None
    if not place:
        return None
    where = locator(url)
    container = family.containers[host]
    if place.sequence:
        address = f"https://{host}/s/{place.sequence}"
        return Identity(family.sequence(place.sequence), address, where, _facts("sequence", container))
    post = family.post(place.post)
    address = post_url(host, place.post, place.slug)
    if not place.comment:
        return Identity(post, address, where, _facts("post", container))
    comment = family.comment(place.comment)
    return Identity(
        identifier=comment,
        url=comment_url(address, place.comment),
        locator="" if where.endswith(place.comment) else where,
        claims=_facts("comment", container),
        relations=(Relation(comment, "comment-on", post, "url"),),
    )


def post_url(host: str, post_id: str, slug: str = "") -> str:
    """The URL to cite for a post; it leads there with any slug and without.

    >>> post_url("www.lesswrong.com", "AAAAAAAAAAAAAAAA2", "a-title")
    'https://www.lesswrong.com/posts/AAAAAAAAAAAAAAAA2/a-title'
    """
    return f"https://{host}/posts/{post_id}" + (f"/{quote(slug)}" if slug else "")


def comment_url(post_address: str, comment_id: str) -> str:
    """The URL to cite for a comment on the post at an address."""
    return f"{post_address}?commentId={comment_id}"


def _facts(kind: WorkType, container: str) -> tuple[Claim, ...]:
    return Claim("type", kind, "url"), Claim("container", container, "url")


def _place(url: Url) -> _Place | None:
    match url.segments:
        case ("posts" | "events", post, *rest) if _ID.match(post):
            return _post_place(url, post, rest)
        case ("s" | "g", _, "p", post, *rest) if _ID.match(post):
            return _post_place(url, post, rest)
        case ("s" | "sequences", sequence) if _ID.match(sequence):
            return _Place(sequence=sequence)
        case _:
            return None


def _post_place(url: Url, post: str, rest: list[str]) -> _Place:
    """A post, or the comment on it that the path, the query or the fragment names."""
    slug = rest[0] if rest and rest[0] not in ("comment", "answer") else ""
    in_path = rest[-1] if len(rest) > 1 and rest[-2] in ("comment", "answer") else ""
    fragment = _COMMENT_FRAGMENT.match(url.fragment)
    named = (in_path, url.get("commentId"), fragment["id"] if fragment else "")
    return _Place(post, slug, next((each for each in named if _ID.match(each)), ""))
