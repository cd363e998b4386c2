"""What the journal keeps of every address, over the days, and the judgement of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from litdb.checks.health import SEES_THE_PAGE, Health, Look, judge, looks_by_identifier
from litdb.database.health import attempts_seen, days_heard
from litdb.model import Identifier
from litdb.sources.wrappers import is_copy


class Kept:
    """The looks at addresses that the journal at a path keeps: at these, or at all. They are read once wanted."""

    def __init__(self, journal: Path, these: Collection[Identifier] | None = None) -> None:
        self._journal, self._these = journal, these

    @cached_property
    def heard(self) -> frozenset[str]:
        """The days on which anybody on the web answered."""
        return days_heard(self._journal)

    @cached_property
    def _looks(self) -> Mapping[Identifier, Sequence[Look]]:
        return looks_by_identifier(attempts_seen(self._journal, self._these))

    def looks(self, identifier: Identifier) -> Sequence[Look]:
        """All looks at an address, the oldest first."""
        return self._looks.get(identifier, ())

    def health(self, identifier: Identifier) -> Health:
        """What has become of an address."""
        return judge(self.looks(identifier), self.heard)

    def of_link(self, url: str, identifier: Identifier) -> Health | None:
        """What has become of a link that means this identifier; None for a copy in an archive, which outlives it."""
        return None if is_copy(url) else self.health(identifier)

    def is_silent(self, identifier: Identifier) -> bool:
        """Whether nobody answered at the last look."""
        last = self.health(identifier).last
        return last is not None and not last.answer

    def alive(self) -> Identifier | None:
        """The address whose page answered last."""
        there = (self.health(identifier) for identifier in self._looks)
        answered = [each.last for each in there if each.state in ("alive", "moved") and each.last]
        pages = [(last.at, last.identifier) for last in answered if last.source == SEES_THE_PAGE]
        return max(pages)[1] if pages else None
