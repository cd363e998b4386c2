"""The pages: what they show, to whom they lead, what they do with bad input and with what is hostile."""

import itertools
import json
import re
import sqlite3
from html import unescape
from urllib.parse import quote

import pytest
from lxml.html import fromstring

from browse.conftest import HOSTILE, Reader, made, tables

BASE = "/library/-"
REFERENCE = f"{BASE}/reference/roeHedges2022"
PAGES = ("home", "references", "references?q=hedge", "reference/roeHedges2022", "reference/hostile", "notes",
         "note/notes~2Freading~2Emd", "person/Ada+Roe", "attention", "reference/nothing",
         "timeline", "timeline?view=reading", "timeline?colour=site", "graph", "graph?of=roeHedges2022")  # fmt: skip


def words(html):
    """What a page says, without its markup."""
    apart = re.sub(r"</?(?:br|li|p|h\d|d[tdl]|t[dhr]|summary|section|details|div|button)\b[^>]*>", " ", html)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", apart)))


def keys(html):
    """The references that a page leads to, in its order."""
    found = re.findall(r'<h3><a href="[^"]*/-/reference/([^"]+)"', html)
    return list(dict.fromkeys(found))


def test_where_a_library_is_all_there_is_it_is_the_first_page(reader):
    assert reader("/").headers["location"] == f"{BASE}/home"


def test_home_says_how_much_there_is_and_what_needs_attention(reader):
    said = words(reader.page(f"{BASE}/home"))
    assert "4 works that 2 notes cite 7 times" in said
    assert "challenged: it asks for a browser" in said
    assert "Reading notes/reading.md, 2022-05-01" in said


def test_references_come_newest_first_with_people_date_site_and_mentions(reader):
    html = reader.page(f"{BASE}/references")
    assert keys(html) == ["roeHedges2022", "oakesSoil2021", "hostile", "walled"]
    assert "Hedges, observed Ada Roe, Ole van der Heide 2022-03-14 preprint arXiv cited 3 times" in words(html)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("type=preprint", ["roeHedges2022"]),
        ("site=The+Tide+Pool", ["oakesSoil2021"]),
        ("year=2021", ["oakesSoil2021"]),
        ("author=Ada+Roe", ["roeHedges2022"]),
        ("note=notes/a+b/meeting.md", ["roeHedges2022", "walled"]),
        ("note.tags=garden", ["roeHedges2022", "oakesSoil2021", "hostile"]),
        ("note.tags=soil&type=webpage", ["walled"]),
        ("note.status=read&year=2022", ["roeHedges2022"]),
        ("outcome=challenged", ["walled"]),
        ("type=book", []),
        ("note.colour=red", []),
        ("sort=oldest", ["hostile", "oakesSoil2021", "roeHedges2022", "walled"]),
        ("sort=mentions", ["roeHedges2022", "hostile", "oakesSoil2021", "walled"]),
        ("sort=nonsense&page=nonsense&_next=3", ["roeHedges2022", "oakesSoil2021", "hostile", "walled"]),
        ("page=99999999", []),
    ],
)
def test_references_are_narrowed_and_sorted(reader, asked, found):
    assert keys(reader.page(f"{BASE}/references?{asked}")) == found


def test_every_facet_is_there_with_its_counts(reader):
    html = reader.page(f"{BASE}/references")
    facets = re.findall(r'<h3 id="facet-\d+"><bdi>(.*?)</bdi>', html)
    assert facets == ["Type", "Site", "Year", "Outcome", "Author", "Note", "Tag of the note", "Note: status"]
    assert "soil 4 work 2" in words(html) or "soil 4 garden 3 work 2" in words(html)


@pytest.mark.parametrize(
    ("asked", "found", "marked"),
    [
        ("metre", ["roeHedges2022"], "<mark>metre</mark>"),
        ("privet", ["roeHedges2022"], "again the <mark>privet</mark>"),
        ("Oakes", ["oakesSoil2021"], "<mark>Oakes</mark>"),
        ("soil patience", ["oakesSoil2021"], "<mark>soil</mark>"),
        ('"AND (* NEAR', [], ""),
        ("nowhere", [], ""),
        ("?!", [], ""),
    ],
)
def test_search_finds_works_by_their_texts_and_where_they_are_cited(reader, asked, found, marked):
    html = reader.page(f"{BASE}/references?q={quote(asked)}")
    assert keys(html) == found
    assert marked in html


