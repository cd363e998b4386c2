"""What a reader asks of the reference list, from the address's query and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from litdb.browse.cataloguing import FRONT_MATTER

FILTERS = frozenset({"type", "site", "year", "author", "note", "outcome"})
"""What the list can be narrowed by, beside keys of the notes' front matter."""

BEST = "best"
"""The order of a search: what fits best comes first."""


def number_in(text: str, usual: int = 1) -> int:
    """The number that a text is, from 1 on; the usual one for what is none, or far too large."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else usual


@dataclass(frozen=True, slots=True)
class Asked:
    """A narrowed, sorted, searched list: `filters` are pairs of facet and label, `whole` a facet to show in full."""

    words: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    page: int = 1
    whole: str = ""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Asked:
        """What the pairs of a query say; what nobody knows is passed over.

        >>> Asked.of([("q", " agents "), ("type", "post"), ("page", "x"), ("_size", "9")])
        Asked(words='agents', filters=(('type', 'post'),), sort='', page=1, whole='')
        """
        given = [(name, value.strip()) for name, value in pairs if value.strip()]
        last = dict(given)
        return cls(
            words=last.get("q", ""),
            filters=tuple(dict.fromkeys((n, v) for n, v in given if n in FILTERS or n.startswith(FRONT_MATTER))),
            sort=last.get("sort", ""),
            page=number_in(last.get("page", "")),
            whole=last.get("facet", ""),
        )

    @property
    def query(self) -> str:
        """The query of an address that asks the same.

        >>> Asked("a b", (("year", "2022"),), page=2).query
        'q=a+b&year=2022&page=2'
        """
        parts = [("q", self.words), *self.filters, ("sort", self.sort), ("facet", self.whole)]
        return urlencode([*((n, v) for n, v in parts if v), *([("page", self.page)] if self.page > 1 else [])])

    def narrowed(self, name: str, label: str, *, single: bool) -> Asked:
        """The same with this label too; of a facet with single values, instead of another."""
        kept = tuple(each for each in self.filters if not (single and each[0] == name))
        return replace(self, filters=tuple(dict.fromkeys((*kept, (name, label)))), page=1, whole="")

    def widened(self, name: str, label: str) -> Asked:
        """The same without this label."""
        return replace(self, filters=tuple(each for each in self.filters if each != (name, label)), page=1, whole="")

    @property
    def selecting(self) -> Asked:
        """What of it says which works and facets are shown, on whatever page and in whatever order."""
        return replace(self, sort="", page=1)

    @property
    def unfiltered(self) -> Asked:
        """The same without any label."""
        return replace(self, filters=(), page=1, whole="")

    def sorted_by(self, order: str) -> Asked:
        """The same in another order."""
        return replace(self, sort=order, page=1)

    def at(self, page: int) -> Asked:
        """Another page of the same."""
        return replace(self, page=page)

    def showing(self, facet: str) -> Asked:
        """The same with all labels of a facet."""
        return replace(self, whole=facet)
