"""When a site that is busy wants to be asked again."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from litdb.text.times import later, read_utc

LONGEST_WAIT = 120.0
"""Seconds that a run waits for a site; what takes longer is for the next run."""

_FURTHEST = timedelta(days=366)


def read_retry_after(value: str, now: str, date: str = "") -> str:
    """The moment that a Retry-After header names (RFC 9110, 10.2.3: seconds or a date), at most a year ahead, or empty.

    `date` is the Date header that came with it: where the site's clock is behind ours, its moments come later.

    >>> read_retry_after("90", now="2026-11-21T03:54:00Z")
    '2026-11-21T03:55:30Z'
    >>> read_retry_after("Sat, 21 Nov 2026 04:00:00 GMT", now="2026-11-21T03:54:00Z")
    '2026-11-21T04:00:00Z'
    >>> read_retry_after("Sat, 21 Nov 2026 04:00:00 GMT", "2026-11-21T03:54:00Z", "Sat, 21 Nov 2026 03:50:00 GMT")
    '2026-11-21T04:04:00Z'
    >>> read_retry_after("soon", now="2026-11-21T03:54:00Z")
    ''
    """
    here = read_utc(now)
    wait = _seconds(value)
    if wait is None:
        wait = _until(value, here, date)
    return later(now, min(wait, _FURTHEST) / timedelta(days=1)) if wait is not None else ""


def seconds_between(earlier: str, later: str) -> float:
    """How many seconds lie between two moments; 0 where the later one is missing or past.

    >>> seconds_between("2026-11-21T03:54:00Z", "2026-11-21T03:55:30Z"), seconds_between("2026-11-21T03:54:00Z", "")
    (90.0, 0.0)
    """
    return max(0.0, (read_utc(later) - read_utc(earlier)).total_seconds()) if later else 0.0


def _seconds(value: str) -> timedelta | None:
    """The wait as a number, of several headers in one the longest."""
    numbers = [number.strip().lstrip("0") or "0" for number in value.split(",") if number.strip()]
    if not numbers or not all(number.isascii() and number.isdigit() for number in numbers):
        return None
    return max(timedelta(seconds=int(number)) if len(number) < 10 else _FURTHEST for number in numbers)


def _until(value: str, now: datetime, date: str) -> timedelta | None:
    asked, there = _moment(value), _moment(date)
    return None if asked is None else asked - min(now, there or now)


def _moment(date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
