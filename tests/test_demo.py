"""The demo: a library of invented works that shows what litdb does, and leaves nothing behind."""

import json
import os
import subprocess
import sys
from importlib.resources import as_file

import pytest
from click.testing import CliRunner

from litdb.commands import main
from litdb.demo.library import demo_notes, demo_web
from litdb.demo.wire import Call
from litdb.files.place import Place
from litdb.files.settings import settings_for

SEEN = {
    "a refusal": r"Roots: challenged, Cloudflare asks for a browser",
    "a page that is gone": "lost-page: not-found",
    "a moved link and a merge": "Frost dates, kept honestly = "
    "url:https://almanac.example/frost-dates, url:https://old-almanac.example/2019/05/frost-dates",
    "a conflict": "note says 04.02.2020, page says 2020-04-02",
}


@pytest.fixture(scope="module")
def shown():
    """What the demo prints, and the environment before and after it."""
    before = dict(os.environ)
    result = CliRunner().invoke(main, ["demo"])
    return result, before, dict(os.environ)


def test_it_ends_well_and_says_that_all_is_invented(shown):
    result, _, _ = shown
    assert result.exit_code == 0, result.output
    assert "every work, person and date in it is invented" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("what", SEEN)
def test_there_is_something_to_watch(shown, what):
    assert SEEN[what] in shown[0].stdout


def test_it_leaves_the_environment_as_it_was(shown):
    _, before, after = shown
    assert after == before


@pytest.fixture
def nowhere(tmp_path):
    """litdb demo as a user calls it in an empty folder, with a folder for temporary files to look into."""
    for name in ("here", "temporary"):
        (tmp_path / name).mkdir()

    def call(*words):
        return subprocess.run(
            [sys.executable, "-c", "from litdb.commands import main; main()", "demo", *words],
            cwd=tmp_path / "here",
            env={**os.environ, "TMPDIR": str(tmp_path / "temporary"), "LITDB_DB": "mine/litdb.db"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


def test_it_leaves_no_file_behind(nowhere, tmp_path):
    ended = nowhere("--json")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["works"] == 14
    assert [path for path in tmp_path.rglob("*") if path.name not in ("here", "temporary")] == []


def test_a_folder_of_its_own_keeps_the_library(nowhere, tmp_path, litdb):
    assert nowhere("--db", "demo").returncode == 0
    litdb.library = tmp_path / "here" / "demo" / "litdb.db"
    assert "hollowayHowHedgeWas2020" in litdb("list")
    assert "litdb export" in (tmp_path / "here" / "demo" / "references.bib").read_text()
    assert "0 changes" in litdb("rebuild")


@pytest.mark.parametrize("there", ["folder", "file"])
def test_it_never_goes_among_what_is_there(tmp_path, there):
    mine = tmp_path / "mine"
    if there == "folder":
        mine.mkdir()
        (mine / "notes").mkdir()
    else:
        mine.write_text("mine")
    result = CliRunner().invoke(main, ["demo", "--db", str(mine)])
    assert result.exit_code == 2
    assert "folder of its own" in result.stderr


def test_without_its_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "trustme", None)
    result = CliRunner().invoke(main, ["demo"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "pip install 'litdb-notes[demo]'" in result.stderr


def test_the_demo_notes_come_with_the_package():
    names = sorted(entry.name for entry in demo_notes().iterdir())
    assert names == ["garden.md", "litdb.toml", "meeting.md", "reading.md"]
    assert "Everything cited here is invented" in (demo_notes() / "reading.md").read_text(encoding="utf-8")


def test_the_demo_settings_are_settings_of_litdb():
    with as_file(demo_notes()) as folder:
        assert settings_for(Place(folder / "litdb.db"), []).aliases["fernsby"].display == "Ada Fernsby"


def test_the_demo_says_different_things_of_one_day():
    call = Call("GET", "https", "plain.example", "/hedge.html", "", {}, b"", 0.0)
    html = demo_web().sites["plain.example"][0](call).body.decode()
    assert "2020-04-02" in html
    assert "(04.02.2020)" in (demo_notes() / "reading.md").read_text(encoding="utf-8")
