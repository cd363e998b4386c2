"""Dates that a reader sees near the headline, and what the words before them say that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml.etree import _Element

from litdb.model import Claim, DateKind
from litdb.pages.bylines import at_bars, label_of
from litdb.pages.tree import Place, Run, Surroundings, short_text, word
from litdb.text.dates import MONTHS, date_claim, day_comes_first, is_day_of, precision, read_iso, read_written

_ACCENTS = str.maketrans({"a": "[aä]", "c": "[cç]", "e": "[eé]", "s": "[sś]", "u": "[uû]", "z": "[zź]"})
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True)).translate(_ACCENTS)})\.?"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s?,?\s+(?:\d\d:\d\d:\d\d\s+(?:[a-z]{{3,4}}\s+)?)?\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)?(?:\.?[\s-]+|\.)(?:(?:of|de)\s+)?{_MONTH},?[\s-]+(?:del?\s+)?\d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}\.\s\d{1,2}\.\s\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
    r"|\d{4}[年년]\s*\d{1,2}[月월]\s*\d{1,2}[日일])(?!\d)"
)
"""A date in lower case."""
_MONTH_ALONE = re.compile(rf"{_MONTH},?\s+\d{{4}}")
"""All that some essays and reports say of their day."""
_CHANGED = re.compile(
    r"updated?|modified|edited|revised|reviewed|changed|copyright|©|aktualisiert|geändert|\bstand:|mis à jour|modifié"
    r"|actualizad|modificad|aggiornat|atualizad|bijgewerkt|uppdaterad|oppdatert|opdateret|zaktualizowan|обновлен",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"accessed|join(?:ed| date)|registered|founded|member\b|\bborn|last (?:visit|seen|active)|since|expires"
    r"|abgerufen|registriert|mitglied|\bseit\b|consulté|inscrit|depuis|consultado|registrado",
    re.IGNORECASE,
)
"""Days of a reader, of a member of a forum, of an offer."""
_PUBLISHED = "ublished"
"""But for its first letter, which may be a capital."""
_OF_THE_PAGE = re.compile(r"(?:>\s*|\b(?:originally|first)\s)p\Z", re.IGNORECASE)
"""What stands before that word where a text begins with it, or says that it was the first time."""
_THEN = re.compile(r"(?: date)?(?: on)?:?\s*(?:<[^<>]{0,300}>\s*){0,6}")
"""What may stand between it and a day."""
_MADE_FOR_DATES = frozenset(("time", "abbr"))
"""Besides custom elements such as `local-time`, and microdata."""
_BY_PRECISION = {("day", True): "text:date", ("day", False): "text:below", ("month", True): "text:month"}
"""How a text shows a day, or near the headline a month."""
_CELLS = frozenset(("td", "th"))
"""Elements of tables, whose days may be those of the data."""
_LONGEST = 160
"""Characters of a text with a date that is about nothing else."""
_NEARLY = 25
"""Characters beside a date in a text that is about nothing else."""
_LONGEST_WRITTEN = 40
"""Characters of a date."""
_LABEL = 40
"""Characters before a date that say what it is."""
_FILLER = 3
"""Characters of what may stand between the two."""

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


def published_claims(source: str) -> Iterator[Claim]:
    """The day of which the page says in words that it was published then, wherever that stands; none of several.

    >>> [claim.value for claim in published_claims("<p>This was originally published on <b>May 5, 2020</b>.")]
    ['2020-05-05']
    """
    days = {day for before, behind in pairwise(source.split(_PUBLISHED)) if (day := _day_published(before, behind))}
    if len(days) == 1:
        yield date_claim(days.pop(), "posted", "text:published")


def _day_published(before: str, behind: str) -> str | None:
    """The day behind "published", where the word is about the page."""
    then = _THEN.match(behind) if _OF_THE_PAGE.search(before[-_LABEL:]) else None
    found = _DATE.match(behind[then.end() : then.end() + _LONGEST_WRITTEN].lower()) if then else None
    return read_written(found[0]) if found else None


def _may_be_dated(text: str) -> bool:
    return ("20" in text or "19" in text) and len(text) < 2 * _LONGEST


def _stamps(near: Surroundings, day_first: bool | None) -> Iterator[_Shown]:
    """The dates of elements made for dates: `datetime`, `abbr title`, microdata."""
    made = [
        place
        for place in near.places
        if place.tag in _MADE_FOR_DATES or "date" in place.itemprop or ("-" in place.tag and _moment(place.element))
    ]
    own_run = {run.place.element: at for at, run in reversed([*enumerate(near.runs)])} if made else {}
    for place in made:
        element = place.element
        stamp = _moment(element) or element.get("content") or element.get("title") or ""
        text = " ".join((element.text or "")[: 2 * _LONGEST].split())
        seen = _read(text, day_first) if place.tag == "time" else read_written(text, day_first)
        if value := _own_day(read_iso(stamp), seen):
            before = _words_before(near.runs, own_run.get(element, 0))
            label = f"{place.marks} {place.itemprop} {before} {_DATE.split(short_text(element, _LONGEST).lower())[0]}"
            how, kind = next((how, kind) for how, kind, pattern in STAMPS if pattern.search(label))
            if how == "time" and _OF_OTHERS.search(label):
                continue
            far = how == "time" and place.distance >= NEAR
            yield _Shown(value, "time:below" if far else how, kind, place.distance)


def _moment(element: _Element) -> str:
    """The moment that an element is made for: `datetime`, in custom elements such as `faceplate-timeago` also `ts`."""
    return element.get("datetime") or element.get("ts") or ""


def _own_day(stamped: str | None, seen: str | None) -> str | None:
    """The moment of an element, or the day that it shows where that is the moment's own somewhere."""
    if not stamped or not seen or stamped[:10] == seen or not stamped.endswith(("Z", "+00:00")):
        return stamped or seen
    return seen if is_day_of(seen, stamped) else stamped


