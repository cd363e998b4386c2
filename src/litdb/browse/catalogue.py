"""What the reference list is narrowed and counted by, held in memory: arrays, so that a hundred thousand works fit.

A work is its place in `Catalogue.ids`. A facet knows the works of every label, so narrowing costs what a label has. To
count, a facet with few labels has the works of each as one number, in which a byte is a work; one with many has the
labels of every work, and counting costs what is selected, or what is left out if that is less.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappush, heappushpop, nsmallest
from itertools import accumulate, chain, compress, islice
from operator import sub
from typing import Any, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Lists:
    """Many short lists of numbers in two arrays: list `n` stands in `items` from `starts[n]` to `starts[n + 1]`."""

    starts: array[int]
    items: array[int]

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> Lists:
        """These lists.

        >>> Lists.of([[7], [], [8, 9]]).items
        array('I', [7, 8, 9])
        """
        starts, items = array("I", [0]), array("I")
        for each in lists:
            items.extend(each)
            starts.append(len(items))
        return cls(starts, items)

    def inverted(self, size: int) -> Lists:
        """For each of `size` items the lists that it stands in.

        >>> list(Lists.of([[1], [0, 1]]).inverted(2)[1])
        [0, 1]
        """
        counted = Counter(self.items)
        starts = array("I", accumulate((counted[item] for item in range(size)), initial=0))
        free, items = starts[:], array("I", bytes(4 * len(self.items)))
        for place in range(len(self.starts) - 1):
            for item in self[place]:
                items[free[item]] = place
                free[item] += 1
        return Lists(starts, items)

    def __getitem__(self, place: int) -> array[int]:
        return self.items[self.starts[place] : self.starts[place + 1]]

    @property
    def lengths(self) -> list[int]:
        """How long each list is."""
        return list(map(sub, self.starts[1:], self.starts))


FEW_LABELS = 64
"""A facet with so few labels is counted by numbers."""

MANY = 12
"""From this part of the works on, the works of labels are looked at, and not the labels of works."""

_FLIPPED = bytes([1, 0]) + bytes(254)


@dataclass(frozen=True)
class Selection:
    """Some of the works: `mask` has one byte for each, 1 where it belongs."""

    mask: bytearray
    count: int

    @classmethod
    def everything(cls, size: int) -> Selection:
        """All works of a catalogue of this size."""
        return cls(bytearray(b"\x01" * size), size)

    def narrowed(self, works: Iterable[int]) -> Selection:
        """What is also among these works.

        >>> Selection.everything(4).narrowed([0, 2, 3]).narrowed([1, 2, 3]).count
        2
        """
        mask = bytearray(len(self.mask))
        for work in works:
            mask[work] = self.mask[work]
        return Selection(mask, mask.count(1))

    def sorted(self, order: Sequence[int]) -> Iterator[int]:
        """The selected works in an order.

        >>> list(Selection.everything(3).narrowed([0, 2]).sorted([2, 1, 0]))
        [2, 0]
        """
        return compress(order, map(self.mask.__getitem__, order))

    def page(self, order: Sequence[int], after: int, most: int) -> list[int]:
        """At most so many of the works in an order, after so many others."""
        return list(islice(self.sorted(order), after, after + most))

    @property
    def is_most(self) -> bool:
        """Whether more than half of the works are selected."""
        return 2 * self.count > len(self.mask)

    @cached_property
    def fewer(self) -> list[int]:
        """The works that are left out if most are selected, else those that are."""
        wanted = self.mask.translate(_FLIPPED) if self.is_most else self.mask
        return list(compress(range(len(wanted)), wanted))

    @cached_property
    def number(self) -> int:
        """The mask as one number."""
        return int.from_bytes(self.mask, "little")


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list: sorted `labels`, and the `works` of each by its place.

    `title` is what readers see; with `single` values a work has one label at most. Either `numbers` has the works of
    each label as a number, or `places` the labels of each work; then `by_size` are the labels from the one with most
    works to those with fewest.
    """

    name: str
    title: str
    labels: Sequence[str]
    works: Lists
    numbers: Sequence[int] = ()
    places: Lists | None = None
    by_size: Sequence[int] = ()
    single: bool = False

    @classmethod
    def of(
        cls, name: str, title: str, by_label: Mapping[str, Iterable[int]], size: int, *, single: bool = False
    ) -> Facet:
        """A facet of the works of every label, out of `size` works; what is said twice counts once.

        >>> facet = Facet.of("type", "Type", {"post": [1, 1], "book": [0]}, 2)
        >>> facet.labels, list(facet.works[1])
        (['book', 'post'], [1])
        """
        labels = sorted(by_label)
        works = Lists.of(sorted(set(by_label[label])) for label in labels)
        if len(labels) > FEW_LABELS:
            lengths = works.lengths
            by_size = array("I", sorted(range(len(labels)), key=lengths.__getitem__, reverse=True))
            return cls(name, title, labels, works, places=works.inverted(size), by_size=by_size, single=single)
        everything = Selection.everything(size)
        numbers = tuple(everything.narrowed(works[place]).number for place in range(len(labels)))
        return cls(name, title, labels, works, numbers, single=single)

    def works_with(self, label: str) -> array[int]:
        """The works that have this label."""
        place = bisect_left(self.labels, label)
        return self.works[place] if place < len(self.labels) and self.labels[place] == label else array("I")

    def counts(self, among: Selection) -> Mapping[int, int]:
        """How many of the selected works have each label that any of them has, by the label's place."""
        if self.places is None:
            found = [(number & among.number).bit_count() for number in self.numbers]
            return {place: count for place, count in enumerate(found) if count}
        counted = Counter(chain.from_iterable(map(self.places.__getitem__, among.fewer)))
        if not among.is_most:
            return counted
        left = self.works.lengths
        for place, count in counted.items():
            left[place] -= count
        return {place: count for place, count in enumerate(left) if count}

    def commonest(self, among: Selection, most: int) -> tuple[list[tuple[str, int]], int]:
        """The labels that most of the selected works have, each with how many, and how many labels they have in all."""
        if self.places is not None and len(among.fewer) > len(among.mask) // MANY:
            return self._commonest_of_many(among.mask, most)
        counts = self.counts(among)
        return self._top(counts, most), len(counts)

    def _commonest_of_many(self, mask: bytearray, most: int) -> tuple[list[tuple[str, int]], int]:
        """Labels with fewer works than the best ones have selected works are only looked at for any."""
        counts: dict[int, int] = {}
        best: list[int] = []
        for place in self.by_size:
            works = self.works[place]
            if len(best) == most and len(works) < best[0]:
                break
            if count := sum(map(mask.__getitem__, works)):
                counts[place] = count
                (heappushpop if len(best) == most else heappush)(best, count)
        there = sum(any(map(mask.__getitem__, self.works[place])) for place in range(len(self.labels)))
        return self._top(counts, most), there

    def _top(self, counts: Mapping[int, int], most: int) -> list[tuple[str, int]]:
        return [(self.labels[place], count) for place, count in nsmallest(most, counts.items(), key=_by_count)]


