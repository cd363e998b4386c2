"""What keeps the house in order names things that are there: workflows, make's targets, the table of pure rooms."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from branches import PURE, main
from test_packaging import DOORS

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
CALLED_IN = [*WORKFLOWS, *ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / ".ci" / "run"]


@pytest.mark.parametrize("path", CALLED_IN, ids=lambda path: path.name)
def test_every_target_that_is_called_is_one_of_make(path):
    called = re.findall(r"(?:^|`|run: )make ((?:[a-z-]+ ?)+)", path.read_text("utf-8"), re.MULTILINE)
    assert {word for words in called for word in words.split()} <= TARGETS


def test_every_python_that_litdb_runs_on_is_tried():
    tried = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8"))
    versions = tried["jobs"]["python"]["strategy"]["matrix"]["python"]
    least = re.search(r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text("utf-8"))[1]
    assert versions == [f"3.{minor}" for minor in range(int(least), 15)]


def test_only_the_job_that_publishes_may_sign():
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {"contents": "read"}
        allowed = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
        assert set(allowed) <= {"publish"}


def test_no_pure_room_opens_a_door():
    assert not set(PURE) & set().union(*DOORS.values())


@pytest.mark.parametrize(("taken", "code"), [(94, 1), (95, 0)])
def test_untaken_branches_of_pure_rooms_count_and_others_do_not(tmp_path, capsys, taken, code):
    pure = {"summary": {"covered_branches": taken, "num_branches": 100}, "missing_branches": [[7, 9]]}
    other = {"summary": {"covered_branches": 0, "num_branches": 900}, "missing_branches": []}
    files = {"src/litdb/text/urls.py": pure, "src/litdb/web/client.py": other}
    (tmp_path / "coverage.json").write_text(json.dumps({"files": files}))
    assert main(tmp_path / "coverage.json", missing=True) == code
    assert "text/urls.py: 7→9" in capsys.readouterr().out
