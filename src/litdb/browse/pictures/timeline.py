"""Works by the day they are from: one mark for each, or, of many, a bar for every year, month or day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from litdb.browse.pictures.charts import Mark, bars_chart, marks_chart
from litdb.browse.pictures.drawing import drawn
from litdb.browse.pictures.look import COLOURS
from litdb.browse.pictures.looked import MOST_MARKS, OTHER, Looked, name_of, works
from litdb.browse.pictures.picture import Cell, Picture
from litdb.browse.pictures.spans import UNITS, finer, span_of

Counts = Mapping[tuple[str, str], int]
"""How many works there are of a date and a label."""


def works_by_date(looked: Looked) -> Picture:
    """The works by date."""
    is_day = len(looked.look.date) == len("2022-03-14")
    return _marks(looked) if is_day or looked.count <= MOST_MARKS else _bars(looked)


def _marks(looked: Looked) -> Picture:
    rows = looked.rows[:MOST_MARKS]
    marks = [_mark(looked, row) for row in rows]
    labels = list(dict.fromkeys(looked.shown(label) for label in (*looked.labels, OTHER)))
    title = _title(looked)
    reach = f" from {rows[0]['date'][:10]} to {rows[-1]['date'][:10]}" if len(rows) > 1 else ""
    sentence = f"{works(len(rows))}{reach}, each at its day, month or year. Larger ones are cited more often."
    return Picture(
        title,
        sentence,
        ("Date", "Work", COLOURS[looked.look.colour], "Mentions"),
        [_line(looked, row) for row in rows],
        lambda: drawn(marks_chart(marks, labels), title, sentence),
        [*looked.left_out, *_not_drawn(len(looked.rows) - len(rows))],
    )


def _mark(looked: Looked, row: Mapping[str, Any]) -> Mark:
    often = row["mentions"] or 0
    said = f"{name_of(row)[:120]}, {row['date'][:10]}{f', cited {often} times' if often > 1 else ''}"
    return Mark(row["span"], looked.shown(looked.label_of(row)), said, looked.page_of(row), often)


def _line(looked: Looked, row: Mapping[str, Any]) -> Sequence[Cell]:
    label = looked.shown(row[looked.look.colour] or "")
    often = f"{row['mentions'] or 0:,}"
    return Cell(row["date"][:10]), Cell(name_of(row), looked.page_of(row)), Cell(label), Cell(often)


def _bars(looked: Looked) -> Picture:
    size = finer(looked.look.date)
    counts = looked.counted(size) if looked.look.date else _by_year(looked)
    spans = {date: span for date in sorted({date for date, _ in counts}) if (span := span_of(date))}
    labels = [label for label in (*looked.labels, OTHER) if any((date, label) in counts for date in spans)]
    bars = [
        Mark(
            span,
            looked.shown(label),
            f"{date}, {looked.shown(label)}: {works(count)}",
            _part(looked, date, label),
            count,
        )
        for date, span in spans.items()
        for label in labels
        if (count := counts.get((date, label), 0))
    ]
    unit, title, total = UNITS[size], _title(looked), sum(counts.values())
    sentence = f"{works(total)}: a bar for each {unit}, which leads to its works."
    vague = looked.count - total
    shown = [looked.shown(label) for label in labels]
    return Picture(
        title,
        sentence,
        (unit.capitalize(), *shown, "All"),
        [_counted(looked, date, [counts.get((date, label), 0) for label in labels]) for date in spans],
        lambda: drawn(bars_chart(bars, shown, unit), title, sentence),
        [*looked.left_out, *([f"{works(vague)} of {looked.look.date} name no {unit}."] if vague else [])],
    )


def _by_year(looked: Looked) -> Counts:
    """How many works of each year have each label, told by the facets, so that size does not matter."""
    years, facet = looked.catalogue.facets["year"], looked.catalogue.facets.get(looked.look.colour)
    counts = Counter[tuple[str, str]]()
    for place, year in enumerate(years.labels):
        among = looked.dated.narrowed(years.works[place])
        for each, count in (facet.counts(among) if facet else {}).items():
            counts[year, looked.usual(facet.labels[each] if facet else "")] += count
        if rest := among.count - sum(counts[year, label] for label in (*looked.labels, OTHER)):
            counts[year, OTHER] += rest
    return +counts


def _part(looked: Looked, date: str, label: str) -> str:
    """Where a part of a bar leads: to its works."""
    if label == OTHER:
        return looked.at(date=date)
    asked = looked.look.asked.narrowed(looked.look.colour, label, single=True)
    return looked.links.timeline(replace(looked.look, asked=asked, date=date).query)


def _counted(looked: Looked, date: str, counts: Sequence[int]) -> Sequence[Cell]:
    return Cell(date, looked.at(date=date)), *(Cell(f"{each:,}" if each else "") for each in (*counts, sum(counts)))


def _title(looked: Looked) -> str:
    return f"Works of {looked.look.date}" if looked.look.date else "Works by date"


def _not_drawn(count: int) -> Sequence[str]:
    return [f"{works(count)} more {'is' if count == 1 else 'are'} in the reference list."] if count else []
