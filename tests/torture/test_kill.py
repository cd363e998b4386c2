"""kill -9 in the middle of a system call, then the same command again: nothing is lost, half, or asked for twice."""

from __future__ import annotations

from functools import cache

import pytest

from litdb.database.schema import library_schema
from torture.kill import SEED, Torture, Victim, draw
from torture.scenes import SCENES
from torture.tracing import can_trace

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace is not there, or may not trace here")

COUNTS = {"write": 130, "pwrite64": 700, "fsync": 5, "fdatasync": 16, "rename": 5, "connect": 40, "sendto": 40}
SHARE = 12
SHARES = {
    "rebuild": 3,
    "import": 3,
    "refs": 2,
    "fill": 3,
    "fix": 2,
    "export-biblatex": 2,
    "migration-1": 3,
    f"migration-{len(library_schema._migrations) - 1}": 3,
}
"""How many kills of each scene; `python tests/torture/kill.py` makes 2,000 over all of them."""


@pytest.fixture(scope="module")
def victims():
    """The commands to be killed, by the names of their scenes."""
    with Torture() as torture:
        yield cache(lambda name: Victim(torture, SCENES[name]))


def struck(victim, share, which):
    """A kill that struck: no two runs make the same number of calls, so a point near the end may not come."""
    points = draw(victim.counts, 3 * share)[which::share]
    return next(trial for trial in map(victim.kill, points) if trial.struck)


def test_an_undisturbed_crawl_makes_every_kind_of_call(victims):
    assert all(victims("crawl").counts[name] > 0 for name in COUNTS)


@pytest.mark.parametrize("which", range(SHARE))
def test_after_a_kill_the_next_crawl_leaves_what_an_undisturbed_one_leaves(victims, which):
    trial = struck(victims("crawl"), SHARE, which)
    assert list(trial.problems) == []


@pytest.mark.parametrize("name", SHARES)
def test_so_does_every_other_command_that_writes(victims, name):
    for which in range(SHARES[name]):
        assert list(struck(victims(name), SHARES[name], which).problems) == []


def test_every_kind_of_scene_is_shared():
    assert {name.partition("-")[0] for name in SCENES} == {"crawl", *(name.partition("-")[0] for name in SHARES)}


def test_points_are_drawn_from_every_kind_of_call_each_once():
    drawn = draw(COUNTS, 300)
    assert len(drawn) == len(set(drawn)) == 300
    assert {name for name, _ in drawn[: len(COUNTS)]} == set(COUNTS)
    assert [number for name, number in sorted(drawn) if name == "rename"] == [1, 2, 3, 4, 5]
    assert draw(COUNTS, 300, SEED) == drawn != draw(COUNTS, 300, SEED + 1)
