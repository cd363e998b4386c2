"""The main job, end to end: notes → library → exports, on the little web and without any."""

from __future__ import annotations

import json
import shutil

import pytest

from conftest import SEEDS

ARXIV, FORUM = "export.arxiv.org", "www.lesswrong.com"


@pytest.fixture
def seeds(tmp_path):
    """The project's own notes, in a project of their own."""
    return shutil.copytree(SEEDS, tmp_path / "seeds")


@pytest.fixture
def notes_only(seeds):
    (seeds / "reading-list.bib").unlink()
    return seeds


def exports(litdb):
    folder = litdb.library.parent
    names = ("references.bib", "references.biblatex.bib", "references.md", "metadata.json", "datasette.json")
    return {name: (folder / name).read_bytes() for name in names}


def test_without_a_network_the_bibliography_completes_the_job(litdb, seeds):
    summary = litdb.data("crawl", str(seeds), "--offline")
    assert summary["works"] == 35
    undated = {work["key"] for work in litdb.data("list") if "date" not in work}
    assert len(undated) <= 5, undated


def test_without_network_and_bibliography_only_url_and_notes_speak(litdb, notes_only):
    litdb("crawl", str(notes_only), "--offline")
    works = litdb.data("list")
    assert len(works) == 35
    sources = {source for (source,) in litdb.rows("SELECT DISTINCT source FROM records")}
    assert sources <= {"url", "note"}


def test_the_seeds_have_39_mentions_of_35_urls(litdb, notes_only):
    summary = litdb.data("crawl", str(notes_only), "--offline")
    urls = litdb.rows("SELECT count(DISTINCT url) FROM mentions")
    assert (summary["mentions"], urls) == (39, [(35,)])


def test_a_second_run_asks_nobody_and_changes_nothing(litdb, seeds, little_web):
    litdb("crawl", str(seeds))
    dumped, written, asked = litdb("dump"), exports(litdb), len(little_web.log)
    summary = litdb.data("crawl", str(seeds))
    assert (summary["requests"], summary["changed_rows"], len(little_web.log)) == (0, 0, asked)
    assert (litdb("dump"), exports(litdb)) == (dumped, written)


def test_arxiv_and_the_forum_are_asked_once_each(litdb, notes_only, little_web):
    litdb("crawl", str(notes_only))
    assert len(little_web.asked(ARXIV)) == 1
    assert [call.method for call in little_web.asked(FORUM)] == ["POST"]


def test_the_papers_and_forum_works_are_as_the_reference_says(litdb, notes_only, little_web, shared):
    litdb("crawl", str(notes_only))
    truth = [json.loads(line) for line in (shared / "reference" / "works.jsonl").read_text("utf-8").splitlines()]
    wrong, seen = [], 0
    for fact in truth:
        if fact.get("not_linked") or not (fact["type"] == "preprint" or fact["type"].startswith("forum")):
            continue
        seen += 1
        work = litdb.data("show", fact["canonical_url"])
        people = [
            " ".join(
                p for p in (n.get("given"), n.get("non-dropping-particle"), n.get("family"), n.get("literal")) if p
            )
            for n in work["authors"]
        ]
        said = (work["outcome"], work.get("title"), people, work["date"], work["url"])
        due = ("ok", fact["title"], fact["authors"] or people, fact["date"] or work["date"], fact["canonical_url"])
        if said != due:
            wrong.append((said, due))
        chosen = {row["field"]: row["source"] for row in work["claims"] if row["chosen"]}
        if chosen["authors"] not in ("arxiv", "forum") or chosen["date"] not in ("arxiv", "forum"):
            wrong.append(chosen)
    assert seen == 19
    assert not wrong


def test_mentions_stand_where_the_reference_says(litdb, shared):
    litdb("crawl", str(shared / "seeds"), "--offline")
    due = sorted(
        (fact["note"], fact["line"], fact["col"], fact["end_col"], fact["url_as_written"], fact["link_text"], fact["sentence"], tuple(fact["heading_path"]))
        for fact in map(json.loads, (shared / "reference" / "occurrences.jsonl").read_text("utf-8").splitlines())
    )  # fmt: skip
    said = sorted(
        (path.rpartition("/")[2], line, column, end, url, text, sentence, tuple(json.loads(headings or "[]")))
        for path, line, column, end, url, text, sentence, headings in litdb.rows(
            "SELECT path, line, column, end_column, url, text, sentence, headings FROM mentions "
            "JOIN notes ON notes.id = mentions.note"
        )
    )
    assert said == due


def test_the_dates_that_a_note_asserts_are_kept_beside_what_was_found(litdb, seeds):
    litdb("crawl", str(seeds), "--offline")
    assert litdb.rows(
        "SELECT asserted_date FROM mentions WHERE asserted_date IS NOT NULL ORDER BY line"
    ) == [("2022-01-27",), ("2017-06-12",), ("2018-11-20",)]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("rate-limit-hour", "rate-limited"), ("cloudflare", "challenged"), ("vercel", "challenged"), ("server-error", "unreachable"), ("unreachable", "unreachable"), ("truncated", "unreachable")],
)  # fmt: skip
def test_a_refusal_is_a_named_state_and_never_content(litdb, tmp_path, little_web, fault, outcome):
    (tmp_path / "n.md").write_text(
        "[p](https://www.lesswrong.com/posts/27AWRKbKyXuzQoaSk/x) [a](https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/)"
    )
    little_web.fault("www.lesswrong.com", fault)
    litdb("crawl", str(tmp_path / "n.md"))
    work = litdb.data("show", "https://www.lesswrong.com/posts/27AWRKbKyXuzQoaSk")
    assert (work["outcome"], work.get("title"), work.get("date")) == (outcome, None, None)
    assert work["reason"]