def test_words_of_a_title_are_marked_in_it_and_not_said_twice(reader):
    html = reader.page(f"{BASE}/references?q=patience")
    assert "<bdi>Soil and <mark>patience</mark></bdi></a></h3>" in html
    assert html.count("<mark>") == 2  # the other stands in the sentence that cites it
    assert "<mark>Patience</mark> with soil." in html


def test_what_a_search_finds_nothing_for_cannot_be_narrowed(reader):
    assert "Narrow the list" not in reader.page(f"{BASE}/references?q=nowhere")


def test_a_found_sentence_leads_to_its_line(reader):
    assert f'href="{BASE}/note/notes~2Freading~2Emd?line=9#L9"' in reader.page(f"{BASE}/references?q=privet")


@pytest.mark.parametrize(
    "said",
    [
        "Hedges, observed",
        "@misc{roeHedges2022,",
        "@online{roeHedges2022,",
        "A hedge that is paid by the metre",
        "Hedges begins with a hedge.",
        "notes/reading.md, line 4 · at v1 · 2022-05-01",
        "Another version Hedges, printed",
        "Cites, in words Ek, A.: Of <i>walls</i>. 1901.",
        "a newer version: v1 → v2",
        "revised after the note: 2022-05-01 → 2022-09-09",
        "https://arxiv.org/abs/1v1 moved, since 2026-01-01",
        "Copy in an archive: https://web.archive.org/web/2022/https://arxiv.org/abs/1",
        "date 3 they differ",
        "2022-04-01 differs",
        "Former keys: oldHedges",
    ],
)
def test_the_page_of_a_reference_says_all_that_is_known(reader, said):
    assert said in words(reader.page(REFERENCE))


def test_a_work_that_nobody_cites_has_a_page_by_its_identifier(reader):
    said = words(reader.page(f"{BASE}/reference/doi~3A10~2E1~2Fh"))
    assert "Hedges, printed" in said
    assert "No note cites it" in said


@pytest.mark.parametrize("name", ["oldHedges", "ROEHEDGES2022", "arxiv~3A2203~2E00001", "arxiv%3A2203.00001"])
def test_other_names_of_a_work_lead_to_its_page(reader, name):
    assert reader(f"{BASE}/reference/{name}").headers["location"] == REFERENCE


def test_an_unknown_key_gets_those_near_it(reader):
    answer = reader(f"{BASE}/reference/roeHedge2021")
    assert answer.status_code == 404
    assert "The library has no reference “roeHedge2021”." in words(answer.text)
    assert f'href="{REFERENCE}"' in answer.text


def test_a_note_has_a_dated_list_and_its_mentions_line_by_line(reader):
    html = reader.page(f"{BASE}/note/notes~2Freading~2Emd")
    said = words(html)
    assert "Hedges, observed (Ada Roe, Ole van der Heide) (2022-03-14)" in said
    assert "tags garden, soil" in said
    assert 'id="L12"' in html
    assert "mail is no work" in words(reader.page(f"{BASE}/note/notes~2Fa+b~2Fmeeting~2Emd"))


def test_a_line_far_down_is_on_the_page_that_is_shown(long_list):
    html = long_list.page(f"{BASE}/note/long~2Emd?line=2345")
    assert 'id="L2345"' in html
    assert "Page 24 of 25" in words(html)


def test_where_nothing_needs_attention_it_is_said(tmp_path):
    rows = {"works": [{**tables()["works"][0]}], "keys": [{"key": "roeHedges2022", "work": 1, "current": 1}]}
    reader = Reader(made(tmp_path / "library.db", rows))
    for page in ("home", "attention"):
        assert "Nothing: every work has been found, with people and a date." in reader.page(f"{BASE}/{page}")
    assert "1 work that 0 notes cite 0 times" in words(reader.page(f"{BASE}/home"))
    reader.close()


def test_a_person_has_a_page_with_works_and_colleagues(reader):
    html = reader.page(f"{BASE}/person/Ada+Roe")
    assert keys(html) == ["doi~3A10~2E1~2Fh", "roeHedges2022"]
    assert "Wrote with Ole van der Heide 1" in words(html)


def test_people_whom_the_users_entry_leaves_out_are_told(tmp_path):
    rows = tables()
    said = {"form": "bib", "type": "misc", "fields": {"author": "Oakes, Bram and others"}}
    entry = {"id": 99, "record": 1, "work": 2, "field": "entry", "value": json.dumps(said), "chosen": 0}
    rows["claims"] = [*rows["claims"], rows["claims"][0] | entry]
    reader = Reader(made(tmp_path / "library.db", rows))
    for page in ("references", "reference/oakesSoil2021", "note/notes~2Freading~2Emd"):
        html = words(reader.page(f"{BASE}/{page}"))
        assert "Bram Oakes, et al." in html
        assert html.count("et al.") == 1
    reader.close()


