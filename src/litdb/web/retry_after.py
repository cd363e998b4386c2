"""When a site that is busy wants to be asked again."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from litdb.text.times import read_utc, utc_text

LONGEST_WAIT = 120.0
"""Seconds that a run waits for a site; what takes longer is for the next run."""

_FURTHEST = timedelta(days=366)


def read_retry_after(value: str, now: str) -> str:
    """The moment that a Retry-After header names (RFC 9110, 10.2.3: seconds or a date), at most a year ahead, or empty.

    >>> read_retry_after("90", now="2026-11-21T03:54:00Z")
    '2026-11-21T03:55:30Z'
    >>> read_retry_after("Sat, 21 Nov 2026 04:00:00 GMT", now="2026-11-21T03:54:00Z")
    '2026-11-21T04:00:00Z'
    >>> read_retry_after("soon", now="2026-11-21T03:54:00Z")
    ''
    """
    asked = _moment(value.strip(), read_utc(now))
    return utc_text(min(asked, read_utc(now) + _FURTHEST)) if asked else ""


def seconds_between(earlier: str, later: str) -> float:
    """How many seconds lie between two moments; 0 where the later one is missing or past.

    >>> seconds_between("2026-11-21T03:54:00Z", "2026-11-21T03:55:30Z"), seconds_between("2026-11-21T03:54:00Z", "")
    (90.0, 0.0)
    """
    return max(0.0, (read_utc(later) - read_utc(earlier)).total_seconds()) if later else 0.0


def _moment(value: str, now: datetime) -> datetime | None:
    if value.isascii() and value.isdigit():
        return now + min(timedelta(seconds=int(value[:9])), _FURTHEST)
    try:
        asked = parsedate_to_datetime(value)
    except ValueError:
        return None
    return asked if asked.tzinfo else asked.replace(tzinfo=timezone.utc)
