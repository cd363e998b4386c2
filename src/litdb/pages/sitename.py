"""The site's own names, and titles freed from them by evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from litdb.text.titles import fold, without_site
from litdb.text.urls import Url

_SEPARATOR = re.compile(r"\s+[-–—|·•»:«/~]{1,2}\s+|\s*[|»]\s*")
_BY_PART = re.compile(r"^by\s+\S.{0,60}$", re.IGNORECASE)
_ARCHIVE = re.compile(r"\ABlog Archive\s*[»:|–-]\s*")
"""What old themes of WordPress write between the site's name and the title."""
_BEGINNING = 8
"""Letters with which a site's name begins."""
_STEM = 4
"""Letters of a brand that stand in the host."""
_VIEW = re.compile(
    r"\A.{0,100}?\s(?:•|::)\s+(?:View topic|Thema anzeigen|Voir le sujet|Ver Tema)\s+-\s+", re.IGNORECASE
)
"""What phpBB writes before the title."""
_NO_BRANDS = frozenset(
    "www m amp mobile blog blogs en de fr news forum forums com org net co ac edu gov github substack".split()
)


def brands(url: Url) -> tuple[str, ...]:
    """What a host may call itself: itself, and each of its labels that is no common word.

    >>> from litdb.text.urls import read_url
    >>> brands(read_url("https://www.lesswrong.com/posts/x"))
    ('www.lesswrong.com', 'lesswrong.com', 'lesswrong')
    """
    labels = [label for label in url.host.split(".")[:-1] if label not in _NO_BRANDS and len(label) > 2]
    return tuple(dict.fromkeys((url.host, url.host.removeprefix("www."), *labels)))


def bare_title(title: str, sites: Iterable[str], headings: Sequence[str], sections: Sequence[str] = ()) -> str:
    """The title without its site's name, "by X" behind a bar, and what else a heading of the page shows to be added.

    `sections` are the parts of the address above the page.

    >>> bare_title("AI safety | by Jan Leike | Musings | Medium", ["Medium", "Musings"], [])
    'AI safety'
    >>> bare_title("On graphs - Ada's notebook", [], ["On graphs"])
    'On graphs'
    >>> [bare_title(f"On graphs | {tail}", ["Ada Bee Club"], [], ["opinion"]) for tail in ("ABC", "Opinion")]
    ['On graphs', 'On graphs']
    """
    sites = tuple(sites)
    names = {fold(site) for site in sites}
    title = _without_brackets(_VIEW.sub("", title), names)
    for heading in headings:
        if fold(heading) not in names and _adds_only_a_tail(title, heading):
            return heading
    before = "" if _SEPARATOR.search(title) or ": " in title else title
    while before != title:
        before = title
        for site in sites:
            title = without_site(title, site)
        title = _ARCHIVE.sub("", _without_by(title))
    return _without_brand(title, sites, frozenset(map(fold, sections)))


def _adds_only_a_tail(title: str, heading: str) -> bool:
    return any(
        len(fold(heading)) > 3 and fold(title[: found.start()]) == fold(heading) for found in _SEPARATOR.finditer(title)
    )


def beginning_of(title: str) -> str:
    """How a title begins that goes on like a path, through parts of a site; empty for others.

    >>> beginning_of("On graphs / Talk / A forum"), beginning_of("On graphs - A forum")
    ('On graphs', '')
    """
    parts = title.split(" / ")
    return parts[0] if len(parts) > 2 else ""


def _without_brackets(title: str, names: Collection[str]) -> str:
    """The title without the name of its site in brackets behind it, as some wikis write it."""
    before, bracket, site = title.rpartition(" [")
    return before if before and bracket and site.endswith("]") and fold(site) in names else title


def _without_brand(title: str, sites: Sequence[str], sections: Collection[str]) -> str:
    """The title without what the page explains behind its last bar.

    That is one word which is a good part of the host ("Koia" at drinkkoia.com), the beginning of a site's name, its
    initials, or a section of the address.
    """
    before, bar, brand = title.rpartition(" | ")
    word = fold(brand)
    is_part = (
        " " not in brand and len(word) >= _STEM and any(word in site and 3 * len(word) >= len(site) for site in sites)
    )
    begins = len(word) >= _BEGINNING and any(fold(site).startswith(word) for site in sites)
    is_short = len(word) > 1 and any(word == fold("".join(part[0] for part in site.split())) for site in sites)
    return before if before and bar and (is_part or begins or is_short or word in sections) else title


def _without_by(title: str) -> str:
    parts = list(_SEPARATOR.finditer(title))
    if parts and parts[-1].start() and _BY_PART.match(title[parts[-1].end() :]):
        return title[: parts[-1].start()]
    return title
