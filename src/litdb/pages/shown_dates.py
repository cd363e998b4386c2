"""Dates that a reader sees near the headline, and what the words before them say that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, pairwise

from lxml.etree import _Element

from litdb.model import Claim, DateKind
from litdb.pages.byline_labels import EDITED, label_of
from litdb.pages.bylines import at_bars
from litdb.pages.tree import Place, Run, Surroundings, short_text, word
from litdb.text.dates import date_claim, day_comes_first, is_day_of, is_month, precision, read_iso, read_written

_NAME = r"[^\W\d_]{3,14}"
_DATE = re.compile(
    rf"\b(?:(?P<first>{_NAME})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\s?,?\s+(?:\d\d:\d\d:\d\d\s+(?:[a-z]{{3,4}}\s+)?)?\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)?(?:\.?[\s-]+|\.)(?:(?:of|de)\s+|d['’])?(?P<second>{_NAME})\.?,?[\s-]+(?:del?\s+)?\d{{4}}"
    rf"|\d{{4}}\.?\s+(?P<behind>{_NAME})\s+\d{{1,2}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}\.\s\d{1,2}\.\s\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}\.\s\d{1,2}\.\s\d{4}"
    r"|\d{4}[年년]\s*\d{1,2}[月월]\s*\d{1,2}[日일])(?!\d)"
)
"""A date in lower case, where the word in it is a month's name."""
_MONTH_ALONE = re.compile(rf"(?P<first>{_NAME})\.?,?\s+\d{{4}}")
"""All that some essays and reports say of their day."""
_CHANGED = re.compile(
    r"updated?|modified|edited|revised|reviewed|changed|copyright|©|aktualisiert|geändert|\bstand:|mis à jour|modifié"
    r"|actualizad|modificad|aggiornat|atualizad|bijgewerkt|uppdaterad|oppdatert|opdateret|zaktualizowan|обновлен"
    r"|更新|修改|編集|수정|업데이트",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"accessed|retrieved|event date|closing|deadline|\bdue date|valid until|launch date|accession|priority.?date"
    r"|filing.?date|\b(?:apply|register|rsvp) by\b"
    r"|join(?:ed| date)|registered|founded|member\b|\bborn|last (?:visit|seen|active)|since|expires"
    r"|abgerufen|registriert|mitglied|\bseit\b|consulté|inscrit|depuis|consultado|registrado",
    re.IGNORECASE,
)
"""Days of a reader, of a member of a forum, of an offer, of an application for a patent."""
_OF_EVENTS = word("events?")
_APPEARED = re.compile(
    r"\b(?:published|posted|written|available online|veröffentlicht|erschienen|erstellt|publié|mis en ligne"
    r"|publicado|pubblicato|gepubliceerd|geplaatst|publicerad|publisert|udgivet|julkaistu|opublikowano|dodano|publikováno"
    r"|publicat|közzétéve|yayın\w*|опубликован\w*|опубліковано|δημοσιεύ\w*)\b|公開|投稿|发布|發布|发表|發表|게시|등록",
    re.IGNORECASE,
)
"""What is said of the day of publication."""
_ON_THE_WAY = re.compile(r"\b(?:submitted|received|accepted|eingereicht|reçu|recibido)\b", re.IGNORECASE)
"""Days of a manuscript before it was published."""
_FOOT = 20_000
"""Characters at the end of a page among which its footer is."""
_LAST_EDITED = re.compile(r"\blastmod[\"'][^<>]{0,100}>([^<>]{1,200})")
"""The line in the footer of MediaWiki that says when a page was changed."""
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
_AGO = "ago"
_AGES = (f" {_AGO}", "前")
"""How ages end."""
_DATED = word("dates?|entrydate|postdate|pubdate|datetime|published")
"""Classes of what shows a day."""
_TOOLTIPS = ("title", "data-tippy-content", "data-original-title", "data-tooltip", "aria-label")
"""Attributes that say more of an element where one points at it."""
_SENTENCE, _SUMMARY = 100, 400
"""Characters of a text that is a sentence, and of as many as no summary has."""
_OF_DAYS = frozenset(_BY_PRECISION.values()) - {"text:month"}
_SAID = re.compile(
    r"\b(?:posted|published|written|created|reported|opened|deposited|added|released?|dated|by)\b|(?<![a-z] )\bdate:",
    re.IGNORECASE,
)
"""Words beside a day below an article that is its own; others stand in the text, and may be about anything."""
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
    """The date nearest to the headline, for each way of marking it; `language` tells 03/04 where the page does not.

    Where the headline's neighbour is the day of the last change, days in the text below tell nothing.
    """
    dated = [at for at, run in enumerate(near.runs) if _may_be_dated(run.text)]
    first = day_comes_first((near.runs[at].text for at in dated), language)
    found = [*_stamps(near, first), *_ages(near.runs, first), *_written(near, dated, first)]
    if any(each.how == "text:changed" and each.distance < NEAR for each in found):
        found = [each for each in found if each.how != "text:prose"]
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


