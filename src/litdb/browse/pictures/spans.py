"""Dates as the stretches of time that they name: a year is not its first of January."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_EPOCH = date(1970, 1, 1)
MS_A_DAY = 86_400_000

UNITS = {4: "year", 7: "month", 10: "day"}
"""What dates of so many characters name."""


class Span(NamedTuple):
    """From the beginning of a day, month or year to its end, in milliseconds of UTC since 1970."""

    start: int
    end: int

    @property
    def middle(self) -> int:
        """Half way."""
        return (self.start + self.end) // 2

    @property
    def is_day(self) -> bool:
        """Whether it is no longer than a day."""
        return self.end - self.start <= MS_A_DAY


@lru_cache(maxsize=4096)
def span_of(text: str) -> Span | None:
    """What a date names, the day at most; None for what is no date.

    >>> [round((span.end - span.start) / MS_A_DAY) for span in map(span_of, ("2024", "2024-02", "2024-02-05")) if span]
    [366, 29, 1]
    >>> span_of("2024-13"), span_of("soon"), span_of("")
    (None, None, None)
    """
    parts = text[:10].split("-")
    try:
        year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
        first = date(year, month, day)
        after = (
            date(year + 1, 1, 1)
            if len(parts) == 1
            else date(year + month // 12, month % 12 + 1, 1)
            if len(parts) == 2
            else first + timedelta(days=1)
        )
    except (ValueError, OverflowError):
        return None
    return Span((first - _EPOCH).days * MS_A_DAY, (after - _EPOCH).days * MS_A_DAY)


def finer(text: str) -> int:
    """How many characters a date has that is one step more precise: a month within a year.

    >>> [finer(text) for text in ("", "2022", "2022-03", "2022-03-14")]
    [4, 7, 10, 10]
    """
    return {0: 4, 4: 7}.get(len(text), 10)
