"""Slips on the command line: what was meant is offered, and output that cannot be written is told in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Litdb

BIB = """\
@misc{ngoAlignmentProblem2022, title = {The Alignment Problem}, url = {https://a.example/x}}
@misc{roeHedges2020, title = {Hedges}, url = {https://a.example/y}}
"""
FULL = Path("/dev/full")


@pytest.fixture
def library(litdb, tmp_path, monkeypatch):
    """A library of two entries."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.bib").write_text(BIB)
    litdb("crawl", "a.bib", "--offline")
    return litdb


def printing(descriptor, library, *words):
    """A litdb of its own that prints into an open file, which is closed then."""
    command, env = [sys.executable, "-m", "litdb", *words], {**os.environ, "LITDB_DB": str(library.library)}
    try:
        return subprocess.run(command, stdout=descriptor, stderr=subprocess.PIPE, env=env, text=True, check=False)
    finally:
        os.close(descriptor)


@pytest.mark.parametrize(
    "words",
    [
        ["show", "ngoAlignmentProblm2022"],
        ["why", "NGOalignment", "date"],
        ["set", "ngoAlignmentProblem2023", "date", "2022"],
        ["key", "ngo2022", "ngo"],
        ["export", "bibtex", "--keys", "roeHedges2020,ngoAlignmentProblem22"],
    ],
)
def test_a_key_with_a_slip_is_told_with_those_that_are_like_it(library, words):
    library(*words, code=1)
    assert library.told.rstrip().endswith("Did you mean ngoAlignmentProblem2022?")


@pytest.mark.parametrize("words", [["show", "zzz"], ["unset", "zzz"], ["export", "ris", "--keys", "zzz"]])
def test_where_no_key_is_like_it_the_list_is_named(library, words):
    library(*words, code=1)
    assert "“litdb list” shows" in library.told


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["list", "--type", "psot"], "'post'"),
        (["list", "--outcome", "not-fuond"], "'not-found'"),
        (["export", "bibtx"], "'bibtex'"),
        (["graph", "export", "graphm"], "'graphml'"),
    ],
)
def test_a_choice_with_a_slip_is_told_with_what_is_like_it(library, words, meant):
    library(*words, code=2)
    assert f"Did you mean {meant}" in library.told


def test_only_the_sources_that_are_named_are_listed(litdb):
    assert [each["name"] for each in litdb.data("sources", "doi", "arxiv")] == ["doi", "arxiv"]
    assert "substack" not in litdb("sources", "arxiv")
    litdb("sources", "arxvi", code=2)
    assert "Did you mean arxiv" in litdb.told


@pytest.mark.parametrize(
    "words",
    [
        ["show", "\udcff"],
        ["list", "--site", "\udcff"],
        ["forget", "\udcff"],
        ["split", "\udcff", "ngo"],
        ["log", "\udcff"],
    ],
)
def test_bytes_that_are_no_text_are_told(library, words):
    library(*words, code=2)
    assert library.told == "Error: '\\udcff' is not UTF-8 text. Set the terminal to UTF-8.\n"


@pytest.mark.parametrize("write", ["./notes/a.md", "{here}/notes/a.md", "../x/notes/a.md", "a.md", "notes/a.md"])
@pytest.mark.parametrize("words", [["list", "--json"], ["export", "references"]])
def test_a_note_is_named_as_any_file(tmp_path, monkeypatch, words, write):
    (tmp_path / "x" / "notes").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "x")
    for name in "ab":
        Path(f"notes/{name}.md").write_text(f"[of {name}](https://{name}.example/x)\n")
    litdb = Litdb(tmp_path / "x" / "db" / "litdb.db")
    litdb("crawl", "notes", "--offline")
    found = litdb(*words, "--note", write.format(here=tmp_path / "x"))
    assert "a.example" in found
    assert "b.example" not in found


def test_a_note_is_named_from_the_folder_where_one_is(library, monkeypatch, tmp_path):
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert "roeHedges2020" in library("list", "--note", "../a.bib")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "words", [["list"], ["dump"], ["list", "--json"], ["export", "csv"], ["--help"], ["show", "-h"]]
)
def test_output_that_cannot_be_written_is_told_without_a_traceback(library, words):
    ran = printing(os.open(FULL, os.O_WRONLY), library, *words)
    assert ran.returncode == 1
    assert ran.stderr == "Error: what litdb prints cannot be written: No space left on device.\n"


def test_of_a_reader_that_has_seen_enough_nothing_is_said(library):
    reader, writer = os.pipe()
    os.close(reader)
    assert printing(writer, library, "list").stderr == ""
