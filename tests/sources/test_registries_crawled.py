"""Registries end to end: DOIs and preprints in a note, the little web's agencies and indexes, works in a library."""

from __future__ import annotations

from collections import Counter

import pytest

from litdb.demo.server import LittleWeb
from litdb.demo.sites import arxiv
from litdb.demo.sites.arxiv import Paper
from litdb.demo.sites.registries import Registered, doi_hosts

BEE = (("Ann", "van der Bee"),)
JOURNALS = [
    Registered(f"10.5555/tea.{at}", f"Steam {at}", BEE, f"2019-05-{at:02}", "Journal of Tea", volume="7")
    for at in range(1, 25)
]
DATASETS = [
    Registered(
        f"10.5281/zenodo.99{at}",
        f"Leaves {at}",
        BEE,
        "2021-04-30",
        publisher="Zenodo",
        type="dataset",
        agency="DataCite",
    )
    for at in range(10, 20)
]
ITALIAN = [
    Registered(f"10.1430/{at}", f"Sul tè {at}", BEE, "2012", "Rivista del tè", type="article-journal", agency="mEDRA")
    for at in range(1001, 1004)
]
PAPERS = [
    Paper(f"1901.990{at}", f"Boiling {at}", ("Ann van der Bee",), {1: f"2019-01-{at:02}T12:00:00Z"})
    for at in range(10, 30)
]
EARLY = Paper("1901.99999", "Steam, early", ("Ann van der Bee",), {1: "2019-01-31T12:00:00Z"}, doi="10.5555/tea.99")
LATE = Registered(
    "10.5555/tea.99", "Steam, late", BEE, "2019-11", "Journal of Tea", preprint="10.48550/arXiv.1901.99999"
)
COLD = Registered("10.5555/tea.66", "Cold steam", BEE, "2020-03", "Journal of Tea", retracted=True)
AGENCIES = ("api.crossref.org", "api.datacite.org", "doi.org")
INDEXES = ("api.openalex.org", "api.semanticscholar.org", "inspirehep.net")


@pytest.fixture
def web(monkeypatch):
    papers = [*PAPERS, EARLY]
    hosts = {**arxiv.hosts(papers), **doi_hosts([*JOURNALS, *DATASETS, *ITALIAN, LATE, COLD], papers)}
    with LittleWeb(hosts) as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        yield web


@pytest.fixture
def crawled(litdb, web, tmp_path):
    """Crawl a note with these works in it; the works by their URL."""

    def crawl(*works):
        (tmp_path / "note.md").write_text("\n".join(f"- <{address(work)}>" for work in works), encoding="utf-8")
        litdb("crawl", str(tmp_path / "note.md"))
        return {work["url"]: work for work in litdb.data("list")}

    return crawl


def address(work):
    return f"https://arxiv.org/abs/{work.id}" if isinstance(work, Paper) else f"https://doi.org/{work.doi}"


def asked(web, *hosts):
    """How many questions each host got, robots.txt aside."""
    calls = Counter(call.host for host in hosts for call in web.asked(host) if call.path != "/robots.txt")
    return dict(calls)


def test_sixty_links_cost_one_request_for_each_service_that_answers_for_many(crawled, web):
    works = crawled(*JOURNALS, *DATASETS, *ITALIAN, *PAPERS, EARLY, LATE, COLD)
    assert len(works) == 60
    assert {work["outcome"] for work in works.values()} == {"ok"}
    assert asked(web, "export.arxiv.org", *AGENCIES, *INDEXES) == {
        "export.arxiv.org": 1,
        "api.crossref.org": 1,
        "api.datacite.org": 1,
        "api.openalex.org": 1,
        "doi.org": len(ITALIAN),
    }


def test_each_agency_tells_of_its_own(crawled):
    works = crawled(JOURNALS[2], DATASETS[0], ITALIAN[0])
    told = {
        (work["title"], work["date"], work["type"], work.get("container") or work.get("publisher"))
        for work in works.values()
    }
    assert told == {
        ("Steam 3", "2019-05-03", "article-journal", "Journal of Tea"),
        ("Leaves 10", "2021-04-30", "dataset", "Zenodo"),
        ("Sul tè 1001", "2012", "article-journal", "Rivista del tè"),
    }


def test_where_arxiv_answers_nobody_else_is_asked(crawled, web):
    crawled(*PAPERS)
    assert asked(web, "export.arxiv.org", *AGENCIES, *INDEXES) == {"export.arxiv.org": 1}


