"""What a site's robots.txt allows to litdb (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import TypeAlias
from urllib.parse import quote, unquote_to_bytes

from litdb.model import Answer, Failure, Request
from litdb.text.urls import Url
from litdb.web.endings import Ended

TOKEN = "litdb"  # noqa: S105 - the product token that a robots.txt names us by
SOURCE = "robots"
"""What asks for a robots.txt, as a request names it."""

LONGEST_DELAY = 30.0
ENOUGH_BYTES = 500 * 1024
"""What a crawler must read of a file at least (RFC 9309, 2.5); the rest is not read."""

_LINE_END = re.compile(r"\r\n?|\n")
_PRODUCT = re.compile(r"\*(?=\s|\Z)|[a-z_-]+", re.IGNORECASE)
_KEYS = {
    "user-agent": "user-agent useragent",
    "allow": "allow",
    "disallow": "disallow dissallow dissalow disalow diasllow disallaw",
    "crawl-delay": "crawl-delay crawldelay",
}
"""What a line can say, and how sites write it; Google's parser forgives the same misspellings."""

_MEANT = {written: key for key, spellings in _KEYS.items() for written in spellings.split()}

_SITE = re.compile(r"\A[a-z]+://[^/?#]*", re.IGNORECASE)
_KEPT = re.compile(r"(%2[fa])", re.IGNORECASE)
"""A slash and a star that are encoded."""

_END = "\n"
"""Stands behind every path and for the `$` of a pattern; neither can hold a line break."""

_Line: TypeAlias = tuple[str, str]
_Rule: TypeAlias = tuple[bool, tuple[str, ...]]
"""Whether a pattern allows, and its parts between the `*`, ready to be compared."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be asked of a site, and how many seconds it wants between requests (at most 30).

    >>> rules = parse("User-agent: *\\nDisallow: /private\\nCrawl-delay: 3")
    >>> rules.allows("https://example.org/private/x"), rules.allows("https://example.org/x"), rules.delay
    (False, True, 3.0)
    """

    delay: float = 0.0
    unread: str = ""
    """Why the file could not be read, in words; then nothing may be asked in this run."""
    patterns: tuple[_Rule, ...] = ()
    """The longest first, and of two as long the one that allows: the first that fits decides (RFC 9309, 2.2.2)."""

    def allows(self, url: str) -> bool:
        """Whether litdb may ask for this URL.

        >>> parse("User-agent: *\\nDisallow: /*.pdf$\\nAllow: /open/").allows("https://example.org/open/paper.pdf")
        False
        """
        path = _comparable(_SITE.sub("", url).partition("#")[0] or "/") + _END
        return next((allows for allows, parts in self.patterns if _fits(parts, path)), True)


def robots_url(url: Url) -> str:
    """Where the rules for a URL stand.

    >>> from litdb.text.urls import read_url
    >>> robots_url(read_url("https://example.org:8443/a?b#c"))
    'https://example.org:8443/robots.txt'
    """
    return str(replace(url, path="/robots.txt", query=(), fragment=""))


def robots_request(url: Url) -> Request:
    """The request for the rules of a URL's site."""
    return Request(source=SOURCE, url=robots_url(url), asked=(), step="robots")


def parse(text: str) -> Rules:
    """The rules that a file states for us, or else for everybody.

    Only those are kept, so that a file of many groups and many rules costs no more than it is long.
    """
    stated = _stated(text)
    lines = stated.get(TOKEN, stated.get("*", []))
    patterns = {_rule(key, value) for key, value in lines if key != "crawl-delay" and value}
    ordered = sorted(patterns, key=lambda rule: (-len("*".join(rule[1])), not rule[0]))
    delay = max((_seconds(value) for key, value in lines if key == "crawl-delay"), default=0.0)
    return Rules(delay, patterns=tuple(ordered))


def rules_from(ended: Answer | Failure) -> Rules:
    """The rules, by how asking for robots.txt ended (RFC 9309, 2.3.1).

    4xx allows all, and so does a file that redirects in circles or cannot be unpacked. A site that cannot be reached,
    or has an error of its own, allows nothing. One that is too busy is asked again: that is raised as `Ended`.
    """
    if isinstance(ended, Answer):
        return _rules_in(ended)
    if ended.outcome == "unsupported":
        return Rules()
    reason = f"{ended.reason}, asked for its robots.txt"
    if ended.outcome == "rate-limited":
        raise Ended("rate-limited", reason, ended.retry_at)
    return Rules(unread=reason)


def _rules_in(answer: Answer) -> Rules:
    if answer.status < 300:
        return parse(_enough(answer.body).decode("utf-8-sig", "replace"))
    if answer.status < 500:
        return Rules()
    return Rules(unread=f"{answer.url} cannot be read now ({answer.status}), which forbids the rest of the site")


def _enough(body: bytes) -> bytes:
    """The part of a file that counts, in whole lines: half a line could forbid more than the line."""
    return body if len(body) <= ENOUGH_BYTES else body[:ENOUGH_BYTES].rpartition(b"\n")[0]


def _stated(text: str) -> dict[str, list[_Line]]:
    """The lines of all groups that name us, and of all for everybody; a name that no group has is missing."""
    stated: dict[str, list[_Line]] = {}
    named: set[str] = set()
    is_naming = False
    for key, value in _lines(text):
        if key == "user-agent":
            named = named if is_naming else set()
            named |= {_product(value)} & {TOKEN, "*"}
            stated |= {name: stated.get(name, []) for name in named}
        else:
            for name in named:
                stated[name].append((key, value))
        is_naming = key == "user-agent"
    return stated


def _lines(text: str) -> Iterator[_Line]:
    """Every line that means something here, by its key; others, such as Sitemap, end no group."""
    for line in _LINE_END.split(text):
        written = line.partition("#")[0].strip()
        key, _, value = written.partition(":" if ":" in written else " ")
        key = key.strip().lower().replace(" ", "-")
        if key := _MEANT.get(key, ""):
            yield key, value.strip()


def _product(value: str) -> str:
    """The product token in a User-agent line, without a version and what else stands behind it."""
    found = _PRODUCT.match(value)
    return found[0].lower() if found else ""


def _rule(key: str, pattern: str) -> _Rule:
    parts = _comparable(pattern.removesuffix("$"), safe="/*").split("*")
    if pattern.endswith("$"):
        parts[-1] += _END
    return key == "allow", tuple(parts)


def _fits(parts: tuple[str, ...], path: str) -> bool:
    """Whether a path holds the parts in their order, the first at its start. Takes each as early as it can be."""
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:]:
        at = path.find(part, at) + len(part)
        if at < len(part):
            return False
    return True


def _comparable(text: str, safe: str = "/") -> str:
    """A path with its percent-encoding made even; what is encoded and would mean more stays so (RFC 9309, 2.2.2)."""
    parts = _KEPT.split(text)
    parts[::2] = [quote(unquote_to_bytes(part), safe) for part in parts[::2]]
    return "".join(parts).replace("%2f", "%2F").replace("%2a", "%2A")


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return min(max(seconds, 0.0), LONGEST_DELAY) if isfinite(seconds) else 0.0
