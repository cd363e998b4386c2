"""Moments as litdb writes them: ISO 8601 in UTC, to the millisecond where there is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from threading import Lock


def utc_text(moment: datetime) -> str:
    """A moment as litdb writes it.

    >>> utc_text(datetime(2026, 11, 21, 3, 54, tzinfo=timezone.utc))
    '2026-11-21T03:54:00Z'
    """
    return _to_the_millisecond(moment).replace(".000", "")


class Clock:
    """Tells the present moment; moments that it told sort as texts, in the order in which it told them.

    So they are always to the millisecond (`12:00:00Z` would sort behind `12:00:00.122Z`), and none lies before one
    told already, though the clock of the machine be set back meanwhile.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._last = ""
        self._lock = Lock()

    def __call__(self) -> str:
        """The present moment, to the millisecond."""
        with self._lock:
            self._last = max(self._last, _to_the_millisecond(self._now()))
            return self._last


utc_now = Clock(lambda: datetime.now(timezone.utc))
"""The present moment as litdb writes it."""


def read_utc(text: str) -> datetime:
    """The moment that `utc_text` wrote."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def later(at: str, days: float) -> str:
    """The moment so many days after `at`, as precise as that, so that both sort as texts.

    >>> later("2026-11-21T03:00:00Z", 0.5), later("2026-11-21T03:00:00.000Z", 0.5)
    ('2026-11-21T15:00:00Z', '2026-11-21T15:00:00.000Z')
    """
    write = _to_the_millisecond if "." in at else utc_text
    return write(read_utc(at) + timedelta(days=days))


def _to_the_millisecond(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
