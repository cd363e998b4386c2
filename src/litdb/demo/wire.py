"""What the little web hears and says: a call and a reply, as values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from urllib.parse import parse_qs

Ending = Literal["whole", "cut", "drip", "endless", "hang", "drop"]
"""How a reply goes over the wire: `cut` stops half-way, `drip` sends a byte now and then, `endless` never stops,
`hang` says nothing and keeps the line open, `drop` closes it without a word."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived. Header names are lower case; `at` is in seconds of the monotonic clock."""

    method: str
    scheme: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    at: float

    @property
    def url(self) -> str:
        """The address that was asked."""
        return f"{self.scheme}://{self.host}{self.path}{'?' + self.query if self.query else ''}"

    def get(self, name: str, default: str = "") -> str:
        """The first value of a query key, or of a form's field where the query was posted."""
        posted = self.body.decode() if "form" in self.headers.get("content-type", "") else ""
        return (parse_qs(self.query).get(name) or parse_qs(posted).get(name) or [default])[0]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: status, headers in order, body, and how it goes over the wire."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    ending: Ending = "whole"

    def header(self, name: str) -> str:
        """The value of a header, or empty."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def with_headers(self, *headers: tuple[str, str]) -> Reply:
        """The same reply with further headers."""
        return replace(self, headers=(*self.headers, *headers))


Part: TypeAlias = Callable[[Call], "Reply | None"]
"""A part of a site: the reply to what it knows, or None for what the next part may know."""


def page(html: str, status: int = 200, last_modified: str = "") -> Reply:
    """A page of HTML with an entity tag made from its text, and a day of last change where one is given."""
    body = html.encode()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"')]
    return Reply(status, body, (*headers, *([("Last-Modified", last_modified)] if last_modified else ())))


def data(value: object, status: int = 200, kind: str = "application/json") -> Reply:
    """A JSON answer."""
    return Reply(status, json.dumps(value, ensure_ascii=False).encode(), (("Content-Type", f"{kind}; charset=utf-8"),))


def text(words: str, status: int = 200, kind: str = "text/plain") -> Reply:
    """A plain answer."""
    return Reply(status, words.encode(), (("Content-Type", f"{kind}; charset=utf-8"),))


def moved(url: str, status: int = 301) -> Reply:
    """A redirect."""
    return Reply(status, b"", (("Location", url),))


def unless_known(call: Call, reply: Reply) -> Reply:
    """304 where the caller has this very answer already (RFC 9110, 13.2.2: the entity tag decides before the day)."""
    tag, day = reply.header("etag"), reply.header("last-modified")
    asked_tag, asked_day = call.headers.get("if-none-match", ""), call.headers.get("if-modified-since", "")
    known = tag in asked_tag.split(", ") if asked_tag else bool(day) and day == asked_day
    if reply.status != 200 or not known:
        return reply
    return Reply(304, b"", tuple((name, value) for name, value in reply.headers if name in ("ETag", "Last-Modified")))


def at(replies: Mapping[str, Reply]) -> Part:
    """The part of a site that answers these paths (a final slash aside) and no others.

    >>> at({"/a/": text("yes")})(Call("GET", "https", "x.example", "/a", "", {}, b"", 0.0)).body
    b'yes'
    """
    known = {path.rstrip("/"): reply for path, reply in replies.items()}
    return lambda call: known.get(call.path.rstrip("/"))


def robots(rules: str) -> Part:
    """The part of a site that says what machines may ask."""
    return at({"/robots.txt": text(rules)})
