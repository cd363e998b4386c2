"""Dates that a reader sees near the headline, and what the words before them say that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from litdb.model import Claim, DateKind
from litdb.pages.bylines import BARS, LABEL
from litdb.pages.tree import Run, Surroundings, word
from litdb.text.dates import date_claim, day_comes_first, is_day_of, read_iso, read_written

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+\d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}年\s*\d{1,2}月\s*\d{1,2}日)(?!\d)",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"updated?|modified|edited|revised|reviewed|changed|copyright|©", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"accessed|joined|registered|founded|member\b|\bborn|last (?:visit|seen|active)|since|expires",
    re.IGNORECASE,
)
"""Days of a reader, of a member of a forum, of an offer."""
_MADE_FOR_DATES = frozenset(("time", "abbr"))
"""Besides custom elements such as `local-time`, and microdata."""
_LONGEST = 160
"""Characters of a text with a date that is about nothing else."""
_NEARLY = 25
"""Characters beside a date in a text that is about nothing else."""
_LABEL = 40
"""Characters before a date that say what it is."""

NEAR = 60
"""Places from the headline within which a date is the work's own."""

STAMPS: Sequence[tuple[str, DateKind, re.Pattern[str]]] = (
    ("itemprop:datePublished", "posted", word("datePublished|dc:date|dc:created|dc:issued|dcterms:issued")),
    ("text:changed", "modified", _CHANGED),
    ("time", "posted", re.compile("")),
)
"""What the class, the itemprop or the words before a date say that it is; the first that fits."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A date found at a distance from the headline."""

    value: str
    how: str
    kind: DateKind
    distance: int


def date_claims(near: Surroundings, language: str) -> Iterator[Claim]:
    """The date nearest to the headline, for each way of marking it; `language` tells 03/04 where the page does not."""
    dated = [at for at, run in enumerate(near.runs) if _may_be_dated(run.text)]
    first = day_comes_first((near.runs[at].text for at in dated), language)
    found = [*_stamps(near, first), *_written(near.runs, dated, first)]
    for how in dict.fromkeys(each.how for each in found):
        nearest = min((each for each in found if each.how == how), key=lambda each: each.distance)
        yield date_claim(nearest.value, nearest.kind, nearest.how)


def _may_be_dated(text: str) -> bool:
    return ("20" in text or "19" in text) and len(text) < 2 * _LONGEST


def _stamps(near: Surroundings, day_first: bool | None) -> Iterator[_Shown]:
    """The dates of elements made for dates: `datetime`, `abbr title`, microdata."""
    made = [
        place
        for place in near.places
        if place.tag in _MADE_FOR_DATES
        or "date" in place.itemprop
        or ("-" in place.tag and place.element.get("datetime") is not None)
    ]
    labels = _labels(near.runs) if made else {}
    for place in made:
        element = place.element
        stamp = element.get("datetime") or element.get("content") or element.get("title") or ""
        text = " ".join((element.text or "")[: 2 * _LONGEST].split())
        seen = _read(text, day_first) if place.tag == "time" else read_written(text, day_first)
        if value := _own_day(read_iso(stamp), seen):
            label = f"{place.marks} {place.itemprop} {labels.get(place.distance, '')[-_LABEL:]}"
            how, kind = next((how, kind) for how, kind, pattern in STAMPS if pattern.search(label))
            if how == "time" and _OF_OTHERS.search(label):
                continue
            far = how == "time" and place.distance >= NEAR
            yield _Shown(value, "time:below" if far else how, kind, place.distance)


def _own_day(stamped: str | None, seen: str | None) -> str | None:
    """The moment of an element, or the day that it shows where that is the moment's own somewhere."""
    if not stamped or not seen or stamped[:10] == seen or not stamped.endswith(("Z", "+00:00")):
        return stamped or seen
    return seen if is_day_of(seen, stamped) else stamped


def _labels(runs: Sequence[Run]) -> dict[int, str]:
    """The text before each place that has text of its own, by the place's distance."""
    return {run.place.distance: before.text for before, run in pairwise(runs)}


def _read(text: str, day_first: bool | None) -> str | None:
    found = _DATE.search(text) if len(text) < _LONGEST else None
    return read_written(found[0], day_first) if found else None


def _written(runs: Sequence[Run], dated: Sequence[int], day_first: bool | None) -> Iterator[_Shown]:
    """The dates that stand as text, alone or nearly so between tags or bars."""
    for at in dated:
        run = runs[at]
        if run.place.tag == "time" and run.place.element.get("datetime"):
            continue
        before = runs[at - 1].text[-_LABEL:] if at and at - 1 not in dated else ""
        for text in BARS.split(" ".join(run.text.split())):
            if shown := _told(text, before, run.place.distance, day_first):
                yield shown
            before = "" if shown else text[-_LABEL:]


def _told(text: str, before: str, distance: int, day_first: bool | None) -> _Shown | None:
    """The date that a text is about, as what the words before it say that it is."""
    found = _DATE.search(text)
    value = read_written(found[0], day_first) if found and _is_of_date(text, found[0]) else None
    label = f"{before} {text[: found.start()]}" if found else ""
    if not value or _OF_OTHERS.search(label):
        return None
    if _CHANGED.search(label):
        return _Shown(value, "text:changed", "modified", distance)
    return _Shown(value, "text:date" if distance < NEAR else "text:below", "posted", distance)


def _is_of_date(text: str, written: str) -> bool:
    """Whether a text is about little more than the date in it: the date itself, or who posted something then."""
    return len(text) - len(written) < (_LONGEST // 2 if LABEL.match(text) else _NEARLY)