@pytest.mark.parametrize("down", ["api.crossref.org", "api.datacite.org", "doi.org"])
def test_a_service_that_is_down_costs_its_own_rung_only(crawled, web, down):
    web.fault(down, "server-error")
    works = crawled(*JOURNALS, *PAPERS, LATE)
    assert {work["outcome"] for work in works.values()} == {"ok"}
    assert asked(web, "api.openalex.org") == ({"api.openalex.org": 1} if down == "api.crossref.org" else {})


def test_with_all_agencies_down_the_indexes_tell(crawled, web):
    for host in ("export.arxiv.org", *AGENCIES):
        web.fault(host, "server-error")
    works = crawled(JOURNALS[0], PAPERS[0])
    assert {(work["title"], work["date"], work["outcome"]) for work in works.values()} == {
        ("Steam 1", "2019-05-01", "ok"),
        ("Boiling 10", "2019-01", "ok"),
    }
    assert asked(web, *INDEXES, "doi.org") == {"api.openalex.org": 2}


def test_a_preprint_and_its_publication_are_two_works_with_two_dates_and_one_tie(crawled, litdb):
    works = crawled(EARLY, LATE)
    assert {url: (work["title"], work["date"]) for url, work in works.items()} == {
        address(EARLY): ("Steam, early", "2019-01-31"),
        address(LATE): ("Steam, late", "2019-11"),
    }
    assert len({work["key"] for work in works.values()}) == 2
    ties = "SELECT DISTINCT one.url, kind, other.url FROM relations JOIN works one ON one.id = subject JOIN works other ON other.id = object"
    assert litdb.rows(ties) == [(address(EARLY), "version-of", address(LATE))]


def test_the_tie_is_found_from_either_side(crawled, litdb):
    crawled(LATE)
    assert litdb.rows("SELECT url FROM works WHERE id IN (SELECT subject FROM relations)") == [(address(EARLY),)]


def dated(tmp_path, day, *works):
    note = tmp_path / "note.md"
    head = f"---\ndate: {day}\n---\n" if day else ""
    note.write_text(head + "\n".join(f"<{address(work)}>" for work in works), encoding="utf-8")
    return str(note)


def test_a_preprint_that_was_published_since_is_told_once(litdb, web, tmp_path):
    note = dated(tmp_path, "2019-03-01", EARLY)
    first, second = litdb("crawl", note), litdb("crawl", note)
    key = litdb.data("list")[0]["key"]
    told = f"Published since you cited it: {key}, 2019-11 {address(LATE)}"
    assert (told in first, told in second, told in litdb("status")) == (True, False, True)
    assert litdb.rows("SELECT change, cited, now FROM changed_since_cited") == [
        ("published since", "2019-01-31", f"2019-11 {address(LATE)}")
    ]


@pytest.mark.parametrize(
    ("day", "works", "change"),
    [
        ("2019-10", [EARLY], ["published since"]),
        ("2019-11-20", [EARLY], []),
        ("2021-01-01", [EARLY], []),
        ("", [EARLY], ["published"]),
        ("2019-03-01", [EARLY, LATE], []),
        ("2019-03-01", [PAPERS[0]], []),
    ],
)
def test_who_is_told_that_a_preprint_is_published(litdb, web, tmp_path, day, works, change):
    litdb("crawl", dated(tmp_path, day, *works))
    assert [each for (each,) in litdb.rows("SELECT change FROM changed_since_cited")] == change


def test_versions_of_many_preprints_cost_one_request_for_each_service(litdb, web, tmp_path):
    litdb("crawl", dated(tmp_path, "", EARLY, *PAPERS))
    assert asked(web, "export.arxiv.org", *AGENCIES, *INDEXES) == {"export.arxiv.org": 1, "api.crossref.org": 1}


def test_with_one_index_down_the_other_tells(crawled, web):
    for host in ("export.arxiv.org", *AGENCIES, "api.openalex.org"):
        web.fault(host, "server-error")
    works = crawled(JOURNALS[0], PAPERS[0])
    assert {(work["title"], work["outcome"]) for work in works.values()} == {("Steam 1", "ok"), ("Boiling 10", "ok")}


def test_a_retraction_is_told(crawled, litdb):
    crawled(COLD)
    assert litdb.rows("SELECT title, status FROM works") == [("Cold steam", "retracted")]


def test_a_doi_that_nobody_has_is_not_there(crawled):
    (work,) = crawled(Registered("10.5555/none", "", (), "")).values()
    assert (work["outcome"], work["reason"]) == ("not-found", "there is no such DOI (404)")