def _by_count(counted: tuple[int, int]) -> tuple[int, int]:
    return -counted[1], counted[0]


MOST_ANSWERS = 64
"""So many answers are kept."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The cited works: their row `ids` in rising order and the facets by name.

    `mentioned` has the work that a mention cites, by the mention's row. `counts` says how much there is of what.
    `orders` keeps sorted works by the name of the order, once somebody has asked for them, `answers` small answers.
    """

    ids: array[int]
    facets: Mapping[str, Facet]
    mentioned: Mapping[int, int]
    counts: Mapping[str, int]
    orders: MutableMapping[str, array[int]] = field(default_factory=dict)
    answers: MutableMapping[Hashable, Any] = field(default_factory=dict)

    def place(self, row: int) -> int | None:
        """Where the work of a row stands, if it is cited."""
        found = bisect_left(self.ids, row)
        return found if found < len(self.ids) and self.ids[found] == row else None

    def selection(self, asked: Iterable[tuple[str, str]]) -> Selection:
        """The works that have all these labels, each with the name of its facet."""
        found = Selection.everything(len(self.ids))
        for name, label in asked:
            facet = self.facets.get(name)
            found = found.narrowed(facet.works_with(label) if facet else ())
        return found

    def once(self, question: Hashable, answer: Callable[[], Answer]) -> Answer:
        """The answer to a question about the library as it is, worked out once: readers leaf through what they narrow.

        >>> empty = Catalogue(array("q"), {}, {}, {})
        >>> empty.once("how many?", lambda: 1), empty.once("how many?", lambda: 2)
        (1, 1)
        """
        try:
            made: Answer = self.answers[question]
        except KeyError:
            if len(self.answers) >= MOST_ANSWERS:
                self.answers.clear()
            made = self.answers[question] = answer()
        return made
