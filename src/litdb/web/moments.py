"""The moments of one exchange: when it may go out, when it has, when its answer began."""

from __future__ import annotations

import time

LEAD = 0.02
"""So many seconds before a request may go out its connection is made, and waits: making it takes a while."""


class Moments:
    """For a request that may go out from `due` on (seconds of this machine's monotonic clock), at once by default."""

    def __init__(self, due: float = float("-inf")) -> None:
        self._due = due
        self._began: float | None = None
        self._heard: float | None = None

    @property
    def since(self) -> float | None:
        """The seconds since the request was out as a whole, however long that took; None before the exchange began.

        One over a connection that never stood counts from when it was to go out.
        """
        return None if self._began is None else time.monotonic() - self._began

    @property
    def reply(self) -> float | None:
        """The seconds from the request to the first bytes of its answer; None where none came."""
        return None if self._began is None or self._heard is None else self._heard - self._began

    def opens(self) -> None:
        """Wait until it is time to make the connection."""
        _wait_until(self._due - LEAD)
        self._began = max(self._due, time.monotonic())

    def sends(self) -> None:
        """Wait, now that the connection stands, until the request may go out."""
        _wait_until(self._due)
        self._began = time.monotonic()

    def sent(self) -> None:
        """The whole request has gone out."""
        self._began = time.monotonic()

    def hears(self) -> None:
        """An answer has begun."""
        self._heard = time.monotonic()


def _wait_until(moment: float) -> None:
    while (left := moment - time.monotonic()) > 0:
        time.sleep(left)
