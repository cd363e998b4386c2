"""A bibliography that litdb wrote says nothing new, but whoever gets it with a paper that cites from it has the keys."""

from pathlib import Path

import pytest

PAPER, PAGE = "https://arxiv.org/abs/2209.00626", "https://example.org/frost"
EXPORTS = {"bibtex": "refs.bib", "biblatex": "refs.bib", "csl-json": "refs.json", "ris": "refs.ris"}


@pytest.fixture
def colleague(litdb, tmp_path, monkeypatch):
    """A folder with what somebody exported, in each format, from a library of a paper and a page; no library yet."""
    monkeypatch.chdir(tmp_path)
    Path("n.md").write_text(f"<{PAPER}> and <{PAGE}>\n")
    litdb("crawl", "n.md", "--offline")
    litdb("key", PAPER, "ngo2022")
    litdb("key", PAGE, "frost")
    litdb("set", "frost", "title", "As litdb says")
    for kind, name in EXPORTS.items():
        Path(kind).mkdir()
        litdb("export", kind, "-o", f"{kind}/{name}")
    Path("n.md").unlink()
    Path("corrections.toml").unlink()
    for path in litdb.library.parent.iterdir():
        path.unlink()
    return litdb


def cited(litdb):
    return litdb.rows(
        "SELECT target, works.key, identifier, coalesce(works.title, '') FROM mentions JOIN works ON works.id = work "
        "ORDER BY target"
    )


MEANT = [("@frost", "frost", "url:https://example.org/frost", ""), ("@ngo2022", "ngo2022", "arxiv:2209.00626", "")]


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize("text", ["[@ngo2022; @frost]", "As @ngo2022 and @frost say."])
def test_keys_of_an_export_name_works_and_their_text_says_nothing(colleague, kind, text):
    Path(kind, "paper.qmd").write_text(f"---\nbibliography: {EXPORTS[kind]}\n---\n{text}\n")
    colleague("crawl", kind, "--offline")
    assert cited(colleague) == MEANT
    assert colleague.rows("SELECT path FROM notes") == [(f"{kind}/paper.qmd",)]
    assert colleague.rows("SELECT DISTINCT source FROM records") == [("url",)]


def test_the_chapters_of_a_paper_in_latex_cite_by_them(colleague):
    Path("bibtex/main.tex").write_text(r"\input{one} \bibliography{refs}")
    Path("bibtex/one.tex").write_text(r"\cite{ngo2022,frost}")
    colleague("crawl", "bibtex", "--offline")
    assert cited(colleague) == MEANT


def test_the_keys_stay_without_the_file_and_in_a_library_made_anew(colleague):
    Path("bibtex/paper.md").write_text("[@ngo2022; @frost]")
    colleague("crawl", "bibtex", "--offline")
    dumped = colleague("dump")
    colleague("crawl", "bibtex", "--offline", "--refresh")
    assert colleague("dump") == dumped
    Path("bibtex/refs.bib").unlink()
    colleague("rebuild")
    assert colleague("dump") == dumped


def test_an_export_that_comes_after_the_paper_is_looked_at(colleague):
    Path("bibtex/paper.md").write_text("[@ngo2022]")
    Path("bibtex/refs.bib").rename("aside")
    colleague("crawl", "bibtex", "--offline")
    assert cited(colleague) == []
    Path("aside").rename("bibtex/refs.bib")
    colleague("crawl", "bibtex", "--offline")
    assert cited(colleague) == MEANT[1:]
    Path("bibtex/two.md").write_text("[@ngo2022; @frost]")
    colleague("crawl", "bibtex", "--offline")
    assert cited(colleague) == [MEANT[0], MEANT[1], MEANT[1]]
    amended = colleague("dump")
    colleague("rebuild")
    assert colleague("dump") == amended


def test_a_key_that_the_library_has_means_what_it_means_there(colleague):
    Path("mine.bib").write_text("@misc{frost, title = {Mine}, url = {https://example.org/mine}}")
    Path("paper.md").write_text("[@ngo2022; @frost]")
    colleague("crawl", "mine.bib", "paper.md", "bibtex", "--offline")
    assert {each[2] for each in cited(colleague)} == {"arxiv:2209.00626", "url:https://example.org/mine"}


def test_a_key_that_no_note_cites_is_nobodys(colleague):
    Path("bibtex/paper.md").write_text("[@ngo2022]")
    colleague("crawl", "bibtex", "--offline")
    assert colleague.rows("SELECT key FROM keys") == [("ngo2022",)]


def test_an_entry_that_nothing_names_but_itself_is_no_work(colleague):
    Path("bibtex/refs.bib").write_text("% litdb export: bibtex\n@misc{loose, title = {Loose}, year = 2020}\n")
    Path("bibtex/paper.md").write_text("[@loose]")
    colleague("crawl", "bibtex", "--offline")
    assert cited(colleague) == []
    assert colleague.rows("SELECT problem FROM mentions") == [("no bibliography among the notes has the key @loose",)]


def test_an_export_that_is_no_text_any_more_is_told_and_costs_only_its_keys(colleague):
    Path("bibtex/refs.bib").write_bytes(b"% litdb export: bibtex\n@misc{frost, title = {\x00\xff\xfe}}\n" * 9)
    Path("bibtex/paper.md").write_text(f"[@frost] and <{PAGE}>")
    colleague("crawl", "bibtex", "--offline")
    assert "bibtex/refs.bib" in colleague.told
    assert len(cited(colleague)) == 1


def test_what_this_library_exports_gives_no_key_back_that_the_user_took_away(litdb, tmp_path):
    (tmp_path / "n.md").write_text(f"<{PAGE}> and [@mine]\n")
    litdb("crawl", str(tmp_path), "--offline")
    litdb("key", PAGE, "mine")
    litdb("unset", "mine", "key")
    litdb("crawl", str(tmp_path), "--offline")
    assert litdb.rows("SELECT count(*) FROM mentions WHERE work IS NULL") == [(1,)]
