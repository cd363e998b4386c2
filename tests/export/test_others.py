"""`and others`: a list of people that the user's entry cuts is cut in every export, and comes back as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ENTRY = "@book{knuth, author = {Knuth, Donald E. and others}, title = {The Art}, year = 1968}\n"
BRACED = ENTRY.replace(" and others", " and {others}")
ET_AL = ENTRY.replace(" and others", r" \emph{et al.}")
CSL = [{"id": "knuth", "type": "book", "title": "The Art", "issued": {"date-parts": [[1968]]}}]
CSL[0]["author"] = [{"family": "Knuth", "given": "Donald E."}, {"literal": "others"}]
RIS = "TY  - BOOK\nID  - knuth\nTI  - The Art\nAU  - Knuth, Donald E.\nAU  - et al.\nPY  - 1968\nER  - \n"
FILES = [("a.bib", ENTRY), ("a.bib", BRACED), ("a.bib", ET_AL), ("a.json", json.dumps(CSL)), ("a.ris", RIS)]


@pytest.fixture(params=FILES, ids=["and others", "{others}", "et al.", "csl-json", "ris"])
def library(request, litdb, tmp_path):
    """A library of one entry, in the forms in which tools say that there are more people."""
    name, text = request.param
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / name).write_text(text, "utf-8")
    litdb("crawl", str(tmp_path / "notes"), "--offline", "--silent")
    return litdb


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("bibtex", "= {Knuth, Donald E. and others}"),
        ("biblatex", "= {Knuth, Donald E. and others}"),
        ("html", "Donald E. Knuth, et al."),
        ("csv", '"Donald E. Knuth, et al."'),
        ("references", "The Art (Donald E. Knuth et al.) (1968)"),
        ("markdown", "(Donald E. Knuth et al.)"),
    ],
)
def test_exports_say_that_there_are_more(library, kind, said):
    assert said in library("export", kind).replace(r"\.", ".")


def test_the_row_of_the_work_says_so_too(library):
    assert library.rows("SELECT people FROM works") == [("Donald E. Knuth et al.",)]
    assert library.rows("SELECT name FROM people") == [("Donald E. Knuth",)]


def test_csl_json_has_the_name_that_pandoc_takes_for_more(library):
    (item,) = json.loads(library("export", "csl-json"))
    assert item["author"] == [{"family": "Knuth", "given": "Donald E."}, {"literal": "others"}]


def test_data_for_programs_says_which_lists_are_cut(library):
    (work,) = library.data("list")
    assert work["and_others"] == ["authors"]
    assert work["authors"] == [{"family": "Knuth", "given": "Donald E."}]
    assert json.loads(library("export", "jsonl")) == work


def test_ris_has_it_as_a_name(library):
    assert [line for line in library("export", "ris").splitlines() if line.startswith("AU")] in (
        ["AU  - Knuth, Donald E.", "AU  - others"],
        ["AU  - Knuth, Donald E.", "AU  - et al."],
    )


@pytest.mark.parametrize("words", [["list"], ["show", "knuth"]])
def test_the_command_line_says_so(library, words):
    assert "Donald E. Knuth, et al." in library(*words)


def test_nobody_is_called_so(library):
    (work,) = library.data("list")
    assert [each["family"] for each in work["authors"]] == ["Knuth"]


@pytest.mark.parametrize("kind", ["bibtex", "csl-json", "ris"])
def test_what_was_exported_says_the_same_when_it_is_read_again(library, tmp_path, kind):
    again = tmp_path / "again"
    again.mkdir()
    suffix = {"bibtex": "bib", "csl-json": "json", "ris": "ris"}[kind]
    text = library("export", kind)
    for mark, other in (("% litdb export", "% export"), ("[ \t\n", "[\n"), ("Provider: litdb", "Provider: another")):
        text = text.replace(mark, other)
    (again / f"b.{suffix}").write_text(text, "utf-8")
    for path in (tmp_path / "notes").iterdir():
        path.unlink()
    library("crawl", str(again), "--offline", "--silent")
    assert "Donald E. Knuth et al." in library("export", "references").replace(r"\.", ".")


def test_who_knows_them_all_is_asked_for_no_others(litdb, tmp_path):
    (tmp_path / "a.bib").write_text(ENTRY, "utf-8")
    litdb("crawl", str(tmp_path), "--offline", "--silent")
    litdb("set", "knuth", "authors", "Donald E. Knuth, Ronald Graham")
    assert "others" not in litdb("export", "bibtex")
    assert "et al" not in litdb("export", "references")


def test_a_list_that_no_entry_cuts_is_whole(litdb, tmp_path):
    Path(tmp_path / "a.bib").write_text(ENTRY.replace(" and others", ""), "utf-8")
    litdb("crawl", str(tmp_path), "--offline", "--silent")
    assert "others" not in litdb("export", "bibtex") + litdb("export", "csl-json")
