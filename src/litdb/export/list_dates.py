"""Dates as a list shows them: in `DD.MM.YYYY` and its like, in any form of strftime, or relative to a day."""

from __future__ import annotations

import re
from datetime import date, datetime

from litdb.text.dates import cited_day, precision, render_date

RELATIVE = "relative"
"""The pattern for “3 years ago”."""

SHORT_FOR = {"F": "%Y-%m-%d", "D": "%m/%d/%y", "x": "%m/%d/%y", "T": "%H:%M:%S", "X": "%H:%M:%S", "R": "%H:%M",
             "c": "%a %b %d %H:%M:%S %Y", "h": "%b"}  # fmt: skip
"""Directives that stand for several others, in C's own locale (POSIX, strftime)."""

NEEDED = {
    **dict.fromkeys("Yy", 1),
    **dict.fromkeys("mbB", 2),
    **dict.fromkeys("daAjuwUWVGe", 3),
    **dict.fromkeys("HIMSpzZ", 4),
}
"""How much of a date a directive needs: the year, the month, the day, the time."""

_PRECISIONS = ("", "year", "month", "day", "second")
_DIRECTIVE = re.compile(r"%[-_]?(?P<letter>[A-Za-z])")
_TOKEN = re.compile(r"(%[-_]?[A-Za-z][年月日]?)")
_PERCENT = "\0"


def shown_date(value: str, pattern: str, today: str = "") -> str:
    """A date as a list shows it; `today` is an ISO day that relative dates count from.

    A part of the date that is not known is left out with the separator behind it, or before it at the end.

    >>> [shown_date(value, "%-d %B %Y") for value in ("2019-12-06", "2019-12", "2019")]
    ['6 December 2019', 'December 2019', '2019']
    >>> [shown_date(value, "relative", "2026-11-21") for value in ("2019-12-06", "2019", "2026-11-20", "2026-10")]
    ['6 years ago', '7 years ago', 'yesterday', 'last month']
    >>> shown_date("2019-12", "MM/YYYY")
    '12/2019'
    """
    if pattern == RELATIVE:
        return relative(cited_day(value), today)
    return _strftime(value, pattern) if "%" in pattern else render_date(value, pattern)


def fault(pattern: str) -> str:
    """What is wrong with a pattern, in words, or empty.

    >>> fault("%Y-%m"), fault("DD.MM.YYYY"), fault("relative")
    ('', '', '')
    >>> fault("%Q"), fault("DD.MM.")
    ('%Q is no directive of strftime', 'YYYY is missing, as in DD.MM.YYYY (or %Y, as in %d.%m.%Y)')
    """
    if pattern == RELATIVE:
        return ""
    plain = _expanded(pattern)
    for found in _DIRECTIVE.finditer(plain):
        if found["letter"] not in NEEDED:
            return f"{found[0]} is no directive of strftime"
    letters = {found["letter"] for found in _DIRECTIVE.finditer(plain)}
    has_year = letters & {"Y", "y", "G"} if "%" in pattern else "YYYY" in pattern
    return "" if has_year else "YYYY is missing, as in DD.MM.YYYY (or %Y, as in %d.%m.%Y)"


def relative(day: str, today: str) -> str:
    """How long ago a day, month or year was, in the largest unit that is not zero and no finer than it is known.

    >>> relative("2026-11-21", "2026-11-21"), relative("2026", "2026-11-21"), relative("2026-12", "2026-11-21")
    ('today', 'this year', 'in 1 month')
    """
    now = [int(part) for part in today.split("-")]
    then = [int(part) for part in day.split("-")]
    months = (now[0] - then[0]) * 12 + (now[1] - then[1] if len(then) > 1 else 0)
    if len(then) == 3 and months:
        sign = 1 if months > 0 else -1
        months -= sign * ((now[2] - then[2]) * sign < 0)
    if len(then) == 1 or abs(months) >= 12:
        return _ago(int(months / 12), "year")
    if len(then) == 2 or months:
        return _ago(months, "month")
    days = (date(now[0], now[1], now[2]) - date(then[0], then[1], then[2])).days
    return {0: "today", 1: "yesterday", -1: "tomorrow"}.get(days) or _ago(days, "day")


def _ago(count: int, unit: str) -> str:
    if count == 0:
        return f"this {unit}"
    amount = f"{abs(count)} {unit}{'s' if abs(count) > 1 else ''}"
    if count < 0:
        return f"in {amount}"
    return f"last {unit}" if count == 1 and unit != "day" else f"{amount} ago"


def _strftime(value: str, pattern: str) -> str:
    known = _PRECISIONS.index(precision(value))
    moment = _moment(value)
    before, *pieces = _TOKEN.split(_expanded(pattern))
    pairs = list(zip(pieces[::2], pieces[1::2], strict=True))
    written = [(_part(moment, token), after) for token, after in pairs if NEEDED[token.rstrip("年月日")[-1]] <= known]
    if not written:
        return ""
    text = "".join(part for pair in written for part in pair)
    end = pairs[-1][1] if len(written) < len(pairs) else written[-1][1]
    return _balanced(before + text.removesuffix(written[-1][1]) + end).replace(_PERCENT, "%")


def _expanded(pattern: str) -> str:
    """The pattern with simple directives only, `%%` out of the way."""
    plain = pattern.replace("%%", _PERCENT)
    return re.sub(r"%([A-Za-z])", lambda found: SHORT_FOR.get(found[1], found[0]), plain)


def _moment(value: str) -> datetime:
    """The moment in its writer's own offset; parts that are not known are never asked for."""
    if len(value) > 10:
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    return datetime(year, month, day)  # noqa: DTZ001 - a day has no zone


def _part(moment: datetime, token: str) -> str:
    """One directive; `%-d` and `%e` are without zero on every system."""
    sign, letter = token.rstrip("年月日")[1:-1], token.rstrip("年月日")[-1]
    text = moment.strftime("%d" if letter == "e" else f"%{letter}")
    if sign or letter == "e":
        text = text.lstrip("0") or "0"
    return text + token[len(token.rstrip("年月日")) :]


def _balanced(text: str) -> str:
    """Without round brackets whose partner went with an unknown part."""
    return text if text.count("(") == text.count(")") else text.replace("(", "").replace(")", "").strip()
