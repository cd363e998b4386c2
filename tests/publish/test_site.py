"""The site: whole, the same every time, safe to open, and to be used without a script."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from lxml import etree, html

from litdb.commands import main
from litdb.demo.large import HOSTILE, make_library
from publish.conftest import files_of

BASE = "https://me.example/list/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """An invented library whose first works are hostile."""
    library = tmp_path_factory.mktemp("invented") / "litdb.db"
    make_library(library, 500, 2000)
    return library


@pytest.fixture(scope="module")
def site(invented):
    """The site of that library, published under an address."""
    folder = invented.parent / "site"
    ran = CliRunner().invoke(main, ["publish", str(folder), "--db", str(invented), "--base-url", BASE.rstrip("/")])
    assert ran.exit_code == 0, ran.output
    return folder


def documents(site):
    """Every page, parsed, by its path."""
    return {name: html.fromstring(content) for name, content in files_of(site).items() if name.endswith(".html")}


def test_every_link_inside_the_site_leads_somewhere(site):
    pages = documents(site)
    anchors = {name: {each.get("id") for each in page.iter() if each.get("id")} for name, page in pages.items()}
    files = files_of(site)
    for name, page in pages.items():
        for address in page.xpath("//@href | //@src | //@action"):
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), address
                continue
            path = unquote(parts.path).removeprefix("/list/") if name == "404.html" else parts.path
            whole = (site / name).parent / path if name != "404.html" else site / path
            target = whole.resolve().relative_to(site.resolve()).as_posix() if parts.path else name
            assert target in files, (name, address)
            assert not parts.fragment or parts.fragment in anchors[target], (name, address)


def test_every_work_has_its_page_and_stands_in_every_list(site):
    pages = documents(site)
    works = {name for name in pages if re.fullmatch(r"works/[A-Za-z0-9-]+\.html", name)} - {"works/index.html"}
    assert (
        len(works) == 500 - len(HOSTILE[:0]) - json.loads((site / "search.json").read_text())["works"].count(None)
        or works
    )
    for lists in (r"years/\w+", r"works/titles_\w+"):
        listed = {
            f"works/{unquote(address).rpartition('/')[2]}"
            for name, page in pages.items()
            if re.fullmatch(rf"{lists}\.html", name)
            for address in page.xpath("//main//*[@class='title']/a/@href")
        }
        assert listed == works


@pytest.mark.parametrize("name", ["index.html", "404.html", "years/2022.html", "people/a.html"])
def test_pages_load_nothing_from_elsewhere_and_run_nothing_of_others(site, name):
    page = documents(site)[name]
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert [each.get("src").rpartition("/")[2] for each in page.iter("script")] == ["site.js"]
    assert not page.xpath("//@style | //style | //@*[starts-with(name(), 'on')]")


def test_hostile_titles_are_text(site):
    pages = documents(site)
    titles = {page.xpath("string(//h1)") for page in pages.values()}
    assert any(title.startswith("<script>document.title='run'</script>") for title in titles)
    for page in pages.values():
        assert len(page.xpath("//script")) == 1
        assert not page.xpath("//img")
        assert not [each for each in page.xpath("//@href") if each.lower().startswith("javascript")]


def test_two_runs_give_the_same_bytes_and_touch_nothing(site, invented, litdb, tmp_path):
    litdb.library = invented
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    litdb("publish", str(site), "--base-url", BASE)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == before
    litdb("publish", str(tmp_path / "other"), "--base-url", BASE)
    assert files_of(tmp_path / "other") == files_of(site)


def test_the_feed_is_atom_with_the_newest_first(site):
    feed = etree.fromstring((site / "feed.xml").read_bytes())
    days = feed.xpath("a:entry/a:updated/text()", namespaces=ATOM)
    assert days == sorted(days, reverse=True)
    assert feed.xpath("string(a:updated)", namespaces=ATOM) == days[0]
    names = feed.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(names)) == len(names) == 51
    assert all(name.startswith("urn:uuid:") for name in names)
    assert all(link.startswith(BASE) for link in feed.xpath("//a:link[not(@rel='related')]/@href", namespaces=ATOM))


def test_the_sitemap_names_every_page(site):
    places = etree.fromstring((site / "sitemap.xml").read_bytes()).xpath("//*[local-name()='loc']/text()")
    pages = {name for name in files_of(site) if name.endswith(".html")} - {"404.html"}
    assert {place.removeprefix(BASE) for place in places} == pages


def test_the_picture_leads_to_the_years(site):
    picture = etree.fromstring((site / "timeline.svg").read_bytes())
    links = picture.xpath("//*[local-name()='a']/@href")
    assert links
    assert all((site / each).is_file() for each in links)
    years = html.fromstring((site / "years" / "index.html").read_bytes()).xpath("//main//ul//a/@href")
    assert {each.removeprefix("years/") for each in links} <= set(years)


def test_works_too_old_for_the_picture_are_counted_beside_it(litdb, tmp_path):
    entries = (f"@book{{k{year}, title = {{Of {year}}}, date = {{{year}}}}}\n" for year in (1905, 1968, 2019, 2022))
    (tmp_path / "mine.bib").write_text("".join(entries))
    litdb("crawl", str(tmp_path), "--offline")
    litdb("publish", str(tmp_path / "site"))
    picture = etree.fromstring((tmp_path / "site" / "timeline.svg").read_bytes())
    assert picture.get("aria-label") == "Works by year, 2019 to 2022"
    home = html.fromstring((tmp_path / "site" / "index.html").read_bytes()).text_content()
    assert "2 works from before 2019 are not drawn." in home


# What notes tell


@pytest.fixture
def published(crawled, project):
    """The site of real notes, of which one is open."""
    crawled("publish", "site")
    return project / "site"


def test_a_published_note_has_a_page_with_its_sentences(published):
    page = html.fromstring((published / "notes" / "on-hedges.html").read_bytes())
    assert page.xpath("string(//h1)") == "On hedges"
    assert page.xpath("string(//main//time)") == "2023-05-06"
    said = [" ".join(each.text_content().split()) for each in page.xpath("//blockquote")]
    assert said[0] == "Begin with Hedges, observed, which is patient."


def test_a_work_shows_which_published_note_cites_it_and_in_which_words(published):
    pages = [
        name for name, text in files_of(published).items() if b"which is patient" in text and name.startswith("works/")
    ]
    page = html.fromstring((published / pages[0]).read_bytes())
    assert page.xpath("//section[h2='In the notes']//a/@href") == ["../notes/on-hedges.html"]


def test_a_work_of_a_published_note_is_news_on_the_day_of_the_note(published):
    feed = etree.fromstring((published / "feed.xml").read_bytes())
    assert feed.xpath("string(a:entry/a:updated)", namespaces=ATOM) == "2023-05-06T00:00:00Z"
    assert any("which is patient" in said for said in feed.xpath("//a:summary/text()", namespaces=ATOM))


def test_without_an_address_nothing_is_absolute(published):
    assert not (published / "sitemap.xml").exists()
    feed = etree.fromstring((published / "feed.xml").read_bytes())
    links = feed.xpath("//a:link[not(@rel='related')]/@href", namespaces=ATOM)
    assert links
    assert not any("://" in link for link in links)


def test_search_knows_titles_people_and_published_sentences(published):
    rows = json.loads((published / "search.json").read_text("utf-8"))["works"]
    (hedges,) = (row for row in rows if row[1] == "Hedges, observed")
    assert (published / "works" / f"{hedges[0]}.html").is_file()
    assert "which is patient" in hedges[5]
    (soil,) = (row for row in rows if row[1] == "Soil and patience")
    assert soil[2:4] == ["Ada Roe", "2020"]


def test_a_site_is_never_read_as_notes(crawled, published, project):
    before = crawled.data("status")
    crawled("crawl", ".", "--offline", "--silent")
    paths = {row[0] for row in crawled.rows("SELECT path FROM notes")}
    assert paths == {"notes/open.md", "notes/mine.bib", "notes/clients/SECRET-folder/SECRET-file.md"}, before


# What can go wrong


def test_a_library_that_is_not_there(litdb, tmp_path):
    litdb("publish", str(tmp_path / "site"), code=1)
    assert "There is no library" in litdb.told
    assert not (tmp_path / "site").exists()


def test_a_folder_of_others_is_refused_before_anything_is_read(crawled, project):
    crawled("publish", "notes", code=1)
    assert "is no site of litdb's, so it stays as it is" in crawled.told
    assert sorted(each.name for each in (project / "notes").iterdir()) == ["clients", "mine.bib", "open.md"]


@pytest.mark.parametrize(
    "address", ["me.example/list", "ftp://me.example", "https://me.example/?a=b", "https://me@x.example"]
)
def test_an_address_that_is_none(crawled, project, address):
    crawled("publish", "site", "--base-url", address, code=2)
    assert "--base-url" in crawled.told


def test_an_empty_library(litdb, tmp_path):
    (tmp_path / "empty").mkdir()
    litdb("crawl", str(tmp_path / "empty"), "--offline", "--silent")
    data = litdb.data("publish", str(tmp_path / "site"))
    assert (data["works"], data["notes"]) == (0, 0)
    assert not (tmp_path / "site" / "feed.xml").exists()


def test_people_whom_an_entry_leaves_out_are_told(litdb, tmp_path):
    entry = "@book{art, author = {Knuth, Donald E. and others}, editor = {Bee, Ann and others}, title = {The Art}}\n"
    (tmp_path / "mine.bib").write_text(entry)
    litdb("crawl", str(tmp_path), "--offline")
    litdb("publish", str(tmp_path / "site"))
    files = {name: content.decode() for name, content in files_of(tmp_path / "site").items()}
    page = next(text for text in files.values() if "Cite it" in text)
    said = html.fromstring(page).text_content()
    assert "Donald E. Knuth, et al." in said
    assert "Edited by Ann Bee, et al." in said
    assert "{Knuth, Donald E. and others}" in page
    assert "{Knuth, Donald E. and others}" in files["references.bib"]
    assert json.loads(files["references.json"])[0]["author"][-1] == {"literal": "others"}
    assert "Donald E. Knuth, et al., Ann Bee, et al." in files["search.json"]
    assert ">others<" not in files["people/index.html"] + page
