"""Moments as litdb writes them: ISO 8601 in UTC, to the millisecond where there is one."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


def utc_text(moment: datetime) -> str:
    """A moment as litdb writes it.

    >>> utc_text(datetime(2026, 11, 21, 3, 54, tzinfo=timezone.utc))
    '2026-11-21T03:54:00Z'
    """
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z").replace(".000", "")


def utc_now() -> str:
    """The present moment as litdb writes it."""
    return utc_text(datetime.now(timezone.utc))


def read_utc(text: str) -> datetime:
    """The moment that `utc_text` wrote."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def later(at: str, days: float) -> str:
    """The moment so many days after `at`.

    >>> later("2026-11-21T03:00:00Z", 0.5)
    '2026-11-21T15:00:00Z'
    """
    return utc_text(read_utc(at) + timedelta(days=days))
