"""When a site that is busy wants to be asked again."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 120.0
"""Seconds that a run waits for a site; what takes longer is for the next run."""

_FURTHEST = timedelta(days=366)


def utc_text(moment: datetime) -> str:
    """A moment as litdb writes it.

    >>> utc_text(datetime(2026, 11, 21, 3, 54, tzinfo=timezone.utc))
    '2026-11-21T03:54:00Z'
    """
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_now() -> str:
    """The present moment as litdb writes it."""
    return utc_text(datetime.now(timezone.utc))


def read_retry_after(value: str, now: str) -> str:
    """The moment that a Retry-After header names (RFC 9110, 10.2.3: seconds or a date), at most a year ahead, or empty.

    >>> read_retry_after("90", now="2026-11-21T03:54:00Z")
    '2026-11-21T03:55:30Z'
    >>> read_retry_after("Sat, 21 Nov 2026 04:00:00 GMT", now="2026-11-21T03:54:00Z")
    '2026-11-21T04:00:00Z'
    >>> read_retry_after("soon", now="2026-11-21T03:54:00Z")
    ''
    """
    asked = _moment(value.strip(), _read_utc(now))
    return utc_text(min(asked, _read_utc(now) + _FURTHEST)) if asked else ""


def seconds_between(earlier: str, later: str) -> float:
    """How many seconds lie between two moments; 0 where the later one is missing or past.

    >>> seconds_between("2026-11-21T03:54:00Z", "2026-11-21T03:55:30Z"), seconds_between("2026-11-21T03:54:00Z", "")
    (90.0, 0.0)
    """
    return max(0.0, (_read_utc(later) - _read_utc(earlier)).total_seconds()) if later else 0.0


def _moment(value: str, now: datetime) -> datetime | None:
    if value.isascii() and value.isdigit():
        return now + min(timedelta(seconds=int(value[:9])), _FURTHEST)
    try:
        asked = parsedate_to_datetime(value)
    except ValueError:
        return None
    return asked if asked.tzinfo else asked.replace(tzinfo=timezone.utc)


def _read_utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
