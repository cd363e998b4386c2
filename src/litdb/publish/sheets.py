"""Long lists as several pages: by letter or year, each cut into sheets of a size that a phone can take."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

T = TypeVar("T")

OTHER = "other"
"""Where names and titles stand that begin with no letter from A to Z."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list: the `number`-th for a group of `whole` items. `name` is that of the page."""

    group: str
    name: str
    number: int
    whole: int
    start: int
    items: Sequence[T]

    @property
    def label(self) -> str:
        """The group as people read it."""
        return self.group.capitalize()


def sheets(groups: Mapping[str, Sequence[T]], most: int, prefix: str = "") -> list[Sheet[T]]:
    """Every group in sheets of at most so many items.

    >>> [(each.name, each.items) for each in sheets({"2022": "abc", "undated": "d"}, 2)]
    [('2022', 'ab'), ('2022_2', 'c'), ('undated', 'd')]
    """
    return [*chain.from_iterable(_cut(group, items, most, prefix) for group, items in groups.items())]


def letter_of(text: str) -> str:
    """The letter that a name or title stands under.

    >>> letter_of("Ødegård"), letter_of("“Éa”"), letter_of("2 types")
    ('other', 'e', 'other')
    """
    first = plain_letters(next(filter(str.isalnum, text), ""))[:1]
    return first if first.isalpha() else OTHER


def plain_letters(text: str) -> str:
    """A text for sorting and for names of places: letters from a to z and digits, the accents off.

    >>> plain_letters("Éa, van der")
    'eavander'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if each.isascii() and each.isalnum())


def _cut(group: str, items: Sequence[T], most: int, prefix: str) -> Iterator[Sheet[T]]:
    for number, start in enumerate(range(0, len(items), most), 1):
        name = f"{prefix}{group}" if number == 1 else f"{prefix}{group}_{number}"
        yield Sheet(group, name, number, len(items), start + 1, items[start : start + most])
