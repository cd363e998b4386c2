"""The invented library of any size, and the bench that is run on it."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from litdb.database.library import dump
from litdb.demo.large import HOSTILE, make_library

BENCH = Path(__file__).parents[2] / "bench" / "browse.py"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "litdb.db"
    make_library(path, 120, 600)
    return path


def test_it_is_as_large_as_asked(library):
    connection = sqlite3.connect(library)
    counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("works", "mentions")]
    assert counts == [120, 600]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_the_same_figures_give_the_same_library(library, tmp_path):
    make_library(tmp_path / "litdb.db", 120, 600)
    assert list(dump(tmp_path / "litdb.db")) == list(dump(library))


def test_hostile_titles_are_in_it(library):
    connection = sqlite3.connect(library)
    titles = {title for (title,) in connection.execute("SELECT title FROM works")}
    connection.close()
    assert titles >= set(HOSTILE)


@pytest.mark.parametrize("view", ["reference_list", "note_references", "provenance", "needs_attention"])
def test_the_first_rows_of_a_view_need_no_sorting_of_all(library, view):
    connection = sqlite3.connect(library)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view} LIMIT 101")]
    connection.close()
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan


def test_the_bench_measures_every_page_of_both(tmp_path):
    call = [sys.executable, str(BENCH), "--works", "300", "--rounds", "2", "--keep", str(tmp_path)]
    said = subprocess.run(call, capture_output=True, text=True, timeout=300, check=True).stdout
    lines = re.findall(r"^(\w[\w, ]+?) +\d+ +\d+ +\d+ +(\d+) +(\d+) ", said, re.MULTILINE)
    assert {name for name, *_ in lines} >= {"home", "references", "search", "reference", "note", "person", "attention"}
    assert all(figures == ["0", "0"] for _, *figures in lines)
    assert "300 entries" in said
