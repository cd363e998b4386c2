"""kill -9 in the middle of a system call, then the same command again: nothing is lost and nobody is asked twice."""

from __future__ import annotations

import pytest

from torture.kill import SEED, Torture, draw
from torture.tracing import can_trace

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace is not there, or may not trace here")

COUNTS = {"write": 130, "pwrite64": 700, "fsync": 5, "fdatasync": 16, "rename": 5, "connect": 40, "sendto": 40}
SHARE = 12


@pytest.fixture(scope="module")
def torture():
    """Crawls to be killed."""
    with Torture() as made:
        yield made


def test_an_undisturbed_crawl_makes_every_kind_of_call(torture):
    assert all(torture.counts[name] > 0 for name in COUNTS)


@pytest.mark.parametrize("which", range(SHARE))
def test_after_a_kill_the_next_crawl_leaves_what_an_undisturbed_one_leaves(torture, which):
    trial = torture.kill(draw(torture.counts, SHARE)[which])
    assert trial.struck, f"the crawl ended before {trial.point}"
    assert list(trial.problems) == []


def test_points_are_drawn_from_every_kind_of_call_each_once():
    drawn = draw(COUNTS, 300)
    assert len(drawn) == len(set(drawn)) == 300
    assert {name for name, _ in drawn[: len(COUNTS)]} == set(COUNTS)
    assert [number for name, number in sorted(drawn) if name == "rename"] == [1, 2, 3, 4, 5]
    assert draw(COUNTS, 300, SEED) == drawn != draw(COUNTS, 300, SEED + 1)
