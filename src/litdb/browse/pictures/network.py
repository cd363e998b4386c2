"""A graph as SVG: laid out by networkx, drawn with a link for every node."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from math import hypot, sqrt
from typing import TYPE_CHECKING, Literal, NamedTuple

from litdb.browse.pictures import svg

if TYPE_CHECKING:
    from lxml.etree import _Element

WIDTH, MARGIN = 860.0, 60.0
LETTER, LINE = 7.4, 14.0
"""About how wide a letter and how high a line of a label is, in pixels."""

MOST_LETTERS = 28
Side = Literal["right", "left"]
SIDES: Sequence[Side] = ("right", "left")
_LAST_WORD, _IN_A_WORD, _OPENED = re.compile(r"\w+\Z"), re.compile(r"\w\w"), re.compile(r"\([^()]*\Z")
_SEED = 7
_MIDDLE, _PULL = "", 0.08
"""A node that is not drawn holds together what is not tied, weakly."""


class Node(NamedTuple):
    """A node: `look` is `note`, `cited` or `other`; `label` stands beside it, `said` is what it is in words."""

    name: str
    look: str
    label: str
    said: str
    href: str
    is_centre: bool = False


class Tie(NamedTuple):
    """An arrow from a node to another, by their names; `is_citation` or some other relation."""

    source: str
    target: str
    is_citation: bool = True


class Place(NamedTuple):
    """Where a node stands, in pixels."""

    x: float
    y: float


def graphs_are_there() -> bool:
    """Whether what lays graphs out is installed."""
    return all(find_spec(name) for name in ("networkx", "numpy"))


def network(nodes: Sequence[Node], ties: Sequence[Tie], title: str, sentence: str) -> _Element:
    """A graph as a picture: the more nodes, the higher; labels that would cover others wait for the pointer."""
    height = 140 + 60 * sqrt(len(nodes))
    places = laid_out([node.name for node in nodes], ties, height)
    picture = svg.root(WIDTH, height, title, sentence)
    _arrowhead(picture)
    lines = svg.add(picture, "g", class_="quiet", fill="none", stroke="currentColor", stroke_opacity=0.5)
    for tie in ties:
        _arrow(lines, places[tie.source], places[tie.target], tie)
    sides = labelled(nodes, places)
    for node in nodes:
        _node(picture, node, places[node.name], sides.get(node.name))
    return picture


def laid_out(names: Sequence[str], ties: Iterable[Tie], height: float) -> Mapping[str, Place]:
    """A place for each node, the same every time: near what it is tied to, and within the picture."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from((tie.source, tie.target) for tie in ties)
    graph.add_weighted_edges_from((_MIDDLE, name, _PULL) for name in names)
    found = networkx.spring_layout(graph, seed=_SEED, iterations=80, k=1.6 / sqrt(max(1, len(names))))
    return fitted({name: Place(float(x), float(y)) for name, (x, y) in found.items() if name != _MIDDLE}, height)


def fitted(places: Mapping[str, Place], height: float) -> Mapping[str, Place]:
    """The places, stretched to the margins of a picture of this height.

    >>> fitted({"a": Place(-1, 0), "b": Place(1, 0)}, 200)["b"]
    Place(x=740.0, y=100.0)
    """
    across, down = ([place[axis] for place in places.values()] for axis in (0, 1))
    left, right = MARGIN, WIDTH - 2 * MARGIN
    return {
        name: Place(_between(place.x, across, left, right), _between(place.y, down, MARGIN / 2, height - MARGIN / 2))
        for name, place in places.items()
    }


def _between(value: float, values: Sequence[float], low: float, high: float) -> float:
    reach = max(values) - min(values)
    share = (value - min(values)) / reach if reach else 0.5
    return round(low + share * (high - low), 1)


def _arrowhead(picture: _Element) -> None:
    marker = svg.add(
        svg.add(picture, "defs"),
        "marker",
        id="arrow",
        viewBox="0 0 8 8",
        refX=8,
        refY=4,
        markerWidth=7,
        markerHeight=7,
        orient="auto",
        class_="quiet",
    )
    svg.add(marker, "path", d="M0,1 L8,4 L0,7 Z", fill="currentColor", stroke="none")


