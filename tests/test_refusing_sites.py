"""Sites that refuse, on the little web: what feeds, embedding services and the archive tell in their place."""

from __future__ import annotations

import pytest

from web.facts import HUMAN_FEEDBACK, OPENAI, REWARD_MODELING, TWEETS, VIDEOS

NOTE = "---\ndate: 2022-11-03\n---\n"
FEEDBACK = "https://www.deepmind.com/blog/learning-through-human-feedback"


@pytest.fixture
def crawled(litdb, tmp_path, little_web):
    """Crawl a note that cites these URLs: crawled(urls…) → its works as data, by title."""

    def crawl(*urls):
        (tmp_path / "note.md").write_text(NOTE + "\n".join(f"<{url}>" for url in urls), encoding="utf-8")
        litdb("crawl", str(tmp_path / "note.md"))
        return litdb.data("list")

    return crawl


def asked(little_web, host):
    return [call for call in little_web.asked(host) if call.path != "/robots.txt"]


def test_openai_answers_for_all_posts_with_one_request(crawled, little_web):
    works = crawled(*(article.url.replace("/index/", "/blog/") for article in OPENAI))
    told = {(work["title"], work["date"], work["outcome"], work["container"]) for work in works}
    assert told == {(article.title, article.published[:10], "ok", "OpenAI") for article in OPENAI}
    assert [call.path for call in asked(little_web, "openai.com")] == ["/news/rss.xml"]


def test_openai_page_refuses_and_the_archive_is_asked_where_the_feed_has_nothing(crawled, litdb):
    crawled("https://openai.com/blog/an-invented-post")
    attempts = litdb.data("show", "https://openai.com/blog/an-invented-post")["attempts"]
    assert {each["source"]: each["outcome"] for each in attempts} == {
        "openai": "not-found",
        "page": "challenged",
        "wayback": "not-found",
    }


def test_deepmind_people_come_from_the_page_and_the_day_from_the_archive(crawled, little_web):
    (work,) = crawled(FEEDBACK)
    people = [f"{name['given']} {name['family']}" for name in work["authors"]]
    assert (work["title"], people, work["date"]) == (
        HUMAN_FEEDBACK.title,
        [*HUMAN_FEEDBACK.authors],
        HUMAN_FEEDBACK.published,
    )
    assert work["outcome"] == "ok"
    assert len(asked(little_web, "web.archive.org")) == 2


def test_medium_is_read_from_the_archive(crawled, litdb, little_web):
    (work,) = crawled(REWARD_MODELING.url)
    assert (work["title"], work["date"], work["outcome"]) == (REWARD_MODELING.title, "2018-11-20", "ok")
    assert len(asked(little_web, "web.archive.org")) == 2
    chosen = {row["field"]: row["value"] for row in litdb.data("show", REWARD_MODELING.url)["claims"] if row["chosen"]}
    assert chosen["archived"] == f"https://web.archive.org/web/20181121120000/{REWARD_MODELING.url}"


def test_tweets_have_their_authors_and_days(crawled, little_web):
    works = crawled(*(f"https://twitter.com/{tweet.handle}/status/{tweet.id}" for tweet in TWEETS))
    people = {" ".join((each["authors"][0]["given"], each["authors"][0]["family"])) for each in works}
    assert people == {tweet.name for tweet in TWEETS}
    assert {work["date"] for work in works} == {"2022-12-16", "2022-12-03", "2023-10-07"}
    assert len(asked(little_web, "publish.x.com")) == len(TWEETS)
    assert asked(little_web, "twitter.com") == asked(little_web, "x.com") == []


@pytest.mark.parametrize(
    "fault", ["forbidden", "cloudflare", "rate-limit-hour", "server-error", "unreachable", "empty"]
)
def test_tweets_keep_handle_and_day_where_all_of_x_refuses(crawled, little_web, fault):
    for host in ("publish.x.com", "x.com", "twitter.com"):
        little_web.fault(host, fault)
    works = crawled(*(f"https://twitter.com/{tweet.handle}/status/{tweet.id}" for tweet in TWEETS))
    assert {work["authors"][0]["literal"] for work in works} == {f"@{tweet.handle}" for tweet in TWEETS}
    assert {work["date"] for work in works} == {"2022-12-16", "2022-12-03", "2023-10-07"}
    assert all(work["reason"] and "title" not in work for work in works)


def test_video_takes_two_requests_and_keeps_the_day_of_its_offset(crawled, little_web):
    (work,) = crawled(f"https://youtu.be/{VIDEOS[0].id}?t=60")
    assert (work["title"], work["date"], work["outcome"]) == (VIDEOS[0].title, VIDEOS[0].published[:10], "ok")
    assert work["authors"] == [{"literal": VIDEOS[0].channel}]
    assert [call.path for call in asked(little_web, "www.youtube.com")] == ["/oembed", "/watch"]


def test_video_page_speaks_where_the_service_refuses(crawled, little_web):
    little_web.fault("www.youtube.com", "forbidden", path="/oembed")
    (work,) = crawled(f"https://www.youtube.com/watch?v={VIDEOS[0].id}")
    assert (work["title"], work["date"], work["outcome"]) == (VIDEOS[0].title, VIDEOS[0].published[:10], "ok")


def test_profiles_and_images_are_not_asked_about(crawled, little_web, litdb):
    urls = ("https://twitter.com/goodside", "https://openai.com/hero.png", "https://github.com/openai")
    assert crawled(*urls) == []
    assert little_web.log == []
    assert litdb.data("show", urls[1])["reason"] == "an image"
