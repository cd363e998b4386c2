"""The tools that our exports are for read them: BibTeX, biber, pandoc. Each test needs its program."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from litdb.export import FORMATS
from litdb.model import Work


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, timeout=60, check=False)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not installed")


def write(works: list[Work], dialect: str, folder: Path) -> None:
    (folder / "works.bib").write_text("".join(FORMATS[dialect](works)), encoding="utf-8")


def bibtex(style: str, folder: Path) -> list[str]:
    """What BibTeX warns of, when it cites everything in a style."""
    (folder / "t.aux").write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{works}}\n", encoding="ascii")
    lines = run("bibtex", "t", cwd=folder).splitlines()
    assert not [line for line in lines if "error" in line.lower() or "couldn't" in line]
    return [line for line in lines if line.startswith("Warning--")]


def has_style(style: str) -> bool:
    return bool(shutil.which("kpsewhich")) and "bst" in run("kpsewhich", f"{style}.bst", cwd=Path())


@needs("bibtex")
@pytest.mark.parametrize("style", ["plain", "plainurl", "alpha"])
def test_bibtex_has_nothing_to_say(golden_works, tmp_path, style):
    if not has_style(style):
        pytest.skip(f"{style}.bst is not installed")
    write(golden_works, "bibtex", tmp_path)
    assert bibtex(style, tmp_path) == []


@needs("bibtex")
@pytest.mark.parametrize("style", ["plainnat", "unsrtnat"])
def test_natbib_only_misses_the_year_of_the_undated(golden_works, tmp_path, style):
    if not has_style(style):
        pytest.skip(f"{style}.bst is not installed")
    write(golden_works, "bibtex", tmp_path)
    undated = sorted(f"Warning--empty year in {work.key}" for work in golden_works if not work.date)
    assert sorted(bibtex(style, tmp_path)) == undated


@needs("bibtex")
def test_bibtex_reads_every_hostile_work(hostile_works, tmp_path):
    write(hostile_works, "bibtex", tmp_path)
    bibtex("plain", tmp_path)
    made = (tmp_path / "t.bbl").read_bytes()
    assert made.count(b"\\bibitem") == len(hostile_works)
    assert b"\\input" not in made
    assert b"\\write" not in made


@needs("bibtex")
def test_bibtex_keeps_protected_capitals_and_whole_addresses(golden_works, tmp_path):
    write(golden_works, "bibtex", tmp_path)
    bibtex("plainurl" if has_style("plainurl") else pytest.skip("plainurl.bst is not installed"), tmp_path)
    made = " ".join((tmp_path / "t.bbl").read_text(encoding="utf-8").split())
    assert "What {Richard} {Ngo's} shortform says: {Notes} about risk" in made
    assert "Building a virtual machine inside {ChatGPT}" in made
    assert all(f"\\url{{{work.url}}}" in made for work in golden_works)


@needs("biber")
def test_biber_only_misses_the_date_of_the_undated(golden_works, tmp_path):
    write(golden_works, "biblatex", tmp_path)
    said = run("biber", "--tool", "--validate-datamodel", "works.bib", cwd=tmp_path).splitlines()
    problems = [line for line in said if line.startswith(("WARN", "ERROR"))]
    undated = [work.key for work in golden_works if not work.date]
    assert len(problems) == len(undated)
    assert all(any(key in line and "'date, year'" in line for line in problems) for key in undated)


@needs("biber")
def test_biber_reads_every_hostile_work(hostile_works, tmp_path):
    write(hostile_works, "biblatex", tmp_path)
    said = run("biber", "--tool", "--validate-datamodel", "works.bib", cwd=tmp_path)
    assert "ERROR" not in said
    assert (tmp_path / "works_bibertool.bib").read_text(encoding="utf-8").count("@ARTICLE{") == len(hostile_works)


@needs("pandoc")
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_pandoc_reads_addresses_byte_by_byte_and_dates_as_precise(golden_works, tmp_path, dialect):
    write(golden_works, dialect, tmp_path)
    read = {
        item["id"]: item
        for item in json.loads(run("pandoc", "-f", dialect, "-t", "csljson", "works.bib", cwd=tmp_path))
    }
    for work in golden_works:
        item = read[work.key]
        parts = item.get("issued", {}).get("date-parts", [[]])[0]
        assert item["URL"] == work.url
        assert "-".join(f"{part:02}" for part in parts) == work.date[:10]
