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


def test_options_of_a_command_are_offered_and_only_it_is_imported():
    lines, imported = offered("litdb dump --d")
    assert lines[1::3] == ["--db"]
    assert "litdb.commands.dump" in imported
    assert "litdb.commands.crawl" not in imported
