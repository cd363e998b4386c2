"""Addresses that are told by rule: what is the page of which, for sites whose works have several addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from urllib.parse import unquote

from litdb.errors import InvalidUrl
from litdb.model import Identity
from litdb.sources.locators import locator
from litdb.sources.page import PAGE
from litdb.text.urls import Url, clean, read_url

_NUMBER = r"(?P<id>\d{4,9})"
_SLASHES = re.compile("//+")


@dataclass(frozen=True, slots=True)
class Rule:
    """On hosts of these patterns (`www.` and `m.` aside) a path of this form has its page at `page`.

    `page` is filled with the groups of the path. Where there are `keys`, the first of them
    that the query has needs a `value` of this form, whose groups are filled in too. It begins with a host where that is
    another than the URL's.
    """

    hosts: tuple[str, ...]
    path: re.Pattern[str]
    page: str
    keys: tuple[str, ...]
    value: re.Pattern[str]


class Rules:
    """Rules in the order in which they are tried."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self.on = lru_cache(1 << 12)(self._on)
        """The rules for a host."""

    def _on(self, host: str) -> Sequence[Rule]:
        bare = host.removeprefix("www.").removeprefix("m.")
        return tuple(each for each in self._rules if any(fnmatchcase(bare, pattern) for pattern in each.hosts))


def rule(hosts: str, path: str, page: str, keys: str = "", value: str = _NUMBER) -> Rule:
    """A rule, from its words: hosts and keys with blanks between."""
    return Rule(tuple(hosts.split()), re.compile(path), page, tuple(keys.split()), re.compile(value))


def by_rule(url: Url, rules: Rules) -> Identity | None:
    r"""The page that the first rule which takes a URL has for it; None where no rule does.

    >>> rules = Rules([rule("tea.example", r"/p/(?P<id>\d+)\.pdf", "/p/{id}")])
    >>> by_rule(read_url("https://tea.example/p/7.pdf#page=2"), rules).url
    'https://tea.example/p/7'
    """
    page = page_of(url, rules)
    return replace(PAGE.identify(page), locator=locator(url)) if page else None


def page_of(url: Url, rules: Rules) -> Url | None:
    r"""The address of that page; None where no rule takes the URL.

    >>> rules = Rules([rule("tea.example", "/open", "cup.example/{id}", "cup", r"no(?P<id>\d+)")])
    >>> str(page_of(read_url("https://tea.example/open?cup=no7"), rules))
    'https://cup.example/7'
    """
    candidates = rules.on(url.host)
    path = _SLASHES.sub("/", unquote(clean(url).path)).removesuffix("/") if candidates else ""
    for each in candidates:
        found = each.path.fullmatch(path)
        asked = _in_query(url, each) if found and each.keys else found
        if found and asked:
            return _page(url, each.page.format(**(found.groupdict() | asked.groupdict())))
    return None


def _in_query(url: Url, each: Rule) -> re.Match[str] | None:
    return each.value.fullmatch(next((found for key in each.keys if (found := url.get(key))), ""))


def _page(url: Url, place: str) -> Url | None:
    """The address of a page, on the URL's own host where the rule names no other."""
    try:
        return read_url(f"{url.scheme}://{url.host if place.startswith('/') else ''}{place}")
    except InvalidUrl:
        return None
