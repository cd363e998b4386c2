"""robots.txt by RFC 9309: what its rules mean, what it means that it cannot be read, what it may cost."""

from __future__ import annotations

import gzip
import time

import pytest

from litdb.text.urls import read_url
from litdb.web.client import Client
from litdb.web.endings import Ended
from litdb.web.robots import ENOUGH_BYTES, parse, robots_request, rules_from
from web_client.figures import tell
from web_client.servers import answer, dripping, serving, site, unused_port

FILLER = "# " + "x" * 97 + "\n"

RULES = {
    "no rule": ("", {"/x": True}),
    "the longest match decides, whatever comes first": (
        "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c",
        {"/a/x": False, "/a/b/x": True, "/a/b/c/x": False, "/b": True},
    ),
    "of two as long, allow does": ("User-agent: *\nDisallow: /page\nAllow: /page", {"/page": True}),
    "stars count as octets": ("User-agent: *\nAllow: /a\nDisallow: /*b", {"/ab": False}),
    "a path is a prefix": ("User-agent: *\nDisallow: /fish", {"/fish.html": False, "/fisheries": False, "/Fish": True, "/a/fish": True}),
    "* stands for anything, nothing too": ("User-agent: *\nDisallow: /a*b*c", {"/abc": False, "/axxbyyczz": False, "/acb": True}),
    "* at the end changes nothing": ("User-agent: *\nDisallow: /fish*", {"/fish": False, "/fishing": False, "/fis": True}),
    "$ is the end": ("User-agent: *\nDisallow: /*.php$", {"/a.php": False, "/a.php?x": True, "/a.php5": True, "/.php/b.php": False}),
    "$ elsewhere is a letter": ("User-agent: *\nDisallow: /a$b", {"/a$b": False, "/a": True, "/a%24b": False}),
    "the end after a star": ("User-agent: *\nAllow: /\nDisallow: /*a*a$", {"/a": True, "/aa": False, "/aba": False, "/abab": True}),
    "our group instead of everybody's": ("User-agent: *\nDisallow: /\n\nUser-agent: litdb\nDisallow: /own", {"/x": True, "/own": False}),
    "an empty group of ours": ("User-agent: litdb\nDisallow:\n\nUser-agent: *\nDisallow: /", {"/x": True}),
    "a group of several names": ("User-agent: a\nUser-agent: litdb\nUser-agent: b\nDisallow: /x\n\nUser-agent: b\nDisallow: /y", {"/x": False, "/y": True}),
    "groups with one name are one": ("User-agent: litdb\nDisallow: /a\n\nUser-agent: b\nDisallow: /b\n\nUser-agent: LitDB\nDisallow: /c", {"/a": False, "/b": True, "/c": False}),
    "names are whole product tokens": ("User-agent: lit\nDisallow: /a\nUser-agent: litdbot\nDisallow: /b\nUser-agent: litdb-notes\nDisallow: /c\nUser-agent: my-litdb\nDisallow: /d", {"/a": True, "/b": True, "/c": True, "/d": True}),
    "a version is no part of a name": ("User-agent: LITDB/2.1 (reads notes)\nDisallow: /x", {"/x": False}),
    "rules before any name are nobody's": ("Disallow: /\nUser-agent: *\nDisallow: /x", {"/y": True, "/x": False}),
    "other lines end no group": ("User-agent: *\nSitemap: https://example.org/s.xml\nHost: example.org\nnonsense\nDisallow: /x", {"/x": False}),
    "empty lines end no group": ("User-agent: litdb\n\n\nDisallow: /a\n\nDisallow: /b", {"/a": False, "/b": False}),
    "comments, blanks and case": ("  USER-AGENT :\tlitdb   # us\n\tDISALLOW:/x# all of it\n#Disallow: /y", {"/x": False, "/y": True}),
    "line breaks of every kind": ("User-agent: *\rDisallow: /a\r\nDisallow: /b\nDisallow: /c", {"/a": False, "/b": False, "/c": False}),
    "a byte order mark": ("\ufeffUser-agent: *\nDisallow: /x", {"/x": False}),
    "percent-encoding is evened out": ("User-agent: *\nDisallow: /g%c3%b6del\nDisallow: /%7Eada\nDisallow: /a%62c", {"/g%C3%B6del": False, "/gödel": False, "/~ada": False, "/abc": False}),
    "other letters than ASCII": ("User-agent: *\nDisallow: /gödel/日本", {"/g%C3%B6del/%E6%97%A5%E6%9C%AC": False}),
    "an encoded slash is none": ("User-agent: *\nDisallow: /a%2fb", {"/a/b": True, "/a%2Fb": False, "/a%2fb": False}),
    "an encoded star is none": ("User-agent: *\nDisallow: /a%2ab", {"/axb": True, "/a*b": False, "/a%2Ab": False}),
    "queries count": ("User-agent: *\nDisallow: /*?s=\nDisallow: /q?x", {"/?s=1": False, "/a?b=1&s=2": True, "/q?xy": False, "/q": True}),
    "a page instead of a file": ("<!doctype html>\n<title>Not found</title><p>User-agent", {"/x": True}),
    "bytes that are no text": ("User-agent: *\nDisallow: /\udcff\nDisallow: /x", {"/x": False}),
    "what stands behind 500 kB": ("User-agent: *\nDisallow: /a\n" + FILLER * 5_200 + "Disallow: /b", {"/a": False, "/b": True}),
    "half a line at 500 kB": ("User-agent: *\n" + "# " + "x" * (ENOUGH_BYTES - 27) + "\nDisallow: /secret", {"/x": True}),
    "common misspellings": ("Useragent: *\nDissallow: /a\nDisalow: /b", {"/a": False, "/b": False}),
}  # fmt: skip


