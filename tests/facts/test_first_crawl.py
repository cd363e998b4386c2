"""Facts out of one library into an empty one, on the little web: what a newcomer's first crawl still asks."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from conftest import SEEDS, Litdb

EXPORTS = ("references.bib", "references.biblatex.bib", "references.md")


@pytest.fixture
def field(tmp_path, litdb, little_web):
    """A library that has crawled the seeds, and a commons of its facts."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    litdb("crawl", str(tmp_path / "seeds"))
    litdb("facts", "export", str(tmp_path / "commons"))
    return tmp_path / "commons"


@pytest.fixture
def newcomer(tmp_path, field):
    """Another project with the same notes, that took the commons in and asked nobody yet."""
    shutil.copytree(SEEDS, tmp_path / "new" / "seeds")
    newcomer = Litdb(tmp_path / "new" / "db" / "litdb.db")
    newcomer("facts", "import", str(field))
    return newcomer


def crawl(litdb, *words):
    return litdb.data("crawl", str(litdb.library.parents[1] / "seeds"), *words)


def exports(litdb):
    return {name: (litdb.library.parent / name).read_text("utf-8") for name in EXPORTS}


def untitled(text):
    """Without the lines that name tweets: their label is made of their text, and facts hold no texts."""
    return sorted(
        re.sub(r"^\d+\.", "", line) for line in text.splitlines() if not re.search("tweet", line, re.IGNORECASE)
    )


def test_the_first_crawl_asks_for_nothing_that_the_facts_hold(newcomer, little_web):
    asked = len(little_web.log)
    summary = crawl(newcomer)
    assert (summary["works"], summary["outcomes"]) == (35, {"ok": 35})
    assert (summary["requests"], little_web.log[asked:]) == (0, [])


def test_its_exports_are_those_of_the_first_library_but_for_the_labels_of_tweets(litdb, newcomer):
    crawl(newcomer)
    first, second = exports(litdb), exports(newcomer)
    assert {name: untitled(text) for name, text in first.items()} == {
        name: untitled(text) for name, text in second.items()
    }


def test_a_second_crawl_changes_nothing(newcomer):
    crawl(newcomer)
    dumped = newcomer("dump")
    summary = crawl(newcomer)
    assert (summary["requests"], summary["changed_rows"], newcomer("dump")) == (0, 0, dumped)


def test_the_facts_survive_rebuilding(newcomer):
    crawl(newcomer)
    dumped = newcomer("dump")
    newcomer("rebuild")
    assert newcomer("dump") == dumped


def test_without_the_commons_the_same_crawl_asks(newcomer):
    crawl(newcomer)
    shutil.rmtree(newcomer.library.parent / "facts" / "commons")
    assert crawl(newcomer)["requests"] >= 20
    assert newcomer.rows("SELECT count(*) FROM records WHERE source LIKE 'facts:%'") == [(0,)]


def test_what_is_stale_is_asked_again(newcomer, little_web):
    """What is told of tweets stands for ten years, of arXiv and the forums for a week."""
    kept = newcomer.library.parent / "facts" / "commons"
    for path in kept.rglob("*.jsonl"):
        path.write_text(re.sub(r'"at":"2\d{3}-', '"at":"2024-', path.read_text("utf-8")), "utf-8")
    asked = len(little_web.log)
    crawl(newcomer)
    hosts = {call.host for call in little_web.log[asked:]}
    assert hosts >= {"export.arxiv.org", "www.lesswrong.com"}
    assert not hosts & {"publish.x.com", "publish.twitter.com"}


def chosen(litdb):
    """The paper's title, and who says so."""
    (field,) = litdb.data("why", "arxiv:2209.00626", "title")["fields"]
    return field["chosen"]["value"], field["chosen"]["source"]


def test_sites_once_asked_outrank_the_facts(newcomer):
    kept = newcomer.library.parent / "facts" / "commons"
    for path in kept.rglob("*.jsonl"):
        path.write_text(path.read_text("utf-8").replace("The Alignment Problem from", "A false title of"), "utf-8")
    crawl(newcomer)
    assert chosen(newcomer) == ("A false title of a Deep Learning Perspective", "facts:arxiv")
    crawl(newcomer, "--refresh")
    assert chosen(newcomer) == ("The Alignment Problem from a Deep Learning Perspective", "arxiv")


def test_why_tells_which_commons_says_so_and_where_it_was_read(newcomer):
    crawl(newcomer)
    told = newcomer("why", "arxiv:2209.00626", "title")
    assert re.match(
        r"title: The Alignment .*, because facts:arxiv says so "
        r"\(commons: https://export.arxiv.org/api/query, read \d{4}-\d\d-\d\d\)",
        told,
    )


def test_nothing_of_a_library_that_only_heard_is_told_on(newcomer):
    crawl(newcomer)
    assert newcomer("facts", "export") == ""


def test_only_works_of_the_notes_come_into_the_library(tmp_path, field):
    alone = Litdb(tmp_path / "alone" / "db" / "litdb.db")
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "note.md").write_text("[one](https://arxiv.org/abs/2209.00626)\n")
    alone("facts", "import", str(field))
    assert alone.data("crawl", str(tmp_path / "alone" / "note.md"))["requests"] == 0
    assert [work["identifiers"][0] for work in alone.data("list", "--all")] == ["arxiv:2209.00626"]


def test_after_a_run_without_network_the_facts_still_tell(tmp_path, newcomer, little_web, monkeypatch):
    commons = newcomer.library.parent / "facts"
    away = commons.rename(tmp_path / "away")
    with monkeypatch.context() as without:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            without.setenv(name, "http://127.0.0.1:9")
        assert "unreachable" in crawl(newcomer)["outcomes"]
    away.rename(commons)
    summary = crawl(newcomer)
    assert (summary["outcomes"], summary["requests"]) == ({"ok": 35}, 0)


def test_every_exported_line_is_as_the_schema_says(field):
    import jsonschema

    schema = json.loads((SEEDS.parent / "docs" / "facts.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    lines = [line for path in field.rglob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    assert len(lines) >= 40
    for line in lines:
        validator.validate(json.loads(line))


def test_no_text_of_a_work_is_shared(litdb, field):
    told = "".join(path.read_text("utf-8") for path in field.rglob("*.jsonl"))
    abstracts = [text for (text,) in litdb.rows("SELECT value FROM claims WHERE field = 'abstract'")]
    assert abstracts
    assert not [text for text in abstracts if text[:40] in told]
