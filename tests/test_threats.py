"""The table of threats names a test for every threat, and every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "threats.md").read_text("utf-8")
TABLE = PAGE.partition("## Threats")[2].partition("\n## ")[0]
ROWS = [line.split(" | ") for line in TABLE.splitlines() if line.startswith("| ")][2:]
NAMED = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")
SCRIPTS = re.findall(r"^\| `(tests/\S+\.py)`", PAGE, re.MULTILINE)


def test_there_are_rows():
    assert len(ROWS) > 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][2:42])
def test_every_threat_has_a_test_that_is_there(row):
    named = NAMED.findall(row[-1])
    assert named
    for path, name in named:
        assert f"def {name}" in (TESTS / path).read_text("utf-8"), f"{path} has no {name}"


def test_every_test_about_threats_is_in_the_table():
    paths = [*TESTS.glob("web_client/test_b1_*.py"), *TESTS.glob("torture/test_*.py")]
    assert [path.name for path in paths if path.relative_to(TESTS).as_posix() not in TABLE] == []


def test_every_script_is_there_and_made_by_make_torture():
    made = (TESTS.parent / "Makefile").read_text("utf-8").partition("\ntorture:")[2].partition("\n\n")[0]
    assert SCRIPTS
    assert [script for script in SCRIPTS if script not in made or not (TESTS.parent / script).exists()] == []
