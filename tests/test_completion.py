"""What a shell offers behind `litdb`: every command at once, and the options of the one that is typed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from litdb.commands import COMMANDS


def offered(words):
    """What completion prints for a line that ends here, in a Python of its own, and the commands that it imported."""
    program = (
        "import atexit, sys; from litdb.commands import main; sys.argv = ['litdb'];"
        "atexit.register(lambda: print(*(each for each in sys.modules if each.startswith('litdb.commands.')),"
        " file=sys.stderr)); main()"
    )
    place = str(len(words.split(" ")) - 1)
    typed = {"_LITDB_COMPLETE": "zsh_complete", "COMP_WORDS": words, "COMP_CWORD": place}
    ran = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **typed}, capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines(), ran.stderr.split()


def test_every_command_is_offered_with_its_line_and_none_is_imported():
    lines, imported = offered("litdb ")
    assert lines == [each for name, line in COMMANDS.items() for each in ("plain", name, line)]
    assert imported == []


@pytest.mark.parametrize(("typed", "expected"), [("ex", ["export"]), ("--v", ["--version"]), ("nothing", [])])
def test_what_is_typed_is_completed(typed, expected):
    lines, _ = offered(f"litdb {typed}")
    assert lines[1::3] == expected


@pytest.fixture
def library(litdb, tmp_path, monkeypatch):
    """A library of a note and a bibliography, in the folder where the shell is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "my reading.md").write_text("See [@ngo2022].\n")
    entries = (("ngo2022", "On hedges"), ("ngo2023", "On moss"), ("roe2020", "Roots"))
    text = "".join(
        f"@misc{{{key}, title = {{{title}}}, url = {{https://a.example/{key}}}}}\n" for key, title in entries
    )
    (tmp_path / "notes" / "my.bib").write_text(text)
    litdb("crawl", "notes", "--offline")
    return litdb


@pytest.mark.parametrize(
    "line",
    ["show ng", "why ng", "set ng", "unset NG", "key ng", "open ng", "log ng", "same roe2020 ng", "split ng",
     "graph cites ng", "graph cited-by ng", "graph path roe2020 ng", "export bibtex --keys ng", "forget ng"],
)  # fmt: skip
def test_keys_are_offered_with_what_they_stand_for(library, line):
    lines, _ = offered(f"litdb {line}")
    assert lines == ["plain", "ngo2022", "On hedges", "plain", "ngo2023", "On moss"]


def test_further_keys_of_a_list_are_offered(library):
    lines, _ = offered("litdb export ris --keys roe2020,ng")
    assert lines[1::3] == ["roe2020,ngo2022", "roe2020,ngo2023"]


@pytest.mark.parametrize("command", ["list", "export bibtex"])
def test_notes_are_offered(library, command):
    lines, _ = offered(f"litdb {command} --note notes/my")
    assert lines[1::3] == ["notes/my reading.md", "notes/my.bib"]


@pytest.mark.parametrize("command", ["set", "why", "unset"])
def test_fields_are_offered(library, command):
    lines, _ = offered(f"litdb {command} ngo2022 ti")
    assert lines[1::3] == ["title"]


def test_where_there_is_no_library_nothing_is_offered_and_nothing_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert offered("litdb show ng")[0] == [""]


def test_options_of_a_command_are_offered_and_only_it_is_imported():
    lines, imported = offered("litdb dump --d")
    assert lines[1::3] == ["--db"]
    assert "litdb.commands.dump" in imported
    assert "litdb.commands.crawl" not in imported
