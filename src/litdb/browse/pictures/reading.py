"""Reading over time: when notes cite works, and when those are from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import TypeAlias

from litdb.browse.pictures.charts import Pair, reading_chart
from litdb.browse.pictures.drawing import drawn
from litdb.browse.pictures.looked import MOST_MARKS, Looked, name_of
from litdb.browse.pictures.picture import Cell, Picture
from litdb.browse.pictures.spans import UNITS, finer, span_of
from litdb.database import pictures

TITLE = "Reading over time"

Cited: TypeAlias = Sequence[tuple[str, str, Sequence[int]]]
"""Notes by path and day, each with the places of the works that it cites."""


def reading_over_time(looked: Looked) -> Picture:
    """A mark for every note with a work that it cites, or, of many, a field for all of a year, month or day."""
    cited = list(_cited(looked))
    return _fields(looked, cited) if sum(len(works) for *_, works in cited) > MOST_MARKS else _marks(looked, cited)


def _cited(looked: Looked) -> Iterator[tuple[str, str, Sequence[int]]]:
    """The notes of the days that are looked at, with the works that are."""
    days = pictures.days_of_notes(looked.connection)
    facet, mask = looked.catalogue.facets.get("note"), looked.dated.mask
    for place, path in enumerate(facet.labels if facet else ()):
        day = days.get(path, "")
        if facet and span_of(day) and day.startswith(looked.look.read):
            works = facet.works[place]
            yield path, day, list(compress(works, map(mask.__getitem__, works)))


def _marks(looked: Looked, cited: Cited) -> Picture:
    each_cited = [(path, day, place) for path, day, works in cited for place in works]
    ids = {looked.catalogue.ids[place]: place for _, _, place in each_cited}
    rows = {ids[row["id"]]: row for row in pictures.dated(looked.connection, list(ids), looked.look.date)}
    known = [(day, rows[place], path) for path, day, place in each_cited if place in rows]
    pairs, table = [], []
    for day, row, path in sorted(known, key=lambda each: (each[0], each[1]["date"], each[2])):
        read, date = span_of(day), span_of(row["date"])
        if read and date:
            said = f"{name_of(row)[:120]}, {row['date'][:10]}, cited in {path[:60]}, {day[:10]}"
            pairs.append(Pair(read, date, said, looked.page_of(row)))
            note, work = Cell(path, looked.links.note(path)), Cell(name_of(row), looked.page_of(row))
            table.append((Cell(day[:10]), note, Cell(row["date"][:10]), work))
    sentence = f"{_citations(len(pairs))}: across the day of the note, upward the day that the work is from."
    heads = ("Cited", "Note", "Published", "Work")
    return Picture(TITLE, sentence, heads, table, lambda: drawn(reading_chart(pairs), TITLE, sentence), _told(looked))


def _fields(looked: Looked, cited: Cited) -> Picture:
    across, upward = finer(looked.look.read), finer(looked.look.date)
    dates = _dates(looked, upward)
    counts = Counter[tuple[str, str]]()
    for _, day, works in cited:
        for date, count in Counter(map(dates.__getitem__, works)).items():
            if date and len(day) >= across:
                counts[day[:across], date] += count
    pairs, table = [], []
    for (read, date), count in sorted(counts.items()):
        read_in, from_then, href = span_of(read), span_of(date), looked.at(read=read, date=date)
        if read_in and from_then:
            pairs.append(Pair(read_in, from_then, f"Cited {read}, of {date}: {_citations(count)}", href, count))
            table.append((Cell(read), Cell(date), Cell(f"{count:,}", href)))
    total = sum(pair.number for pair in pairs)
    sentence = f"{_citations(total)}: a field for each {UNITS[across]} of notes and each {UNITS[upward]} of works."
    heads = (f"{UNITS[across].capitalize()} of the note", f"{UNITS[upward].capitalize()} of the work", "Works")
    vague = sum(len(works) for *_, works in cited) - total
    remarks = [*_told(looked), *([f"{_citations(vague)} with other or vaguer dates left out."] if vague else [])]
    return Picture(TITLE, sentence, heads, table, lambda: drawn(reading_chart(pairs), TITLE, sentence), remarks)


def _dates(looked: Looked, size: int) -> Sequence[str]:
    """By place the year, month or day of each work that has so much of a date, else nothing; of very many the year."""
    dates = [""] * len(looked.catalogue.ids)
    if looked.is_large:
        years = looked.catalogue.facets["year"]
        for place, year in enumerate(years.labels):
            for work in years.works[place]:
                dates[work] = year
        return dates
    for row in looked.rows:
        there = looked.catalogue.place(row["id"])
        if there is not None and len(row["date"]) >= size:
            dates[there] = row["date"][:size]
    return dates


def _told(looked: Looked) -> Sequence[str]:
    """What has no place in the picture."""
    facet = looked.catalogue.facets.get("note")
    days = pictures.days_of_notes(looked.connection)
    undated = sum(not span_of(days.get(path, "")) for path in facet.labels) if facet else 0
    notes = f"Notes without a day of their own, {undated:,} in all, are not shown."
    return [*looked.left_out, *([notes] if undated else [])]


def _citations(count: int) -> str:
    return f"{count:,} {'citation' if count == 1 else 'citations'}"
