"""Venues end to end: links in a note, a little web of venues with their refusals, works in a library."""

from __future__ import annotations

import pytest

from litdb.demo.server import LittleWeb
from litdb.demo.sites import repositories, venues
from litdb.demo.sites.arxiv import Paper
from litdb.demo.sites.arxiv import hosts as arxiv_hosts
from litdb.demo.sites.pdfs import pdf, sent
from litdb.demo.sites.venues import Printed, Submission
from litdb.demo.wire import at, text
from litdb.demo.wire import page as wire_page

EK = ("Ann", "Ek")
NEW = Submission("newForum001", "Hedges", ("Ann Ek", "Carl Dee"), "ICLG 2024 poster", opened=1_697_200_000_000)
OLD = Submission("oldForum001", "Pruning", ("Ann Ek",), "ICLG 2019", created=1_538_000_000_000, is_old=True)
TEA = [Printed(f"2020.tea-main.{at}", f"Tea {at}", (EK,), "Workshop on Tea", "2020", "jul") for at in range(1, 21)]
PROXY = Printed(
    "v97/ek19a", "Proxy", (EK,), "Proceedings of the 36th Conference on Tea", "2019", day="2019-05-24", volume="97"
)
WATER = Printed("2017/" + "0123456789abcdef" * 2, "Water", (EK,), "Advances", "2017", publisher="Curran", pages="1--9")
GATE = Printed("v3/ek03a", "Gates", (EK,), "", "2003", volume="3", number="Jan", pages="993-1022")
CITED = repositories.Repository(
    "annek", "row", citation="title: The row\nauthors:\n- family-names: Ek\n  given-names: Ann\n"
)
BARE = repositories.Repository("annek", "hedge", "Hedges", releases=(("v1.0", "2020-02-03T04:05:06Z"),))
MEMO = pdf(
    ["On steam"], {"Title": "Microsoft Word - x.doc"}, {"dc:title": "On steam and clouds", "dc:creator": "Ann Ek"}
)
PAPER = Paper(
    "2209.99001", "Tea on arXiv", ("Ann Ek",), {1: "2022-09-01T10:00:00Z", 3: "2024-03-19T10:00:00Z"}, ("cs.AI",)
)
STAMPED = pdf(["arXiv:2209.99001v3 [cs.AI] 19 Mar 2024", "Tea in a file"], {"Title": "tea_final_v3"})
LINKS = {
    "new": "https://openreview.net/pdf?id=newForum001",
    "old": "https://openreview.net/forum?id=oldForum001",
    "proxy": "https://proceedings.mlr.press/v97/ek19a/ek19a.pdf",
    "water": f"https://papers.nips.cc/paper/2017/file/{WATER.id[5:]}-Paper.pdf",
    "gate": "https://www.jmlr.org/papers/volume3/ek03a/ek03a.pdf",
    "row": "https://github.com/annek/row",
    "hedge": "https://github.com/annek/hedge/tree/v1.0",
    "teapot": "https://en.wikipedia.org/w/index.php?title=Teapot&oldid=777",
    "spout": "https://en.wikipedia.org/wiki/Spout#Parts",
    "memo": "https://x.example/files/memo.pdf",
}


def sites(**changes):
    return {
        **venues.openreview(NEW, OLD, **changes),
        **venues.acl(*TEA),
        **venues.pmlr(PROXY),
        **venues.neurips(WATER),
        **venues.jmlr(GATE),
        **repositories.github(CITED, BARE),
        **repositories.wikipedia(
            repositories.Article("Teapot", 1234, "2026-10-10T10:10:10Z"),
            repositories.Article("Spout", 99, "2026-10-10T10:10:10Z"),
        ),
        **arxiv_hosts((PAPER,)),
        "x.example": (at({"/files/memo.pdf": sent(MEMO), "/files/tea.pdf": sent(STAMPED)}),),
    }


@pytest.fixture
def crawled(litdb, tmp_path, monkeypatch):
    """Crawl a note with these links through a little web: the works by link, and the web."""

    def crawl(*urls, **changes):
        (tmp_path / "note.md").write_text("\n".join(f"- <{url}>" for url in urls))
        with LittleWeb(sites(**changes)) as web:
            for name, value in web.environment().items():
                monkeypatch.setenv(name, value)
            litdb("crawl", str(tmp_path / "note.md"))
            return {url: litdb.data("show", url) for url in urls}, web

    return crawl


def asked(web, host=""):
    """The requests without those for robots.txt."""
    return [call.url for call in web.asked(host) if call.path != "/robots.txt"]


