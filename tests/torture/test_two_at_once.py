"""Several litdb on one library: one writes, the others wait for their turn or say who does, and readers never wait."""

from __future__ import annotations

import re
import sqlite3

import pytest

from litdb.files.lock import Lock

SENTENCE = re.compile(r"(?:Waiting: another litdb .*\n)?Error: Another litdb \(process \d+, since [\d:]+\) is writing .*litdb\.db\. Try again when it has ended\.\n")  # fmt: skip


@pytest.fixture
def crawled(project):
    """A project whose notes were crawled."""
    assert project.run("crawl", "notes")[0] == 0
    return project


@pytest.mark.parametrize(
    "words",
    [
        ("crawl", "notes"),
        ("add", "https://plain.example/2021/03/an-invented-post/"),
        ("rebuild", "notes"),
        ("set", "arxiv:1712.05812", "title", "Another"),
        ("unset", "arxiv:1712.05812", "title"),
        ("key", "arxiv:1712.05812", "another"),
        ("same", "arxiv:1712.05812", "arxiv:2106.01345"),
        ("split", "arxiv:1712.05812", "arxiv:2106.01345"),
        ("person", "Stuart Armstrong", "S. Armstrong"),
    ],
    ids=lambda words: words[0],
)
def test_whoever_writes_says_who_is_writing(litdb, monkeypatch, words):
    monkeypatch.setattr(Lock.__init__, "__defaults__", (0.0,))
    with Lock(litdb.library):
        litdb(*words, code=1)
    assert SENTENCE.fullmatch(litdb.told), litdb.told
    assert not litdb.library.parent.exists()


def test_readers_never_wait(crawled):
    before = crawled.state()
    with Lock(crawled.library, wait=0):
        for words in (("list",), ("show", "arxiv:1712.05812"), ("export", "bibtex"), ("status",), ("dump",)):
            assert crawled.run(*words) == (0, "")
    assert crawled.state() == before


def test_of_two_crawls_one_does_the_work_and_nothing_is_asked_twice(project, whole):
    since = len(project.web.log)
    crawls = [project.start("crawl", "notes") for _ in range(2)]
    told = [crawl.communicate(timeout=120)[1] for crawl in crawls]
    assert {crawl.returncode for crawl in crawls} <= {0, 1}
    assert all(crawl.returncode == 0 or SENTENCE.fullmatch(said) for crawl, said in zip(crawls, told, strict=True)), (
        told
    )
    assert set(project.asked(since).values()) == {1}
    assert whole.differences(project.state()) == []


def test_of_four_that_add_at_once_none_is_lost(project):
    urls = [f"https://{host}.example/2021/03/an-invented-post/" for host in ("jekyll", "wordpress", "plain")]
    urls.append("https://www.engraved.blog/building-a-virtual-machine-inside/")
    adding = [project.start("add", url) for url in urls]
    told = [each.communicate(timeout=120)[1] for each in adding]
    assert all(each.returncode == 0 or SENTENCE.fullmatch(said) for each, said in zip(adding, told, strict=True)), told
    added = {url for url, each in zip(urls, adding, strict=True) if each.returncode == 0}
    assert added
    connection = sqlite3.connect(project.library)
    assert {url for (url,) in connection.execute("SELECT url FROM mentions")} == added
    connection.close()
    assert project.damage() == []


MIXED = (
    ("crawl", "notes"),
    ("set", "arxiv:1712.05812", "title", "Another"),
    ("export", "bibtex", "-o", "mine.bib"),
    ("refs", "notes/marked.md", "--write"),
)


def test_four_that_do_different_things_at_once_do_no_harm_to_each_other(crawled):
    marked = crawled.folder / "notes" / "marked.md"
    marked.write_text(
        "<https://plain.example/2021/03/an-invented-post/>\n\n<!-- litdb:refs -->\n<!-- /litdb:refs -->\n"
    )
    running = [crawled.start(*words) for words in MIXED]
    told = [each.communicate(timeout=120)[1] for each in running]
    assert all("Traceback" not in said for said in told), told
    assert all(each.returncode == 0 or "Error: " in said for each, said in zip(running, told, strict=True))
    assert crawled.damage() == crawled.litter() == []
    for words in (*MIXED, MIXED[0]):
        assert crawled.run(*words)[0] == 0
    state = crawled.state()
    assert crawled.run("rebuild") == (0, "")
    assert state.differences(crawled.state()) == []
    assert "Another" in state.files["mine.bib"].decode()
    assert "An invented post" in marked.read_text()
