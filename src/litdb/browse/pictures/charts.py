"""What charts look like, as Vega-Lite (vega.github.io/vega-lite/docs): works by date, and reading over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Any, NamedTuple

from litdb.browse.pictures.drawing import Chart
from litdb.browse.pictures.spans import MS_A_DAY, Span

WIDTH = 860
ROW = 15
"""Pixels from one row of a lane to the next."""

TALL = 300
COLOURS = ("k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8")
"""The classes of lanes, by their place."""

_ROUND = 7
"""How thick a line is that stands for a month or year, and so how long its round ends are together."""

_LEAST_SHARE = 100
"""A mark is at least this part of an axis wide."""

_FEW_DAYS = 21
"""Of so many days an axis names each one, and no hours: nothing here is more precise than a day."""

_NAMED = {
    "year": "%Y",
    "quarter": "%b %Y",
    "month": "%b %Y",
    "week": "%-d %b %Y",
    "day": "%-d %b %Y",
    "date": "%-d %b %Y",
}
"""How an axis names its times: each with its year, since of names that lie close some are left out."""

_LEADING = {"href": {"field": "href"}, "description": {"field": "said"}}


class Mark(NamedTuple):
    """A work, or `number` of something, from a stretch of time: in the lane or bar of a `label`."""

    span: Span
    label: str
    said: str
    href: str
    number: int


class Pair(NamedTuple):
    """A work of one stretch of time that a note of another one cites, or `number` of them."""

    read: Span
    date: Span
    said: str
    href: str
    number: int = 1


def marks_chart(marks: Sequence[Mark], labels: Sequence[str]) -> Chart:
    """Works in lanes, each under its name; what is from a month or a year lies along it."""
    start, end = _extent(mark.span for mark in marks)
    heads, values, top = [], [], 0
    for place, label in enumerate(labels):
        lane = [mark for mark in marks if mark.label == label]
        if lane:
            rows = packed([_pixels(mark, start, WIDTH / (end - start)) for mark in lane])
            heads.append({"x": start, "row": top, "text": label})
            values += [
                {**_told(mark), "row": top + 1 + row, "colour": COLOURS[place]}
                for mark, row in zip(lane, rows, strict=True)
            ]
            top += max(rows) + 2
    x = _time((start, end))
    y = {"field": "row", "type": "quantitative", "axis": None, "scale": {"domain": [top, -0.6], "nice": False}}
    shared = {"y": y, "color": {"field": "colour", "type": "nominal", "scale": None}, **_LEADING}
    size = {"field": "size", "type": "quantitative", "scale": None}
    layer = [
        {
            "data": {"values": heads},
            "mark": {"type": "text", "align": "left", "baseline": "middle"},
            "encoding": {"x": {**x, "field": "x"}, "y": y, "text": {"field": "text"}},
        },
        {
            "transform": [{"filter": "!datum.is_day"}],
            "mark": {"type": "rule", "strokeWidth": _ROUND, "strokeCap": "round"},
            "encoding": {"x": {**x, "field": "x"}, "x2": {"field": "x2"}, **shared},
        },
        {
            "transform": [{"filter": "datum.is_day"}],
            "mark": {"type": "circle", "opacity": 1},
            "encoding": {"x": {**x, "field": "middle"}, "size": size, **shared},
        },
    ]
    return {"width": WIDTH, "height": (top + 1) * ROW, "data": {"values": values}, "layer": layer}


def bars_chart(bars: Sequence[Mark], labels: Sequence[str], unit: str) -> Chart:
    """A bar for each stretch of time, with a part for each label."""
    start, end = _extent(bar.span for bar in bars)
    tops: dict[Span, int] = defaultdict(int)
    values = []
    for bar in bars:
        low, gap = tops[bar.span], (bar.span.end - bar.span.start) // 12
        tops[bar.span] += bar.number
        between = {"x": bar.span.start + gap, "x2": bar.span.end - gap, "y": low, "y2": tops[bar.span]}
        values.append({**_told(bar), **between, "label": bar.label})
    scale = {"domain": list(labels), "range": COLOURS[: len(labels)]}
    encoding = {
        "x": {"field": "x", **_time((start, end))},
        "x2": {"field": "x2"},
        "y": {"field": "y", "type": "quantitative", "title": f"works a {unit}"},
        "y2": {"field": "y2"},
        "color": {"field": "label", "type": "nominal", "scale": scale, "legend": {"columns": 4}},
        **_LEADING,
    }
    return {"width": WIDTH, "height": TALL, "data": {"values": values}, "mark": "bar", "encoding": encoding}


def reading_chart(pairs: Sequence[Pair]) -> Chart:
    """Across when a note cites a work, upward when the work is from; on the line it was cited on its own day."""
    read, date = _extent(each.read for each in pairs), _extent(each.date for each in pairs)
    most = max(each.number for each in pairs)
    values = [{**_placed(each, read, date), "share": 0.25 + 0.75 * each.number / most} for each in pairs]
    x, y = _time(read, "cited by a note"), _time(date, "published")
    diagonal = [max(read[0], date[0]), min(read[1], date[1])]
    share = {"field": "share", "type": "quantitative", "scale": None}
    layer = [
        {
            "data": {"values": [{"day": day} for day in diagonal] if diagonal[0] < diagonal[1] else []},
            "mark": {"type": "line", "color": "quiet", "strokeDash": [4, 4]},
            "encoding": {"x": {**x, "field": "day"}, "y": {**y, "field": "day"}},
        },
        {
            "transform": [{"filter": "!datum.is_point"}],
            "mark": {"type": "rect", "color": "k1"},
            "encoding": {
                "x": {**x, "field": "x"},
                "x2": {"field": "x2"},
                "y": {**y, "field": "y"},
                "y2": {"field": "y2"},
                "opacity": share,
                **_LEADING,
            },
        },
        {
            "transform": [{"filter": "datum.is_point"}],
            "mark": {"type": "circle", "color": "k1", "size": 60, "opacity": 1},
            "encoding": {"x": {**x, "field": "middle"}, "y": {**y, "field": "level"}, **_LEADING},
        },
    ]
    return {"width": WIDTH, "height": TALL, "data": {"values": values}, "layer": layer}


def packed(stretches: Sequence[tuple[float, float]]) -> list[int]:
    """The first row for each stretch, in this order, in which it meets none before it.

    >>> packed([(0, 5), (3, 6), (6, 9)])
    [0, 1, 0]
    """
    ends: list[float] = []
    rows = []
    for start, end in stretches:
        row = next((place for place, taken in enumerate(ends) if taken <= start), len(ends))
        ends[row : row + 1] = [end]
        rows.append(row)
    return rows


def _radius(count: int) -> float:
    return 3.5 + min(4.0, sqrt(max(0, count - 1)))


def _pixels(mark: Mark, start: int, scale: float) -> tuple[float, float]:
    """Where a mark begins and ends, with the room round it."""
    room = _radius(mark.number) + 1 if mark.span.is_day else _ROUND / 2
    return (mark.span.start - start) * scale - room, (mark.span.end - start) * scale + room


def _told(mark: Mark) -> dict[str, Any]:
    return {
        "x": mark.span.start,
        "x2": mark.span.end,
        "middle": mark.span.middle,
        "is_day": mark.span.is_day,
        "size": 3.14 * _radius(mark.number) ** 2,
        "said": mark.said,
        "href": mark.href,
    }


def _placed(pair: Pair, read: Sequence[int], date: Sequence[int]) -> dict[str, Any]:
    return {
        **dict(zip(("x", "x2"), _wide(pair.read, read), strict=True)),
        **dict(zip(("y", "y2"), _wide(pair.date, date), strict=True)),
        "middle": pair.read.middle,
        "level": pair.date.middle,
        "said": pair.said,
        "href": pair.href,
        "is_point": pair.number == 1 and pair.read.is_day and pair.date.is_day,
    }


def _wide(span: Span, extent: Sequence[int]) -> tuple[int, int]:
    """A stretch, made wide enough to be seen."""
    lacking = max(0, (extent[1] - extent[0]) // _LEAST_SHARE - (span.end - span.start)) // 2
    return span.start - lacking, span.end + lacking


def _time(extent: Sequence[int], title: str | None = None) -> dict[str, Any]:
    """An axis from one moment to another."""
    scale = {"type": "utc", "nice": False, "domain": extent}
    each_day = {"tickCount": {"interval": "day", "step": 1}}
    is_short = extent[1] - extent[0] <= _FEW_DAYS * MS_A_DAY
    axis = {"format": _NAMED, **(each_day if is_short else {})}
    return {"type": "temporal", "title": title, "scale": scale, "axis": axis}


def _extent(spans: Iterable[Span]) -> list[int]:
    """The first beginning and the last end, with a little room on both sides."""
    all_spans = list(spans)
    start, end = min(span.start for span in all_spans), max(span.end for span in all_spans)
    room = (end - start) // 40
    return [start - room, end + room]
