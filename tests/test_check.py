"""litdb check: every code planted and found, none on a clean library; scope, selection, exit codes, explanations."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from conftest import SEEDS
from days import days
from litdb.checks.codes import CODES
from litdb.demo.faults import FAULTS
from litdb.demo.wire import at, moved, page
from litdb.files.replacing import replace_file

__all__ = ["days"]

ROOT = Path(__file__).parents[1]
WORDS = "<p>Frost comes early to the upper beds, and the hedge keeps it there until noon.</p>" * 30


def article(title, author="Ada Invented", day="2020-02-03"):
    """A page that says what it is called, and as much of the rest as is given."""
    head = f'<meta name="author" content="{author}">' if author else ""
    head += f'<meta property="article:published_time" content="{day}T10:00:00Z">' if day else ""
    return page(
        f'<!DOCTYPE html><html><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:type" content="article">{head}</head>'
        f"<body><article><h1>{title}</h1>{WORDS}</article></body></html>"
    )


def always(name):
    return (lambda call: FAULTS[name](call, article("Home")),)


SITES = {
    "dead.example": (at({"/x": page("<title>404</title>", 404)}),),
    "dying.example": (at({"/x": page("<title>404</title>", 404)}),),
    "soft.example": always("soft-404"),
    "home.example": always("home"),
    "moved.example": (at({"/x": moved("https://good.example/moved")}),),
    "walled.example": always("cloudflare"),
    "good.example": (
        at(
            {
                "/moved": article("What moved"),
                "/undated": article("Without a day", day=""),
                "/authorless": article("Without a name", author=""),
                "/one": article("Hedges of the north and their keepers"),
                "/shouted": article("THE FROST COMES EARLY TO THE UPPER BEDS"),
                "/conflict": article("What the note says otherwise"),
                "/clash-one": article("One clash", "Jane Roe"),
                "/clash-two": article("Another clash", "Jane Roe"),
                "/fine": article("Nothing to say about this one"),
                "/2021/03/04/lone": article("A day in its address alone", day=""),
            }
        ),
    ),
    "other.example": (at({"/two": article("Hedges of the north and their keepers")}),),
}
NOTE = """# Planted
- <https://dead.example/x>
- <https://soft.example/a-page>
- <https://home.example/some/deep-page>
- <https://moved.example/x>
- <https://walled.example/x>
- [@nobody2020]
- <https://good.example/undated>
- <https://good.example/authorless>
- <https://good.example/one> <https://other.example/two>
- <https://good.example/shouted>
- <https://good.example/2021/03/04/lone>
- <https://arxiv.org/abs/2209.00626v1>
- <https://arxiv.org/abs/2204.06974>
- [said](https://good.example/conflict) (04.02.2019)
- <https://good.example/fine>
"""
BIB = "@misc{{clash2020, title = {{{title}}}, author = {{Roe, Jane}}, year = 2020, url = {{{url}}}}}\n"
PLANTED = {
    # code → line of the note, or the other note
    "L001": {"n.md:2"},
    "L002": {"late.md:1"},
    "L003": {"n.md:3"},
    "L004": {"n.md:4"},
    "L005": {"n.md:5"},
    "L006": {"n.md:6"},
    "L007": {"unread.md:1"},
    "L008": {"n.md:7"},
    "W001": {"n.md:8"},
    "W002": {"n.md:9"},
    "W003": {"n.md:10"},
    "W004": {"two.bib:1"},
    "W011": {"odd.bib:1"},
    "W005": {"n.md:11"},
    "W006": {"n.md:12"},
    "W008": {"n.md:13"},
    "W009": {"n.md:14"},
    "W010": {"n.md:15"},
    "N001": {"broken.md:1"},
}


@pytest.fixture
def planted(litdb, tmp_path, days, little_web):
    """A folder with every fault in it, crawled and looked at over three days."""
    little_web.sites |= SITES
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "n.md").write_text(NOTE)
    (notes / "one.bib").write_text(BIB.format(title="One clash", url="https://good.example/clash-one"))
    (notes / "two.bib").write_text(BIB.format(title="Another clash", url="https://good.example/clash-two"))
    odd = BIB.format(title="Nothing to say about this one", url="https://good.example/fine")
    (notes / "odd.bib").write_text(odd.replace("clash2020", "odd&key"))
    (notes / "broken.md").write_text("````\nnever closed\n")
    litdb("crawl", str(notes))
    litdb("set", "https://arxiv.org/abs/2204.06974", "status", "retracted")
    for _ in range(2):
        days.pass_by(1)
        litdb("check", "--links", code=3)
    (notes / "late.md").write_text("<https://dying.example/x>\n")
    litdb("crawl", str(notes))
    (notes / "unread.md").write_text("<https://unread.example/x>\n")
    litdb("crawl", str(notes), "--offline")
    return notes


def places(found):
    """Where each code was found, by the name of the note and the line."""
    told = {}
    for each in found:
        told.setdefault(each["code"], set()).add(f"{each['note'].rpartition('/')[2]}:{each['line']}")
    return told


def test_each_code_is_found_where_it_was_planted(litdb, planted):
    told = places(litdb.data("check", code=3))
    missed = {code: (due, told.get(code)) for code, due in PLANTED.items() if not due <= told.get(code, set())}
    assert not missed
    assert set(PLANTED) | {"W007"} == {each.code for each in CODES}
    fine = [code for code, spots in told.items() if "n.md:16" in spots]
    assert not fine


def test_what_was_read_long_ago_is_stale(litdb, tmp_path, days, little_web):
    little_web.sites |= SITES
    note = tmp_path / "n.md"
    note.write_text("<https://good.example/fine>\n")
    litdb("crawl", str(note))
    assert litdb.data("check") == []
    days.pass_by(400)
    assert places(litdb.data("check")) == {"W007": {"n.md:1"}}


def test_a_clean_library_has_only_what_is_true_of_it(litdb, tmp_path, little_web):
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    litdb("crawl", str(seeds))
    told = litdb.data("check", "--strict", code=3)
    assert {(each["code"], each["url"] or each["note"]) for each in told} == {
        ("N001", "seeds/deep-learning-perspective.md"),  # a fence there is never closed
        ("L006", "https://deepmindsafetyresearch.medium.com/scalable-agent-alignment-via-reward-modeling-bf4ab06dfd84"),
    }
    litdb("check", "--strict", "--ignore", "N001")


@pytest.fixture
def small(litdb, tmp_path, monkeypatch, little_web):
    """Two notes, one of them with a work without author, the other with one without date."""
    little_web.sites |= SITES
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes" / "deep").mkdir(parents=True)
    (tmp_path / "notes" / "a.md").write_text("<https://good.example/undated>\n")
    (tmp_path / "notes" / "deep" / "b.md").write_text("\n<https://good.example/authorless>\n")
    litdb("crawl", "notes")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ((), {"W001", "W002"}),
        (("notes",), {"W001", "W002"}),
        (("notes/deep",), {"W002"}),
        ((".",), {"W001", "W002"}),
        (("..",), {"W001", "W002"}),
        (("notes/deep/../../..",), {"W001", "W002"}),
        (("b.md",), {"W002"}),
        (("inventedDay",), {"W001"}),
        (("https://good.example/undated", "notes/deep/b.md"), {"W001", "W002"}),
        (("--select", "W001"), {"W001"}),
        (("--select", "undated"), {"W001"}),
        (("--select", "W", "--ignore", "authorless"), {"W001"}),
        (("--ignore", "W001,W002"), set()),
    ],
)
def test_what_is_asked_for(litdb, small, words, codes):
    assert set(places(litdb.data("check", *words))) == codes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--select", "X1"), "“X1” is no code"),
        (("--select", ""), "“” is no code"),
        (("--explain", "nothing"), "“nothing” is no code"),
        (("nowhere.md",), "neither a note"),
    ],
)
def test_what_means_nothing_is_said(litdb, small, words, said):
    litdb("check", *words, code=2)
    assert said in litdb.told


def test_a_folder_without_notes_is_said(litdb, small, tmp_path):
    (tmp_path / "empty").mkdir()
    litdb("check", "empty", code=2)
    assert "There is no note of the library in empty" in litdb.told


def test_the_exit_code_is_fit_for_a_pipeline(litdb, small, tmp_path):
    litdb("check")
    litdb("check", "--strict", code=3)
    litdb("set", "inventedDay", "status", "retracted")
    litdb("check", code=3)
    litdb("check", "--ignore", "W009")


def test_lines_begin_with_the_place_and_the_code(litdb, small):
    assert litdb("check").splitlines() == [
        "notes/a.md:1:1: W001 undated: inventedDay has no date",
        "notes/deep/b.md:2:1: W002 authorless: Name2020 has no authors",
    ]
    assert "2 warnings" in litdb.told


def test_json_says_all_of_it(litdb, small):
    assert litdb.data("check", "--select", "W001") == [
        {
            "code": "W001", "name": "undated", "level": "warning", "sentence": "inventedDay has no date",
            "do": "`litdb set KEY date 2022-08-30`, or write the date into parentheses behind the link.",
            "note": "notes/a.md", "line": 1, "column": 1, "key": "inventedDay",
            "identifier": "url:https://good.example/undated", "url": None, "reason": None, "since": None,
            "looked_at": None, "moved_to": None, "archived": None,
        }
    ]  # fmt: skip


@pytest.mark.parametrize("code", [each.code for each in CODES])
def test_each_code_is_explained(litdb, code):
    told = litdb("check", "--explain", code.lower())
    known = next(each for each in CODES if each.code == code)
    assert told.splitlines()[0] == f"{code} {known.name} ({known.level})"
    assert json.loads(litdb("check", "--explain", known.name, "--json"))["meaning"] == known.meaning


def explained():
    """`docs/checks.md`: how it begins, and a section for each code, from the table of codes."""
    start = (ROOT / "docs" / "checks.md").read_text("utf-8").partition(f"\n## {CODES[0].code} ")[0]
    sections = (
        f"## {each.code} {each.name}\n\n*{each.level}*\n\n{each.meaning}\n\n"
        f"```text\n{each.example}\n```\n\n{each.advice}\n"
        for each in CODES
    )
    return "\n".join([start, *sections])


def test_the_page_of_codes_is_the_table_of_codes():
    path = ROOT / "docs" / "checks.md"
    if os.environ.get("LITDB_WRITE_DOCS"):
        replace_file(path, explained())
    assert path.read_text("utf-8") == explained()
