"""A lane's clock: when it was asked last and when it may be asked again. It travels with the lane."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MOST_DOUBT = 0.2
"""The share of a pause by which a request may be taken to have arrived late: a forecast may be wrong by a fifth."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`interval` times `pace` seconds lie between the beginnings of two exchanges.

    Times are seconds of any one clock. Two machines need not agree on them: between machines only spans are told.
    """

    interval: float = 0.0
    pace: float = 1.0
    began: float = float("-inf")
    quickest: float = 0.0
    """The fewest seconds from a request to the beginning of its answer; none as long as that is not known."""

    @property
    def pause(self) -> float:
        """The seconds between two beginnings.

        >>> Clock(interval=2.0, pace=0.5).pause
        1.0
        """
        return self.interval * self.pace

    @property
    def due(self) -> float:
        """From when on the lane may be asked again."""
        return self.began + self.pause

    def asked(self, landed: float, since: float, reply: float | None, *, is_end: bool) -> Clock:
        """The clock after an exchange that landed then, began `since` seconds before and had its `reply` in so many.

        `is_end` says whether it was no exchange on the way, as a redirect is: only an end tells how quick a site is.

        >>> Clock(interval=2.0, quickest=0.5).asked(landed=10.5, since=0.5, reply=0.5, is_end=True).due
        12.0
        """
        began = max(self.began, landed - since + self._doubt(since if reply is None else reply))
        quickest = min(self.quickest or reply, reply) if is_end and reply is not None else self.quickest
        return replace(self, began=began, quickest=quickest)

    def _doubt(self, reply: float) -> float:
        """How much later than it was sent a request may have reached the site: what made it slower than others was."""
        return min(reply - self.quickest, self.pause * _MOST_DOUBT) if reply > self.quickest else 0.0
