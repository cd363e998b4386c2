"""Blogs end to end: links in a note, a little web of blogs with their refusals, works in a library."""

from __future__ import annotations

import pytest

from litdb.demo.server import LittleWeb
from litdb.demo.sites import blogs
from litdb.demo.sites.blogs import Article
from litdb.demo.sites.medium import medium_feed
from litdb.demo.sites.substack import Newsletter, by_number, substack


def letter(host, count, subdomain=""):
    posts = tuple(
        Article(
            f"https://{host}/p/post-{at}", f"Post {at}", ("Ann Bee",), f"2022-03-{29 - at:02}T12:00:00Z", "The Hive"
        )
        for at in range(count)
    )
    return Newsletter(host, "The Hive", "Ann Bee", posts, subdomain)


DANCE = Newsletter(
    "dance.substack.com",
    "The Dance",
    "Ann Bee",
    (Article("https://dance.substack.com/p/d", "On the dance of bees", ("Ann Bee",), "2022-03-29T12:00:00Z", ""),),
)
HIVE, NEST = letter("hive.substack.com", 8), letter("nest.example", 1, "nest")
STORY = Article(
    "https://medium.com/@tea/steam-0a1b2c3d4e5f", "Steam", ("Ann Bee", "Carl Dee"), "2024-11-20T16:00:00Z", ""
)
LATE = Article("https://late.example/2021/late", "Late & loud", ("Ann Bee",), "2021-03-04T23:30:00-08:00", "Late")
SNOW = Article("https://snow.blogspot.com/2016/06/lumi.html", "Lumi", ("Aino Bee",), "2016-06-12", "Lumi")
TEA = Article("https://tea.example/circuits", "Circuits of tea", ("Fons van der Sommen",), "2020-01-10", "")


@pytest.fixture
def web(monkeypatch):
    said = {"55": {"id": 55, "name": "Carl Dee", "date": "2024-05-07T07:08:09.123Z", "body": "Buzz."}}
    sites = {
        HIVE.host: substack(HIVE),
        NEST.host: substack(NEST),
        "nest.substack.com": substack(NEST),
        DANCE.host: substack(DANCE),
        "substack.com": by_number(HIVE, comments=said),
        "medium.com": medium_feed("Teapot Safety Research", STORY),
        "late.example": blogs.wordpress(LATE),
        "snow.blogspot.com": blogs.blogger(SNOW, "sunnuntaina 12. kesäkuuta 2016"),
        "tea.example": blogs.distill(TEA),
    }
    with LittleWeb(sites) as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        yield web


@pytest.fixture
def crawled(litdb, web, tmp_path):
    """Crawl a note with these links; the works by their URL."""

    def crawl(*urls):
        (tmp_path / "note.md").write_text("\n".join(f"- <{url}>" for url in urls))
        litdb("crawl", str(tmp_path / "note.md"))
        return {url: litdb.data("show", url) for url in urls}

    return crawl


def asked(web):
    """The requests without those for robots.txt."""
    return [call.url for call in web.asked() if call.path != "/robots.txt"]


def people(work):
    parts = ("given", "non-dropping-particle", "family", "literal")
    return [" ".join(name[part] for part in parts if part in name) for name in work["authors"]]


@pytest.mark.parametrize(("links", "requests"), [(1, 1), (2, 1), (8, 1)])
def test_requests_for_posts_of_one_publication(crawled, web, links, requests):
    works = crawled(*(f"https://hive.substack.com/p/post-{at}" for at in range(links)))
    assert len(asked(web)) == requests
    assert {(work["container"], work["outcome"]) for work in works.values()} == {("The Hive", "ok")}


def test_posts_and_their_home_are_one_request(crawled, web):
    works = crawled("https://hive.substack.com/p/post-0", "https://hive.substack.com/")
    assert len(asked(web)) == 1
    assert (works["https://hive.substack.com/"]["title"], "date" in works["https://hive.substack.com/"]) == (
        "The Hive",
        False,
    )


def test_a_domain_of_its_own_is_known_by_both_names(crawled):
    (work,) = crawled("https://nest.example/p/post-0").values()
    assert "substack:nest/post-0" in work["identifiers"]
    assert (work["container"], work["outcome"]) == ("The Hive", "ok")


def test_a_domain_of_its_own_costs_one_request(crawled, web):
    crawled("https://nest.example/p/post-0")
    assert asked(web) == ["https://nest.example/p/post-0"]


def test_a_comment_has_no_title(crawled, web):
    (work,) = crawled("https://hive.substack.com/p/post-0/comment/55").values()
    assert (people(work), work["date"]) == (["Carl Dee"], "2024-05-07")


def test_a_renamed_post_is_found_after_its_own_address_was_not(crawled, web):
    (work,) = crawled("https://dance.substack.com/p/on-the-dance-of-bees").values()
    assert (work["title"], people(work), work["outcome"]) == ("On the dance of bees", ["Ann Bee"], "ok")
    assert [call.path for call in web.asked(DANCE.host) if call.path != "/robots.txt"][:3] == [
        "/api/v1/posts/on-the-dance-of-bees",
        "/p/on-the-dance-of-bees",
        "/api/v1/archive",
    ]


def test_a_renamed_post_costs_three_requests(crawled, web):
    crawled("https://dance.substack.com/p/on-the-dance-of-bees")
    assert len(asked(web)) == 3


def test_substack_refuses_and_every_work_has_a_reason(crawled, web):
    web.fault("hive.substack.com", "forbidden")
    works = crawled("https://hive.substack.com/p/post-0", "https://hive.substack.com/p/post-1")
    assert {work["outcome"] for work in works.values()} == {"forbidden"}


def test_a_new_story_of_medium_comes_from_the_feed_while_its_page_refuses(crawled, web):
    (work,) = crawled(STORY.url).values()
    assert (work["title"], people(work), work["container"]) == (
        "Steam",
        ["Ann Bee", "Carl Dee"],
        "Teapot Safety Research",
    )
    assert asked(web) == ["https://medium.com/feed/@tea"]


def test_wordpress_is_asked_for_the_day_that_its_readers_saw(crawled, web):
    (work,) = crawled(LATE.url).values()
    assert (work["date"], work["title"]) == ("2021-03-04", "Late & loud")
    assert [url.partition("?")[0] for url in asked(web)] == [LATE.url, "https://late.example/wp-json/wp/v2/posts/1"]


@pytest.mark.parametrize("fault", ["forbidden", "gone", "vercel", "empty"])
def test_what_wordpress_refuses_leaves_the_pages_own_word(crawled, web, fault):
    web.fault("late.example", fault, "/wp-json")
    (work,) = crawled(LATE.url).values()
    assert (work["date"], work["title"], work["outcome"]) == ("2021-03-05", "Late & loud", "ok")


@pytest.mark.parametrize(
    ("article", "authors", "day"),
    [(SNOW, ["Aino Bee"], "2016-06-12"), (TEA, ["Fons van der Sommen"], "2020-01-10")],
    ids=["blogger", "distill"],
)
def test_one_page_tells_it_all(crawled, web, article, authors, day):
    (work,) = crawled(article.url).values()
    assert (work["title"], people(work), work["date"]) == (article.title, authors, day)
    assert asked(web) == [article.url]
