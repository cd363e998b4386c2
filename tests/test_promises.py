"""What README promises: no note is changed unasked, no date is invented, and what could not be reached is named."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from litdb.commands import COMMANDS, main
from litdb.demo.faults import FAULTS, LINE_FAULTS
from litdb.demo.library import demo_web
from litdb.demo.server import LittleWeb
from litdb.demo.wire import at, page

NOTE, WORK = "demo/notes/garden.md", "hollowayHowHedgeWas2020"
HEDGE, SEEDLINGS = "https://plain.example/hedge.html", "quillfeatherSeedlingsSuperposition2021"

UNASKED = {
    "crawl": f"crawl demo/notes {NOTE} --refresh",
    "add": "add https://journal.example/garden/2021/7",
    "add-page": "add-page https://walled-garden.example/roots saved.html",
    "import": "import other.bib",
    "identify": "identify arXiv:2203.99001",
    "list": "list --all",
    "show": f"show {WORK} --why",
    "search": "search hedge",
    "export": "export references",
    "bib": f"bib {NOTE} --offline",
    "refs": f"refs {NOTE} --fill --add --titles --front-matter --diff",
    "next": "next",
    "graph": "graph export json",
    "check": "check --links",
    "fix": "fix",
    "why": f"why {WORK}",
    "conflicts": "conflicts",
    "verify": f"verify {NOTE} --offline",
    "duplicates": "duplicates",
    "same": f"same {WORK} https://walled-garden.example/roots",
    "split": f"split {HEDGE} https://walled-garden.example/roots",
    "set": f"set {WORK} date 2020-04-03",
    "unset": f"unset {WORK} date",
    "key": f"key {WORK} hedge",
    "person": "person fernsby Fernsby",
    "log": "log",
    "forget": "forget demo/notes/meeting.md --yes",
    "backup": "backup copy/",
    "archive": "archive --warc answers.warc",
    "rebuild": "rebuild",
    "status": "status",
    "sources": "sources",
    "dump": "dump",
    "demo": "demo --db other/",
    "publish": "publish site/",
    "facts": "facts export commons/",
}
"""A call of every command that does as much as it can without being asked to write into notes."""

NEEDS = {"unset": "set"}
"""What has to be done before, whichever commands were tried already."""

ONLY_LOOK = {"browse", "open"}
"""These serve the library or open a browser; tests/browse/ and tests/chromium/ have them."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The folder of a demo, the program standing in it, its web still there."""
    folder = tmp_path_factory.mktemp("promises")
    with pytest.MonkeyPatch.context() as patch, demo_web() as web:
        patch.chdir(folder)
        for name, value in {**web.environment(), "LITDB_PACE": "0", "LITDB_DB": "demo/"}.items():
            patch.setenv(name, value)
        (folder / "saved.html").write_text("<title>Roots</title><h1>Roots</h1><p>An invented page.</p>")
        (folder / "other.bib").write_text("@misc{a, title={Another}, url={https://almanac.example/frost-dates/}}")
        assert CliRunner().invoke(main, ["demo", "--db", "demo/"]).exit_code == 0
        yield folder


def state(folder):
    """Every file among the notes with its bytes and the time of its last change."""
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in (folder / "demo" / "notes").iterdir()
        if path.name != "corrections.toml"
    }


def test_every_command_is_tried():
    assert set(UNASKED) | ONLY_LOOK == set(COMMANDS)


@pytest.mark.parametrize("command", UNASKED)
def test_no_command_changes_a_note_unasked(demo, command):
    before = state(demo)
    for each in filter(None, (NEEDS.get(command), command)):
        ran = CliRunner().invoke(main, UNASKED[each].split())
    assert ran.exit_code in (0, 1), ran.output
    assert state(demo) == before


def test_asked_for_it_does(demo):
    before = state(demo)
    CliRunner().invoke(main, ["refs", NOTE, "--fill", "--write"])
    assert {name for name, was in before.items() if state(demo)[name] != was} == {"garden.md"}


# Dates

DATELESS = """<!DOCTYPE html><html><head><title>An undated page</title>
<meta property="article:modified_time" content="2021-05-06T07:08:09Z"></head>
<body><h1>An undated page</h1><p>{words}</p>{trap}<footer>© 2011-2024</footer></body></html>"""
TRAPS = {
    "an-edit": "<p>Last updated: May 6, 2021</p>",
    "a-comment": "<section id='comments'><article><p>Ann, <time datetime='2020-01-02'>2 January 2020</time></p></article></section>",
    "another-post": "<section class='related'><a href='/other'>Other</a> <time datetime='2019-03-04'>2019-03-04</time></section>",
    "an-event": "<p>The meeting was on 3 March 2018, in the rain.</p>",
    "2016/uploads/picture.png.html": "<img src='/2016/05/picture.png'>",
}


@pytest.fixture
def crawled(litdb, tmp_path, monkeypatch):
    """The works of a note that cites these pages: crawled({path: html})."""

    def crawl(pages):
        replies = {f"/{path}": page(html).with_headers(("Last-Modified", "Tue, 03 May 2022 10:00:00 GMT")) for path, html in pages.items()}  # fmt: skip
        (tmp_path / "note.md").write_text("".join(f"- <https://undated.example/{path}>\n" for path in pages))
        with LittleWeb({"undated.example": (at(replies),)}) as web:
            for name, value in web.environment().items():
                monkeypatch.setenv(name, value)
            litdb("crawl", str(tmp_path / "note.md"))
        return litdb.data("list")

    return crawl


@pytest.mark.parametrize("trap", TRAPS)
def test_a_date_that_nobody_says_stays_empty(crawled, trap):
    (work,) = crawled({trap: DATELESS.format(words="Invented words. " * 40, trap=TRAPS[trap])})
    assert (work["title"], work.get("date")) == ("An undated page", None)


@pytest.mark.parametrize("day", ["2017", "2017-06", "2017-06-05"])
def test_a_date_is_as_precise_as_it_was_said(crawled, day):
    said = DATELESS.replace("</head>", f"<meta name='citation_publication_date' content='{day}'></head>")
    (work,) = crawled({"a": said.format(words="Invented words. " * 40, trap="")})
    assert work["date"] == day


# What could not be reached

SLOW = frozenset("drip endless timeout bomb rate-limit unavailable".split())
"""They hang, or ask to be waited for; tests/web_client/ has them."""


@pytest.mark.parametrize("fault", sorted((FAULTS.keys() | LINE_FAULTS) - SLOW))
def test_whatever_goes_wrong_is_named(litdb, tmp_path, monkeypatch, fault):
    (tmp_path / "note.md").write_text(f"<{HEDGE}>")
    with demo_web() as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        web.fault("plain.example", fault)
        litdb("crawl", str(tmp_path / "note.md"))
    (work,) = litdb.data("status")["needs_attention"]
    assert work["outcome"] != "ok"
    assert work["reason"]
    assert litdb.data("list")[0].get("title") in (None, "How a hedge was lost")