def test_a_refused_site_is_asked_again_only_when_it_may_be(litdb, tmp_path, little_web):
    (tmp_path / "n.md").write_text("[p](https://www.lesswrong.com/posts/27AWRKbKyXuzQoaSk/x)")
    little_web.fault("www.lesswrong.com", "rate-limit-hour")
    litdb("crawl", str(tmp_path / "n.md"))
    little_web.mend("www.lesswrong.com")
    asked = len(little_web.log)
    litdb("crawl", str(tmp_path / "n.md"))
    assert len(little_web.log) == asked


def test_asking_again_brings_only_what_changed(litdb, tmp_path, little_web):
    (tmp_path / "n.md").write_text("<https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/>")
    litdb("crawl", str(tmp_path / "n.md"))
    dumped = undated(litdb("dump"))
    litdb("crawl", str(tmp_path / "n.md"), "--refresh")
    pages = [call for call in little_web.asked("www.cold-takes.com") if call.path != "/robots.txt"]
    assert "if-none-match" in {name.lower() for name in pages[-1].headers}
    assert undated(litdb("dump")) == dumped


def undated(dump):
    """A dump without the times of asking."""
    return [{key: value for key, value in json.loads(line).items() if key != "at"} for line in dump.splitlines()]


def test_a_dry_run_says_who_would_see_what_and_asks_nobody(litdb, seeds, little_web):
    planned = litdb.data("crawl", str(seeds), "--dry-run")
    assert little_web.log == []
    assert next(each for each in planned if each["host"] == ARXIV)["urls"][0].count("%2C") == 5


def test_an_interrupted_run_keeps_what_it_learnt_and_says_130(litdb, notes_only, little_web, monkeypatch):
    from litdb.asking import Asking

    whole = Asking.results

    def cut(self):
        for count, result in enumerate(whole(self)):
            if count == 3:
                raise KeyboardInterrupt
            yield result

    monkeypatch.setattr(Asking, "results", cut)
    litdb("crawl", str(notes_only), code=130)
    monkeypatch.undo()
    for name, value in little_web.environment().items():
        monkeypatch.setenv(name, value)
    asked = [(call.host, call.path) for call in little_web.log if call.path != "/robots.txt"]
    litdb("crawl", str(notes_only))
    again = [(call.host, call.path) for call in little_web.log if call.path != "/robots.txt"][len(asked):]  # fmt: skip
    assert ok_works(litdb) >= 24
    assert len(again) < len(asked) + len(again)


def ok_works(litdb):
    return litdb.rows("SELECT count(*) FROM works WHERE cited AND outcome = 'ok'")[0][0]


def test_strict_tells_scripts_that_links_are_unresolved(litdb, tmp_path):
    (tmp_path / "n.md").write_text("<https://gone.example/x>")
    litdb("crawl", str(tmp_path / "n.md"), "--offline", "--strict", code=3)


def test_keys_outlive_what_they_were_made_from(litdb, notes_only, little_web):
    litdb("crawl", str(notes_only), "--offline")
    keys = litdb.rows("SELECT identifier, key FROM works WHERE cited ORDER BY identifier")
    litdb("crawl", str(notes_only))
    assert litdb.rows("SELECT identifier, key FROM works WHERE cited ORDER BY identifier") == keys


def test_a_site_that_asks_for_a_short_pause_is_waited_for(litdb, tmp_path, little_web):
    (tmp_path / "n.md").write_text("[p](https://www.lesswrong.com/posts/27AWRKbKyXuzQoaSk/x)")
    little_web.fault("www.lesswrong.com", "rate-limit-second", times=1)
    litdb("crawl", str(tmp_path / "n.md"))
    first, second = little_web.asked("www.lesswrong.com")
    assert second.at - first.at >= 1
    assert ok_works(litdb) == 1


def test_without_a_network_nothing_is_held_against_the_sites(litdb, notes_only, little_web, monkeypatch):
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    first = litdb.data("crawl", str(notes_only))
    dumped = litdb("dump")
    again = litdb.data("crawl", str(notes_only))
    assert first["answered"] == again["answered"] == 0
    assert (again["changed_rows"], litdb("dump")) == (0, dumped)
    for name, value in little_web.environment().items():
        monkeypatch.setenv(name, value)
    litdb("crawl", str(notes_only))
    assert ok_works(litdb) >= 24


def test_settings_that_come_with_a_new_folder_hold_at_once(litdb, tmp_path):
    seeds = tmp_path / "seeds"
    (seeds / "deep").mkdir(parents=True)
    (seeds / "a.md").write_text("<https://a.example/x>\n")
    litdb("crawl", str(seeds), "--offline")
    (seeds / "deep" / "litdb.toml").write_text('not-a-work = ["https://b.example/*"]\n')
    (seeds / "deep" / "b.md").write_text("<https://b.example/x>\n")
    litdb("crawl", str(seeds), "--offline")
    assert litdb.rows("SELECT url FROM works WHERE cited") == [("https://a.example/x",)]
