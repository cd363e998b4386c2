"""Who is asked what papers cite: who tells of many at once before who tells of one, and nobody about what is told."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from litdb.demo.server import LittleWeb
from litdb.demo.sites.arxiv import Paper
from litdb.demo.sites.arxiv import hosts as arxiv_hosts
from litdb.demo.sites.registries import Registered, doi_hosts
from litdb.demo.wire import data, page, text

DAY = {1: "2022-03-04T12:00:00Z"}
EK = ("Ann Ek",)
SHOWN = Paper("2209.00001", "Shown by an index", EK, DAY, cites=("1606.06565",))
MATCHED = Paper("2209.00002", "Withheld by the first index", EK, DAY)
IN_HTML = Paper("2209.00003", "Only its page tells", EK, DAY)
IN_AR5IV = Paper("2209.00004", "Not even its page tells", EK, DAY)
PREPRINT = Paper("2209.00005", "Published later", EK, DAY, doi="10.5555/published")
ARTICLE = Registered("10.5555/published", "Published later", (("Ann", "Ek"),), "2023-01-02", preprint="10.48550/arXiv.2209.00005")  # fmt: skip
CITED = Paper("1606.06565", "Cited by all", EK, {1: "2016-06-21T12:00:00Z"})
PAPERS = (SHOWN, MATCHED, IN_HTML, IN_AR5IV, PREPRINT, CITED)
BIBLIOGRAPHY = (
    "<html><body><article><p>It began with <a href='#bib.b1'>Ek</a>.</p><ul><li class='ltx_bibitem' id='bib.b1'>"
    "<span class='ltx_bibblock'>Ek. Cited by all. arXiv:1606.06565, 2016.</span></li></ul></article></body></html>"
)


def indexed(call):
    """OpenAlex, which knows what two works cite."""
    asked = call.get("filter")
    if call.get("select") != "id,doi,referenced_works" and not asked.startswith("openalex:"):
        return None
    if asked.endswith("|W9"):
        return data({"results": [{"doi": "https://doi.org/10.48550/arxiv.1606.06565", "title": "Cited by all"}]})
    known = {"10.48550/arxiv.2209.00002": "W1", "10.5555/published": "W2", "10.48550/arxiv.2209.00005": "W3"}
    works = [(doi, known[doi]) for doi in asked.removeprefix("doi:").split("|") if doi in known]
    return data({"results": [indexed_work(*each) for each in works]})


def indexed_work(doi, name):
    """A work of the index; of a preprint it shows no references."""
    listed = [] if name == "W3" else ["https://openalex.org/W9"]
    return {"id": f"https://openalex.org/{name}", "doi": f"https://doi.org/{doi}", "referenced_works": listed}


def html(tells):
    """A host with the page of one paper."""

    def part(call):
        if not call.path.startswith("/html/"):
            return None
        return page(BIBLIOGRAPHY) if call.path == f"/html/{tells.id}" else text("No HTML for this paper", 404)

    return part


@pytest.fixture
def web(monkeypatch):
    """The little web of these works, running."""
    sites = {**arxiv_hosts(PAPERS), **doi_hosts((ARTICLE,), PAPERS)}
    sites["api.openalex.org"] = (indexed, *sites["api.openalex.org"])
    sites["arxiv.org"] = (html(IN_HTML), *sites["arxiv.org"])
    sites["ar5iv.labs.arxiv.org"] = (html(IN_AR5IV),)
    with LittleWeb(sites) as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        yield web


@pytest.fixture
def crawled(web, litdb, tmp_path):
    """A library of a note that cites the papers, crawled one step outward."""
    note = tmp_path / "note.md"
    note.write_text("".join(f"<https://arxiv.org/abs/{paper.id}>\n" for paper in PAPERS[:-1]))
    litdb("crawl", str(note), "--depth", "1")
    return litdb


def test_every_paper_has_its_reference_from_whoever_is_the_first_to_tell(crawled):
    (found,) = crawled.data("next")
    assert (found["identifier"], found["votes"]) == ("arxiv:1606.06565", 5)
    said = {each["label"]: [(tie["source"], tie["how"], tie["words"]) for tie in each["said"]] for each in found["by"]}
    assert said == {
        SHOWN.title: [("semanticscholar-references", "semanticscholar:references", None)],
        MATCHED.title: [("openalex-references", "openalex:referenced_works", None)],
        PREPRINT.title: [("openalex-references", "openalex:referenced_works", None)],
        IN_HTML.title: [("arxiv-html", "latexml:bibitem:text", "It began with Ek.")],
        IN_AR5IV.title: [("ar5iv", "latexml:bibitem:text", "It began with Ek.")],
    }


def test_only_what_is_not_told_is_asked_about_one_by_one(crawled, web):
    asked = Counter((call.host, call.path) for call in web.log if call.path.startswith("/html/"))
    assert asked == {
        ("arxiv.org", f"/html/{IN_HTML.id}"): 1,
        ("arxiv.org", f"/html/{IN_AR5IV.id}"): 1,
        ("ar5iv.labs.arxiv.org", f"/html/{IN_AR5IV.id}"): 1,
    }


def test_a_second_run_asks_nobody(crawled, web, tmp_path):
    since = len(web.log)
    told = json.loads(crawled("crawl", str(tmp_path / "note.md"), "--depth", "1", "--json"))
    assert (told["requests"], len(web.log)) == (0, since)
