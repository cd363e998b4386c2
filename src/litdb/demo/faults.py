"""What goes wrong on the web, by name: each fault turns the answer that was due into the one that comes.

The shapes are those that real sites send; the figures of `Retry-After` are invented.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from litdb.demo.wire import Call, Reply, data, moved, page, text

Fault: TypeAlias = Callable[[Call, Reply], Reply]

EMPTY_FEED = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom">'
    "<id>https://arxiv.org/api/empty</id><title>arXiv Query: </title><updated>2026-11-21T00:00:00Z</updated>"
    "<opensearch:itemsPerPage>10</opensearch:itemsPerPage><opensearch:totalResults>0</opensearch:totalResults>"
    "<opensearch:startIndex>0</opensearch:startIndex></feed>"
)

_CLOUDFLARE = (
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex">'
    '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></head><body>'
    "<noscript>Enable JavaScript and cookies to continue</noscript></body></html>"
)
_VERCEL = (
    '<!DOCTYPE html><html lang="en"><head><title>Vercel Security Checkpoint</title></head><body>'
    "<p>We're verifying your browser</p><p>Vercel Security Checkpoint</p></body></html>"
)
_MISSING = (
    '<!DOCTYPE html><html lang="en"><head><title>Page not found</title></head><body><h1>404</h1>'
    "<p>Sorry, the page you are looking for does not exist.</p></body></html>"
)
_PAYWALL = (
    '<!DOCTYPE html><html lang="en"><head><title>Members only</title><script type="application/ld+json">'
    '{"@context":"https://schema.org","@type":"NewsArticle","headline":"Members only","isAccessibleForFree":false}'
    "</script></head><body><h1>Members only</h1><p>Subscribe to keep reading this article.</p></body></html>"
)
_LOGIN = (
    '<!DOCTYPE html><html lang="en"><head><title>Sign in</title></head><body><form action="/login" method="post">'
    '<input name="user"><input name="password" type="password"></form></body></html>'
)


def always(reply: Reply) -> Fault:
    """The fault that gives this reply, whatever was due."""
    return lambda _call, _due: reply


def _to_home(call: Call, due: Reply) -> Reply:
    """Every page is sent to the home page; the home page answers itself."""
    return due if call.path in ("", "/") else moved(f"{call.scheme}://{call.host}/", 302)


def _to_login(call: Call, due: Reply) -> Reply:
    """Every page is sent to a form that asks who you are."""
    return page(_LOGIN) if call.path == "/login" else moved(f"{call.scheme}://{call.host}/login?next={call.path}", 302)


def _ending(ending: str) -> Fault:
    return lambda _call, due: replace(due, ending=ending)  # type: ignore[arg-type]


def _bomb(_call: Call, _due: Reply) -> Reply:
    """64 MB of blanks that travel as 64 kB."""
    body = gzip.compress(b" " * 64_000_000, 9)
    return Reply(200, body, (("Content-Type", "text/html"), ("Content-Encoding", "gzip")))


FAULTS: Mapping[str, Fault] = {
    "bad-request": always(text("Bad Request", 400)),
    "forbidden": always(text("Forbidden", 403)),
    "not-found": always(page(_MISSING, 404)),
    "gone": always(page("<!DOCTYPE html><title>Gone</title><p>This page was removed.</p>", 410)),
    "rate-limit": always(text("Too Many Requests", 429).with_headers(("Retry-After", "120"))),
    "rate-limit-hour": always(text("Too Many Requests", 429).with_headers(("Retry-After", "3600"))),
    "rate-limit-second": always(text("Too Many Requests", 429).with_headers(("Retry-After", "1"))),
    "rate-limit-unsaid": always(text("Too Many Requests", 429)),
    "rate-exceeded": always(text("Rate exceeded.")),
    "server-error": always(text("Internal Server Error", 500)),
    "unavailable": always(text("Service Unavailable", 503).with_headers(("Retry-After", "30"))),
    "cloudflare": always(page(_CLOUDFLARE, 403).with_headers(("cf-mitigated", "challenge"), ("Server", "cloudflare"))),
    "cloudflare-200": always(page(_CLOUDFLARE)),
    "vercel": always(page(_VERCEL, 429).with_headers(("x-vercel-mitigated", "challenge"))),
    "openreview": always(data({"name": "ChallengeRequiredError", "message": "Challenge required", "status": 403}, 403)),
    "paywall": always(page(_PAYWALL)),
    "soft-404": always(page(_MISSING)),
    "empty": always(Reply(200, b"", (("Content-Type", "text/html"),))),
    "empty-feed": always(text(EMPTY_FEED, kind="application/atom+xml")),
    "home": _to_home,
    "login": _to_login,
    "loop": lambda call, _due: moved(call.url, 302),
    "to-loopback": always(moved("http://127.0.0.1/secret", 302)),
    "to-file": always(moved("file:///etc/hostname", 302)),
    "bomb": _bomb,
    "truncated": _ending("cut"),
    "drip": _ending("drip"),
    "endless": _ending("endless"),
    "timeout": _ending("hang"),
    "drop": _ending("drop"),
}
"""What a fault makes of an answer."""

LINE_FAULTS = frozenset({"unreachable", "bad-certificate"})
"""What goes wrong before anything can be asked: the proxy finds no host; the certificate is another host's."""