def changed_claims(source: str) -> Iterator[Claim]:
    """The day on which a page of a wiki was changed, as its footer says.

    >>> line = '<li id="footer-info-lastmod"> This page was last edited on 14 June 2021, at 09:31.</li>'
    >>> [claim.value for claim in changed_claims(line)]
    ['2021-06-14']
    """
    start = source.find("lastmod", max(0, len(source) - _FOOT))
    line = _LAST_EDITED.search(source, start - 1) if start > 0 else None
    found = _date_in(line[1].lower()) if line else None
    if found and (day := read_written(found[0])):
        yield date_claim(day, "modified", "text:changed")


def _day_published(before: str, behind: str) -> str | None:
    """The day behind "published", where the word is about the page."""
    then = _THEN.match(behind) if _OF_THE_PAGE.search(before[-_LABEL:]) else None
    found = _date_in(behind[then.end() : then.end() + _LONGEST_WRITTEN].lower()) if then else None
    return read_written(found[0]) if found and not found.start() else None


def _date_in(text: str) -> re.Match[str] | None:
    """The first date in a text in lower case."""
    return next(_dates_in(text), None)


def _dates_in(text: str) -> Iterator[re.Match[str]]:
    """The dates in a text in lower case."""
    found = _DATE.search(text)
    while found:
        is_date = not found.lastgroup or is_month(found[found.lastgroup])
        if is_date:
            yield found
        found = _DATE.search(text, found.end() if is_date else found.end(found.lastgroup or 0))


def _month_of(text: str) -> re.Match[str] | None:
    """The text where it is but a month and a year."""
    found = _MONTH_ALONE.fullmatch(text)
    return found if found and is_month(found["first"]) else None


def _may_be_dated(text: str) -> bool:
    return ("20" in text or "19" in text) and len(text) < 2 * _LONGEST


def _stamps(near: Surroundings, day_first: bool | None) -> Iterator[_Shown]:
    """The dates of elements made for dates: `datetime`, `abbr title`, microdata."""
    made = [*filter(_is_made_for_a_date, near.places)]
    own_run = {run.place.element: at for at, run in reversed([*enumerate(near.runs)])} if made else {}
    for place in made:
        element = place.element
        stamp = _moment(element) or element.get("content") or element.get("title") or ""
        read = _read if place.tag == "time" else read_written
        seen = next(filter(None, (read(text, day_first) for text in _wordings(element))), None)
        if value := _own_day(read_iso(stamp), seen):
            before = _words_before(near.runs, own_run.get(element, 0))
            said = short_text(element, _LONGEST).lower()
            date = _date_in(said)
            label = f"{place.marks} {place.itemprop} {before} {said[: date.start()] if date else said}"
            how, kind = next((how, kind) for how, kind, pattern in STAMPS if pattern.search(label))
            if how == "time" and _OF_OTHERS.search(label):
                continue
            far = how == "time" and place.distance >= NEAR
            yield _Shown(value, "time:below" if far else how, kind, place.distance)


def _is_made_for_a_date(place: Place) -> bool:
    """Whether an element says by its tag, its property or its class, and the form of its text, that it is a date."""
    if place.tag in _MADE_FOR_DATES or "date" in place.itemprop or ("-" in place.tag and _moment(place.element)):
        return True
    is_called_so = ("date" in place.marks or "published" in place.marks) and _DATED.search(place.marks)
    return bool(is_called_so) and _is_in_parts(place.element)


def _wordings(element: _Element) -> Iterator[str]:
    """What an element for a date says: its own text, else all in it, as it is written and with blanks at the tags."""
    own = " ".join((element.text or "")[: 2 * _LONGEST].split())
    if own:
        yield own
    else:
        yield "".join(map(str, islice(element.itertext(), _LONGEST_WRITTEN)))[: 2 * _LONGEST].strip()
    yield short_text(element, _LONGEST)


def _is_in_parts(element: _Element) -> bool:
    """Whether an element holds a day whose parts have elements of their own, or one that its `title` tells."""
    text = short_text(element, _LONGEST_WRITTEN)
    parts = [part for part in element if isinstance(part.tag, str) and part.tag != "time"]
    is_whole = len(parts) > 1 and read_written(text)
    return bool(text) and bool(is_whole or read_iso(element.get("title", "")))


