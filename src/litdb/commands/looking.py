"""Runs that look at addresses, or ask an archive for copies, in place of learning about works."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping

from litdb.checks.health import LOST, SEES_THE_PAGE, is_due, vouches
from litdb.crawl import Crawl, Event, Web, plan
from litdb.files.place import Place
from litdb.kept import Kept
from litdb.ladder import rungs
from litdb.model import Identifier, Json, Request, Target
from litdb.run import Run
from litdb.sources import source_named, sources
from litdb.sources.only import Only
from litdb.text.times import utc_now

ARCHIVE = "wayback"


class _Asking(Run, ABC):
    """A run that asks one source about each of some works; `only` are those that it may be about."""

    def __init__(self, place: Place, only: Collection[Identifier]) -> None:
        super().__init__(place, [], utc_now)
        self.kept = Kept(place.journal)
        self._only = only

    def requests(self, refresh: frozenset[Identifier] = frozenset()) -> list[Request]:
        """What is asked first."""
        return plan(self.targets(), self.chosen(), {}, utc_now())

    def remember(self, told: Mapping[str, Json]) -> None:
        """Nothing where a crawl before this run was cut off: the next one has to go on with it."""
        if not self.was_cut_off:
            super().remember(told)

    def chosen(self) -> list[Only]:
        """Who is asked about which works."""
        by_source: dict[str, list[Identifier]] = {}
        for each in self.targets():
            name = self.asks(each.identifier) if each.identifier in self._only else ""
            by_source.setdefault(name, []).append(each.identifier)
        return [Only(source_named(name), works) for name, works in sorted(by_source.items()) if name]

    @abstractmethod
    def asks(self, identifier: Identifier) -> str:
        """Who is to be asked about a work, or empty."""


class Looking(_Asking):
    """A run that looks at the addresses for which nothing that is kept vouches."""

    def crawl(self, web: Web) -> Crawl:
        """The looks, ready to run."""
        return _Looks(self, web)

    def asks(self, identifier: Identifier) -> str:
        """The source whose last word is to be heard again, else the page itself, else the first on the ladder."""
        health = self.kept.health(identifier)
        if not is_due(health, self.kept.looks(identifier), utc_now()):
            return ""
        own = [source.name for _, source in rungs(identifier, sources()) if vouches(source.name)]
        usual = SEES_THE_PAGE if SEES_THE_PAGE in own else next(iter(own), "")
        return health.last.source if health.last else usual


class Archiving(_Asking):
    """A run that asks the archive for copies of what is no longer found at its address."""

    def crawl(self, web: Web) -> Crawl:
        """The questions, ready to run."""
        return Crawl(self.journal, web, self.chosen(), utc_now, was_cut_off=self.was_cut_off)

    def asks(self, identifier: Identifier) -> str:
        """The archive, where the address leads to the work no more."""
        return ARCHIVE if self.kept.health(identifier).state in LOST else ""


class _Looks(Crawl):
    """A crawl that asks first whoever may answer, and those that were silent the last time only once somebody has.

    Where all that is due was silent, an address that is known to live is asked too: silence counts only beside it.
    """

    def __init__(self, run: Looking, web: Web) -> None:
        self._due = run.chosen()
        self._quiet = {each for each in _works(self._due, run) if run.kept.is_silent(each)}
        self._control = run.kept.alive() if self._quiet == _works(self._due, run) else None
        control = [Only(source_named(SEES_THE_PAGE), [self._control])] if self._control and self._quiet else []
        asked = [*self._due, *control]
        super().__init__(run.journal, web, asked, utc_now, was_cut_off=run.was_cut_off)

    def run(self, targets: Iterable[Target], refresh: frozenset[Identifier] = frozenset()) -> Iterator[Event]:
        """Look at what is due, whatever was due before, and yield what happens."""
        known = {each.identifier: each for each in targets if any(s.rung(each.identifier) for s in self._sources)}
        first = [each for each in known.values() if each.identifier not in self._quiet]
        yield from super().run(first, frozenset(known))
        if self._has_network:
            yield from super().run([known[each] for each in sorted(self._quiet)], frozenset(known))


def _works(sources: Iterable[Only], run: Looking) -> set[Identifier]:
    return {each.identifier for each in run.targets() if any(source.rung(each.identifier) for source in sources)}
