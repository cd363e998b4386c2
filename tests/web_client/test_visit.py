"""A visit goes step by step: the robots.txt first, every step in the lane of the host it goes to, at that lane's pace."""

from __future__ import annotations

import itertools
import time

import pytest

from litdb.model import Answer, Failure, Policy, Request
from litdb.web.lanes import Errand
from litdb.web.leg import Leg
from litdb.web.visit import Visits
from web_client.polite import ask, by_address
from web_client.servers import answer, serving, site

SLOWLY = Policy(hosts=("127.0.0.1",), lane="slow", interval=2.0)
PACE = 0.1
"""So the 2 s of the policy are 0.2 s here."""

HERE = Policy(("here.example.org",), "here", 2.0)
AT = "2026-11-21T12:00:00Z"


LATE = 0.01
"""Seconds by which a busy server may read a first request later than it was sent."""


def gaps(server):
    starts = [asked.at for asked in server.asked]
    return [later - earlier for earlier, later in itertools.pairwise(starts)]


def page(url="https://here.example.org/x", policy=HERE):
    return Errand(Leg.first(Request("page", url, ())), policy)


def said(errand, status=200, body=b""):
    return Answer(errand.leg.request, status, {}, body, errand.leg.url, AT)


@pytest.fixture
def visits(client):
    return Visits(client, by_address)


class TestOverSockets:
    def test_robots_and_page_start_an_interval_apart(self, client):
        with serving(site({"/x": answer()})) as server:
            ask(client, Request("test", server.url("/x"), ()), SLOWLY, pace=PACE)
        assert server.targets == ["/robots.txt", "/x"]
        assert 0.2 - LATE <= gaps(server)[0] < 1

    def test_redirects_on_the_lane_do_too(self, client):
        policy = Policy(("127.0.0.1",), "slow", 2.0, robots=False)
        with serving(site({"/x": answer(301, location="/y"), "/y": answer()})) as server:
            ended = ask(client, Request("test", server.url("/x"), ()), policy, pace=PACE).ended
        assert [(hop.status, hop.url) for hop in ended.hops] == [(301, server.url("/x"))]
        assert 0.2 - LATE <= gaps(server)[0] < 1

    def test_a_crawl_delay_counts_where_it_is_longer(self, client):
        robots = answer(200, b"User-agent: *\nCrawl-delay: 3")
        with serving(site({"/robots.txt": robots, "/x": answer()})) as server:
            ask(client, Request("test", server.url("/x"), ()), SLOWLY, pace=PACE)
        assert 0.3 - LATE <= gaps(server)[0] < 1

    def test_the_time_of_all_steps_together_is_limited(self, client):
        def script(_, send):
            time.sleep(0.4)
            send(answer(302, location=f"/{time.monotonic()}"))

        policy = Policy(("127.0.0.1",), "slow", 0.0, robots=False)
        with serving(script) as server:
            quick = type(client)(deadline=1.0, allow_private=client.allow_private)
            ended = ask(quick, Request("test", server.url("/x"), ()), policy).ended
        assert (ended.outcome, len(server.asked)) == ("timeout", 3)


class TestRobots:
    def test_it_is_asked_before_the_first_page_of_a_site_and_once(self, visits):
        asked, _ = visits.start(page())
        assert asked.leg.url == "https://here.example.org/robots.txt"
        assert visits.start(page("https://here.example.org/y")) is None
        goes_on = list(visits.after(asked, said(asked, 404)))
        assert [each.leg.url for each in goes_on] == ["https://here.example.org/y", "https://here.example.org/x"]
        assert visits.start(page())[0] == page()

    def test_what_it_forbids_ends_for_all_that_waited(self, visits):
        asked, _ = visits.start(page())
        visits.start(page("https://here.example.org/y"))
        ended = list(visits.after(asked, said(asked, 200, b"User-agent: *\nDisallow: /y")))
        assert [isinstance(each, Failure) for each in ended] == [True, False]
        assert ended[0].outcome == "forbidden"

    def test_what_is_forbidden_later_is_not_asked(self, visits):
        asked, _ = visits.start(page())
        list(visits.after(asked, said(asked, 200, b"User-agent: *\nDisallow: /z")))
        _, job = visits.start(page("https://here.example.org/z"))
        result = job(0.0)
        assert (result.ended.outcome, result.since) == ("forbidden", None)

    def test_one_that_asks_to_come_back_is_asked_again(self, visits):
        asked, _ = visits.start(page())
        busy = Failure(asked.leg.request, "rate-limited", "busy", AT, "2026-11-21T12:01:00Z", said(asked, 429))
        (ended,) = visits.after(asked, busy)
        assert (ended.request, ended.outcome, ended.retry_at) == (
            page().leg.request,
            "rate-limited",
            "2026-11-21T12:01:00Z",
        )
        assert visits.start(page())[0] != page()

    def test_one_that_leads_to_another_host_goes_through_that_hosts_lane(self, visits):
        asked, _ = visits.start(page())
        (moved,) = visits.after(asked, asked.leg.onward(301, "https://there.example.org/robots.txt", 0.1))
        assert moved.policy.lane == "there.example.org:None"
        assert visits.start(moved)[0] == moved
        assert [each.leg.url for each in visits.after(moved, said(moved))] == ["https://here.example.org/x"]

    def test_whoever_waits_for_one_is_known(self, visits):
        visits.start(page())
        assert list(visits.aside()) == [page().leg.request]

    def test_a_programming_interface_needs_none_and_no_redirect_of_it_does(self, visits):
        errand = page(policy=Policy(("here.example.org",), "here", 2.0, robots=False))
        assert visits.start(errand)[0] == errand
        (moved,) = visits.after(errand, errand.leg.onward(302, "https://there.example.org/x", 0.1))
        assert not moved.policy.robots


@pytest.mark.parametrize(
    ("to", "lane"),
    [
        ("https://here.example.org/y", "here"),
        ("https://www.here.example.org/x", "here"),
        ("http://here.example.org/x", "here"),
        ("https://there.example.org/x", "there.example.org:None"),
    ],
)
def test_a_redirect_goes_on_in_the_lane_of_its_host(visits, to, lane):
    (moved,) = visits.after(page(), page().leg.onward(301, to, 0.1))
    assert (moved.policy.lane, moved.leg.url) == (lane, to)


def test_since_tells_when_the_exchange_began(visits):
    def script(_, send):
        time.sleep(0.15)
        send(answer())

    with serving(script) as server:
        _, job = visits.start(page(server.url("/x"), Policy(("127.0.0.1",), "slow", 0.0, robots=False)))
        result = job(0.1)
    assert 0.14 < result.since < 2


def test_a_visit_that_never_left_has_nothing_to_wait_for(visits):
    _, job = visits.start(page("http://10.0.0.1/x", Policy(("10.0.0.1",), "slow", 0.0, robots=False)))
    began = time.monotonic()
    result = job(5.0)
    assert (result.ended.outcome, result.since) == ("unsupported", None)
    assert time.monotonic() - began < 4


def test_validators_are_passed_on(client):
    policy = Policy(("127.0.0.1",), "slow", 0.0, robots=False)
    with serving(site({"/x": answer(304)})) as server:
        errand = page(server.url("/x"), policy)
        Visits(client, by_address, {errand.leg.request: {"etag": '"1"'}}.get).start(errand)[1](0.0)
    assert server.asked[0].headers["if-none-match"] == '"1"'
