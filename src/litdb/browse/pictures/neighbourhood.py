"""What is nearest to a note or a work: the part of the graph that a picture shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from litdb.database import pictures
from litdb.database.pictures import Facts, Link, Spot

if TYPE_CHECKING:
    from sqlite3 import Connection

FEWEST, USUAL, MOST = 6, 24, 100
"""So many nodes a picture has: at least, unless asked, at most."""

MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Nodes and how they are tied; `steps` says how far each is from the centre, `beside` how many are next to it.

    `goes_on` says whether there are further ones.
    """

    steps: Mapping[Spot, int]
    links: Sequence[Link]
    facts: Facts
    beside: int = 0
    goes_on: bool = False
    centre: Spot | None = None


def neighbourhood(connection: Connection, centre: Spot, most: int) -> Neighbourhood:
    """The nodes nearest to one, at most so many: those a step away before those two away.

    Of equally near ones those come first that are tied most often to what is nearer; notes and works take turns.
    """
    steps, layer, beside, goes_on = {centre: 0}, [centre], 0, False
    for step in range(1, MOST_STEPS + 1):
        found = pictures.near(connection, layer, most + len(steps))
        beside = beside or len({*found.spots} - {centre}) + max(0, found.total - len(found.spots))
        further = [spot for spot in found.spots if spot not in steps]
        layer = further[: most - len(steps)]
        steps |= dict.fromkeys(layer, step)
        goes_on = len(further) > len(layer) or found.total > len(found.spots)
        if goes_on or not layer:
            break
    return Neighbourhood(
        steps,
        pictures.links_among(connection, steps),
        pictures.facts_of(connection, steps),
        beside,
        goes_on or bool(layer),
        centre,
    )


def best_connected(connection: Connection, spots: Sequence[Spot], listed: Collection[Spot]) -> Neighbourhood:
    """Those of these nodes that are tied to each other; facts are there of all that are listed."""
    links = pictures.links_among(connection, spots)
    tied = {end for link in links for end in (link.source, link.target)}
    steps = {spot: 0 for spot in spots if spot in tied}
    return Neighbourhood(steps, links, pictures.facts_of(connection, listed), goes_on=True)
