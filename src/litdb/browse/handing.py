"""A page handed over by the reader's own browser: the bookmarklet, and what it sends.

The bookmarklet posts a form into a new window. A site's `connect-src` and CORS do not reach that, nor do the browsers'
permission prompts for requests to this machine, which are for what pages fetch and not for where a window goes; a
secure page may send it, since 127.0.0.1 counts as trustworthy (www.w3.org/TR/secure-contexts, §3.1). Only a site's
`form-action` can forbid it, and then the bookmarklet says what to do.

The form is `text/plain` (html.spec.whatwg.org, "Plain text form data"): a page arrives as it is, not three times as
long. Browsers send such a form from a secure page with `Origin: null`, so a secret in the bookmarklet says who it is.
It is worth little to a site that reads it there: it opens the door for pages, each under its own address, and no other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit

from litdb.browse.guard import Seen
from litdb.browse.rendering import asset

MOST_BYTES = 50_000_000
"""The largest page that is taken."""

_HEAD_BYTES = 10_000
_SENT = re.compile(rb"secret=([^\r\n]*)\r\nurl=([^\r\n]*)\r\nhtml=(.*)\r\n\Z", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")

Receive: TypeAlias = Callable[[], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Handed:
    """What the bookmarklet sends: its secret, the page's address, and the page as UTF-8."""

    secret: str
    url: str
    html: bytes

    def is_from(self, seen: Seen) -> bool:
        """Whether the page that sent it is the one that it shows, as far as the browser says.

        >>> handed = Handed("", "https://a.example/x", b"")
        >>> [handed.is_from(Seen({"origin": each})) for each in ("null", "https://a.example", "https://b.example")]
        [True, True, False]
        """
        parts = urlsplit(self.url)
        return seen.origin in ("null", f"{parts.scheme}://{parts.netloc}")


def bookmarklet(door: str, secret: str) -> str:
    """The bookmark's address: a script that hands the page to the door at this address."""
    script = asset("bookmarklet.js")
    said = {"DOOR": json.dumps(door), "SECRET": json.dumps(secret)}
    for name, value in said.items():
        script = script.replace(name, value)
    return "javascript:" + quote(_SPACE.sub("", script), safe="()=>{}[].,;:'*!/?&+")


def read_handed(body: bytes) -> Handed | None:
    r"""What a body says; None where no bookmarklet of litdb's wrote it.

    >>> read_handed(b"secret=s\r\nurl=https://a.example/x\r\nhtml=<html>\r\na=b</html>\r\n").html
    b'<html>\r\na=b</html>'
    """
    sent = _SENT.match(body)
    if not sent:
        return None
    secret, url = (each.decode("utf-8", "replace") for each in sent.groups()[:2])
    return Handed(secret, url, sent[3])


async def read_body(seen: Seen, receive: Receive) -> bytes | None:
    """The body of a request; None where it is longer than a page may be, of which no more is read."""
    most = MOST_BYTES + _HEAD_BYTES
    if seen.length > most:
        return None
    chunks: list[bytes] = []
    left = most
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        left -= len(chunks[-1])
        if left < 0:
            return None
        if not message.get("more_body", False):
            return b"".join(chunks)
