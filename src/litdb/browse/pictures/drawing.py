"""From a chart to SVG: drawn by vl-convert without a browser, then rebuilt from what is known to be harmless.

Colours of a chart are names of classes. They go through Vega as they are and come out as classes (see `picture.css`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

from lxml import etree

from litdb.browse.pictures import svg

if TYPE_CHECKING:
    from lxml.etree import _Element

Chart: TypeAlias = Mapping[str, Any]

CLASSES = frozenset({"ink", "quiet", "rule", *(f"k{place}" for place in range(1, 9))})
KEPT = {
    "g": {"transform", "opacity"},
    "line": {"transform", "x2", "y2", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity"},
    "path": {"transform", "d", "stroke-width", "stroke-dasharray", "opacity"},
    "text": {"transform", "text-anchor", "font-family", "font-size", "opacity"},
}
"""The elements and attributes that are taken over; links and colours have their own ways."""

_NO_HOST = "https://litdb.invalid"
"""Vega would put a host of its own before addresses that have none (RFC 2606 keeps this name free)."""

_CONFIG: Mapping[str, Any] = {
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "padding": {"left": 24, "right": 8, "top": 6, "bottom": 6},
    "axis": {
        "labelColor": "quiet",
        "titleColor": "quiet",
        "gridColor": "rule",
        "domainColor": "rule",
        "tickColor": "rule",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titlePadding": 12,
        "labelSeparation": 12,
    },
    "axisY": {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": 0, "titleY": -10},
    "legend": {
        "labelColor": "ink",
        "labelFontSize": 12,
        "labelLimit": 180,
        "title": None,
        "orient": "top",
        "offset": 32,
        "columnPadding": 30,
    },
    "text": {"color": "ink", "fontSize": 13},
}


def charts_are_there() -> bool:
    """Whether what draws charts is installed."""
    return find_spec("vl_convert") is not None


def drawn(chart: Chart, title: str, sentence: str) -> _Element:
    """A chart as a picture; needs vl-convert."""
    data = chart["data"]["values"]
    held = [{**each, "href": _NO_HOST + each["href"]} for each in data]
    text = _by_vega(json.dumps({**chart, "data": {"values": held}, "config": _CONFIG}))
    made = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    picture = svg.root(float(made.get("width", "0")), float(made.get("height", "0")), title, sentence)
    _take_over(made, picture)
    return picture


@lru_cache(maxsize=32)
def _by_vega(chart: str) -> str:
    """What Vega makes of a chart; the last ones are kept, as readers go back and forth."""
    import vl_convert

    return vl_convert.vegalite_to_svg(chart)


def _take_over(made: _Element, into: _Element) -> None:
    """Copy what is known, level by level; links get the words of the mark in them."""
    for each in made:
        tag = etree.QName(each).localname
        if tag == "a":
            (mark,) = each
            href = each.get("{http://www.w3.org/1999/xlink}href", "")
            if href.startswith(f"{_NO_HOST}/"):
                link = svg.add_link(into, href.removeprefix(_NO_HOST), mark.get("aria-label", ""))
                _take_over(each, link)
        elif tag in KEPT and each.get("display") != "none":
            kept = {name: value for name, value in each.items() if name in KEPT[tag]}
            child = svg.add(into, tag, each.text or "", **kept, **_colour(each))
            _take_over(each, child)


def _colour(each: _Element) -> dict[str, str]:
    """The colour of an element by its class."""
    for kind, other in (("fill", "stroke"), ("stroke", "fill")):
        if each.get(kind) in CLASSES:
            return {"class": each.get(kind, ""), kind: "currentColor", other: "none"}
    return {} if each.get("fill") != "none" else {"fill": "none"}
