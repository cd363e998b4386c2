"""Days that pass at will: one clock for every room that asks what time it is."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass

import pytest

from litdb.text.times import later

READ_THE_CLOCK = ("web.client", "web.drive", "web.visit", "commands.session", "commands.looking", "commands.checking")


@dataclass
class Days:
    """The present moment, as all of litdb sees it."""

    now: str = "2026-11-21T09:00:00Z"

    def pass_by(self, days: float) -> None:
        """So many days later."""
        self.now = later(self.now, days)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    """A clock that only the test moves."""
    clock = Days()
    for name in READ_THE_CLOCK:
        importlib.import_module(f"litdb.{name}")
    for name, module in [*sys.modules.items()]:
        if name.startswith("litdb.") and "utc_now" in vars(module):
            monkeypatch.setattr(module, "utc_now", lambda: clock.now)
    return clock