def _arrow(lines: _Element, start: Place, end: Place, tie: Tie) -> None:
    """From the rim of a node to that of the other."""
    length = hypot(end.x - start.x, end.y - start.y) or 1.0
    back = min(9.0, length / 2) / length
    line = svg.add(
        lines,
        "line",
        x1=start.x,
        y1=start.y,
        x2=round(end.x - (end.x - start.x) * back, 1),
        y2=round(end.y - (end.y - start.y) * back, 1),
        marker_end="url(#arrow)",
    )
    if not tie.is_citation:
        line.set("stroke-dasharray", "4 3")


def _node(picture: _Element, node: Node, place: Place, side: Side | None) -> None:
    """Notes are squares, works that notes cite are filled, other works are rings."""
    link = svg.add_link(picture, node.href, node.said, "crowded" if side is None else "")
    group = svg.add(link, "g", transform=f"translate({place.x} {place.y})", class_=_COLOURS[node.look])
    if node.is_centre:
        svg.add(group, "circle", r=12, fill="none", stroke="currentColor", stroke_width=1.5)
    if node.look == "note":
        svg.add(group, "rect", x=-6, y=-6, width=12, height=12, rx=2, fill="currentColor")
    else:
        svg.add(group, "circle", r=6, class_="hollow" if node.look == "other" else "full")
    is_left = side == "left" or (side is None and place.x > WIDTH / 2)
    away = 15 if node.is_centre else 10
    anchor = "end" if is_left else "start"
    svg.add(group, "text", shortened(node.label), x=-away if is_left else away, y=4.5, text_anchor=anchor, **_TEXT)


_TEXT = {"class_": "ink halo", "font_size": 13}
_COLOURS = {"note": "k2", "cited": "k1", "other": "k3"}


def shortened(label: str) -> str:
    """A label cut to what there is room for, between words, so that it is a part of what is read aloud.

    A script without spaces is cut anywhere; of an endless word in another there is nothing to show.

    >>> shortened("A title of more words than there is room for"), shortened("Some words (and more in brackets)")
    ('A title of more words than…', 'Some words…')
    >>> shortened("Word" * 9), len(shortened("字" * 90))
    ('', 28)
    """
    if len(label) <= MOST_LETTERS:
        return label
    begun = label[: MOST_LETTERS - 1]
    whole = _LAST_WORD.sub("", begun) if _IN_A_WORD.match(label, MOST_LETTERS - 2) else begun
    words = _OPENED.sub("", whole).rstrip() or ("" if label.isascii() else begun)
    return f"{words}…" if words else ""


def labelled(nodes: Sequence[Node], places: Mapping[str, Place]) -> Mapping[str, Side]:
    """On which side of a node its label has room: within the picture, over no other label and no node.

    The first nodes come first, and the one in the middle has its label in any case.

    >>> one, other = (Node(name, "cited", "A label", "", "") for name in "ab")
    >>> labelled([one, other], {"a": Place(100, 50), "b": Place(130, 50)})
    {'a': 'left', 'b': 'right'}
    """
    taken = [Box(place.x - 7, place.y - 7, place.x + 7, place.y + 7) for place in places.values()]
    found: dict[str, Side] = {}
    for node in nodes:
        boxes: dict[Side, Box] = {side: _box(node, places[node.name], side) for side in SIDES}
        free = [side for side, box in boxes.items() if box.is_inside and not any(box.meets(each) for each in taken)]
        if free or node.is_centre:
            found[node.name] = next(iter(free), "right")
            taken.append(boxes[found[node.name]])
    return found


class Box(NamedTuple):
    """What a node or a label covers, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_inside(self) -> bool:
        """Whether the picture is wide enough for it."""
        return self.left >= 0 and self.right <= WIDTH

    def meets(self, other: Box) -> bool:
        """Whether they have a place in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def _box(node: Node, place: Place, side: Side) -> Box:
    wide, away = LETTER * len(shortened(node.label)), 15 if node.is_centre else 9
    left = place.x + away if side == "right" else place.x - away - wide
    return Box(left, place.y - LINE / 2, left + wide, place.y + LINE / 2)
