"""One request on the way to an answer: a value, so that the next may go from another lane, thread or machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from litdb.model import Hop, Request


@dataclass(frozen=True, slots=True)
class Leg:
    """Where a request goes now, after which redirects, and the seconds that its exchanges took so far."""

    request: Request
    url: str
    method: Literal["GET", "POST"] = "GET"
    hops: tuple[Hop, ...] = ()
    spent: float = 0.0
    been: frozenset[tuple[str, str]] = frozenset()
    """Method and address of every exchange before this one."""

    @classmethod
    def first(cls, request: Request) -> Leg:
        """The leg that a request begins with."""
        return cls(request, request.url, request.method)

    def onward(self, status: int, url: str, seconds: float) -> Leg:
        """The leg after a redirect with this status, which took so many seconds (RFC 9110, 15.4: who asks by GET now).

        >>> post = Leg.first(Request("test", "https://example.org/a", (), method="POST"))
        >>> post.onward(307, "https://example.org/b", 0.5).method, post.onward(303, "https://example.org/b", 0.5).method
        ('POST', 'GET')
        """
        asks_anew = status == 303 or (status in (301, 302) and self.method == "POST")
        return replace(
            self,
            url=url,
            method="GET" if asks_anew else self.method,
            hops=(*self.hops, Hop(status, self.url)),
            spent=self.spent + seconds,
            been=self.been | {(self.method, self.url)},
        )

    @property
    def is_circle(self) -> bool:
        """Whether this very exchange has been before."""
        return (self.method, self.url) in self.been