@pytest.fixture(scope="module")
def client():
    return Client(deadline=5, max_bytes=2_000_000, allow_private=frozenset({"127.0.0.1"}))


def rules_of(client, root):
    return rules_from(client.fetch(robots_request(read_url(root))))


@pytest.mark.parametrize("what", RULES)
def test_a_rule_means_what_the_standard_says(client, what):
    text, expected = RULES[what]
    body = text.encode("utf-8", "surrogateescape")
    with serving(site({"/robots.txt": answer(200, body)})) as server:
        rules = rules_of(client, server.root)
    assert {path: rules.allows(str(read_url(server.url(path)))) for path in expected} == expected


ALL, NONE, LATER = "all", "nothing", "rate-limited"

STATUSES = {
    **dict.fromkeys((200, 204), ALL),
    **dict.fromkeys((301, 302, 400, 401, 403, 404, 410, 418, 451), ALL),
    **dict.fromkeys((500, 501, 502, 504, 599), NONE),
    **dict.fromkeys((429, 503), LATER),
}
"""By status alone: a redirect here leads nowhere."""


def meaning(client, root):
    try:
        rules = rules_of(client, root)
    except Ended as ended:
        return ended.outcome
    if rules.unread:
        return NONE
    return ALL if rules.allows(root + "/x") else "not this"


@pytest.mark.parametrize(("status", "expected"), STATUSES.items())
def test_a_status_means_what_the_standard_says(client, status, expected):
    with serving(site({"/robots.txt": answer(status)})) as server:
        assert meaning(client, server.root) == expected


