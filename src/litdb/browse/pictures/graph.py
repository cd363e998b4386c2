"""The citation graph round a note or a work: notes, works, and how they are tied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from litdb.browse.cataloguing import order_of
from litdb.browse.looking import RELATIONS
from litdb.browse.pictures.neighbourhood import FEWEST, USUAL, Neighbourhood, best_connected, neighbourhood
from litdb.browse.pictures.network import Node, Tie, network
from litdb.browse.pictures.picture import Cell, Picture
from litdb.browse.rendering import line
from litdb.database import pictures
from litdb.database.pictures import Facts, Link, Spot

if TYPE_CHECKING:
    from sqlite3 import Connection

    from litdb.browse.catalogue import Catalogue
    from litdb.browse.links import Links

MOST_TITLE = 80
CITED, RELATED = "Works cited most often", "Works with most relations"
LISTED, DRAWN = 20, 12
"""So many of the best connected are listed, and so many of each list are drawn."""


def graph_picture(shown: Neighbourhood, links: Links) -> Picture:
    """A neighbourhood: each node leads to its own one, the node in the middle to its page."""
    nodes = [_node(spot, shown, links) for spot in shown.steps if spot in shown.facts]
    ties = [Tie(_id(link.source), _id(link.target), link.kind == "cites") for link in shown.links]
    title, sentence = _title(shown), _sentence(shown)
    rows = [_row(link, shown, links) for link in shown.links]
    heads = ("From", "Is tied by", "To")
    return Picture(title, sentence, heads, rows, lambda: network(nodes, ties, title, sentence))


def start(connection: Connection, catalogue: Catalogue) -> Mapping[str, Sequence[tuple[Spot, int]]]:
    """The best connected under what they have most of, each with how many."""
    often = islice(order_of(connection, catalogue, "mentions"), LISTED)
    return {
        "Notes that cite most": pictures.longest_notes(connection, LISTED),
        CITED: pictures.most_cited(connection, [catalogue.ids[place] for place in often]),
        RELATED: pictures.most_related(connection, LISTED),
    }


def named(
    lists: Mapping[str, Sequence[tuple[Spot, int]]], facts: Facts, links: Links
) -> Mapping[str, Sequence[tuple[Cell, int]]]:
    """The lists for a page: each node by name, with the address of its neighbourhood."""
    return {
        title: [(Cell(node_name(facts[spot]), graph_of(facts[spot], links)), count) for spot, count in found if count]
        for title, found in lists.items()
    }


def best(connection: Connection, lists: Mapping[str, Sequence[tuple[Spot, int]]]) -> Neighbourhood:
    """The first of each list, and how they are tied to each other; if hardly any are, what is near the most related."""
    listed = {spot for each in lists.values() for spot, _ in each}
    drawn = dict.fromkeys(spot for each in lists.values() for spot, _ in each[:DRAWN])
    shown = best_connected(connection, list(drawn), listed)
    centre = next((spot for title in (RELATED, CITED) for spot, _ in lists[title]), None)
    if centre is None or len(shown.steps) >= min(FEWEST, len(drawn)):
        return shown
    near = neighbourhood(connection, centre, USUAL)
    return replace(near, facts={**shown.facts, **near.facts})


def graph_of(facts: Mapping[str, Any], links: Links, n: int = 0, form: str = "") -> str:
    """The address of what is near a node."""
    if "path" in facts:
        return links.graph(note=facts["path"], n=n, form=form)
    return links.graph(of=facts["key"] or facts["identifier"], n=n, form=form)


def node_name(facts: Mapping[str, Any]) -> str:
    """What a node is called."""
    return line((facts["title"] or facts["path"]) if "path" in facts else (facts["label"] or facts["identifier"]))[:240]


def page_of(facts: Mapping[str, Any], links: Links) -> str:
    """The page of a node."""
    return links.note(facts["path"]) if "path" in facts else links.reference(facts["key"] or facts["identifier"])


def _node(spot: Spot, shown: Neighbourhood, links: Links) -> Node:
    facts = shown.facts[spot]
    date = f", {facts['date'][:10]}" if facts["date"] else ""
    is_centre = spot == shown.centre
    href = page_of(facts, links) if is_centre else graph_of(facts, links)
    if spot.kind == "note":
        return Node(_id(spot), "note", node_name(facts), f"Note: {node_name(facts)[:120]}{date}", href, is_centre)
    people = f" ({line(facts['people'])[:60]})" if facts["people"] else ""
    said = f"{node_name(facts)[:120]}{people}{date}{'' if facts['cited'] else ', cited by no note'}"
    return Node(_id(spot), "cited" if facts["cited"] else "other", node_name(facts), said, href, is_centre)


def _row(link: Link, shown: Neighbourhood, links: Links) -> Sequence[Cell]:
    ends = [
        Cell(node_name(shown.facts[spot]), page_of(shown.facts[spot], links)) for spot in (link.source, link.target)
    ]
    words = RELATIONS[link.kind][0].lower()
    return ends[0], Cell(f"{words}, says {line(link.said_by)[:80]}" if link.said_by else words), ends[1]


def _id(spot: Spot) -> str:
    return f"{spot.kind}{spot.row}"


def _title(shown: Neighbourhood) -> str:
    if not shown.centre:
        return "The best connected"
    name = node_name(shown.facts[shown.centre])
    return f"Near “{name if len(name) <= MOST_TITLE else f'{name[:MOST_TITLE].rstrip()}…'}”"


def _sentence(shown: Neighbourhood) -> str:
    count = len(shown.steps) - (1 if shown.centre else 0)
    near = f"The {count:,} nearest" if shown.goes_on else f"All {count:,} that can be reached"
    beside = f"; {shown.beside:,} {'is' if shown.beside == 1 else 'are'} directly beside it" if shown.centre else ""
    return f"{near if shown.centre else f'{count:,} notes and works'}{beside}. Arrows lead to what is cited."
