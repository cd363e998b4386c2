"""Forty addresses over three days on the little web: what `litdb check --links` makes of each."""

from __future__ import annotations

from collections import Counter

import pytest

from days import days
from litdb.demo.faults import FAULTS, LINE_FAULTS
from litdb.demo.sites.wayback import Capture, wayback
from litdb.demo.wire import Reply, at, moved, page

__all__ = ["days"]

APART = 31
"""Days between two looks: what answered is looked at again after 30."""

WORDS = "<p>Frost comes early to the upper beds, and the hedge keeps it there until noon.</p>" * 30


def article(title, head=""):
    return page(
        f'<!DOCTYPE html><html><head><title>{title}</title><meta property="og:type" content="article">{head}</head>'
        f"<body><article><h1>{title}</h1>{WORDS}</article></body></html>"
    )


PUBLISHED = (
    '<meta property="article:published_time" content="2020-02-03T10:00:00Z"><meta name="author" content="Ada Invented">'
)
REPLIES = {
    "ok": article("Frost in the upper beds", PUBLISHED),
    "on-404s": article("Page not found", PUBLISHED),
    "on-captchas": article("How captchas work", PUBLISHED),
    "pdf": Reply(200, b"%PDF-1.7 invented", (("Content-Type", "application/pdf"),)),
    "301": moved("https://new-home.example/frost", 301),
    "308": moved("https://new-home.example/frost", 308),
    "302": moved("https://new-home.example/frost", 302),
    "301-302": moved("https://stop-over.example/for-now", 301),
    "301-301": moved("https://stop-over.example/for-good", 301),
    "301-home": moved("https://new-home.example/", 301),
    "cannot-find": page("<title>We can't find that page</title><h1>We can't find that page</h1><a href=/>Home</a>"),
    "for-sale": page("<title>Buy this domain</title><h1>Buy this domain</h1>"),
    "to-the-list": moved("/blog", 302),
    "401": Reply(401, b"", ()),
}

CASES = {
    # what happens on each of three days → what is said after the third
    "alive": [
        "ok ok ok", "on-404s on-404s on-404s", "on-captchas on-captchas on-captchas", "pdf pdf pdf", "302 302 302",
        "301-302 301-302 301-302", "not-found ok ok", "ok not-found ok", "not-found not-found ok", "ok unreachable ok",
        "server-error server-error ok", "soft-404 home ok", "cloudflare cloudflare ok", "ok bad-certificate ok",
        "drop drop ok", "gone gone ok",
    ],
    "moved": ["301 301 301", "308 308 308", "301-301 301-301 301-301", "ok ok 301", "not-found ok 308"],
    "dead": [
        "not-found not-found not-found", "gone gone gone", "unreachable unreachable unreachable",
        "not-found unreachable gone",
    ],
    "dying": ["ok ok not-found", "ok not-found not-found", "not-found ok gone", "ok unreachable unreachable",
              "ok server-error server-error"],
    "soft-404": ["soft-404 soft-404 soft-404", "ok ok cannot-find", "ok for-sale for-sale"],
    "home-redirect": ["home home home", "ok 301-home 301-home", "ok ok to-the-list"],
    "walled": ["cloudflare cloudflare cloudflare", "cloudflare-200 cloudflare-200 cloudflare-200", "ok login login",
               "ok ok 401", "not-found not-found forbidden"],
}  # fmt: skip


@pytest.fixture
def forty(little_web):
    """The hosts, one for each case, and a function that makes a day of them."""
    plans = {}
    for state, lines in CASES.items():
        for number, line in enumerate(lines):
            plans[f"{state}-{number}.example"] = (state, line.split())
    today = {}

    def site(host):
        def part(call):
            if call.path == "/robots.txt":
                return None
            name = today[host]
            if call.path not in ("/2020/frost-in-beds", "/login", "/blog", "/"):
                return None
            due = REPLIES["ok"] if name in FAULTS or call.path in ("/", "/blog") else REPLIES.get(name, REPLIES["ok"])
            return FAULTS[name](call, due) if name in FAULTS else due

        return (part,)

    little_web.sites |= {host: site(host) for host in plans}
    little_web.sites |= {
        "new-home.example": (at({"/frost": REPLIES["ok"], "/": article("New home")}),),
        "stop-over.example": (
            at({"/for-now": moved("https://new-home.example/frost", 302), "/for-good": REPLIES["301"]}),
        ),
    }

    def dawn(day):
        little_web.mend()
        for host, (_, plan) in plans.items():
            today[host] = plan[day]
            if plan[day] in LINE_FAULTS:
                little_web.fault(host, plan[day])

    return plans, dawn


def states(litdb, hosts):
    told = litdb.data("check", "--select", "L", code=3)
    found = {each["url"].split("/")[2]: each["name"] for each in told}
    return {host: found.get(host, "alive") for host in hosts}


def test_forty_addresses_over_three_days(litdb, tmp_path, forty, days):
    plans, dawn = forty
    assert len(plans) >= 40
    note = tmp_path / "links.md"
    note.write_text("".join(f"- [frost](https://{host}/2020/frost-in-beds)\n" for host in plans))
    dawn(0)
    litdb("crawl", str(note))
    for day in (1, 2):
        days.pass_by(APART)
        dawn(day)
        litdb("check", "--links", code=3)
    matrix = Counter((plans[host][0], state) for host, state in states(litdb, plans).items())
    wrong = {pair: count for pair, count in matrix.items() if pair[0] != pair[1]}
    assert not wrong, wrong


