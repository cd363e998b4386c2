"""The part of the works that a change touches: what hangs together with it. Pure.

Works hang together by what makes them one or two, and by every relation but citing: a work is made from what is said
of it, and of who cites it nothing is seen in it but that it is there, and the name of one that nobody has asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from litdb.citations import Citations
from litdb.corrections import Pair, Word
from litdb.model import Identifier, Record, Relation
from litdb.projection import Evidence, Shelf


@dataclass(frozen=True, slots=True)
class Part:
    """Some works whole, by all their identifiers, with all evidence about them.

    `rows` are those of the library that they are to replace, `problems` what is wrong with the evidence.
    """

    works: frozenset[Identifier]
    rows: frozenset[int]
    evidence: Evidence
    problems: tuple[str, ...] = ()


def together(works: Set[Identifier], records: Iterable[Record], pairs: Iterable[Pair]) -> set[Identifier]:
    """Works with all that is tied to them: called the same, joined or split, related otherwise than by citing."""
    found = set(works)
    for several in (*map(tied, records), *map(set, pairs)):
        if not found.isdisjoint(several):
            found |= several
    return found


def tied(record: Record) -> set[Identifier]:
    """What a record ties together."""
    related = {each for tie in record.relations if tie.kind != "cites" for each in (tie.subject, tie.object)}
    return {record.identifier, *record.same, *related}


def speaking_of(records: Iterable[Record], works: Set[Identifier]) -> list[Record]:
    """The records that say anything of works; of others than these only what ties them to these."""
    return [
        each if each.identifier in works else replace(each, relations=_touching(each.relations, works))
        for each in records
        if not works.isdisjoint(ends(each))
    ]


def _touching(relations: Iterable[Relation], works: Set[Identifier]) -> tuple[Relation, ...]:
    return tuple(each for each in relations if each.subject in works or each.object in works)


def ends(record: Record) -> set[Identifier]:
    """All that a record speaks of."""
    return {record.identifier, *record.same, *(end for tie in record.relations for end in (tie.subject, tie.object))}


def named(records: Iterable[Record], cited: Citations, word: Word) -> set[Identifier]:
    """Every identifier that evidence names."""
    found = {each.identifier for each in cited.identities}
    return found.union(*map(ends, (*records, *word.records)), *word.same, *word.apart, word.keys)


def as_they_were(rows: Mapping[Identifier, int]) -> Iterator[Pair]:
    """What keeps works together whose evidence is not all there. `rows` has of each identifier the row of its work."""
    first: dict[int, Identifier] = {}
    for identifier, row in sorted(rows.items()):
        if first.setdefault(row, identifier) != identifier:
            yield first[row], identifier


def about(word: Word, works: Set[Identifier]) -> Word:
    """What the user says of some works, all keys (which are nobody else's any more), and all splits, that move keys."""

    def touched(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
        return tuple(pair for pair in pairs if not works.isdisjoint(pair))

    records = tuple(each for each in word.records if each.identifier in works)
    return replace(word, records=records, same=touched(word.same))


def narrowed(shelf: Shelf, works: Set[Identifier]) -> Shelf:
    """The shelf with these works only. What notes cite stays as it is."""
    places = [place for place, record in enumerate(shelf.records) if record.identifier in works]
    return replace(
        shelf,
        works=[work for work in shelf.works if work.identifier in works],
        records=[shelf.records[place] for place in places],
        chosen=[shelf.chosen[place] for place in places],
        attempts=[each for each in shelf.attempts if each.identifier in works],
        superseded=[each for each in shelf.superseded if each.identifier in works],
        apart=[pair for pair in shelf.apart if pair[0] in works],
    )
