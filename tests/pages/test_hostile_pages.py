"""Mutated pages break nothing, and no pattern takes more than its share of time.

A share of what `python tests/pages/hostile.py` reads in full.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from pages import hostile

SHARE = 120
LENGTH = 1 << 15
STEEP = 3.2
"""Where time is quadratic it is 4; the full run, on a machine of its own, allows no more than `hostile.WORST`."""


def test_mutated_pages_break_nothing():
    """In a process of its own, so that its memory is that of reading."""
    run = subprocess.run(
        [sys.executable, hostile.__file__, "--pages", str(SHARE)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_same_seed_makes_the_same_pages():
    assert list(hostile.pages(20, seed=3)) == list(hostile.pages(20, seed=3))


@pytest.mark.parametrize("name", hostile.PATTERNS)
def test_no_pattern_takes_time_that_grows_with_its_square(name):
    assert hostile.doubling(hostile.PATTERNS[name], LENGTH) <= STEEP
