"""Sixty mixed links of registries, venues, repositories and files: works, requests, outcomes, and services that fail."""

from __future__ import annotations

from collections import Counter

import pytest

from litdb.demo.server import LittleWeb
from litdb.demo.sites import arxiv, repositories, venues
from litdb.demo.sites.arxiv import Paper
from litdb.demo.sites.dblp import Recorded, dblp
from litdb.demo.sites.pdfs import pdf, sent
from litdb.demo.sites.registries import Registered, doi_hosts
from litdb.demo.sites.venues import Printed, Submission
from litdb.demo.wire import at

EK = (("Ann", "Ek"),)
JOURNALS = [Registered(f"10.5555/tea.{n}", f"Steam {n}", EK, f"2019-05-{n:02}", "Journal of Tea") for n in range(1, 11)]
DATA = [Registered(f"10.5281/zenodo.99{n}", f"Leaves {n}", EK, "2021-04-30", agency="DataCite") for n in range(10, 15)]
ITALIAN = [Registered(f"10.1430/{n}", f"Sul tè {n}", EK, "2012", agency="mEDRA") for n in range(1001, 1003)]
POSTS = [
    Registered(f"10.59350/tea-{n}", f"Post {n}", EK, f"2022-06-{n:02}", "Steam", type="posted-content")
    for n in range(1, 3)
]
PAPERS = [Paper(f"1901.990{n}", f"Boiling {n}", ("Ann Ek",), {1: f"2019-01-{n:02}T12:00:00Z"}) for n in range(10, 20)]
RECORDS = [Recorded(f"conf/tea/Ek{n}", f"Pot {n}", (("Ann Ek 0001", ""),), "2018", "TEA") for n in range(1, 11)]
ACL = [Printed(f"2020.tea-main.{n}", f"Tea {n}", EK, "Workshop on Tea", "2020", "jul") for n in range(1, 7)]
FORUMS = [
    Submission(f"forum00000{n}", f"Hedges {n}", ("Ann Ek",), "ICLG", opened=1_697_200_000_000) for n in range(1, 5)
]
PMLR = Printed("v97/ek19a", "Proxy", EK, "Proceedings of the 36th Conference on Tea", "2019", day="2019-05-24")
WATER = Printed("2017/" + "0123456789abcdef" * 2, "Water", EK, "Advances", "2017")
GATE = Printed("v3/ek03a", "Gates", EK, "", "2003", volume="3", number="Jan", pages="993-1022")
ROWS = [
    repositories.Repository("annek", f"row{n}", citation=f"title: Row {n}\nauthors:\n- name: Rows\n") for n in (1, 2)
]
ARTICLES = [repositories.Article(f"Teapot {n}", 12, "2026-10-10T10:10:10Z") for n in range(1, 5)]
MEMO = pdf(["On steam"], {}, {"dc:title": "On steam and clouds", "dc:creator": "Ann Ek"})

LINKS = [
    *(f"https://doi.org/{each.doi}" for each in (*JOURNALS, *DATA, *ITALIAN, *POSTS)),
    *(f"https://arxiv.org/abs/{each.id}" for each in PAPERS),
    *(f"https://dblp.org/rec/{each.key}" for each in RECORDS),
    *(f"https://aclanthology.org/{each.id}/" for each in ACL),
    *(f"https://openreview.net/forum?id={each.id}" for each in FORUMS),
    f"https://proceedings.mlr.press/{PMLR.id}.html",
    f"https://proceedings.neurips.cc/paper_files/paper/2017/hash/{WATER.id[5:]}-Abstract.html",
    f"https://jmlr.org/papers/{GATE.id}.html",
    *(f"https://github.com/annek/{each.name}" for each in ROWS),
    *(f"https://en.wikipedia.org/wiki/{each.title.replace(' ', '_')}" for each in ARTICLES),
    "https://x.example/files/memo.pdf",
    "https://x.example/files/memo.pdf?page=2",
]
BATCHED = {
    "export.arxiv.org": 1,
    "api.crossref.org": 1,
    "api.datacite.org": 1,
    "api.openalex.org": 1,
    "sparql.dblp.org": 1,
    "aclanthology.org": 1,
    "api2.openreview.net": 1,
    "en.wikipedia.org": 1,
}
ONE_EACH = {"api.rogue-scholar.org": 2, "doi.org": 2, "raw.githubusercontent.com": 2, "x.example": 2}
"""Services that answer for one work at a time, and for how many they are asked here."""


def sites():
    return {
        **arxiv.hosts(PAPERS),
        **doi_hosts([*JOURNALS, *DATA, *ITALIAN, *POSTS], PAPERS),
        **dblp(*RECORDS),
        **venues.acl(*ACL),
        **venues.openreview(*FORUMS),
        **venues.pmlr(PMLR),
        **venues.neurips(WATER),
        **venues.jmlr(GATE),
        **repositories.github(*ROWS),
        **repositories.wikipedia(*ARTICLES),
        "x.example": (at({"/files/memo.pdf": sent(MEMO)}),),
    }


@pytest.fixture
def crawled(litdb, tmp_path, monkeypatch):
    """Crawl all sixty: the outcomes, and how many requests each host got."""

    def crawl(down=""):
        (tmp_path / "note.md").write_text("\n".join(f"- <{link}>" for link in LINKS), encoding="utf-8")
        with LittleWeb(sites()) as web:
            for name, value in web.environment().items():
                monkeypatch.setenv(name, value)
            if down:
                web.fault(down, "server-error")
            litdb("crawl", str(tmp_path / "note.md"))
            calls = [call for call in web.asked() if call.path != "/robots.txt"]
        return litdb.data("list"), Counter(call.host for call in calls)

    return crawl


def test_sixty_mixed_links(crawled):
    assert len(LINKS) == 60
    works, asked = crawled()
    assert len(works) == 60
    assert Counter(work["outcome"] for work in works) == {"ok": 60}
    assert {host: asked[host] for host in BATCHED} == BATCHED
    assert {host: asked[host] for host in ONE_EACH} == ONE_EACH
    assert asked["dblp.org"] == asked["api.github.com"] == asked["api.semanticscholar.org"] == 0


@pytest.mark.parametrize(
    ("down", "asked_instead", "lost"),
    [
        ("export.arxiv.org", {"api.datacite.org": 2}, 0),
        ("api.crossref.org", {"api.openalex.org": 1}, 0),
        ("api.datacite.org", {}, 0),
        ("sparql.dblp.org", {"dblp.org": 10}, 0),
        ("api2.openreview.net", {"openreview.net": 4}, 0),
        ("api.rogue-scholar.org", {"api.crossref.org": 3}, 0),
        ("raw.githubusercontent.com", {"api.github.com": 4}, 0),
        ("en.wikipedia.org", {}, 4),
        ("x.example", {}, 2),
    ],
)
def test_a_service_that_is_down_costs_its_own_rung_only(crawled, down, asked_instead, lost):
    works, asked = crawled(down)
    assert sum(work["outcome"] != "ok" for work in works) == lost
    assert {host: asked[host] for host in asked_instead} == asked_instead
    others = {host: count for host, count in BATCHED.items() if host not in (down, *asked_instead)}
    assert {host: asked[host] for host in others} == others
