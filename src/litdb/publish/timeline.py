"""A picture of the works by year, as SVG: every bar leads to the list of its year, which is the table behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from litdb.publish.site import Site

MOST_YEARS = 50
"""So many years are drawn, the last ones; the list has all."""

WIDE, HIGH, TEXT = 720, 120, 32
COLOUR = "#2f7d69"
"""Stands out from light and from dark paper (WCAG 2.2, 1.4.11)."""


class Timeline(NamedTuple):
    """The picture, with addresses as seen from the site's root; how many works are `older` than its `first` year.

    It is empty where fewer than two years are known.
    """

    svg: str = ""
    first: int = 0
    older: int = 0


def timeline(site: Site) -> Timeline:
    """The works of the site by year."""
    counts = Counter(int(each.work.date[:4]) for each in site.references.values() if each.work.date)
    if len(counts) < 2:
        return Timeline()
    last = max(counts)
    first = min(year for year in counts if year > last - MOST_YEARS)
    drawn = {year: counts[year] for year in range(first, last + 1)}
    return Timeline(_picture(drawn, first, last), first, counts.total() - sum(drawn.values()))


def _picture(drawn: dict[int, int], first: int, last: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH + TEXT}" role="group" '
        f'aria-label="Works by year, {first} to {last}" font-family="system-ui, sans-serif" font-size="24">\n'
        f"{''.join(_bars(drawn))}{_mark(first, 0, 'start')}{_mark(last, WIDE, 'end')}</svg>\n"
    )


def _bars(counts: dict[int, int]) -> Iterator[str]:
    step, most = WIDE / len(counts), max(counts.values())
    for place, (year, count) in enumerate(counts.items()):
        if count:
            left, high = place * step, max(2, HIGH * count / most)
            said = f"{year}: {count:,} {'work' if count == 1 else 'works'}"
            yield (
                f'<a href="years/{year}.html" aria-label="{said}"><title>{said}</title>'
                f'<rect x="{left:.1f}" y="0" width="{step:.1f}" height="{HIGH}" fill="transparent"/>'
                f'<rect x="{left + 1:.1f}" y="{HIGH - high:.1f}" width="{step - 2:.1f}" height="{high:.1f}" '
                f'fill="{COLOUR}"/></a>\n'
            )


def _mark(year: int, left: int, anchor: str) -> str:
    return f'<text x="{left}" y="{HIGH + TEXT - 8}" text-anchor="{anchor}" fill="currentColor">{year}</text>\n'
