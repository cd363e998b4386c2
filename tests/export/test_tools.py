"""The tools that our exports are for read them. A test without its program says that it was left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from export.readers import LOSSES, READERS, as_lost, biber, expected, has_style, needs, run
from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import ACL, NATBIB, write_bibtex
from litdb.model import Work
from litdb.text.tex import read_tex

Write = Callable[[Iterable[Work]], Iterator[str]]

WRITERS: dict[str, Write] = {"bibtex": write_bibtex, "biblatex": write_biblatex}
STYLES = ("plain", "plainurl", "plainnat", "abbrvnat", "unsrtnat", "alpha")
PRINTS_ADDRESSES = ("plainurl", "plainnat", "abbrvnat", "unsrtnat")


def natbib(works: Iterable[Work]) -> Iterator[str]:
    return write_bibtex(works, NATBIB)


def acl(works: Iterable[Work]) -> Iterator[str]:
    return write_bibtex(works, ACL)


def with_relations(works: Iterable[Work]) -> Iterator[str]:
    works = list(works)
    return write_biblatex(works, {work.key for work in works})


def cited(works: list[Work], write: Write, style: str, folder: Path) -> str:
    """The list that BibTeX makes of all works in a style, and what it said beside."""
    needs("bibtex")
    if not has_style(style):
        pytest.skip(f"{style}.bst is not installed")
    (folder / "works.bib").write_text("".join(write(works)), encoding="utf-8")
    (folder / "t.aux").write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{works}}\n", encoding="ascii")
    return run("bibtex", "t", cwd=folder)


def printed(folder: Path) -> str:
    """BibTeX's list on one line, without the line breaks that it makes inside long words."""
    text = (folder / "t.bbl").read_text(encoding="utf-8")
    return " ".join(re.sub(r"(?<!\\)%\n", "", text).split())


def comparable(text: str) -> str:
    """A text without what styles change: capitals, groups, line breaks."""
    return " ".join(unicodedata.normalize("NFC", text).replace("{", "").replace("}", "").casefold().split())


def compiled(preamble: str, body: str, folder: Path, *, between: tuple[str, ...]) -> str:
    """The log of a document that cites everything; it has to compile."""
    needs("pdflatex")
    text = rf"\documentclass{{article}}\usepackage[T1]{{fontenc}}{preamble}\begin{{document}}\nocite{{*}}{body}\end{{document}}"
    (folder / "d.tex").write_text(text, encoding="utf-8")
    latex = ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "d")
    run(*latex, cwd=folder)
    run(*between, cwd=folder)
    return run(*latex, cwd=folder)


def latin(works: list[Work]) -> list[Work]:
    """The works whose letters the fonts of every TeX have."""
    return [work for work in works if work.key != "liDeepLearning2020"]


def test_the_table_of_losses_is_short():
    assert sum(map(len, LOSSES.values())) <= 10


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("tool", READERS)
def test_a_tool_reads_every_title_name_day_and_address(every_work, tool, dialect):
    read = READERS[tool]("".join(WRITERS[dialect](every_work)), dialect)
    assert len(read) == len(every_work)
    for work in every_work:
        wanted, found = as_lost(expected(work), tool), as_lost(read[work.key], tool)
        assert found[1:] == wanted[1:]
        if "\\" not in work.title:
            assert found.title.casefold() == wanted.title.casefold()


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("tool", ["pandoc", "citation-js"])
def test_capitals_that_matter_are_not_changed(golden_works, tool, dialect):
    read = READERS[tool]("".join(WRITERS[dialect](golden_works)), dialect)
    (shortform,) = (work for work in golden_works if work.key == "lesswrongShortform2022")
    assert as_lost(read[shortform.key], tool).title == as_lost(expected(shortform), tool).title
    assert read["degraveBuildingVirtualMachine2022"].title.endswith("inside ChatGPT")
    assert read["openaiIntroducing2023"].title == "GPT-4 costs $20–$200 a month"


def test_biber_reads_every_title_name_day_and_address(every_work, tmp_path):
    read = biber("".join(write_biblatex(every_work)), "biblatex", tmp_path)
    for work in every_work:
        assert read[work.key][1:] == expected(work)[1:]
        if "\\" not in work.title:
            assert read[work.key].title == expected(work).title


def test_biber_only_misses_the_date_of_the_undated(every_work, tmp_path):
    needs("biber")
    (tmp_path / "works.bib").write_text("".join(with_relations(every_work)), encoding="utf-8")
    said = run("biber", "--tool", "--validate-datamodel", "works.bib", cwd=tmp_path).splitlines()
    problems = [line for line in said if line.startswith(("WARN", "ERROR"))]
    undated = [work.key for work in every_work if not work.date]
    assert len(problems) == len(undated)
    assert all(any(key in line and "'date, year'" in line for line in problems) for key in undated)