FORBIDS = b"User-agent: *\nDisallow: /"
CONDITIONS = {
    "five redirects": ({**{f"/{n}": answer(302, location=f"/{n + 1}") for n in range(5)}, "/robots.txt": answer(301, location="/0"), "/5": answer(200, FORBIDS)}, "not this"),
    "a redirect in a circle": ({"/robots.txt": answer(301, location="/robots.txt")}, ALL),
    "a redirect to a private host": ({"/robots.txt": answer(301, location="http://10.0.0.1/robots.txt")}, ALL),
    "cut short": ({"/robots.txt": answer(200, b"User-agent: *\n", length=100)}, NONE),
    "packed": ({"/robots.txt": answer(200, gzip.compress(FORBIDS), Content_Encoding="gzip")}, "not this"),
    "packed and cut short": ({"/robots.txt": answer(200, gzip.compress(FORBIDS)[:-9], length=None, Content_Encoding="gzip")}, NONE),
    "not packed as it says": ({"/robots.txt": answer(200, FORBIDS, Content_Encoding="gzip")}, ALL),
    "larger than a body may be": ({"/robots.txt": answer(200, FORBIDS + b"\n" + FILLER.encode() * 40_000)}, "not this"),
    "a bomb": ({"/robots.txt": answer(200, gzip.compress(FORBIDS + b"\n" + b"#" * 9_000_000), Content_Encoding="gzip")}, "not this"),
}  # fmt: skip


@pytest.mark.parametrize("what", CONDITIONS)
def test_a_file_that_is_hard_to_read(client, what):
    pages, expected = CONDITIONS[what]
    with serving(site(pages)) as server:
        assert meaning(client, server.root) == expected


def test_a_site_that_is_silent_or_away_allows_nothing():
    hasty = Client(deadline=0.3, allow_private=frozenset({"127.0.0.1"}))
    with serving(dripping(b"", b"")) as server:
        assert meaning(hasty, server.root) == NONE
    assert meaning(hasty, f"http://127.0.0.1:{unused_port()}") == NONE


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 3", 3.0),
        ("User-agent: *\nCrawl-delay: 0.5\nDisallow: /", 0.5),
        ("User-agent: *\ncrawl-delay:7 # seconds", 7.0),
        ("User-agent: *\nCrawl-delay: 2\nCrawl-delay: 5\nCrawl-delay: 1", 5.0),
        ("User-agent: *\nCrawl-delay: 9\n\nUser-agent: litdb\nCrawl-delay: 2", 2.0),
        ("User-agent: *\nCrawl-delay: 9\n\nUser-agent: litdb\nDisallow: /x", 0.0),
        ("User-agent: other\nCrawl-delay: 9", 0.0),
        ("User-agent: *\nCrawl-delay: 86400", 30.0),
        *((f"User-agent: *\nCrawl-delay: {value}", 0.0) for value in ("-1", "nan", "inf", "1e999", "soon", "", "3 s")),
    ],
)
def test_a_crawl_delay_is_seconds_within_reason(text, delay):
    assert parse(text).delay == delay


def test_the_figure(record_property):
    hard = len(CONDITIONS) + 2
    tell(record_property, f"robots.txt: {len(RULES)} rule cases, {len(STATUSES)} statuses, {hard} other endings")
    assert len(RULES) >= 21
    assert len(STATUSES) >= 12


COSTLY = {
    "many groups with many rules": "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "".join(f"Allow: /{n}\n" for n in range(20_000)),
    "our name many times": "User-agent: *\nUser-agent: litdb\n" * 8_000 + "".join(f"Allow: /{n}\n" for n in range(20_000)),
    "many rules": "User-agent: *\n" + "".join(f"Disallow: /{n}/*b*c$\n" for n in range(22_000)),
    "many stars": "User-agent: *\nDisallow: /" + "*a" * 240_000 + "*b$",
    "many escapes": "User-agent: *\nDisallow: /" + "%2F%C3%" * 70_000,
    "one long line": "User-agent: *" + " " * 500_000,
}  # fmt: skip


@pytest.mark.parametrize("what", COSTLY)
def test_no_file_of_500_kb_keeps_us_busy(record_property, what):
    url = "https://example.org/" + "a" * 5_000
    began = time.process_time()
    rules = parse(COSTLY[what])
    for _ in range(3):
        rules.allows(url)
    busy = time.process_time() - began
    tell(record_property, f"robots.txt: {what}: {busy:.2f} s CPU")
    assert busy <= 1.0
