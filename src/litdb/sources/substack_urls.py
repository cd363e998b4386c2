"""Substack's addresses: what a URL means, what an identifier says, and where the interface has it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from urllib.parse import quote

from litdb.model import Claim, Identifier, Identity, Relation, WorkType
from litdb.sources.locators import locator
from litdb.text.urls import Url

PLATFORM = frozenset("api cdn email help mail open reader status support www".split())
"""Subdomains that are no publications."""

_PUBLICATION = re.compile(r"[a-z0-9][a-z0-9-]*")
_SLUG = re.compile(r"[\w.~-]+")
_POST = re.compile(r"p-[1-9][0-9]{0,18}")
_NOTE = re.compile(r"c-([1-9][0-9]{0,18})")

Kind = Literal["home", "post", "numbered-post", "comment"]

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("comment", re.compile(r"note/(?P<number>[1-9][0-9]*)")),
    ("comment", re.compile(r"(?P<publication>[^/]+)/(?P<slug>[^/]+)/comment/(?P<number>[1-9][0-9]*)")),
    ("numbered-post", re.compile(r"p-(?P<number>[1-9][0-9]*)")),
    ("post", re.compile(r"(?P<publication>[^/]+)/(?P<slug>[^/]+)")),
    ("home", re.compile(r"(?P<publication>[^/]+)")),
)
"""What the value of an identifier looks like, the first that fits. A note is a comment on nothing."""


class Place(NamedTuple):
    """What an identifier says: the kind of thing, and those of publication, slug and number that it has."""

    kind: Kind
    publication: str = ""
    slug: str = ""
    number: str = ""


def place_of(identifier: Identifier) -> Place | None:
    """What a Substack identifier says, or None where it is no such identifier.

    >>> place_of(Identifier("substack", "aligned/what-is-alignment"))
    Place(kind='post', publication='aligned', slug='what-is-alignment', number='')
    >>> place_of(Identifier("substack", "note/123")).kind, place_of(Identifier("url", "https://a.org"))
    ('comment', None)
    """
    if identifier.scheme != "substack":
        return None
    found = ((kind, pattern.fullmatch(identifier.value)) for kind, pattern in _KINDS)
    return next((Place(kind, **match.groupdict()) for kind, match in found if match), None)


def identify(url: Url) -> Identity | None:
    """The post, comment, note or publication that a URL means; profiles, archives and tags are no works."""
    if url.on("substack.com", "open.substack.com"):
        return _on_platform(url)
    publication = url.host.removesuffix(".substack.com")
    return _in_publication(publication, url.segments, url) if publication != url.host else None


def post(publication: str, slug: str) -> Identifier:
    """The post of a publication that goes by this slug."""
    return Identifier("substack", f"{publication}/{slug}")


def _on_platform(url: Url) -> Identity | None:
    match url.segments:
        case ("pub", publication, *path):
            return _in_publication(publication.lower(), tuple(path), url)
        case ("home" | "inbox", "post", number) | (_, number) if _POST.fullmatch(number):
            return _identity(number, f"https://substack.com/home/post/{number}", "post-weblog", url)
        case (*owner, "note", note) if found := _NOTE.fullmatch(note):
            place = f"{owner[0]}/" if len(owner) == 1 and re.fullmatch(r"@[\w.-]+", owner[0], re.ASCII) else ""
            return _identity(f"note/{found[1]}", f"https://substack.com/{place}note/{note}", "post", url)
    return None


def _in_publication(publication: str, path: tuple[str, ...], url: Url) -> Identity | None:
    if publication in PLATFORM or not _PUBLICATION.fullmatch(publication):
        return None
    home = f"https://{publication}.substack.com/"
    match path:
        case ():
            return _identity(publication, home, "website", url)
        case ("p", slug) | ("p", slug, "comments") if _SLUG.fullmatch(slug):
            return _identity(f"{publication}/{slug}", f"{home}p/{quote(slug)}", "post-weblog", url)
        case ("p", slug, "comment", number) if _SLUG.fullmatch(slug) and _NOTE.fullmatch(f"c-{number}"):
            return _comment(post(publication, slug), f"{home}p/{quote(slug)}", number)
    return None


def _comment(on: Identifier, address: str, number: str) -> Identity:
    """A comment under a post: a work of its own, tied to the post."""
    comment = Identifier("substack", f"{on.value}/comment/{number}")
    relation = Relation(comment, "comment-on", on, "url")
    return Identity(comment, f"{address}/comment/{number}", "", (Claim("type", "comment", "url"),), (relation,))


def _identity(value: str, address: str, kind: WorkType, url: Url) -> Identity:
    return Identity(Identifier("substack", value), address, locator(url), (Claim("type", kind, "url"),))