@pytest.mark.parametrize("style", STYLES)
def test_bibtex_only_misses_the_year_of_the_undated(every_work, tmp_path, style):
    said = [line for line in cited(every_work, write_bibtex, style, tmp_path).splitlines() if "Warning" in line]
    undated = [work.key for work in every_work if not work.date] if style.endswith("nat") else []
    assert sorted(said) == sorted(f"Warning--empty year in {key}" for key in undated)


@pytest.mark.parametrize("style", ["plainnat", "abbrvnat", "unsrtnat"])
def test_natbib_misses_nothing_in_a_file_made_for_it(every_work, tmp_path, style):
    assert "Warning" not in cited(every_work, natbib, style, tmp_path)


@pytest.mark.parametrize("style", PRINTS_ADDRESSES)
def test_bibtex_prints_every_address_whole(every_work, tmp_path, style):
    cited(every_work, write_bibtex, style, tmp_path)
    text = printed(tmp_path)
    assert [work.url for work in every_work if f"{{{work.url}}}" not in text] == []


@pytest.mark.parametrize("style", STYLES)
def test_bibtex_prints_every_title_name_and_year(every_work, tmp_path, style):
    cited(every_work, write_bibtex, style, tmp_path)
    blocks = re.split(r"\\newblock|\\bibitem", printed(tmp_path).replace("\\textrm", ""))
    text = comparable(" ".join(read_tex(block)[0] for block in blocks))
    for work in every_work:
        title, people, day, _ = expected(work)
        families = [name.family or name.literal for name in work.authors]
        assert "\\" in title or comparable(title) in text
        assert all(comparable(family) in text for family in families) or style == "alpha"
        assert day[:4] in text or not people


def test_protected_capitals_survive_every_style(golden_works, tmp_path):
    cited(golden_works, write_bibtex, "plain", tmp_path)
    assert "What {Richard} {Ngo's} shortform says: {Notes} about risk" in printed(tmp_path)
    assert "Building a virtual machine inside {ChatGPT}" in printed(tmp_path)


@pytest.mark.parametrize(
    ("style", "write", "preamble"),
    [
        ("plain", write_bibtex, ""),
        ("plainurl", write_bibtex, r"\usepackage{hyperref}"),
        ("plainnat", natbib, r"\usepackage{natbib}\usepackage{url}"),
        ("abbrvnat", natbib, r"\usepackage{natbib}\usepackage{hyperref}"),
    ],
)
def test_a_paper_with_all_works_compiles(every_work, tmp_path, style, write, preamble):
    cited(latin(every_work), write, style, tmp_path)
    body = rf"\bibliographystyle{{{style}}}\bibliography{{works}}"
    assert "Undefined control" not in compiled(preamble, body, tmp_path, between=("bibtex", "d"))


def test_a_paper_with_all_works_compiles_with_biblatex(every_work, tmp_path):
    needs("biber")
    (tmp_path / "works.bib").write_text("".join(with_relations(latin(every_work))), encoding="utf-8")
    preamble = r"\usepackage[style=authoryear]{biblatex}\addbibresource{works.bib}"
    assert "Undefined control" not in compiled(preamble, r"\printbibliography", tmp_path, between=("biber", "d"))


@pytest.mark.parametrize("dialect", WRITERS)
def test_pandoc_prints_a_list_of_all_works(every_work, tmp_path, dialect):
    needs("pandoc")
    (tmp_path / "works.bib").write_text("".join(WRITERS[dialect](every_work)), encoding="utf-8")
    front = "---\nbibliography: works.bib\nnocite: '@*'\n---\n"
    html = run("pandoc", "--citeproc", "-f", "markdown", "-t", "html", text=front, cwd=tmp_path)
    assert html.count('class="csl-entry"') == len(every_work)
    assert "Archived at" not in html or "web.archive.org" in html


@pytest.mark.parametrize("style", ["plain", "plainurl", "plainnat"])
def test_bibtex_reads_every_hostile_work(hostile_works, tmp_path, style):
    cited(hostile_works, write_bibtex, style, tmp_path)
    made = (tmp_path / "t.bbl").read_bytes()
    assert made.count(b"\\bibitem") == len(hostile_works)
    assert b"\\input" not in made
    assert b"\\write" not in made


def test_biber_reads_every_hostile_work(hostile_works, tmp_path):
    assert len(biber("".join(write_biblatex(hostile_works)), "biblatex", tmp_path)) == len(hostile_works)


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("tool", READERS)
def test_a_tool_reads_as_many_hostile_works_as_there_are(hostile_works, tool, dialect):
    assert len(READERS[tool]("".join(WRITERS[dialect](hostile_works)), dialect)) == len(hostile_works)