@pytest.fixture
def note(tmp_path, little_web):
    """A note with one link that is gone, one that lives, and one paper."""
    little_web.sites |= {
        "gone.example": (at({"/frost": page("<title>404</title>", 404)}),),
        "lives.example": (at({"/frost": REPLIES["ok"]}),),
    }
    path = tmp_path / "n.md"
    path.write_text("<https://gone.example/frost> <https://lives.example/frost> <https://arxiv.org/abs/2204.06974>\n")
    return path


def of_links(litdb, *words, code=0):
    """The names of what is found about links, by address."""
    return {each["url"]: each["name"] for each in litdb.data("check", "--select", "L", *words, code=code)}


def test_what_fails_is_looked_at_once_a_day_until_it_is_dead(litdb, note, days, little_web):
    litdb("crawl", str(note))
    asked = [len(little_web.asked("gone.example"))]
    told = []
    for code in (0, 0, 3, 3):
        told.append(of_links(litdb, "--links", code=code))
        litdb("check", "--links", code=code)
        asked.append(len([call for call in little_web.asked("gone.example") if call.path == "/frost"]))
        days.pass_by(1)
    gone = "https://gone.example/frost"
    assert told == [{gone: "dying"}, {gone: "dying"}, {gone: "dead"}, {gone: "dead"}]
    assert asked[1:] == [1, 2, 3, 3]


def test_nobody_is_asked_about_what_an_answer_vouches_for(litdb, note, days, little_web):
    litdb("crawl", str(note))
    days.pass_by(1)
    asked = len(little_web.log)
    litdb("check", "--links")
    assert {call.host for call in little_web.log[asked:]} == {"gone.example"}
    days.pass_by(40)
    litdb("check", "--links", code=3)
    assert not little_web.asked("arxiv.org")


def test_silence_counts_only_on_a_day_on_which_somebody_answers(litdb, note, days, little_web):
    note.write_text("<https://gone.example/frost> <https://lives.example/frost>\n")
    little_web.fault("gone.example", "unreachable")
    litdb("crawl", str(note))
    gone = "https://gone.example/frost"
    little_web.fault("lives.example", "unreachable")
    for _ in range(3):
        days.pass_by(1)
        assert of_links(litdb, "--links") == {gone: "dying"}
    little_web.mend("lives.example")
    for state, code in (("dying", 0), ("dead", 3)):
        days.pass_by(1)
        assert of_links(litdb, "--links", code=code) == {gone: state}


def test_a_copy_comes_into_the_library_and_the_exports(litdb, note, days, little_web):
    litdb("crawl", str(note))
    copy = "20200102030405"
    little_web.sites |= wayback([Capture("https://gone.example/frost", copy, REPLIES["ok"].body.decode())])
    days.pass_by(31)
    told = litdb.data("check", "--links", "--archive", "--select", "L002")
    assert told[0]["archived"] == f"https://web.archive.org/web/{copy}/https://gone.example/frost"
    assert litdb.data("show", "https://gone.example/frost")["archived"] == told[0]["archived"]
    assert "20200102030405" in (litdb.library.parent / "references.bib").read_text()
    assert told[0]["archived"] in litdb("export", "references", "--archived")
    asked = len(little_web.log)
    litdb("check", "--archive")
    assert len(little_web.log) == asked


def test_no_library_is_said_and_none_is_made(litdb):
    litdb("check", "--links", code=1)
    assert "There is no library" in litdb.told
    assert not litdb.library.exists()


def test_the_library_says_it_of_every_address(litdb, note, days, little_web):
    litdb("crawl", str(note))
    days.pass_by(31)
    little_web.sites["lives.example"] = (at({"/frost": moved("https://new.example/frost")}),)
    little_web.sites["new.example"] = (at({"/frost": REPLIES["ok"]}),)
    litdb("check", "--links")
    assert litdb.rows("SELECT url, state, since, at, moved_to FROM addresses ORDER BY url") == [
        ("https://arxiv.org/abs/2204.06974", "alive", "2026-11-21", "2026-11-21T09:00:00Z", None),
        ("https://gone.example/frost", "dying", "2026-11-21", "2026-12-22T09:00:00Z", None),
        ("https://lives.example/frost", "moved", "2026-11-21", "2026-12-22T09:00:00Z", "https://new.example/frost"),
    ]
    assert "0 changes" in litdb("rebuild")


def test_fix_puts_the_copy_beside_what_once_lived(litdb, note, days, little_web, monkeypatch):
    monkeypatch.chdir(note.parent)
    little_web.sites |= wayback([Capture("https://lives.example/frost", "20200102030405", REPLIES["ok"].body.decode())])
    litdb("crawl", "n.md")
    little_web.fault("lives.example", "not-found")
    for code in (0, 3, 3):
        days.pass_by(31)
        litdb("check", "--links", "--archive", code=code)
    repairs = {each["old"]: each["new"] for each in litdb.data("fix")}
    assert repairs["https://lives.example/frost"].startswith("https://web.archive.org/web/20200102030405/")
