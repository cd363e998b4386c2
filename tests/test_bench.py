"""The table of `make bench`: what a row says, and what becomes of a bench that is left out or fails."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest

from benches import BENCH, bench

table, figures, measuring = (bench(name) for name in ("table", "figures", "measuring"))
Figure, cells, handed_over, shown = figures.Figure, figures.cells, figures.handed_over, figures.shown

PARTS = {"figures", "measuring", "table"}
"""What the benches share."""

FIRST = Figure("first", "ms", [120, 100, 140], "peer", [50, 60, 60], 2.25, "median <= 110, ratio <= 3")

SMALL = {
    "startup": "--rounds 1",
    "scan": "--notes 30 --rounds 1",
    "export": "--works 50",
    "crawl": "--scale 0.01 --rounds 1",
    "pages": "--limit 2 --readers litdb",
}
"""Benches that take seconds with these options."""


@pytest.mark.parametrize("module", [figures, measuring])
def test_examples_are_true(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("values", "ratio", "goal", "verdict"),
    [
        ([1, 2, 9], None, "", "—"),
        ([1, 2, 9], None, "median <= 2", "met"),
        ([1, 2, 9], None, "median <= 2, max <= 8", "missed"),
        ([1, 2, 9], None, "min >= 2", "missed"),
        ([*range(1, 21)], None, "p95 <= 19", "met"),
        ([*range(1, 101)], None, "p99 <= 98", "missed"),
        ([2], 9.9, "ratio >= 10", "missed"),
        ([2], None, "ratio >= 10", "—"),
        ([2], None, "ratio <= 1, max <= 2", "—"),
        ([2], None, "ratio <= 1, max <= 1", "missed"),
        ([], None, "max <= 1", "—"),
    ],
)
def test_a_goal_is_met_in_all_its_parts(values, ratio, goal, verdict):
    assert cells(Figure("it", "s", values, ratio=ratio, goal=goal))[-1] == verdict


def test_a_row_has_the_rounds_and_the_peer():
    row = ("first", "ms", "100", "120", "140", "peer", "2.25", "median <= 110, ratio <= 3", "missed")
    assert cells(FIRST) == row


def test_a_row_says_what_is_not_here():
    assert cells(Figure("paint", lacks="Chromium is not here")) == (
        "paint",
        *[""] * 4,
        "Chromium is not here",
        "",
        "",
        "—",
    )


def test_alone_a_bench_prints_the_peer_below(capsys):
    assert list(shown([FIRST])) == [FIRST]
    heads, mine, theirs = capsys.readouterr().out.splitlines()
    assert heads.split() == ["what", "unit", "min", "median", "max", "beside", "ratio", "goal"]
    assert (mine.split()[0], mine.split()[-1]) == ("first", "missed")
    assert theirs.split() == ["peer", "ms", "50", "60", "60"]


BENCHES = {
    "good": "yield Figure('work', 's', [1, 2, 3], 'peer', [1, 1, 1], 2.0, 'ratio <= 1.2')",
    "left_out": "yield Figure('work [now]', lacks='the peer is not here')",
    "broken": "yield Figure('begun', 's', [1]); raise SystemExit('the disk is full')",
}
"""Benches that end each in its own way."""


@pytest.fixture
def ran(tmp_path, monkeypatch):
    """All of them as `make bench` runs them."""
    made = "from figures import *\ndef main():\n    print('busy'); {}\nhand_over(main(), options('').parse_args().figures)\n"
    for name, body in BENCHES.items():
        (tmp_path / f"{name}.py").write_text(made.format(body))
    monkeypatch.setenv("PYTHONPATH", str(BENCH))
    scripts = ", ".join(f"Path('{name}.py'): ()" for name in BENCHES)
    call = f"import sys, table; from pathlib import Path; sys.exit(table.main({{{scripts}}}, Path('kept/bench.jsonl')))"
    return subprocess.run([sys.executable, "-c", call], cwd=tmp_path, capture_output=True, text=True, check=False)


def test_one_table_comes_in_the_end(ran):
    assert [line.split() for line in ran.stdout.splitlines()] == [
        "bench what unit min median max beside ratio goal".split(),
        "good work s 1 2 3 peer 2 ratio <= 1.2 missed".split(),
        "left_out work [now] the peer is not here —".split(),
        "broken begun s 1 1 1 —".split(),
    ]


def test_a_bench_that_fails_is_named(ran):
    assert ran.returncode == 1
    assert "the disk is full" in ran.stderr
    assert ran.stderr.splitlines()[-1] == "broken failed with exit code 1: what it said stands above the table."


def test_what_benches_say_goes_to_standard_error(ran):
    assert ran.stderr.count("busy") == 3


def test_the_figures_are_kept_with_their_rounds(ran, tmp_path):
    assert ran.returncode == 1
    kept = handed_over(tmp_path / "kept" / "bench.jsonl")
    assert [(each.bench, each.what) for each in kept] == [
        ("good", "work"),
        ("left_out", "work [now]"),
        ("broken", "begun"),
    ]
    assert (kept[0].values, kept[0].theirs, kept[0].is_met) == ([1, 2, 3], [1, 1, 1], False)


def test_a_goal_that_is_missed_is_no_error(tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(BENCH))
    script = tmp_path / "slow.py"
    script.write_text(
        "from figures import *\nhand_over([Figure('it', 's', [2], goal='max <= 1')], options('').parse_args().figures)"
    )
    assert table.main({script: ()}, tmp_path / "bench.jsonl") == 0
    assert "missed" in capfd.readouterr().out


def test_every_bench_is_in_the_table():
    assert sorted(table.BENCHES) == sorted({path.stem for path in BENCH.glob("*.py")} - PARTS)


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_a_bench_hands_over_its_figures(name, tmp_path):
    kept = tmp_path / "bench.jsonl"
    call = [sys.executable, str(BENCH / f"{name}.py"), *SMALL[name].split(), "--figures", str(kept)]
    said = subprocess.run(call, capture_output=True, text=True, timeout=300, check=False)
    assert said.returncode == 0, said.stderr
    rows = handed_over(kept)
    assert rows
    for row in rows:
        assert (row.bench, bool(row.values or row.lacks)) == (name, True)
        assert row.goal == "" or row.lacks or row.is_met is not None, row
    assert len({row.what for row in rows}) == len(rows)
