"""Figures that tests tell: `pytest -rP` prints them, a JUnit report keeps them."""

from __future__ import annotations

import sys
from collections.abc import Callable


def tell(record_property: Callable[[str, object], None], figure: str) -> None:
    """Say what a test measured."""
    record_property("figure", figure)
    sys.stdout.write(f"{figure}\n")
