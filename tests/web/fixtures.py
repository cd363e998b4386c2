"""The little web as a fixture: `from web.fixtures import little_web` in a conftest makes it known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from litdb.demo.server import LittleWeb
from web.facts import seed_web


@pytest.fixture
def little_web(monkeypatch: pytest.MonkeyPatch) -> Iterator[LittleWeb]:
    """The web of the seed notes, and the variables that lead there."""
    with seed_web() as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        yield web
