"""From rows of the library to its catalogue."""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from litdb.browse.catalogue import Catalogue, Facet
from litdb.database import finding

if TYPE_CHECKING:
    from sqlite3 import Connection

    ByNote: TypeAlias = Mapping[int, array[int]]
    ByLabel: TypeAlias = Mapping[str, Iterable[int]]

FRONT_MATTER = "note."
"""How facets by a key of the notes' front matter begin."""

MOST_KEYS = 40
"""So many keys of the front matter become facets."""

OWN = (("type", "Type"), ("site", "Site"), ("year", "Year"), ("outcome", "Outcome"))
"""Facets by what is said of a work itself, in the order of `finding.cited_works`."""

_SEPARATORS = re.compile(r"[,\s]+")


def read_catalogue(connection: Connection) -> Catalogue:
    """The catalogue of an open library."""
    works = list(finding.cited_works(connection))
    ids = array("q", (row[0] for row in works))
    places = {row: place for place, row in enumerate(ids)}
    mentioned, by_note = _mentions(connection, places)
    notes = list(finding.front_matters(connection))
    own = {name: _by_column(works, column) for column, (name, _) in enumerate(OWN, 1)}
    facets = [
        *(Facet.of(name, title, own[name], len(ids), single=True) for name, title in OWN),
        Facet.of("author", "Author", _by_author(connection, places), len(ids)),
        Facet.of("note", "Note", {path: by_note[row] for row, path, _ in notes if row in by_note}, len(ids)),
        *(Facet.of(name, title, labels, len(ids)) for name, title, labels in _by_front_matter(notes, by_note)),
    ]
    named = {facet.name: facet for facet in facets if facet.labels}
    return Catalogue(ids, named, mentioned, finding.sizes(connection))


def order_of(connection: Connection, catalogue: Catalogue, name: str) -> array[int]:
    """The works in one of the library's orders; sorted once."""
    if name not in catalogue.orders:
        places = {row: place for place, row in enumerate(catalogue.ids)}
        rows = finding.sorted_works(connection, name)
        catalogue.orders[name] = array("I", (places[row] for row in rows if row in places))
    return catalogue.orders[name]


def front_matter_values(key: str, value: object) -> Iterator[str]:
    """The values of a key, one by one; tags in one text are parted, as Jekyll and Obsidian do.

    >>> list(front_matter_values("tags", "alignment, agents")), list(front_matter_values("status", ["to read", 3]))
    (['alignment', 'agents'], ['to read', '3'])
    """
    if isinstance(value, list):
        yield from (text for each in value for text in front_matter_values("", each))
    elif isinstance(value, bool):
        yield "yes" if value else "no"
    elif value is not None and str(value).strip():
        yield from filter(None, _SEPARATORS.split(str(value))) if key == "tags" else (str(value).strip(),)


def _by_column(works: Iterable[tuple[int, str, str | None, int | None, str]], column: int) -> ByLabel:
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for place, row in enumerate(works):
        if row[column] is not None:
            found[str(row[column])].append(place)
    return found


def _by_author(connection: Connection, places: Mapping[int, int]) -> ByLabel:
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for name, work in finding.written_by(connection):
        if work in places:
            found[name].append(places[work])
    return found


def _mentions(connection: Connection, places: Mapping[int, int]) -> tuple[Mapping[int, int], ByNote]:
    """The works that mentions cite, by the mentions' rows, and the works that each note cites."""
    mentioned: dict[int, int] = {}
    by_note: dict[int, array[int]] = {}
    for note, mentions, works in finding.cited_by(connection):
        here = [(mention, places[work]) for mention, work in zip(mentions, works, strict=True) if work in places]
        mentioned.update(here)
        by_note[note] = array("I", (place for _, place in here))
    return mentioned, by_note


def _by_front_matter(notes: Iterable[tuple[int, str, str]], by_note: ByNote) -> Iterator[tuple[str, str, ByLabel]]:
    """For the keys of front matter the facet's name, title and works: tags first, then keys whose values notes share.

    Among those, and among the keys that only tell notes apart, the most used come first.
    """
    by_key: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, _, text in notes:
        for key, value in json.loads(text).items():
            for each in front_matter_values(key, value):
                by_key[key][each].append(row)
    used = {key: sum(map(len, by_key[key].values())) for key in by_key}
    for key in sorted(by_key, key=lambda key: (key != "tags", used[key] == len(by_key[key]), -used[key], key))[
        :MOST_KEYS
    ]:
        title = "Tag of the note" if key == "tags" else f"Note: {key}"
        yield f"{FRONT_MATTER}{key}", title, {value: _cited(by_key[key][value], by_note) for value in by_key[key]}


def _cited(notes: Iterable[int], by_note: ByNote) -> set[int]:
    return set().union(*(by_note[note] for note in notes if note in by_note))
