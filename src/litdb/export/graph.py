"""The citation graph for other tools: GraphML, DOT, JSON; and as a picture (SVG) that needs none.

Facts: graphml.graphdrawing.org/specification (keys, `edgedefault`); graphviz.org/doc/info/lang.html (quoted ids);
JSON in the node-link form of networkx and d3 (`nodes`, `links` with `source` and `target`).
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from html import escape

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may not stand in XML 1.0, section 2.2."""

_RING = 150.0
_ROOM = 9.0
"""Of a picture: the least distance between two rings, and between two works of a ring, in pixels."""

_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Point:
    """A node: a note (`kind` is `note`), a work that notes cite (`cited`) or another one (`other`)."""

    id: str
    kind: str
    label: str
    key: str = ""
    url: str = ""
    date: str = ""
    people: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An edge: `source` is `kind` `target`; who says so, how it was read, and the words."""

    source: str
    target: str
    kind: str
    said_by: str = ""
    how: str = ""
    words: str = ""


def written(form: str, points: Sequence[Point], lines: Sequence[Line]) -> str:
    """The graph in a form: `graphml`, `dot`, `json` or `svg`."""
    return _WRITERS[form](points, lines)


def _graphml(points: Sequence[Point], lines: Sequence[Line]) -> str:
    keys = [(f"n-{each.name}", "node", each.name) for each in fields(Point)[1:]]
    keys += [(f"e-{each.name}", "edge", each.name) for each in fields(Line)[2:]]
    declared = (f'<key id="{ident}" for="{of}" attr.name="{name}" attr.type="string"/>' for ident, of, name in keys)
    nodes = (f'<node id="{_xml(each.id)}">{_data("n", each, 1)}</node>' for each in points)
    edges = (
        f'<edge source="{_xml(each.source)}" target="{_xml(each.target)}">{_data("e", each, 2)}</edge>'
        for each in lines
    )
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
            *declared,
            '<graph edgedefault="directed">',
            *nodes,
            *edges,
            "</graph>",
            "</graphml>\n",
        )
    )


def _data(of: str, each: Point | Line, first: int) -> str:
    told = {field.name: getattr(each, field.name) for field in fields(each)[first:]}
    return "".join(f'<data key="{of}-{name}">{_xml(value)}</data>' for name, value in told.items() if value)


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("", text))


def _dot(points: Sequence[Point], lines: Sequence[Line]) -> str:
    shapes = {"note": "note", "cited": "box", "other": "ellipse"}
    nodes = (
        f"  {_quoted(each.id)} [label={_quoted(each.label)} shape={shapes[each.kind]} URL={_quoted(each.url)}];"
        for each in points
    )
    edges = (f"  {_quoted(each.source)} -> {_quoted(each.target)} [label={_quoted(each.kind)}];" for each in lines)
    return "\n".join(("digraph litdb {", *nodes, *edges, "}\n"))


def _quoted(text: str) -> str:
    """A text as DOT quotes it: only quotation marks are escaped, and a backslash would begin an escape of a label."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _json(points: Sequence[Point], lines: Sequence[Line]) -> str:
    def told(each: Point | Line) -> dict[str, str]:
        return {name: value for name, value in asdict(each).items() if value}

    graph = {"directed": True, "multigraph": True, "nodes": [*map(told, points)], "links": [*map(told, lines)]}
    return json.dumps(graph, ensure_ascii=False, indent=1) + "\n"


def _svg(points: Sequence[Point], lines: Sequence[Line]) -> str:
    places = _places(points, lines)
    reach = max((math.hypot(*place) for place in places.values()), default=0.0) + _RING
    drawn = "\n".join(
        (
            *(_arrow(places[each.source], places[each.target]) for each in lines),
            *(_dot_of(p, places[p.id]) for p in points),
        )
    )
    size = f"{-reach:.0f} {-reach:.0f} {2 * reach:.0f} {2 * reach:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" font-family="sans-serif" font-size="7">\n'
        "<style>line{stroke:#999;stroke-opacity:.4;stroke-width:.6}.note{fill:#c60}.cited{fill:#06c}.other{fill:#888}"
        f"</style>\n{drawn}\n</svg>\n"
    )


def _places(points: Sequence[Point], lines: Iterable[Line]) -> Mapping[str, tuple[float, float]]:
    """Notes inside, the works that they cite round them, the others outside, each near what leads to it."""
    leading: dict[str, list[str]] = defaultdict(list)
    for each in lines:
        leading[each.target].append(each.source)
    angles: dict[str, float] = {}
    places: dict[str, tuple[float, float]] = {}
    radius = 0.0
    for kind in ("note", "cited", "other"):
        ring = [each.id for each in points if each.kind == kind]
        ring.sort(key=lambda each: (_mean([angles[one] for one in leading[each] if one in angles]), each))
        radius = max(radius + _RING, len(ring) * _ROOM / (2 * math.pi)) if ring else radius
        for at, name in enumerate(ring):
            angles[name] = 2 * math.pi * at / len(ring)
            places[name] = radius * math.cos(angles[name]), radius * math.sin(angles[name])
    return places


def _mean(angles: Sequence[float]) -> float:
    return sum(angles) / len(angles) if angles else 0.0


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'


def _dot_of(point: Point, place: tuple[float, float]) -> str:
    """A dot with its name, written outward, and a link where there is an address."""
    turn = math.degrees(math.atan2(place[1], place[0]))
    is_left = abs(turn) > 90
    label = point.key or point.label
    short = label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
    shown = (
        f'<g class="{point.kind}" transform="translate({place[0]:.1f} {place[1]:.1f}) rotate({turn:.1f})">'
        f"<title>{_xml(point.label)}</title>"
        f'<circle r="3"/><text {_BACKWARD if is_left else _FORWARD}>{_xml(short)}</text></g>'
    )
    return f'<a href="{_xml(point.url)}">{shown}</a>' if point.url.startswith(("http://", "https://")) else shown


_FORWARD = 'x="5" dy=".35em"'
_BACKWARD = 'x="-5" dy=".35em" text-anchor="end" transform="rotate(180)"'

_WRITERS: Mapping[str, Callable[[Sequence[Point], Sequence[Line]], str]] = {
    "graphml": _graphml,
    "dot": _dot,
    "json": _json,
    "svg": _svg,
}
