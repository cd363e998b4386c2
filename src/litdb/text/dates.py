"""Dates: ISO 8601 text, exactly as precise as it was found, with the offset that its writer used.

A value is `2022`, `2022-08`, `2022-08-30` or `2022-08-30T23:30:00-07:00`. Nothing is added to it: a date whose day
and month cannot be told apart is no date, and neither is one that a machine writes when it knows none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from litdb.model import Claim, DateKind, Precision
from litdb.text.months import MONTHS

EARLIEST, LATEST = 1400, 2200
"""The years that a work can have."""

MONTH_NAMES = tuple(
    "January February March April May June July August September October November December".split(),
)

_ZONES = {
    "Z": "Z",
    "UT": "Z",
    "UTC": "Z",
    "GMT": "Z",
    "EST": "-05:00",
    "EDT": "-04:00",
    "CST": "-06:00",
    "CDT": "-05:00",
    "MST": "-07:00",
    "MDT": "-06:00",
    "PST": "-08:00",
    "PDT": "-07:00",
}
"""The zone names of RFC 822, section 5.1; others are ambiguous."""

_TIME = r"(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
_ZONE = r"(?P<zone>Z|[A-Z]{2,3}(?![+-])|(?:GMT|UTC)?(?P<sign>[+\-−])(?P<ahead>\d\d):?(?P<ahead_minutes>\d\d)?)"
_DAY_NAME = r"(?:[A-Za-z]{3,9},?\s+)?"
_MACHINE = tuple(
    re.compile(pattern + r"\Z", re.ASCII)
    for pattern in (
        # ISO 8601 and its relatives with slashes or dots, RFC 3339
        rf"(?P<year>\d{{4}})(?:(?P<mark>[-/.])(?P<month>\d\d?)(?:(?P=mark)(?P<day>\d\d?)(?:[Tt\s]\s*{_TIME}\s*{_ZONE}?)?)?)?",
        # the basic format of ISO 8601, and the fourteen digits of web archives
        rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:T?{_TIME}{_ZONE}?)?",
        # RFC 822, RFC 2822, RFC 850
        rf"{_DAY_NAME}(?P<day>\d\d?)[\s-](?P<name>[A-Za-z]{{3}})[\s-](?P<year>\d{{4}}|\d\d)\s+{_TIME}\s*{_ZONE}?(?:\s*\(.*\))?",
        # C's asctime, Twitter's created_at
        rf"{_DAY_NAME}(?P<name>[A-Za-z]{{3}})\s+(?P<day>\d\d?)\s+{_TIME}\s+(?:{_ZONE}\s+)?(?P<year>\d{{4}})",
        # JavaScript's Date
        rf"{_DAY_NAME}(?P<name>[A-Za-z]{{3}})\s+(?P<day>\d\d?)\s+(?P<year>\d{{4}})\s+{_TIME}\s*{_ZONE}?(?:\s*\(.*\))?",
    )
)

_NAME = r"(?P<name>[^\W\d_]+)\.?"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th|er|\.|º|ª)?"
_OF = r"(?:\s*,|\s+of\b|\s+del?\b|\s+d['’])?"
_WRITTEN = tuple(
    re.compile(pattern + r"\Z")
    for pattern in (
        rf"{_DAY}{_OF}[\s-]*{_NAME}{_OF}[\s-]*(?P<year>\d{{4}})",
        rf"{_NAME}[\s-]*{_DAY}\s*[,\s-]\s*(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})\s*[.,\s-]\s*{_NAME}[\s-]*{_DAY}",
        rf"{_NAME}{_OF}[\s-]*(?P<year>\d{{4}})",
        rf"{_NAME}\s+{_DAY}\s+\d\d:\d\d(?::\d\d)?\s+(?:[a-z]{{3,4}}\s+)?(?P<year>\d{{4}})",
        r"(?P<day>\d\d?)\s*\.\s*(?P<month>\d\d?)\s*\.\s*(?P<year>\d{4})",
        r"(?P<month>\d\d?)\s*[./]\s*(?P<year>\d{4})",
        r"(?P<year>\d{4})年\s*(?P<month>\d\d?)月\s*(?:(?P<day>\d\d?)日)?",
        r"(?P<year>\d{4})\.\s+(?P<month>\d\d?)\.\s+(?P<day>\d\d?)",
    )
)
_NUMBERS = re.compile(r"(?P<first>\d\d?)\s*(?P<mark>[/-])\s*(?P<second>\d\d?)\s*(?P=mark)\s*(?P<year>\d{4})\Z")
_SLASHED = re.compile(r"(?<![\d/-])(?P<first>\d\d?)(?P<mark>[/-])(?P<second>\d\d?)(?P=mark)\d{4}(?![\d/-])")
_MONTH_FIRST = frozenset(("us", "ph"))
_DAY_FIRST = frozenset(
    "de fr es it pt nl pl ru sv da nb nn no fi cs sk tr el ro hu bg uk hr sl et lv lt id vi ca".split()
)
_DAY_FIRST_ENGLISH = frozenset("gb au nz ie in za sg my ke ng hk".split())
"""Regions and languages by the order of their short dates (Unicode CLDR, dateFormatLength short)."""
_DAY_OF_WEEK = (
    r"(?:mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo)\.?\s*,?\s+"
)
_LEADING = re.compile(
    rf"\A(?:(?:first\s+)?(?:published|posted|written)\s*:?\s+)?(?:on\s+)?(?:{_DAY_OF_WEEK})?(?:(?:the|am|den|vom|le|el)\s+)?"
)
_CLOCK = r"\d\d?:\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*\(?(?:utc|gmt|[ecmp][sd]?t)\)?)?"
_CLOCK_BEFORE = re.compile(rf"\A{_CLOCK}\s*[·,|•-]?\s*(?:on\s+)?(?=\S)")
_CLOCK_AFTER = re.compile(rf"\s*(?:[·,|•-]|\s(?:at|um|a|las))?\s*{_CLOCK}\Z")
_SIGNS = str.maketrans("ºª년월일ı", "..年月日i")
_LONGEST = 120
_TOKENS = re.compile(r"(YYYY|Month|MM|DD|D)")


def read_iso(text: str) -> str | None:
    """The date that a machine wrote: ISO 8601, RFC 822, `YYYY/MM/DD`, `YYYYMMDD`, what JavaScript prints.

    The offset stays as written; a zone name of RFC 822 becomes its offset, fractions of a second are dropped. None for
    what is no date, cannot be, or says "unknown" in a machine's way (the year 1, the first second of 1970).

    >>> read_iso("2022-08-30T23:30:00.000-0700"), read_iso("Tue, 30 Aug 2022 17:59:09 GMT"), read_iso("2022/08")
    ('2022-08-30T23:30:00-07:00', '2022-08-30T17:59:09Z', '2022-08')
    >>> read_iso("2022-13-01"), read_iso("0001-01-01T00:00:00Z"), read_iso("1970-01-01")
    (None, None, None)
    """
    cleaned = text.strip()
    if len(cleaned) > _LONGEST:
        return None
    match = next((found for pattern in _MACHINE if (found := pattern.match(cleaned))), None)
    if not match:
        return None
    parts = match.groupdict()
    month = MONTHS.get(parts["name"].lower(), 0) if parts.get("name") else _number(parts.get("month"))
    day = _compose(_year(parts["year"]), month, _number(parts.get("day")))
    if day is None or not parts.get("hour"):
        return day
    return _with_time(day, parts)


def read_written(text: str, day_first: bool | None = None) -> str | None:
    """The date that a person wrote, to the day at most; None where day and month cannot be told apart.

    Dots are day first. Slashes and hyphens need a part above 12, two equal parts, or `day_first`.

    >>> [read_written(text) for text in ("27.01.2022", "March 3rd, 2019", "3. März 2019", "2022. 1. 7.")]
    ['2022-01-27', '2019-03-03', '2019-03-03', '2022-01-07']
    >>> read_written("03/04/2021"), read_written("03/25/2021"), read_written("03/04/2021", day_first=True)
    (None, '2021-03-25', '2021-04-03')
    """
    if len(text) > _LONGEST:
        return None
    machine = read_iso(text)
    if machine:
        return cited_day(machine)
    plain = _bare(text)
    numbers = _NUMBERS.match(plain)
    if numbers:
        return _from_numbers(int(numbers["first"]), int(numbers["second"]), int(numbers["year"]), day_first)
    for pattern in _WRITTEN:
        match = pattern.match(plain)
        parts = match.groupdict() if match else {}
        if parts and ("name" not in parts or parts["name"] in MONTHS):
            month = MONTHS[parts["name"]] if "name" in parts else int(parts["month"])
            return _compose(int(parts["year"]), month, _number(parts.get("day")))
    return None


def day_comes_first(texts: Iterable[str], language: str) -> bool | None:
    """Whether numeric dates begin with the day: as those with a part above 12 do, else as the language does.

    None where those disagree or there are none, and the language (a BCP 47 tag) is English of nowhere.

    >>> day_comes_first(["03/04/2021", "25/04/2021"], "en"), day_comes_first(["03/04/2021"], "en-US")
    (True, False)
    >>> day_comes_first(["03/04/2021"], "de"), day_comes_first(["03/04/2021"], "en")
    (True, None)
    """
    pairs = [(int(found["first"]), int(found["second"])) for text in texts for found in _SLASHED.finditer(text)]
    votes = {first > 12 for first, second in pairs if (first > 12) != (second > 12)}
    if len(votes) == 1:
        return votes.pop()
    name, _, region = language.lower().partition("-")
    if region in _MONTH_FIRST:
        return False
    return True if name in _DAY_FIRST or (name == "en" and region in _DAY_FIRST_ENGLISH) else None


def is_month(word: str) -> bool:
    """Whether a word is the name of a month, or short for it.

    >>> [is_month(word) for word in ("Sept.", "března", "Ağustos", "pages")]
    [True, True, True, False]
    """
    return _without_accents(word).rstrip(".") in MONTHS


def precision(value: str) -> Precision:
    """How precise a date is: `year`, `month`, `day` or `second`.

    >>> [precision(value) for value in ("2022", "2022-08", "2022-08-30", "2022-08-30T17:59:09Z")]
    ['year', 'month', 'day', 'second']
    """
    by_length: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
    return by_length.get(len(value), "second")


def cited_day(value: str) -> str:
    """The part of a date that one cites: its day in the writer's own offset, or what is known of it.

    >>> cited_day("2022-03-29T23:30:00-07:00"), cited_day("2022-08")
    ('2022-03-29', '2022-08')
    """
    return value[:10]


def is_day_of(day: str, moment: str) -> bool:
    """Whether a moment in UTC was on this other day elsewhere: the one before until noon, the next one from ten.

    Offsets go from -12:00 to +14:00. Midnight sharp is a day that was written as a moment, and stays that day.

    >>> is_day_of("2026-02-23", "2026-02-24T04:13:00Z"), is_day_of("2026-02-23", "2026-02-24T14:13:00Z")
    (True, False)
    """
    at = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    if at.time() == time():
        return False
    return day in ((at - timedelta(hours=12)).date().isoformat(), (at + timedelta(hours=14)).date().isoformat())


def date_claim(value: str, kind: DateKind, how: str) -> Claim:
    """A claim about a date, with the precision that its value has.

    >>> date_claim("2022-08", "posted", "json-ld:datePublished").precision
    'month'
    """
    return Claim("date", value, how, kind=kind, precision=precision(value))


def render_date(value: str, pattern: str) -> str:
    """A date in the user's way of writing, from `YYYY`, `MM`, `DD`, `D` and `Month`.

    A part that is not known is left out with the separator behind it (or before it, at the end).

    >>> [render_date("2022-01-07", p) for p in ("DD.MM.YYYY", "YYYY-MM-DD", "D Month YYYY", "Month D, YYYY")]
    ['07.01.2022', '2022-01-07', '7 January 2022', 'January 7, 2022']
    >>> [render_date("2022-01", p) for p in ("DD.MM.YYYY", "YYYY-MM-DD", "D Month YYYY", "Month D, YYYY")]
    ['01.2022', '2022-01', 'January 2022', 'January 2022']
    """
    year, month, day = (*cited_day(value).split("-"), "", "")[:3]
    known = {
        "YYYY": year,
        "MM": month,
        "Month": MONTH_NAMES[int(month) - 1] if month else "",
        "DD": day,
        "D": day.lstrip("0"),
    }
    before, *pieces = _TOKENS.split(pattern)
    pairs = [(known[token], separator) for token, separator in zip(pieces[::2], pieces[1::2], strict=True)]
    written = [part for pair in pairs if pair[0] for part in pair]
    return before + "".join(written[:-1]) + (pairs[-1][1] if pairs else "")


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _year(text: str) -> int:
    """Two digits are read as RFC 2822, section 4.3, says."""
    year = int(text)
    return year + (2000 if year < 50 else 1900) if len(text) == 2 else year


def _compose(year: int, month: int | None, day: int | None) -> str | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    value = "-".join((f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)))
    return None if value == "1970-01-01" else value


def _with_time(day: str, parts: dict[str, str | None]) -> str | None:
    zone = _offset(parts)
    value = f"{day}T{parts['hour']}:{parts['minute']}:{parts['second'] or '00'}{zone}"
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return None if moment.tzinfo and moment.timestamp() == 0 else value


def _offset(parts: dict[str, str | None]) -> str:
    """The offset as ISO 8601 writes it; `-00:00` is UTC by RFC 2822, section 3.3."""
    if parts["sign"]:
        sign = "+" if parts["sign"] == "+" else "-"
        offset = f"{sign}{parts['ahead']}:{parts['ahead_minutes'] or '00'}"
        return "Z" if offset == "-00:00" else offset
    return _ZONES.get(parts["zone"] or "", "")


def _bare(text: str) -> str:
    """Lower case without accents, ends, the words before a date, the day of the week and the time of day."""
    plain = _without_accents(text)
    plain = " ".join(plain.strip().strip("()[]*_.,;: ").split())
    plain = _CLOCK_AFTER.sub("", _CLOCK_BEFORE.sub("", plain))
    return _LEADING.sub("", plain, count=1)


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_SIGNS).casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def _from_numbers(first: int, second: int, year: int, day_first: bool | None) -> str | None:
    if first > 12 or first == second:
        return _compose(year, second, first)
    if second > 12:
        return _compose(year, first, second)
    if day_first is None:
        return None
    return _compose(year, second, first) if day_first else _compose(year, first, second)
