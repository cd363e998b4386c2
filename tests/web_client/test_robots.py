"""robots.txt by RFC 9309: what its status means, what its rules mean."""

from __future__ import annotations

import pytest

from litdb.model import Policy, Request
from litdb.web.robots import parse
from web_client.polite import ask
from web_client.servers import answer, serving, site, unused_port

POLICY = Policy(hosts=("127.0.0.1",), lane="127.0.0.1", interval=0.0)

RULES = [
    ("", "/x", True),
    ("User-agent: *\nDisallow: /", "/x", False),
    ("User-agent: *\nDisallow:", "/x", True),
    ("User-agent: other\nDisallow: /", "/x", True),
    ("User-agent: LitDB\nDisallow: /\nUser-agent: *\nAllow: /", "/x", False),
    ("User-agent: litdb\nAllow: /\nUser-agent: *\nDisallow: /", "/x", True),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", False),
    ("User-agent: *\nDisallow: /x\nAllow: /x", "/x", True),
    ("User-agent: *\nDisallow: /*.pdf$", "/paper.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/paper.pdf?x", True),
    ("User-agent: *\nDisallow: /*/draft", "/a/b/draft1", False),
    ("User-agent: a\nUser-agent: litdb\nDisallow: /x", "/x", False),
    ("User-agent: litdb\nDisallow: /a\n\nUser-agent: litdb\nDisallow: /b", "/a", False),
    ("\ufeffUser-agent: *\nDisallow: /x", "/x", False),
    ("User-agent: *\r\nDisallow: /x # drafts\r\n", "/x", False),
    ("User-agent: *\rDisallow: /x", "/x", False),
    ("User-agent: *\nDisallow: /g%C3%B6del", "/gödel", False),
    ("User-agent: *\nDisallow: /?s=", "/?s=1", False),
    ("<!doctype html><title>Not here</title>", "/x", True),
    ("User-agent: *\nDisallow: /X", "/x", True),
]


@pytest.mark.parametrize(("text", "path", "is_allowed"), RULES)
def test_the_rules_of_a_file(client, text, path, is_allowed):
    pages = {"/robots.txt": answer(200, text.encode())}
    with serving(site(pages)) as server:
        result = ask(client, Request("test", server.url(path), ()), POLICY)
    assert len(server.asked) == 1 + is_allowed
    if not is_allowed:
        assert (result.ended.outcome, result.ended.reason) == (
            "forbidden",
            "the robots.txt of 127.0.0.1 asks not to fetch this",
        )


STATUSES = [(200, True), (204, True), (301, True), (400, True), (401, True), (403, True), (404, True), (410, True),
            (451, True), (429, False), (500, False), (502, False), (503, False), (504, False)]  # fmt: skip


@pytest.mark.parametrize(("status", "is_allowed"), STATUSES)
def test_what_its_status_means(client, status, is_allowed):
    with serving(site({"/robots.txt": answer(status), "/x": answer(200, b"page")})) as server:
        result = ask(client, Request("test", server.url("/x"), ()), POLICY)
    assert server.targets == ["/robots.txt", "/x"][: 1 + is_allowed]
    if not is_allowed:
        assert result.ended.outcome == ("rate-limited" if status in (429, 503) else "unreachable")
        assert "robots.txt" in result.ended.reason


def test_a_site_that_is_not_there_is_unreachable(client):
    result = ask(client, Request("test", f"http://127.0.0.1:{unused_port()}/x", ()), POLICY)
    assert result.ended.outcome == "unreachable"
    assert result.ended.reason == "127.0.0.1 refused the connection, asked for its robots.txt"


def test_a_file_that_cannot_be_read_forbids_for_the_whole_run(client):
    pages = {"/robots.txt": answer(500), "/x": answer()}
    with serving(site(pages)) as server:
        ask(client, Request("test", server.url("/x"), ()), POLICY)
        pages["/robots.txt"] = answer(200)
        again = ask(client, Request("test", server.url("/x"), ()), POLICY)
    assert (again.ended.outcome, server.targets) == ("unreachable", ["/robots.txt"])


def test_a_site_that_was_only_busy_is_asked_again(client):
    pages = {"/robots.txt": answer(429), "/x": answer(200, b"page")}
    with serving(site(pages)) as server:
        ask(client, Request("test", server.url("/x"), ()), POLICY)
        pages["/robots.txt"] = answer(200)
        again = ask(client, Request("test", server.url("/x"), ()), POLICY)
    assert again.ended.body == b"page"


def test_it_is_read_once_a_run(client):
    with serving(site({"/robots.txt": answer(200), "/x": answer(), "/y": answer()})) as server:
        for path in ("/x", "/y"):
            ask(client, Request("test", server.url(path), ()), POLICY)
    assert server.targets == ["/robots.txt", "/x", "/y"]


def test_it_may_be_redirected_five_times(client):
    pages = {f"/r{n}": answer(302, location=f"/r{n + 1}") for n in range(1, 5)}
    pages |= {"/robots.txt": answer(302, location="/r1"), "/r5": answer(200, b"User-agent: *\nDisallow: /")}
    with serving(site(pages)) as server:
        assert ask(client, Request("test", server.url("/x"), ()), POLICY).ended.outcome == "forbidden"


def test_a_circle_of_redirects_is_no_file(client):
    with serving(site({"/robots.txt": answer(302, location="/robots.txt"), "/x": answer(200, b"page")})) as server:
        assert ask(client, Request("test", server.url("/x"), ()), POLICY).ended.body == b"page"


def test_only_the_first_500_kb_count(client):
    text = b"User-agent: *\nAllow: /\n" + b"#" * 600_000 + b"\nDisallow: /x"
    with serving(site({"/robots.txt": answer(200, text), "/x": answer(200, b"page")})) as server:
        assert ask(client, Request("test", server.url("/x"), ()), POLICY).ended.body == b"page"


def test_programming_interfaces_are_asked_without(client):
    policy = Policy(("127.0.0.1",), "api", 0.0, robots=False)
    with serving(site({"/x": answer()})) as server:
        ask(client, Request("test", server.url("/x"), ()), policy)
    assert server.targets == ["/x"]


def test_where_a_redirect_leads_is_asked_for_its_rules_too(client):
    with (
        serving(site({"/robots.txt": answer(200, b"User-agent: *\nDisallow: /private")})) as there,
        serving(site({"/robots.txt": answer(404), "/x": answer(302, location=there.url("/private"))})) as here,
    ):
        result = ask(client, Request("test", here.url("/x"), ()), POLICY)
    assert (result.ended.outcome, there.targets) == ("forbidden", ["/robots.txt"])


@pytest.mark.parametrize(
    ("line", "delay"),
    [("Crawl-delay: 3", 3.0), ("Crawl-Delay: 0.5", 0.5), ("Crawl-delay: 86400", 30.0), ("Crawl-delay: -1", 0.0),
     ("Crawl-delay: nan", 0.0), ("Crawl-delay: inf", 0.0), ("Crawl-delay: soon", 0.0), ("", 0.0)],
)  # fmt: skip
def test_crawl_delay_is_seconds_within_reason(line, delay):
    assert parse(f"User-agent: *\n{line}\nDisallow: /x").delay == delay