def _ages(runs: Sequence[Run], day_first: bool | None) -> Iterator[_Shown]:
    """The days that stand in the tooltips of ages: "3 years ago"."""
    whole = [at for at, run in enumerate(runs) if run.text.endswith(_AGES)]
    parted = [at - 1 for at, run in enumerate(runs) if at and run.text.startswith(_AGO)]
    for at in (*whole, *parted):
        text, place = runs[at].text, runs[at].place
        value = _in_tooltip(place.element, day_first) if len(text) < _LONGEST_WRITTEN and place.tag != "time" else None
        label = f"{_words_before(runs, at)} {text}" if value else ""
        if value and not _OF_OTHERS.search(label):
            yield _age(value, bool(_CHANGED.search(label)), place.distance)


def _age(value: str, is_changed: bool, distance: int) -> _Shown:
    if is_changed:
        return _Shown(value, "text:changed", "modified", distance)
    return _Shown(value, "time:below" if distance >= NEAR else "time", "posted", distance)


def _in_tooltip(element: _Element, day_first: bool | None) -> str | None:
    """The day that a tooltip of an element, or of the one round it, tells."""
    around = [element, *islice(element.iterancestors(), 1)]
    tips = (tip for each in around for name in _TOOLTIPS if (tip := each.get(name)))
    days = (read_iso(tip.split(" ")[0]) or _read(tip, day_first) for tip in tips)
    return next(filter(None, days), None)


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
    is_filled = len(before) == 2 and len(before[1]) <= _FILLER and not _may_be_dated(before[0])
    return " ".join(before if is_filled else before[-1:])


def _read(text: str, day_first: bool | None) -> str | None:
    found = _date_in(text.lower()) if len(text) < _LONGEST else None
    return read_written(found[0], day_first) if found else None


def _written(near: Surroundings, dated: Sequence[int], day_first: bool | None) -> Iterator[_Shown]:
    """The dates that stand as text, alone or nearly so between tags or bars."""
    runs = near.runs
    prose = _in_prose(near)
    for at in dated:
        run = runs[at]
        if run.place.tag == "time" and run.place.element.get("datetime"):
            continue
        before = _words_before(runs, at) if at - 1 not in dated else ""
        parts = at_bars(" ".join(run.text.lower().split()))
        if run.place.linked and len(parts) > 1:
            continue
        for text in (piece for part in parts for piece in _with_one_day(part)):
            if shown := _told(text, before, run.place, day_first):
                is_bare = at > prose and shown.how in _OF_DAYS and not _SAID.search(f"{before} {text}")
                yield replace(shown, how="text:prose") if is_bare else shown
            before = "" if shown else text[-_LABEL:]


def _with_one_day(text: str) -> list[str]:
    """The pieces of a text of several days that say of each when the work appeared or was changed; else the text.

    >>> _with_one_day("updated may 5, 2020, first published 2 january 2018")
    ['updated may 5, 2020', ', first published 2 january 2018']
    """
    if len(text) >= _LONGEST or text.count("20") + text.count("19") < 2 or not _APPEARED.search(text):
        return [text]
    ends = [0, *(found.end() for found in _dates_in(text))]
    pieces = [text[start:end] for start, end in pairwise(ends)]
    said = [piece for piece in pieces if _APPEARED.search(piece) or _CHANGED.search(piece)]
    return said if len(pieces) > 1 and any(map(_APPEARED.search, said)) else [text]


def _in_prose(near: Surroundings) -> int:
    """The first text with which the article has surely begun: so much prose is no summary."""
    lengths = accumulate(len(run.text) if len(run.text) > _SENTENCE else 0 for run in near.runs[near.behind :])
    return next((near.behind + at for at, length in enumerate(lengths) if length > _SUMMARY), len(near.runs))


def _told(text: str, before: str, place: Place, day_first: bool | None) -> _Shown | None:
    """The date that a text is about little more than, or who posted something then, as the words before it say."""
    found = (_date_in(text) if len(text) < _LONGEST else None) or _month_of(text)
    is_labelled = found and (label_of(text) or _APPEARED.match(text) or EDITED.search(text, 0, found.start()))
    beside = _LONGEST // 2 if is_labelled else _NEARLY
    changed = _CHANGED.search(text, found.end()) if found else None
    end = changed.start() if changed else len(text)
    is_about = found and end - len(found[0]) < beside
    value = read_written(found[0], day_first) if found and is_about else None
    label = f"{before} {text[: found.start()]}" if found else ""
    if not value or _OF_OTHERS.search(label) or _OF_EVENTS.search(place.marks):
        return None
    if _CHANGED.search(label):
        return _Shown(value, "text:changed", "modified", place.distance)
    is_near = place.distance < NEAR and place.tag not in _CELLS
    is_near = is_near and not _ON_THE_WAY.search(label)
    how = _BY_PRECISION.get((precision(value), is_near))
    return _Shown(value, how, "posted", place.distance) if how else None
