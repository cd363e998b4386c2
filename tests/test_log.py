"""litdb log: what changed between crawls, when and why."""

import sqlite3
from dataclasses import replace

import pytest

from litdb.database.connection import content_id

URL = "https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/"
HOST = "www.cold-takes.com"
OTHER = "https://www.engraved.blog/building-a-virtual-machine-inside/"


@pytest.fixture
def crawled(litdb, tmp_path, little_web):
    """A note with one link, crawled a while ago."""
    (tmp_path / "n.md").write_text(f"[takes]({URL})\n")
    litdb("crawl", str(tmp_path / "n.md"))
    put_back(litdb)
    return litdb


def put_back(litdb):
    """Have everything in the journal happen nine days earlier; the moment is part of an attempt's name."""
    with sqlite3.connect(litdb.library.with_suffix(".journal")) as connection:
        for table in ("answers", "attempts", "assigned_keys"):
            connection.execute(f"UPDATE {table} SET at = strftime('%Y-%m-%dT%H:%M:%SZ', at, '-9 days')")
        told = "scheme, value, source, outcome, reason, at, answer, retry_at, fresh_until"
        for ident, *values in connection.execute(f"SELECT id, {told} FROM attempts").fetchall():
            connection.execute("UPDATE attempts SET id = ? WHERE id = ?", (content_id(*values), ident))
    connection.close()
    litdb("rebuild")


def retitle(web, old, new):
    """Let the site answer with other words from now on."""

    def renamed(part):
        def answer(call):
            reply = part(call)
            return reply and replace(reply, body=reply.body.replace(old, new), headers=(("Content-Type", "text/html"),))

        return answer

    web.sites = {**web.sites, HOST: [renamed(part) for part in web.sites[HOST]]}


def changes(litdb, *words):
    return [
        [(each["change"], each["field"], each["before"], each["after"]) for each in crawl["events"]]
        for crawl in litdb.data("log", *words)["crawls"]
    ]


def test_a_new_title_is_told_with_the_page_that_shows_it(crawled, little_web, tmp_path):
    retitle(little_web, b"AI Could Defeat All Of Us Combined", b"A New Name Altogether")
    crawled("crawl", str(tmp_path / "n.md"), "--refresh")
    said = crawled("log", "-n", "1")
    assert "title AI Could Defeat All Of Us Combined → A New Name Altogether" in said
    assert URL in said
    assert "cited in n.md:1" in said


def test_a_site_that_begins_to_refuse_is_told_with_the_reason(crawled, little_web, tmp_path):
    little_web.fault(HOST, "forbidden")
    crawled("crawl", str(tmp_path / "n.md"), "--refresh")
    change = crawled.data("log")["crawls"][0]["events"][0]
    assert (change["change"], change["field"], change["before"], change["after"]) == (
        "outcome",
        "page",
        "ok",
        "forbidden",
    )
    assert change["reason"]


def test_works_new_since_a_day_are_told_alone(crawled, tmp_path):
    (tmp_path / "n.md").write_text(f"[takes]({URL}) [machine]({OTHER})\n")
    crawled("crawl", str(tmp_path / "n.md"))
    new = [each["key"] for crawl in crawled.data("log", "--since", "7d")["crawls"] for each in crawl["events"]]
    assert new == [crawled.data("show", OTHER)["key"]]
    assert len(crawled.data("log")["crawls"]) == 2


def test_a_crawl_that_changed_nothing_is_told_too(crawled, tmp_path):
    crawled("crawl", str(tmp_path / "n.md"), "--refresh")
    assert "nothing changed" in crawled("log", "-n", "1")


def test_one_work_alone(crawled, tmp_path):
    (tmp_path / "n.md").write_text(f"[takes]({URL}) [machine]({OTHER})\n")
    crawled("crawl", str(tmp_path / "n.md"))
    assert changes(crawled, URL) == [[("new", None, None, "AI Could Defeat All Of Us Combined")]]


def test_the_users_word_stands_first_and_without_a_day(crawled):
    crawled("set", URL, "title", "Mine")
    said = crawled("log").splitlines()
    assert said[0] == "your word (corrections.toml, which keeps no days)"
    assert "title AI Could Defeat All Of Us Combined → Mine (corrections.toml:3)" in said[1]


def test_the_log_changes_nothing(crawled):
    before = crawled("dump"), crawled.library.with_suffix(".journal").read_bytes()
    crawled("log")
    assert (crawled("dump"), crawled.library.with_suffix(".journal").read_bytes()) == before


@pytest.mark.parametrize("since", ["x", "", "7x", "2026-13-01", "-7d"])
def test_what_is_no_day_is_said_so(crawled, since):
    crawled("log", "--since", since, code=2)
    assert "--since wants a day" in crawled.told


def test_an_unknown_work_is_said_so(crawled):
    crawled("log", "nothing2020", code=1)
    assert "no work “nothing2020”" in crawled.told


def test_without_a_journal_it_says_so(crawled):
    crawled.library.with_suffix(".journal").unlink()
    crawled("log", code=1)
    assert "no journal" in crawled.told


def test_without_a_library_it_says_so(litdb):
    litdb("log", code=1)
    assert "no library" in litdb.told
