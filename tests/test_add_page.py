"""litdb add-page: a page saved in a browser teaches what its site refuses to tell."""

from __future__ import annotations

import pytest

POST = "https://walled.example/slow-growth"
PAGE = """<!DOCTYPE html>
<!-- saved from url=(0035)https://walled.example/slow-growth -->
<html lang="en"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>Slow growth</title><meta property="og:title" content="Slow growth">
<meta name="author" content="Ines Höllway"><meta property="article:published_time" content="2022-06-09T15:00:00Z">
<link rel="stylesheet" href="./Slow growth_files/main.css"></head>
<body><h1>Slow growth</h1><p>An invented post.</p><img src="./Slow growth_files/hedge.png"></body></html>
"""


@pytest.fixture
def save(tmp_path):
    """A page saved as a file: save(text or bytes) → its path."""

    def to_file(content, name="saved.html"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return to_file


@pytest.fixture
def cited(litdb, tmp_path):
    """A library whose one note cites the post."""
    (tmp_path / "note.md").write_text(f"[slow]({POST})")
    litdb("crawl", str(tmp_path / "note.md"), "--offline")
    return litdb


def test_saved_page_tells_title_people_and_day(cited, save):
    work = cited.data("add-page", POST, save(PAGE))
    assert (work["title"], work["date"], work["outcome"]) == ("Slow growth", "2022-06-09", "ok")
    assert work["authors"] == [{"family": "Höllway", "given": "Ines"}]


def test_what_was_learnt_is_said(cited, save):
    said = cited("add-page", POST, save(PAGE))
    assert "Slow growth" in said
    assert "Ines Höllway" in said
    assert "2022-06-09" in said
    assert cited.told == ""


def test_exports_have_it_at_once(cited, save):
    cited("add-page", POST, save(PAGE))
    assert "Slow growth" in (cited.library.parent / "references.bib").read_text("utf-8")


def test_page_is_kept_for_good(cited, save, tmp_path):
    cited("add-page", POST, save(PAGE))
    (tmp_path / "saved.html").unlink()
    cited("rebuild")
    assert cited.data("show", POST)["title"] == "Slow growth"


def test_same_page_again_says_the_same(cited, save):
    def claims():
        return [{**each, "at": ""} for each in cited.data("show", POST)["claims"]]

    cited("add-page", POST, save(PAGE))
    before = claims()
    cited("add-page", POST, save(PAGE))
    assert claims() == before


def test_page_comes_from_standard_input(cited):
    assert cited.data("add-page", POST, "-", stdin=PAGE)["title"] == "Slow growth"


def test_work_that_no_note_cites_is_added_to_the_list(litdb, save):
    litdb("add-page", POST, save(PAGE))
    assert POST in (litdb.library.parent / "added.txt").read_text("utf-8")
    assert [work["title"] for work in litdb.data("list")] == ["Slow growth"]


def test_cited_work_is_not_added_to_the_list(cited, save):
    cited("add-page", f"{POST}/?utm_source=x", save(PAGE))
    assert not (cited.library.parent / "added.txt").exists()


def test_page_is_read_by_the_source_that_knows_its_site(litdb, save):
    page = """<html><head><title>Hedges | OpenAI</title></head><body><h1>Hedges</h1>
    <div data-testid="author-list"><a href="#a">Ann Ek</a><a href="#b">Cy Dale</a></div></body></html>"""
    work = litdb.data("add-page", "https://openai.com/blog/hedges", save(page))
    assert [name["family"] for name in work["authors"]] == ["Ek", "Dale"]
    assert work["url"] == "https://openai.com/index/hedges/"


def test_works_of_other_schemes_learn_from_their_page(litdb, save):
    page = '<html><head><meta itemprop="name" content="A garden"><meta itemprop="datePublished" content="2021-10-10">'
    work = litdb.data("add-page", "https://youtu.be/DemoGarden1", save(page))
    assert (work["title"], work["date"]) == ("A garden", "2021-10-10")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG\r\n", "is an image"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "web archive"),
        ("Just some words.", "no HTML"),
        ("", "no HTML"),
        ("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", "Cloudflare asks for a browser"),
        ("<title>Page not found</title><h1>404</h1>", "Page not found"),
        ("<html><body><div id='root'></div></body></html>", "no title"),
    ],
)
def test_what_is_no_page_to_learn_from_is_refused_in_a_sentence(cited, save, content, words):
    before = cited("dump")
    cited("add-page", POST, save(content), code=2)
    assert words in cited.told
    assert "save" in cited.told
    assert cited("dump") == before


def test_address_of_no_work_is_refused(litdb, save):
    litdb("add-page", "https://github.com/ann-ek", save(PAGE), code=2)
    assert "a profile on GitHub" in litdb.told


def test_page_saved_from_elsewhere_is_taken_and_told(cited, save):
    cited("add-page", POST, save(PAGE.replace(POST, "https://other.example/post")))
    assert "was saved from https://other.example/post" in cited.told


def test_missing_file_is_a_usage_error(cited, tmp_path):
    cited("add-page", POST, str(tmp_path / "nowhere.html"), code=2)
    assert "nowhere.html" in cited.told


def test_saved_page_is_not_asked_for_again(cited, save, little_web, tmp_path):
    cited("add-page", POST, save(PAGE))
    cited("crawl", str(tmp_path / "note.md"))
    assert little_web.asked("walled.example") == []
