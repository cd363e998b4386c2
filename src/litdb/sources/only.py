"""A source by itself: for a run that asks it about some works, and nobody else about anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from litdb.model import Answer, Identifier, Identity, Reading, Request, Rung, Target
from litdb.sources.protocol import Source
from litdb.text.urls import Url


class Only(Source):
    """A source that stands on the first rung for some works and answers for no others."""

    def __init__(self, source: Source, works: Iterable[Identifier]) -> None:
        self.name, self.policies = source.name, source.policies
        self.refusals, self.explained = source.refusals, source.explained
        self._source, self._works = source, frozenset(works)

    def identify(self, url: Url) -> Identity | None:
        """As the source itself."""
        return self._source.identify(url)

    def rung(self, identifier: Identifier) -> Rung | None:
        """The first, for the works that this run asks about."""
        return Rung.REGISTRY if identifier in self._works else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """As the source itself."""
        return self._source.plan(wanted)

    def read(self, answer: Answer) -> Reading:
        """As the source itself."""
        return self._source.read(answer)
