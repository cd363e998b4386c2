"""A visit keeps its lane's pace, and tells the lane what it needs to keep it."""

from __future__ import annotations

import itertools
import time

from litdb.model import Policy, Request
from litdb.web.visit import ask
from web_client.servers import answer, serving, site

SLOWLY = Policy(hosts=("127.0.0.1",), lane="slow", interval=2.0)
PACE = 0.1
"""So the 2 s of the policy are 0.2 s here."""


def gaps(server):
    starts = [asked.at for asked in server.asked]
    return [later - earlier for earlier, later in itertools.pairwise(starts)]


def test_robots_and_page_start_an_interval_apart(client):
    with serving(site({"/x": answer()})) as server:
        result = ask(client, Request("test", server.url("/x"), ()), SLOWLY, pace=PACE)
    assert result.requests == 2
    assert 0.15 < gaps(server)[0] < 1


def test_redirects_on_the_lane_do_too(client):
    policy = Policy(("127.0.0.1",), "slow", 2.0, robots=False)
    with serving(site({"/x": answer(301, location="/y"), "/y": answer()})) as server:
        result = ask(client, Request("test", server.url("/x"), ()), policy, pace=PACE)
    assert result.requests == 2
    assert 0.15 < gaps(server)[0] < 1


def test_a_crawl_delay_counts_where_it_is_longer(client):
    robots = answer(200, b"User-agent: *\nCrawl-delay: 3")
    with serving(site({"/robots.txt": robots, "/x": answer()})) as server:
        result = ask(client, Request("test", server.url("/x"), ()), SLOWLY, pace=PACE)
    assert result.crawl_delay == 3
    assert 0.25 < gaps(server)[0] < 1


def test_since_tells_when_the_last_request_began(client):
    def script(asked, send):
        time.sleep(0.15)
        send(answer())

    policy = Policy(("127.0.0.1",), "slow", 0.0, robots=False)
    with serving(script) as server:
        result = ask(client, Request("test", server.url("/x"), ()), policy)
    assert 0.14 < result.since < 2


def test_a_visit_that_never_left_has_nothing_to_wait_for(client):
    result = ask(client, Request("test", "http://10.0.0.1/x", ()), SLOWLY)
    assert (result.ended.outcome, result.requests, result.since) == ("unsupported", 0, float("inf"))


def test_validators_are_passed_on(client):
    policy = Policy(("127.0.0.1",), "slow", 0.0, robots=False)
    with serving(site({"/x": answer(304)})) as server:
        ask(client, Request("test", server.url("/x"), ()), policy, {"etag": '"1"'})
    assert server.asked[0].headers["if-none-match"] == '"1"'
