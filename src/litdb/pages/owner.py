"""Whose site it is: on somebody's own site nothing else may tell who wrote a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from litdb.model import Claim
from litdb.pages.head import Head
from litdb.text.given_names import has_given_name
from litdb.text.names import authors_claim, read_name
from litdb.text.titles import clean_title, fold
from litdb.text.urls import Url

_HOME_LINK = re.compile(
    r"[hH](?i:ref\s?=\s?[\"']?(?:https?://[^/\"'<>\s]{1,100})?/?[\"'\s][^<>]{0,400}>((?:(?!</a)[\s\S]){0,200})</a)"
)
"""A class of two letters is tried faster than one letter in either case."""
_COPYRIGHT = re.compile(
    r"[\s©]{0,20}(?:<[^<>]{0,200}>\s{0,20}){0,3}(?:(?:19|20)\d\d[\s–—-]{0,5}){0,2}[,.]?\s?(?:by\s)?"
    r"(?:<[^<>]{0,200}>\s{0,20}){0,3}([^<>|•·\n\d]{3,60})",
    re.IGNORECASE,
)
_SIGNS = ("©", "&copy;", "opyright")
"""What stands before the year and the name of an owner."""
_TAG = re.compile(r"<[^<>]*>")
_BAR = re.compile(r"\s+[-–—|·•:]\s+|\s*\|\s*")
_ADDED = re.compile(
    r"(?:['’]s)?\s+(?:blog|weblog|notes|website|homepage|photography)\Z|[.,]?\s+all rights\b.*|[.,]\Z", re.IGNORECASE
)
_TOP, _BOTTOM = 10_000, 20_000
"""Characters at the beginning and at the end of the body where a site says its name and its owner's."""
_STEM = 4
"""Letters of a name that stand in the host of its owner."""


def owner_claims(head: Head, sites: Iterable[str], source: str, address: Url) -> Iterator[Claim]:
    """The person whose site this is, by its name, the last part of `<title>`, the link home or the line of copyright.

    A person is told from a firm by a common given name, and the owner from others by the host or by two of these.
    """
    said: dict[str, set[str]] = {}
    for way, text in _names(head, sites, source):
        said.setdefault(_ADDED.sub("", _ADDED.sub("", text)), set()).add(way)
    for text, ways in said.items():
        name = read_name(text) if 1 < len(text.split()) < 4 and not text.isupper() else None
        if name and has_given_name(name) and _is_short(name.given) and (len(ways) > 1 or _is_in(text, address.host)):
            yield authors_claim([name], "site:owner")
            return


def _names(head: Head, sites: Iterable[str], source: str) -> Iterator[tuple[str, str]]:
    """What a site calls itself, each with the way in which it does so."""
    yield from (("name", site) for site in sites)
    yield from (("title", part) for part in _BAR.split(clean_title(head.title))[1:][-1:])
    start = max(source.find("<body"), 0)
    for link in islice(_HOME_LINK.finditer(source, start, start + _TOP), 3):
        yield "home", clean_title(_TAG.sub(" ", link[1]))
    for sign in _SIGNS:
        at = source.rfind(sign, max(start, len(source) - _BOTTOM))
        if at >= 0 and (line := _COPYRIGHT.match(source, at + len(sign))):
            yield "copyright", clean_title(line[1])


def _is_short(given: str) -> bool:
    """Whether behind the given name there are initials at most: "Linus Tech Tips" is nobody."""
    return all(len(word.strip(".")) == 1 for word in given.split()[1:])


def _is_in(text: str, host: str) -> bool:
    return any(len(word) >= _STEM and word[:_STEM] in fold(host) for word in map(fold, text.split()))
