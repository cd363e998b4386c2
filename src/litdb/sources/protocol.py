"""What a source is: one file that knows one family of sites or registries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

from litdb.model import Answer, Identifier, Identity, Outcome, Policy, Reading, Reference, Request, Rung, Target
from litdb.text.urls import Url

KindOfSource = Literal["site", "page", "capture", "index", "references"]
"""How a source comes to know of works, for the ranking of what it says (`litdb.merge.RANKING`).

One of `references` knows only what works cite: nobody asks it what a work is, and its silence says nothing of the work.
"""


class Source(Protocol):
    """One family of sites, to be derived from. Every method is pure: what it needs comes in, what it finds goes out."""

    name: str
    policies: Sequence[Policy]
    refusals: Mapping[int, tuple[Outcome, str]] = {}
    """What a status means here, where that is more than everywhere; a wall that the body shows goes before it."""
    explained: frozenset[int] = frozenset()
    """Statuses of refusals whose bodies say what is the matter: `read` gets them."""
    kind: KindOfSource = "site"
    """`index` for whoever has it from others or guesses."""
    knows_all: bool = True
    """False for a feed or an index, which has only some works of its family: that one is missing says nothing."""

    def identify(self, url: Url) -> Identity | None:
        """What a URL of this family means, or None where it is not ours or names no work."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """How good this source is for an identifier, or None where it cannot answer for it."""

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """The requests that ask for these works: one for many where the site allows it."""

    def read(self, answer: Answer) -> Reading:
        """What the answer says of the works asked for, with an outcome for every one of them."""

    def owns(self, page: Answer) -> bool:
        """Whether a page of the web is of this family by its own words, whatever its address.

        The first source that owns a page reads it too, with the request's `step` set to `OWN_PAGE`. Called for every
        page: a look at some bytes, not a parse. By default no page is.
        """
        return False

    def references(self, answer: Answer) -> Iterable[Reference]:
        """What the answer says that its works cite, in its order. Asked only where the user wants the graph."""
        return ()


OWN_PAGE = "own-page"
"""The step of a request that the page reader made, when the source that owns the page reads the answer."""


class UrlsOnly(Source):
    """A source that knows what its URLs mean and leaves the asking to others: the base of such files."""

    policies: Sequence[Policy] = ()

    def rung(self, identifier: Identifier) -> Rung | None:
        """None: there is nobody to ask here."""
        return None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """Nothing, for the same reason."""
        return ()

    def read(self, answer: Answer) -> Reading:
        """Nothing, for the same reason."""
        return Reading()
