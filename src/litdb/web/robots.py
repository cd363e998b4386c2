"""What a site's robots.txt allows to litdb (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from protego import Protego

from litdb.model import Answer, Failure, Request
from litdb.text.urls import Url
from litdb.web.endings import Ended

TOKEN = "litdb"  # noqa: S105 - the product token that a robots.txt names us by
LONGEST_DELAY = 30.0
_MOST_BYTES = 500 * 1024
"""What a crawler must read of a file at least (RFC 9309, 2.5); the rest is not read."""


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
    _file: Protego | None = field(default=None, compare=False, repr=False)

    def allows(self, url: str) -> bool:
        """Whether litdb may ask for this URL."""
        return self._file is None or bool(self._file.can_fetch(url, TOKEN))


def robots_url(url: Url) -> str:
    """Where the rules for a URL stand.

    >>> from litdb.text.urls import read_url
    >>> robots_url(read_url("https://example.org:8443/a?b#c"))
    'https://example.org:8443/robots.txt'
    """
    return str(replace(url, path="/robots.txt", query=(), fragment=""))


def robots_request(url: Url) -> Request:
    """The request for the rules of a URL's site."""
    return Request(source="robots", url=robots_url(url), asked=(), step="robots")


def parse(text: str) -> Rules:
    """The rules that a file states."""
    file = Protego.parse(text)
    delay = file.crawl_delay(TOKEN)
    return Rules(min(delay, LONGEST_DELAY) if delay and delay > 0 else 0.0, _file=file)


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
        return parse(answer.body[:_MOST_BYTES].decode("utf-8-sig", "replace"))
    if answer.status < 500:
        return Rules()
    return Rules(unread=f"{answer.url} cannot be read now ({answer.status}), which forbids the rest of the site")
