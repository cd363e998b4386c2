"""litdb verify on a manuscript in Markdown: the bibliographies that its front matter names, the keys that it uses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verify.web import web

__all__ = ["web"]

NGO = "title = {The Alignment Problem from a Deep Learning Perspective}, author = {Ngo, Richard and others}"
NGO_ENTRY = f"@misc{{ngo, {NGO}, year = 2022, eprint = {{2209.00626}}}}\n"
OTHER_ENTRY = "@misc{other, title = {Occam}, url = {https://nobody.example/occam}}\n"


def write(name, text):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return name


def keys(litdb, *files, code=0):
    return [each["key"] for each in litdb.data("verify", *files, code=code)["entries"]]


@pytest.mark.parametrize(
    "cited", ["[@ngo, p. 3]", "@ngo says so", "@{ngo} says so", "[see @{ngo}; -@ngo]", "-@ngo [p. 3]"]
)
def test_of_a_manuscript_what_it_cites_is_checked_in_the_bibliography_it_names(litdb, web, cited):
    write("papers/refs.bib", NGO_ENTRY + OTHER_ENTRY)
    paper = write("papers/paper.md", f"---\ntitle: A\nbibliography: refs.bib\n---\n{cited}\n")
    assert keys(litdb, paper) == ["ngo"]


def test_several_bibliographies_are_opened(litdb, web):
    write("bib/one.bib", NGO_ENTRY)
    write("bib/two.json", json.dumps([{"id": "other", "type": "book", "URL": "https://nobody.example/occam"}]))
    paper = write("paper.qmd", "---\nbibliography:\n  - bib/one.bib\n  - 'bib/two.json'\n---\n@ngo, [@other; @gone]\n")
    assert keys(litdb, paper) == ["@gone", "ngo", "other"]


def test_a_bibliography_may_be_named_from_where_pandoc_runs(litdb, web):
    write("refs.bib", NGO_ENTRY)
    assert keys(litdb, write("chapters/one.md", "---\nbibliography: refs.bib\n---\n[@ngo]\n")) == ["ngo"]


def test_chapters_share_a_bibliography(litdb, web):
    write("refs.bib", NGO_ENTRY + OTHER_ENTRY)
    one = write("one.md", "---\nbibliography: refs.bib\n---\n[@ngo]\n")
    two = write("two.md", "---\nbibliography: refs.bib\n---\n[@other]\n")
    assert keys(litdb, one, two, "refs.bib") == ["ngo", "other"]


@pytest.mark.parametrize("nocite", ["nocite: '@*'", "nocite: |\n  @*"])
def test_a_manuscript_may_list_all_of_its_bibliography(litdb, web, nocite):
    write("refs.bib", NGO_ENTRY + OTHER_ENTRY)
    assert keys(litdb, write("paper.md", f"---\nbibliography: refs.bib\n{nocite}\n---\n")) == ["ngo", "other"]


def test_what_front_matter_lists_counts_as_cited_and_comments_do_not(litdb, web):
    write("refs.bib", NGO_ENTRY + OTHER_ENTRY)
    text = "---\nbibliography: refs.bib\nnocite: '@ngo'\n---\n<!-- [@other] -->\n"
    assert keys(litdb, write("paper.md", text)) == ["ngo"]


def test_a_link_that_only_points_gives_its_work_no_title(litdb, web):
    listed = "## References\n\n- Ngo, [PDF](https://arxiv.org/abs/2209.00626) (2022)\n"
    litdb("verify", write("note.md", listed))


def test_a_bibliography_that_is_not_there_is_told(litdb, web):
    paper = write("paper.md", "---\nbibliography: gone.bib\n---\n[@ngo]\n")
    litdb("verify", paper)
    assert "paper.md: there is no file gone.bib, which its front matter names as its bibliography." in litdb.told
    (entry,) = litdb.data("verify", paper, "--strict", code=3)["entries"]
    assert entry["reason"] == "no bibliography among the files has @ngo"


def test_percent_signs_of_a_manuscript_begin_no_comment(litdb, web):
    write("refs.bib", NGO_ENTRY)
    assert keys(litdb, write("paper.md", "---\nbibliography: refs.bib\n---\nAt 100 % of [@ngo].\n")) == ["ngo"]


@pytest.mark.parametrize("kind", ["csl-json", "ris", "bibtex"])
def test_what_litdb_wrote_itself_is_a_bibliography_too(litdb, web, kind):
    write("notes/refs.bib", NGO_ENTRY)
    litdb("crawl", "notes", "--offline", "--silent")
    refs = f"refs.{kind.removeprefix('csl-').removesuffix('tex')}"
    litdb("export", kind, "-o", refs)
    assert keys(litdb, write("paper.md", f"---\nbibliography: {refs}\n---\n[@ngo]\n")) == ["ngo"]
