"""Addresses that are told by rule: what is the page of which, for sites whose works have several addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from urllib.parse import unquote

from litdb.errors import InvalidUrl
from litdb.model import Identity
from litdb.sources.locators import locator
from litdb.sources.page import PAGE
from litdb.text.urls import Url, read_url

_NUMBER = re.compile(r"\d{4,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rule:
    """On hosts of these patterns (`www.` aside) a path of this form, or the query's id, has its page at `page`.

    `page` is filled with the groups of the path and with the id, which stands in the first of the query's `keys`. It
    begins with a host where that is another than the URL's.
    """

    hosts: tuple[str, ...]
    path: re.Pattern[str]
    page: str
    keys: tuple[str, ...] = ()


def rule(hosts: str, path: str, page: str, keys: str = "") -> Rule:
    """A rule, from its words: hosts and keys with blanks between."""
    return Rule(tuple(hosts.split()), re.compile(path), page, tuple(keys.split()))


def by_rule(url: Url, rules: Sequence[Rule]) -> Identity | None:
    r"""The page that the first rule which takes a URL has for it; None where no rule does.

    >>> rules = [rule("tea.example", r"/p/(?P<id>\d+)\.pdf", "/p/{id}")]
    >>> by_rule(read_url("https://tea.example/p/7.pdf#page=2"), rules).url
    'https://tea.example/p/7'
    """
    page = _page_of(url, rules)
    return replace(PAGE.identify(page), locator=locator(url)) if page else None


def _page_of(url: Url, rules: Sequence[Rule]) -> Url | None:
    path, host = unquote(url.path).removesuffix("/"), url.host.removeprefix("www.")
    for each in rules:
        found = each.path.fullmatch(path)
        if found and any(fnmatchcase(host, pattern) for pattern in each.hosts):
            groups = found.groupdict() | ({"id": _in_query(url, each.keys)} if each.keys else {})
            return _page(url, each.page.format(**groups)) if groups["id"] else None
    return None


def _in_query(url: Url, keys: Sequence[str]) -> str:
    value = next((found for key in keys if (found := url.get(key))), "")
    return value if _NUMBER.fullmatch(value) else ""


def _page(url: Url, place: str) -> Url | None:
    """The address of a page, on the URL's own host where the rule names no other."""
    try:
        return read_url(f"{url.scheme}://{url.host if place.startswith('/') else ''}{place}")
    except InvalidUrl:
        return None