@pytest.mark.parametrize("path", ["note/none~2Emd", "person/Nobody", "reference/%00", "reference/" + "x" * 3000])
def test_what_is_not_there_is_said_with_404(reader, path):
    answer = reader(f"{BASE}/{path}")
    assert answer.status_code == 404
    assert "The library has no" in words(answer.text)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_hostile_is_shown_as_text_and_cut(reader, page):
    html = reader(f"{BASE}/{page}").text
    assert len(html) < 120_000
    assert not re.search(r'<script(?! src=)|<img(?! src="/library/-/)|<u>|<i>|<b>Eve', html)
    assert not [name for each in fromstring(html).iter() for name in each.attrib if name.startswith(("on", "style"))]
    assert not re.search(r'href="(?!/|https?://|#)', html)
    assert "\u202e" not in html


def test_what_is_long_can_be_had_longer(reader):
    html = reader.page(f"{BASE}/reference/hostile")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<summary>More</summary>" in html
    assert "further characters are left out here" in html


@pytest.mark.parametrize("page", PAGES)
def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(reader, page):
    answer = reader(f"{BASE}/{page}")
    loaded = re.findall(r'<(?:link|script|img|iframe)[^>]*?(?:href|src)="([^"]*)"', answer.text)
    assert loaded
    assert all(address.startswith(("/-/litdb/", "/library/-/")) for address in loaded)
    assert all(reader(address).status_code == 200 for address in loaded)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert not re.search(r"style=|<style|unsafe-inline", answer.text + answer.headers["content-security-policy"])


@pytest.mark.parametrize("page", PAGES)
def test_pages_have_one_first_heading_landmarks_and_no_id_twice(reader, page):
    html = reader(f"{BASE}/{page}").text
    ids = re.findall(r'\bid="([^"]*)"', html)
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert len(ids) == len(set(ids))
    assert all(re.search(rf"<{landmark}\b", html) for landmark in ("header", "nav", "main", "footer"))


def test_pages_work_below_another_address(library):
    reader = Reader(library, base_url="/notes/of/mine/")
    html = reader.page(f"{BASE}/home")
    assert reader("/").headers["location"] == "/notes/of/mine/library/-/home"
    assert all(
        address.startswith(("/notes/of/mine/", "#")) for address in re.findall(r'(?:href|src|action)="([^"]*)"', html)
    )
    assert reader("/-/litdb/style.css").status_code == 200
    reader.close()


@pytest.fixture
def foreign(tmp_path):
    """Another database beside the library: with a table of the same name, and a column `key`."""
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE works (key TEXT); INSERT INTO works VALUES ('roeHedges2022')")
    connection.close()
    return path


def test_other_databases_are_left_alone(library, foreign):
    reader = Reader(library, foreign)
    assert reader("/").status_code == 200
    assert "/-/reference/" not in reader.page("/other/works")
    assert reader("/other/works.bib").status_code == 400
    assert "no litdb library" in reader("/other/-/home").text
    assert reader("/other/-/home").status_code == 404
    assert f'href="{REFERENCE}"' in reader.page("/library/works")
    reader.close()


def test_a_file_of_somebody_else_alone_has_its_own_first_page(foreign):
    reader = Reader(foreign)
    assert reader("/").status_code == 200
    reader.close()


def test_who_may_not_see_the_database_sees_no_page_of_it(library, monkeypatch):
    reader = Reader(library)
    block = {"databases": {"library": {"allow": {"id": "root"}}}}
    monkeypatch.setattr(reader.datasette, "_metadata_local", block, raising=False)
    monkeypatch.setattr(reader.datasette, "config", block, raising=False)
    assert reader(f"{BASE}/home").status_code == 403
    reader.close()


def test_a_changed_library_is_read_anew(tmp_path):
    path = made(tmp_path / "library.db", tables())
    reader = Reader(path)
    assert "4 works" in words(reader.page(f"{BASE}/references"))
    rows = tables()
    made(path, {**rows, "works": [work for work in rows["works"] if work["id"] != 5], "mentions": rows["mentions"][:5],
                "authorships": [], "keys": [], "identifiers": []})  # fmt: skip
    assert "3 works" in words(reader.page(f"{BASE}/references"))
    reader.close()


def test_the_hostile_title_has_more_than_a_megabyte():
    assert len(HOSTILE) > 2**20
