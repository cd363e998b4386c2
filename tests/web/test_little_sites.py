"""arXiv, the blogs, firms, media, registries and the archive of the little web answer as the real ones do."""

from __future__ import annotations

from datetime import datetime, timezone

import arxiv
import pytest
import requests

from litdb.demo.library import demo_web
from litdb.demo.wire import Call
from web.facts import PAPERS

# arXiv


def results(ids, size=None):
    client = arxiv.Client(page_size=size or len(ids), delay_seconds=0, num_retries=0)
    found = list(client.results(arxiv.Search(id_list=ids, max_results=size or len(ids))))
    client._session.close()
    return found


def test_the_arxiv_package_reads_every_paper(little_web):
    papers = {paper.id: paper for paper in PAPERS}
    found = {result.get_short_id().partition("v")[0]: result for result in results(list(papers))}
    assert set(found) == set(papers)
    for key, paper in papers.items():
        assert found[key].title == paper.title
        assert [author.name for author in found[key].authors] == list(paper.authors)
        assert found[key].published.isoformat() == paper.versions[1].replace("Z", "+00:00")
        assert (found[key].primary_category, found[key].categories) == (paper.categories[0], list(paper.categories))


def test_a_version_asked_for_is_the_version_given(little_web):
    (result,) = results(["1712.05812v5"])
    assert (result.entry_id, result.updated) == (
        "http://arxiv.org/abs/1712.05812v5",
        datetime(2018, 10, 29, 12, tzinfo=timezone.utc),
    )


def test_unknown_ids_are_silently_missing_and_the_order_is_another(little_web):
    found = [result.get_short_id() for result in results(["1712.05812", "2204.06974", "2203.00001"])]
    assert found == ["2204.06974v2", "1712.05812v6"]


def test_one_malformed_id_refuses_all(ask):
    answer = ask("https://export.arxiv.org/api/query?id_list=2209.00626,abc")
    assert answer.status_code == 400
    assert "incorrect_id_format_for_abc" in answer.text


@pytest.mark.parametrize(("asked", "given"), [("", 6), ("&max_results=2", 2), ("&start=5&max_results=9", 1)])
def test_what_exceeds_max_results_is_cut(asked, given, ask):
    ids = ",".join(paper.id for paper in PAPERS)
    answer = ask(f"https://export.arxiv.org/api/query?id_list={ids}{asked}")
    assert answer.text.count("<entry>") == given
    assert "<opensearch:totalResults>6<" in answer.text


def test_the_ids_may_be_posted(ask):
    answer = ask("https://export.arxiv.org/api/query", "POST", data={"id_list": "2209.00626", "max_results": "1"})
    assert "2209.00626v7" in answer.text


def test_the_abstract_page_has_both_dates(ask):
    html = ask("https://arxiv.org/abs/2106.01345v2").text
    assert '<meta name="citation_date" content="2021/06/02">' in html
    assert '<meta name="citation_online_date" content="2021/06/24">' in html
    assert '<meta name="citation_author" content="Chen, Lili">' in html


def test_a_version_that_never_was_is_not_found(ask):
    assert ask("https://arxiv.org/abs/2106.01345v3").status_code == 404
    assert ask("https://arxiv.org/pdf/2106.01345v2.pdf").content.startswith(b"%PDF-")


# Blogs, firms, media, registries, the archive

PAGES = {
    "https://aligned.substack.com/p/what-is-alignment": '"datePublished": "2022-03-29T23:30:00-07:00"',
    "https://aligned.substack.com/": "Musings on the Alignment Problem | Jan Leike | Substack",
    "https://bounded-regret.ghost.io/ml-systems-will-have-weird-failure-modes-2/": 'content="Ghost 5.87"',
    "https://www.engraved.blog/building-a-virtual-machine-inside": '"name": "Jonas Degrave"',
    "https://twitter.com/goodside/status/1598890043975774208": "JavaScript is not available.",
    "https://www.youtube.com/watch?v=zkbPdEHEyEI": 'itemprop="uploadDate" content="2021-10-10T12:00:00-07:00"',
    "https://jekyll.example/2021/03/an-invented-post/": '"@type": "BlogPosting"',
    "https://wordpress.example/2021/03/an-invented-post/": "https://wordpress.example/#/schema/person/1",
    "https://plain.example/2021/03/an-invented-post/": "By Ada Invented, <time datetime='2021-03-04'>",
}


@pytest.mark.parametrize("url", PAGES)
def test_a_page_has_the_shape_of_its_system(url, ask):
    assert PAGES[url] in ask(url).text


def test_substack_answers_for_a_post_and_for_its_archive(ask):
    post = ask("https://aligned.substack.com/api/v1/posts/what-is-alignment").json()
    assert (post["title"], post["post_date"]) == ("What is the alignment problem?", "2022-03-30T06:30:00.000Z")
    assert post["publishedBylines"][0]["name"] == "Jan Leike"
    archive = ask("https://aligned.substack.com/api/v1/archive?sort=new&offset=1&limit=12").json()
    assert [row["slug"] for row in archive] == ["what-is-alignment"]