def test_every_kind_of_link_becomes_a_work(crawled):
    works, _ = crawled(*LINKS.values())
    titles = {name: works[url]["title"] for name, url in LINKS.items()}
    assert titles == {
        "new": "Hedges",
        "old": "Pruning",
        "proxy": "Proxy",
        "water": "Water",
        "gate": "Gates",
        "row": "The row",
        "hedge": "hedge",
        "teapot": "Teapot",
        "spout": "Spout",
        "memo": "On steam and clouds",
    }
    assert {works[url]["outcome"] for url in LINKS.values()} == {"ok"}


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("new", "date", "2023-10-13"),
        ("old", "date", None),
        ("proxy", "date", "2019-05-24"),
        ("proxy", "volume", "97"),
        ("proxy", "container", "Proceedings of the 36th Conference on Tea"),
        ("water", "pages", "1-9"),
        ("water", "type", "paper-conference"),
        ("gate", "date", "2003-01"),
        ("gate", "pages", "993-1022"),
        ("row", "date", None),
        ("hedge", "date", None),
        ("hedge", "version", "v1.0"),
        ("teapot", "version", "777"),
        ("teapot", "date", None),
        ("spout", "version", "99"),
        ("memo", "date", None),
    ],
)
def test_fields(crawled, name, field, value):
    works, _ = crawled(LINKS[name])
    assert works[LINKS[name]].get(field) == value


def test_one_request_for_each_service_that_batches(crawled):
    papers = [f"https://aclanthology.org/{paper.id}/" for paper in TEA]
    works, web = crawled(*papers, *LINKS.values())
    assert {work["outcome"] for work in works.values()} == {"ok"}
    assert [len(asked(web, host)) for host in ("aclanthology.org", "en.wikipedia.org")] == [1, 1]
    assert asked(web, "api2.openreview.net") == ["https://api2.openreview.net/notes?ids=newForum001,oldForum001"]
    assert asked(web, "api.openreview.net") == ["https://api.openreview.net/notes?ids=oldForum001"]
    assert asked(web, "raw.githubusercontent.com") == [
        "https://raw.githubusercontent.com/annek/hedge/HEAD/CITATION.cff",
        "https://raw.githubusercontent.com/annek/row/HEAD/CITATION.cff",
    ]
    assert len(asked(web, "api.github.com")) == 2


def test_challenge_of_openreview_costs_its_rung_only(crawled):
    works, web = crawled(LINKS["new"], refuses=True)
    (work,) = works.values()
    assert (work["title"], work["outcome"], len(work["authors"])) == ("Hedges", "ok", 2)
    assert asked(web) == [
        "https://api2.openreview.net/notes?ids=newForum001",
        "https://openreview.net/forum?id=newForum001",
    ]


def test_file_with_a_stamp_is_the_paper_that_arxiv_knows(crawled):
    works, web = crawled("https://x.example/files/tea.pdf")
    (work,) = works.values()
    assert (work["title"], work["date"], work["outcome"]) == ("Tea on arXiv", "2022-09-01", "ok")
    assert work["identifiers"] == ["arxiv:2209.99001", "url:https://x.example/files/tea.pdf"]
    assert len(asked(web)) == 2


def test_second_run_asks_nobody(crawled, litdb, tmp_path, monkeypatch):
    crawled(*LINKS.values())
    with LittleWeb(sites()) as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        litdb("crawl", str(tmp_path / "note.md"))
        assert asked(web) == []


LANDING, FILE = "/index.php/tea/article/view/12", "/index.php/tea/article/download/12/7"


@pytest.fixture
def journal(litdb, tmp_path, monkeypatch):
    """Crawl a link to a journal whose page and file answer so: the work, and what was asked."""

    def crawl(link, page, file):
        (tmp_path / "note.md").write_text(f"<https://journal.example{link}>")
        with LittleWeb({"journal.example": (at({LANDING: page, FILE: file}),)}) as web:
            for name, value in web.environment().items():
                monkeypatch.setenv(name, value)
            litdb("crawl", str(tmp_path / "note.md"))
            (work,) = litdb.data("list")
            return work, [call.path for call in web.asked("journal.example") if call.path != "/robots.txt"]

    return crawl


@pytest.mark.parametrize("status", [403, 404, 410])
def test_where_the_page_about_a_file_is_refused_the_file_is_read(journal, status):
    work, paths = journal(FILE, text("Forbidden", status), sent(MEMO))
    assert (work["title"], work["outcome"], paths) == ("On steam and clouds", "ok", [LANDING, FILE])


def test_a_page_that_answers_spares_the_file(journal):
    page = venues.document("Hedges", [("citation_title", "Hedges"), ("citation_author", "Ann Ek")])
    work, paths = journal(FILE, wire_page(page), sent(MEMO))
    assert (work["title"], paths) == ("Hedges", [LANDING])


def test_where_the_note_has_no_file_nothing_is_guessed(journal):
    _, paths = journal(LANDING, text("Forbidden", 403), sent(MEMO))
    assert paths == [LANDING]


def test_a_file_that_is_refused_too_leaves_the_refusal(journal):
    work, paths = journal(FILE, text("Forbidden", 403), text("Forbidden", 403))
    assert (work["outcome"], paths) == ("forbidden", [LANDING, FILE])
