"""`litdb next` and `litdb graph` on a small web: papers, posts of a forum and pages that cite one another."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import networkx
import pytest

from litdb.demo.server import LittleWeb
from litdb.demo.sites.arxiv import Paper
from litdb.demo.sites.arxiv import hosts as arxiv_hosts
from litdb.demo.sites.forum import lesswrong
from litdb.demo.sites.forum_facts import Forum, Post, User
from litdb.demo.sites.markup import document
from litdb.demo.sites.registries import doi_hosts
from litdb.demo.wire import at, page

DAY = {1: "2022-03-04T12:00:00Z"}
WANTED = Paper("1606.06565", "Concrete Problems Nobody Noted", ("Dario Example",), {1: "2016-06-21T12:00:00Z"})
ONE = Paper("2209.00626", "One Paper", ("Ann Ek",), DAY, cites=("1606.06565", "1706.03741"))
TWO = Paper("2210.00001", "Another Paper", ("Bo Bee",), DAY, cites=("1606.06565",))
EK = User("InventedUser00001", "Ann Ek")
HTML = "<p>It began earlier. As <a href='https://arxiv.org/abs/1606.06565'>the classic</a> says, it is hard.</p>"
POST = Post("AAAAAAAAAAAAAAAA2", "a-post", "A post", "2022-01-02T03:04:05.000Z", EK, html=HTML)
LATER = Post("BBBBBBBBBBBBBBBB2", "later", "A later post", "2023-01-02T03:04:05.000Z", EK, pingbacks=(POST.id,))
BLOG = document(
    "A page",
    [("citation_author", "Cy Cee"), ("citation_publication_date", "2021-05-06")],
    body=f"<article><h1>A page</h1><p>{'Words of it. ' * 30}</p><p>See <a href='https://arxiv.org/pdf/1606.06565v2'>this"
    "</a>, and <a href='https://blog.example/other'>mine</a>.</p></article>",
)
NOTE = """
- [One](https://arxiv.org/abs/2209.00626), [Two](https://arxiv.org/abs/2210.00001)
- [post](https://www.lesswrong.com/posts/AAAAAAAAAAAAAAAA2/a-post), [page](https://blog.example/page)
"""


@pytest.fixture(scope="module")
def web():
    """The little web of these works."""
    papers = (WANTED, ONE, TWO)
    sites = {**arxiv_hosts(papers), **doi_hosts((), papers), **lesswrong(Forum((POST, LATER)))}
    with LittleWeb({**sites, "blog.example": (at({"/page": page(BLOG)}),)}) as web:
        yield web


@pytest.fixture
def crawled(web, litdb, tmp_path, monkeypatch):
    """A library that was crawled one step outward."""
    for name, value in web.environment().items():
        monkeypatch.setenv(name, value)
    (tmp_path / "note.md").write_text(NOTE)
    litdb("crawl", str(tmp_path / "note.md"), "--depth", "1")
    return litdb


def test_next_has_what_papers_posts_and_pages_cite_with_the_reasons(crawled):
    (first,) = crawled.data("next")
    assert (first["identifier"], first["label"], first["votes"]) == ("arxiv:1606.06565", WANTED.title, 4)
    said = {by["label"]: [(each["source"], each["words"]) for each in by["said"]] for by in first["by"]}
    assert said == {
        "One Paper": [("semanticscholar-references", None)],
        "Another Paper": [("semanticscholar-references", None)],
        "A post": [("forum-links", "As the classic says, it is hard.")],
        "A page": [("page", "See this, and mine.")],
    }
    shown = crawled("next")
    assert "cited by 4 of yours" in shown
    assert "As the classic says, it is hard." in shown


def test_what_is_noted_is_no_longer_next(crawled, tmp_path):
    (tmp_path / "note.md").write_text(NOTE + "<https://arxiv.org/abs/1606.06565>")
    crawled("crawl", "--offline", str(tmp_path / "note.md"))
    assert crawled.data("next") == []


def test_next_is_bounded_by_votes_types_and_number(crawled):
    assert len(crawled.data("next", "--least", "1")) > 1
    assert len(crawled.data("next", "--least", "1", "--limit", "1")) == 1
    assert crawled.data("next", "--type", "tweet") == []
    assert crawled.data("next", "--least", "5") == []
    crawled("next", "--least", "5")
    assert "Nothing that 5 of your works cite" in crawled.told


def test_nobody_is_asked_twice_what_papers_cite(crawled, web, tmp_path):
    since = len(web.log)
    told = crawled.data("crawl", str(tmp_path / "note.md"), "--depth", "1")
    assert (told["requests"], len(web.log)) == (0, since)


def test_who_cites_whom(crawled):
    cited = crawled.data("graph", "cites", "https://arxiv.org/abs/2209.00626")["works"]
    assert {each["identifier"] for each in cited} == {"arxiv:1606.06565", "arxiv:1706.03741"}
    citing = crawled.data("graph", "cited-by", "https://www.lesswrong.com/posts/AAAAAAAAAAAAAAAA2/a-post")["works"]
    assert [(each["label"], each["cited"]) for each in citing] == [("A later post", False)]
    assert "the classic" in crawled("graph", "cites", "https://www.lesswrong.com/posts/AAAAAAAAAAAAAAAA2/a-post")
    crawled("graph", "cites", "https://arxiv.org/abs/1706.03741")
    assert "None that is known" in crawled.told


def test_a_way_from_one_work_to_another(crawled):
    way = crawled.data("graph", "path", "https://blog.example/page", "https://arxiv.org/abs/1606.06565")
    assert [each["kind"] for each in way["path"]] == ["cites"]
    assert len(way["works"]) == 2
    crawled("graph", "path", "https://arxiv.org/abs/1606.06565", "https://blog.example/page")
    assert "No way leads" in crawled.told
    crawled("graph", "path", "https://blog.example/page", "https://nowhere.example/", code=1)


def test_export_for_other_tools(crawled):
    graphml = networkx.parse_graphml(crawled("graph", "export", "graphml"))
    told = json.loads(crawled("graph", "export", "json"))
    as_json = networkx.node_link_graph(told, edges="links")
    assert set(graphml.nodes) == set(as_json.nodes)
    assert graphml.number_of_edges() == as_json.number_of_edges()
    assert graphml.nodes["arxiv:1606.06565"]["label"] == WANTED.title
    assert graphml.in_degree("arxiv:1606.06565") == 4
    assert {each["kind"] for each in told["nodes"]} == {"note", "cited", "other"}
    dot = crawled("graph", "export", "dot")
    assert dot.startswith("digraph litdb {")
    assert dot.count(" -> ") == graphml.number_of_edges()
    assert dot.rstrip().endswith("}")
    picture = ElementTree.fromstring(crawled("graph", "export", "svg"))
    assert len(picture.findall(".//{http://www.w3.org/2000/svg}circle")) == len(graphml.nodes)
    assert len(crawled("graph", "export", "json", "--all")) > len(json.dumps(told))


def test_the_budget_is_said_when_it_is_used_up(web, litdb, tmp_path, monkeypatch):
    for name, value in web.environment().items():
        monkeypatch.setenv(name, value)
    (tmp_path / "note.md").write_text(NOTE)
    shown = litdb("crawl", str(tmp_path / "note.md"), "--depth", "1", "--budget", "2")
    assert "The budget (2 requests) is used up" in shown
    litdb("crawl", str(tmp_path / "note.md"), "--depth", "1", "--budget", "soon", code=2)
    litdb("crawl", str(tmp_path / "note.md"), "--depth", "1", "--only", "https://blog.example/", code=2)
    assert "--only and --exclude take a host" in litdb.told


def test_without_a_library_it_is_said(litdb):
    litdb("next", code=1)
    assert "There is no library" in litdb.told


def test_references_in_words_are_placed_once_their_work_is_known(litdb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = "<meta name='citation_reference' content='Ek, Ann. On trees and other forests. 2020.'>"
    (tmp_path / "a.html").write_text(f"<head><title>Citing work</title>{told}</head><p>{'Words. ' * 90}")
    litdb("add-page", "https://j.example/a", "a.html")
    litdb("next")
    assert litdb.data("graph", "cites", "https://j.example/a")["in_words"] == [
        "Ek, Ann. On trees and other forests. 2020."
    ]
    tags = "<meta name='citation_author' content='Ann Ek'><meta name='citation_publication_date' content='2020-02-03'>"
    (tmp_path / "b.html").write_text(f"<title>On Trees and Other Forests</title>{tags}<p>{'Words. ' * 90}")
    litdb("add-page", "https://j.example/b", "b.html")
    cited = litdb.data("graph", "cites", "https://j.example/a")
    assert [each["url"] for each in cited["works"]] == ["https://j.example/b"]
    assert cited["in_words"] == []