def test_ghost_names_the_second_author_a_contributor_and_escapes_inside_json():
    call = Call("GET", "https", "tidepool.example", "/slow-growth/", "", {}, b"", 0.0)
    html = demo_web().sites["tidepool.example"][0](call).body.decode()
    assert '"headline": "Slow growth &amp; other virtues"' in html
    assert '"contributor": [{"@type": "Person", "name": "Bram Oakes"}]' in html


def test_wordpress_finds_a_post_by_slug(ask):
    rows = ask("https://wordpress.example/wp-json/wp/v2/posts?slug=an-invented-post").json()
    assert [(row["title"]["rendered"], row["date"]) for row in rows] == [("An invented post", "2021-03-04T12:00:00")]


def test_openai_moves_refuses_and_feeds(ask):
    moved = ask("https://openai.com/blog/introducing-superalignment")
    assert moved.headers["Location"] == "https://openai.com/index/introducing-superalignment/"
    wall = ask(moved.headers["Location"])
    assert (wall.status_code, wall.headers["cf-mitigated"]) == (403, "challenge")
    assert "<pubDate>Thu, 05 Dec 2019 08:00:00 +0000</pubDate>" in ask("https://openai.com/news/rss.xml").text


def test_deepmind_moves_twice_and_loses_its_date(ask):
    answer = ask("https://www.deepmind.com/blog/learning-through-human-feedback", allow_redirects=True)
    assert [hop.status_code for hop in answer.history] == [301, 301]
    assert answer.url == "https://deepmind.google/blog/learning-through-human-feedback/"
    assert "Miljan Martic" in answer.text
    assert "2017" not in answer.text


def test_medium_challenges_and_the_archive_has_it(ask):
    url = "https://deepmindsafetyresearch.medium.com/scalable-agent-alignment-via-reward-modeling-bf4ab06dfd84"
    assert "cf-mitigated" in ask(url).headers
    index = "https://web.archive.org/cdx/search/cdx"
    rows = ask(
        index, params={"url": url, "output": "json", "fl": "timestamp,original", "filter": "statuscode:200"}
    ).json()
    assert rows == [["timestamp", "original"], ["20181121120000", url]]
    near = ask(f"https://web.archive.org/web/20190101id_/{url}")
    assert near.headers["Location"] == f"https://web.archive.org/web/20181121120000id_/{url}"
    kept = ask(near.headers["Location"])
    assert kept.headers["Memento-Datetime"] == "Wed, 21 Nov 2018 12:00:00 GMT"
    assert "By Jan Leike" in kept.text
    assert ask(index, params={"url": "https://never.example/", "output": "json"}).json() == []


def test_embeddings_are_given(ask):
    tweet = "https://publish.x.com/oembed?url=https%3A%2F%2Fx.com%2Fgoodside%2Fstatus%2F"
    assert ">December 3, 2022</a>" in ask(f"{tweet}1598890043975774208").json()["html"]
    assert ask(f"{tweet}1").status_code == 404
    video = ask("https://www.youtube.com/oembed?url=https%3A%2F%2Fyoutu.be%2FzkbPdEHEyEI&format=json").json()
    assert (video["title"], "date" in str(video)) == ("We Were Right! Real Inner Misalignment", False)


def test_datacite_answers_for_a_list_of_preprints(ask):
    ids = "10.48550/arxiv.2106.01345,10.48550/arXiv.1901.03559,10.48550/arxiv.2203.00001"
    rows = ask("https://api.datacite.org/dois", params={"ids": ids, "page[size]": "100"}).json()["data"]
    assert [row["id"] for row in rows] == ["10.48550/arxiv.2106.01345", "10.48550/arxiv.1901.03559"]
    attributes = rows[0]["attributes"]
    assert attributes["creators"][0]["familyName"] == "Chen"
    assert attributes["dates"][0] == {
        "date": "2021-06-02T12:00:00Z",
        "dateType": "Submitted",
        "dateInformation": "v1",
    }


def test_crossref_and_the_resolver_answer_for_the_demo(monkeypatch):
    with demo_web() as web, requests.Session() as session:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        message = session.get("https://api.crossref.org/works/10.5555%2Fgarden.2021.7", timeout=2).json()["message"]
        landing = session.get("https://doi.org/10.5555/garden.2021.7", allow_redirects=False, timeout=2)
        accept = {"Accept": "application/vnd.citationstyles.csl+json"}
        csl = session.get("https://doi.org/10.48550/arXiv.2203.99001", headers=accept, timeout=2).json()
        assert session.get("https://api.crossref.org/works/10.5555/none", timeout=2).status_code == 404
    assert message["issued"] == {"date-parts": [[2021, 11]]}
    assert message["relation"]["has-preprint"][0]["id"] == "10.48550/arXiv.2106.99017"
    assert landing.headers["Location"] == "https://journal.example/garden/2021/7"
    assert csl["author"][1] == {"given": "Ole van der", "family": "Heide"}
