"""A share of a million links: every one ends in an outcome, whatever its host does, and the run ends with its slowest lane."""

from __future__ import annotations

from torture.many import ALL, SLOW, ManyLinks, run

SHARE = ManyLinks(0.005, [name for name in ALL if name not in SLOW])


def test_every_link_ends_in_an_outcome_in_little_memory_and_time(tmp_path):
    ran = run(SHARE, tmp_path, pace=0.4)
    assert list(ran.problems(SHARE)) == []
    assert ran.outcomes["", "ok"] > ran.outcomes.total() / 2
