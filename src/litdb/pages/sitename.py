"""The site's own names, and titles freed from them by evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from litdb.text.titles import fold, without_site
from litdb.text.urls import Url

_SEPARATOR = re.compile(r"\s+[-–—|·•»:«/~]{1,2}\s+|\s*[|»]\s*")
_BY_PART = re.compile(r"^by\s+\S.{0,60}$", re.IGNORECASE)
_ARCHIVE = re.compile(r"\ABlog Archive\s*[»:|–-]\s*")
"""What old themes of WordPress write between the site's name and the title."""
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


def bare_title(title: str, sites: Iterable[str], headings: Sequence[str]) -> str:
    """The title without its site's name, "by X" behind a bar, and what else a heading of the page shows to be added.

    >>> bare_title("AI safety | by Jan Leike | Musings | Medium", ["Medium", "Musings"], [])
    'AI safety'
    >>> bare_title("On graphs - Ada's notebook", [], ["On graphs"])
    'On graphs'
    """
    sites = tuple(sites)
    names = {fold(site) for site in sites}
    for heading in headings:
        if fold(heading) not in names and _adds_only_a_tail(title, heading):
            return heading
    before = "" if _SEPARATOR.search(title) or ": " in title else title
    while before != title:
        before = title
        for site in sites:
            title = without_site(title, site)
        title = _ARCHIVE.sub("", _without_by(title))
    return title


def _adds_only_a_tail(title: str, heading: str) -> bool:
    return any(
        len(fold(heading)) > 3 and fold(title[: found.start()]) == fold(heading) for found in _SEPARATOR.finditer(title)
    )


def _without_by(title: str) -> str:
    parts = list(_SEPARATOR.finditer(title))
    if parts and parts[-1].start() and _BY_PART.match(title[parts[-1].end() :]):
        return title[: parts[-1].start()]
    return title
