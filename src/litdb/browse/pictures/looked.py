"""The works that a look is at, and what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from typing import TYPE_CHECKING, Any

from litdb.browse.listing import Found
from litdb.browse.pictures.look import Look
from litdb.browse.pictures.spans import span_of
from litdb.browse.rendering import line, type_name
from litdb.database import pictures

if TYPE_CHECKING:
    from sqlite3 import Connection

    from litdb.browse.catalogue import Catalogue, Selection
    from litdb.browse.links import Links

MOST_MARKS = 400
"""So many works have a mark each; more are counted."""

MOST_LABELS = 7
OTHER = "other"


@dataclass(frozen=True)
class Looked:
    """The works that the reference list would show, seen as a look wants it."""

    connection: Connection
    catalogue: Catalogue
    look: Look
    links: Links

    @cached_property
    def all(self) -> Selection:
        """The works asked for, of whatever date."""
        found = Found(self.connection, self.catalogue, self.look.asked.words)
        return found.among(self.catalogue.selection(self.look.asked.filters))

    @cached_property
    def dated(self) -> Selection:
        """Those that have a date, within the year that is looked at."""
        years = self.catalogue.facets.get("year")
        if years is None:
            return self.all.narrowed(())
        if self.look.date:
            return self.all.narrowed(years.works_with(self.look.date[:4]))
        return self.all.narrowed(chain.from_iterable(years.works[place] for place in range(len(years.labels))))

    @property
    def is_large(self) -> bool:
        """Whether there are too many works to ask for each."""
        return not self.look.date and self.dated.count > MOST_MARKS

    @property
    def count(self) -> int:
        """How many works there are within the date that is looked at."""
        return len(self.rows) if len(self.look.date) > len("2022") else self.dated.count

    @cached_property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The works within the date that is looked at, by date, each with the `span` that its date names."""
        return [
            {**row, "span": span}
            for row in pictures.dated(self.connection, self._ids, self.look.date)
            if (span := span_of(row["date"]))
        ]

    def counted(self, size: int) -> Mapping[tuple[str, str], int]:
        """How many of those works there are of each month or day and each type or site."""
        counts = Counter[tuple[str, str]]()
        found = pictures.counted(self.connection, self._ids, self.look.date, size, self.look.colour)
        for (date, label), number in found.items():
            counts[date, self.usual(label)] += number
        return counts

    @cached_property
    def _ids(self) -> Sequence[int]:
        return list(compress(self.catalogue.ids, self.dated.mask))

    @property
    def left_out(self) -> Sequence[str]:
        """What is told of the works that have no date."""
        undated = 0 if self.look.date else self.all.count - self.dated.count
        return [f"{works(undated)} without a date {'is' if undated == 1 else 'are'} not shown."] if undated else []

    @cached_property
    def labels(self) -> Sequence[str]:
        """The types or sites that most of them have."""
        facet = self.catalogue.facets.get(self.look.colour)
        return [label for label, _ in facet.commonest(self.dated, MOST_LABELS)[0]] if facet else []

    def usual(self, label: str) -> str:
        """A type or site, if it is one of the frequent ones."""
        return label if label in self.labels else OTHER

    def label_of(self, row: Mapping[str, Any]) -> str:
        """The type or site under which a work is shown."""
        return self.usual(row[self.look.colour] or "")

    def shown(self, label: str) -> str:
        """A type or site as people call it."""
        return line(type_name(label) if self.look.colour == "type" else label)[:60]

    def page_of(self, row: Mapping[str, Any]) -> str:
        """The page of a work."""
        return self.links.reference(row["key"] or row["identifier"])

    def at(self, **changes: str) -> str:
        """The address of another look at the same."""
        return self.links.timeline(self.look.at(**changes).query)


def name_of(row: Mapping[str, Any]) -> str:
    """What a work is called."""
    return line(row["label"] or row["identifier"])[:240]


def works(count: int) -> str:
    """So many works.

    >>> works(1), works(1200)
    ('1 work', '1,200 works')
    """
    return f"{count:,} {'work' if count == 1 else 'works'}"
