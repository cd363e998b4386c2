"""Who may use the door: the person at this machine, from litdb's own pages.

Three things are asked of a request, each against its own attack. The host it names is this machine (a page that makes
its own name resolve to 127.0.0.1 is told apart by that: DNS rebinding). Its cookie holds the token of this run, which
only the address has that `litdb browse` opens. What changes something comes from litdb's own pages: the browser says so
in `Sec-Fetch-Site` (www.w3.org/TR/fetch-metadata), older ones in `Origin` (RFC 6454, §7), headers that no page can
write, so no other page can use the cookie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ELSEWHERE = "This litdb answers on this machine only, as 127.0.0.1 or localhost."
STRANGER = "Corrections are for the one who started “litdb browse”. Open the address that it printed, then try again."
FOREIGN = "This came from another page than litdb's own, so nothing was changed."


@dataclass(frozen=True, slots=True)
class Seen:
    """What a request says about where it comes from: its headers, in lower case."""

    headers: Mapping[str, str]

    @classmethod
    def of(cls, scope: Mapping[str, Any]) -> Seen:
        """What an ASGI scope says (asgi.readthedocs.io, HTTP connection scope: names and values are bytes)."""
        return cls({name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]})

    @property
    def host(self) -> str:
        """The host and port that it was sent to, as it says."""
        return self.headers.get("host", "")

    @property
    def origin(self) -> str:
        """The origin of the page that sent it; empty where it does not say, `null` where the browser hides it."""
        return self.headers.get("origin", "")

    @property
    def is_for_this_machine(self) -> bool:
        """Whether it was sent to a name of this machine.

        >>> [Seen({"host": host}).is_for_this_machine for host in ("127.0.0.1:8001", "[::1]:8001", "rebound.example")]
        [True, True, False]
        """
        return _host_of(self.host) in LOOPBACK

    @property
    def is_from_own_page(self) -> bool:
        """Whether one of litdb's own pages sent it.

        >>> Seen({"host": "localhost:8001", "origin": "http://localhost:8001"}).is_from_own_page
        True
        >>> Seen({"host": "localhost:8001", "origin": "http://localhost:3000"}).is_from_own_page
        False
        >>> Seen({"host": "localhost:8001", "origin": "null", "sec-fetch-site": "same-origin"}).is_from_own_page
        True
        """
        told = self.headers.get("sec-fetch-site")
        return told == "same-origin" if told else bool(self.host) and self.origin == f"http://{self.host}"

    @property
    def length(self) -> int:
        """The bytes of its body as announced; -1 where it does not say."""
        text = self.headers.get("content-length", "")
        return int(text) if text.isascii() and text.isdigit() else -1

    @property
    def port(self) -> int:
        """The port that it was sent to, as it says."""
        text = self.host.rpartition(":")[2]
        return int(text) if text.isascii() and text.isdigit() else 80

    @property
    def cookie_name(self) -> str:
        """The cookie of the litdb at this port; a browser keeps the cookies of all ports of a machine together.

        >>> Seen({"host": "127.0.0.1:8001"}).cookie_name
        'litdb_8001'
        """
        return f"litdb_{self.port}"

    def knows(self, token: str) -> bool:
        """Whether its cookie holds the token."""
        cookies = dict(each.strip().partition("=")[::2] for each in self.headers.get("cookie", "").split(";"))
        return is_same(cookies.get(self.cookie_name, ""), token)


def is_same(said: str, secret: str) -> bool:
    """Whether a text is the secret; it takes as long whatever it says (docs.python.org, hmac.compare_digest)."""
    return compare_digest(said.encode("utf-8", "surrogatepass"), secret.encode())


def _host_of(authority: str) -> str:
    try:
        return urlsplit(f"//{authority}").hostname or ""
    except ValueError:
        return ""
