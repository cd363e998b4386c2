"""Keys of the user's own bibliographies: kept where tools take them, else told, and still good for choosing works."""

from __future__ import annotations

import re
import unicodedata

import pytest
from click.testing import CliRunner

from litdb.commands import main
from litdb.keys import VALID

ENTRY = "@book{{{key}, author = {{Doe, Jane}}, title = {{On {title}}}, year = 2020}}\n"


@pytest.fixture
def library(litdb, tmp_path):
    """A library of one bibliography: a key of plain letters, two of other letters, one that LaTeX chokes on."""
    keys = {"doe2020": "Hedges", "müller2020": "Bäume", "王2020": "Moss", "doe&roe": "Frost"}
    (tmp_path / "refs.bib").write_text(
        "".join(ENTRY.format(key=key, title=title) for key, title in keys.items()), "utf-8"
    )
    litdb("crawl", str(tmp_path), "--offline", "--silent")
    return litdb


def printed_bib(*words):
    return CliRunner().invoke(main, ["bib", *words]).stdout


def keys(text):
    return re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE)


@pytest.mark.parametrize("key", ["müller2020", "王2020", "Иванов:2020", "doe_roe-2020.1"])
def test_letters_of_any_script_make_a_key(key):
    assert VALID.match(key)


@pytest.mark.parametrize("key", ["doe&roe", "it's", "a b", "", "50%", "-a", "a{b", unicodedata.lookup("EM DASH")])
def test_what_tex_or_pandoc_take_for_something_else_makes_none(key):
    assert not VALID.match(key)


@pytest.mark.parametrize("kind", ["bibtex", "biblatex"])
def test_a_key_with_letters_of_any_script_is_kept(library, kind):
    assert {"müller2020", "王2020", "doe2020"} < {*keys(library("export", kind))}


def test_a_list_cites_it_as_pandoc_reads_it(library):
    assert "[@müller2020]" in library("export", "markdown")


def test_a_key_that_is_not_kept_is_told_with_the_one_of_exports(library):
    (finding,) = library.data("check", "--select", "W011")
    assert finding["sentence"] == (
        "doe&roe is doeFrost2020 in exports: BibTeX, biber and pandoc do not all take it as it is"
    )
    assert finding["line"] == 4


def test_a_clash_names_works_without_an_address_by_their_titles(library, tmp_path):
    (tmp_path / "other.bib").write_text(ENTRY.format(key="doe2020", title="Dew"), "utf-8")
    library("crawl", str(tmp_path), "--offline", "--silent")
    (finding,) = library.data("check", "--select", "W004", code=3)
    assert finding["sentence"] == "doe2020 is “On Dew” in other.bib:1:1, and “On Hedges” in refs.bib:1:1"


def test_another_key_of_the_same_work_is_told(library, tmp_path):
    (tmp_path / "later.bib").write_text("@book{roe, title = {A}, isbn = {9780131103627}}\n", "utf-8")
    library("crawl", str(tmp_path), "--offline", "--silent")
    (tmp_path / "last.bib").write_text("@book{doe, title = {A}, isbn = {9780131103627}}\n", "utf-8")
    library("crawl", str(tmp_path), "--offline", "--silent")
    told = [each["sentence"] for each in library.data("check", "--select", "other-key")]
    assert "doe is roe in exports: the work has that key already" in told


def test_a_work_is_called_by_the_key_of_its_entry(library):
    assert library.data("show", "doe&roe")["key"] == "doeFrost2020"


@pytest.fixture
def aliased(litdb, tmp_path):
    """A library of an entry with other keys that it goes by."""
    (tmp_path / "refs.bib").write_text("@book{doe2020, title = {On hedges}, ids = {old1, old2}}\n", "utf-8")
    (tmp_path / "n.md").write_text("As [@old1] says.\n", "utf-8")
    litdb("crawl", str(tmp_path), "--offline", "--silent")
    return litdb


def test_notes_and_papers_may_cite_by_other_keys_of_an_entry(aliased, tmp_path):
    assert aliased.data("check", "--select", "L008") == []
    assert keys(aliased("export", "bibtex", "--keys", str(tmp_path / "n.md"))) == ["doe2020"]
    note, refs = str(tmp_path / "n.md"), str(tmp_path / "refs.bib")
    assert [each["key"] for each in aliased.data("verify", note, refs, "--offline")["entries"]] == ["doe2020"]


def test_a_bib_of_a_paper_that_cites_by_a_former_key_has_the_work(aliased, tmp_path, monkeypatch):
    aliased("key", "doe2020", "doe20")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.biblatex.bib").write_text(
        "% litdb export: biblatex\n@book{doe20, title = {On hedges}, ids = {doe2020}, isbn = {9780131103627}}\n"
    )
    (tmp_path / "paper.md").write_text("---\nbibliography: own.biblatex.bib\n---\n@doe2020 says\n")
    assert keys(printed_bib("--tex", "paper.md", "--offline")) == ["doe2020"]


def test_other_keys_stay_beside_the_former_ones(aliased):
    aliased("key", "doe2020", "doe20")
    assert re.search(r"ids += \{doe2020,old1,old2\}", aliased("export", "biblatex"))


@pytest.mark.parametrize("name", ["main.tex", "n.md", "keys.txt", "old.bib"])
def test_works_are_chosen_by_the_keys_that_their_entries_have(library, tmp_path, name):
    text = {
        "main.tex": r"\cite{doe&roe, müller2020}",
        "n.md": "As @{doe&roe} and [@müller2020] say.",
        "keys.txt": "doe&roe\nmüller2020\n",
        "old.bib": ENTRY.format(key="doe&roe", title="x") + ENTRY.format(key="müller2020", title="y"),
    }
    (tmp_path / name).write_text(text[name], "utf-8")
    assert keys(library("export", "bibtex", "--keys", str(tmp_path / name))) == ["doeFrost2020", "müller2020"]