def _words_before(runs: Sequence[Run], at: int) -> str:
    """What stands before a text, across a word or a sign between them: "Updated", "on"."""
    before = [run.text[-_LABEL:] for run in runs[max(0, at - 2) : at]]
    return " ".join(before if before and len(before[-1]) <= _FILLER else before[-1:])


def _read(text: str, day_first: bool | None) -> str | None:
    found = _DATE.search(text.lower()) if len(text) < _LONGEST else None
    return read_written(found[0], day_first) if found else None


def _written(runs: Sequence[Run], dated: Sequence[int], day_first: bool | None) -> Iterator[_Shown]:
    """The dates that stand as text, alone or nearly so between tags or bars."""
    for at in dated:
        run = runs[at]
        if run.place.tag == "time" and run.place.element.get("datetime"):
            continue
        before = _words_before(runs, at) if at - 1 not in dated else ""
        for text in at_bars(" ".join(run.text.lower().split())):
            if shown := _told(text, before, run.place, day_first):
                yield shown
            before = "" if shown else text[-_LABEL:]


def _told(text: str, before: str, place: Place, day_first: bool | None) -> _Shown | None:
    """The date that a text is about little more than, or who posted something then, as the words before it say."""
    beside = _LONGEST // 2 if label_of(text) else _NEARLY
    found = (_DATE.search(text) if len(text) < _LONGEST else None) or _MONTH_ALONE.fullmatch(text)
    changed = _CHANGED.search(text, found.end()) if found else None
    end = changed.start() if changed else len(text)
    is_about = found and end - len(found[0]) < beside
    value = read_written(found[0], day_first) if found and is_about else None
    label = f"{before} {text[: found.start()]}" if found else ""
    if not value or _OF_OTHERS.search(label):
        return None
    if _CHANGED.search(label):
        return _Shown(value, "text:changed", "modified", place.distance)
    is_near = place.distance < NEAR and place.tag not in _CELLS
    how = _BY_PRECISION.get((precision(value), is_near))
    return _Shown(value, how, "posted", place.distance) if how else None
