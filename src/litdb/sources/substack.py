"""Substack: posts, their comments, notes, and the homes of publications. Custom domains are learnt from their pages."""

from __future__ import annotations

import re
from urllib.parse import quote

from litdb.model import Claim, Identifier, Identity, Relation, WorkType
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

PLATFORM = frozenset("api cdn email help mail open reader status support www".split())
"""Subdomains that are no publications."""

_PUBLICATION = re.compile(r"[a-z0-9][a-z0-9-]*")
_SLUG = re.compile(r"[\w.~-]+")
_POST = re.compile(r"p-[1-9][0-9]{0,18}")
_NOTE = re.compile(r"c-([1-9][0-9]{0,18})")


class Substack(UrlsOnly):
    """Posts as `publication/slug` or `p-123`, notes as `note/123`, the home of a publication as its name."""

    name = "substack"

    def identify(self, url: Url) -> Identity | None:
        """What a Substack URL means; profiles, archives and tags are no works.

        >>> from litdb.text.urls import read_url
        >>> SUBSTACK.identify(read_url("https://open.substack.com/pub/aligned/p/what-is-alignment?r=1")).url
        'https://aligned.substack.com/p/what-is-alignment'
        >>> str(SUBSTACK.identify(read_url("https://aligned.substack.com/?s=r")).identifier)
        'substack:aligned'
        """
        if url.on("substack.com", "open.substack.com"):
            return _on_platform(url)
        publication = url.host.removesuffix(".substack.com")
        return _in_publication(publication, url.segments, url) if publication != url.host else None


def _on_platform(url: Url) -> Identity | None:
    match url.segments:
        case ("pub", publication, *path):
            return _in_publication(publication.lower(), tuple(path), url)
        case ("home" | "inbox", "post", post) | (_, post) if _POST.fullmatch(post):
            return _identity(post, f"https://substack.com/home/post/{post}", "post-weblog", url)
        case (*owner, "note", note) if number := _NOTE.fullmatch(note):
            place = f"{owner[0]}/" if len(owner) == 1 and re.fullmatch(r"@[\w.-]+", owner[0], re.ASCII) else ""
            return _identity(f"note/{number[1]}", f"https://substack.com/{place}note/{note}", "post", url)
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
            return _comment(f"{publication}/{slug}", f"{home}p/{quote(slug)}", number)
    return None


def _comment(post: str, address: str, number: str) -> Identity:
    """A comment under a post: a work of its own, tied to the post."""
    comment = Identifier("substack", f"{post}/comment/{number}")
    relation = Relation(comment, "comment-on", Identifier("substack", post), "url")
    return Identity(comment, f"{address}/comment/{number}", "", (Claim("type", "comment", "url"),), (relation,))


def _identity(value: str, address: str, kind: WorkType, url: Url) -> Identity:
    return Identity(Identifier("substack", value), address, locator(url), (Claim("type", kind, "url"),))


SUBSTACK = Substack()
