"""What is said before a run about how long it takes is what it then takes, within a fifth."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.model import Policy, Request
from litdb.text.urls import read_url
from litdb.web.forecast import seconds, stretches
from web_client.test_pace_model import PATHS, SITES, Model, address


def planned(policy, *urls):
    return [(policy, Request("page", url, ())) for url in urls]


def policy(lane="site", interval=2.0, robots=True):
    return Policy(("site.example.org",), lane, interval, robots=robots)


def seconds_of(*lanes, **more):
    return [(each.lane, each.requests, round(each.seconds, 3)) for each in stretches(chain(*lanes), **more)]


def test_a_lane_takes_its_intervals_its_rules_and_its_last_answer():
    lane = planned(policy(), "https://site.example.org/1", "https://site.example.org/2")
    assert seconds_of(lane, latencies={"site": 0.25}) == [("site", 3, 4.25)]


def test_an_interface_has_no_rules_to_ask_for():
    assert seconds_of(planned(policy(robots=False), "https://a.example.org/1")) == [("site", 1, 0.5)]


def test_every_host_of_a_lane_has_its_rules_and_its_longest_interval_counts():
    one = planned(policy("shared", 3.0), "https://a.example.org/1", "https://b.example.org/1")
    two = planned(policy("shared", 15.0, robots=False), "https://c.example.org/1")
    assert seconds_of(one, two, latencies={"shared": 1.0}) == [("shared", 5, 61.0)]


@pytest.mark.parametrize(("pace", "expected"), [(1.0, 4.25), (0.5, 2.25), (0.0, 0.75)])
def test_the_pace_counts_until_answers_are_slower(pace, expected):
    lane = planned(policy(), "https://site.example.org/1", "https://site.example.org/2")
    assert seconds_of(lane, pace=pace, latencies={"site": 0.25}) == [("site", 3, expected)]


def test_a_run_takes_as_long_as_its_slowest_lane():
    slow = planned(policy("slow", 9.0), *(f"https://slow.example.org/{n}" for n in range(5)))
    quick = planned(policy("quick", 1.0), *(f"https://quick.example.org/{n}" for n in range(9)))
    lanes = stretches(quick + slow)
    assert [each.lane for each in lanes] == ["slow", "quick"]
    assert seconds(lanes) == lanes[0].seconds == 45.5


def test_nothing_to_ask_takes_no_time():
    assert seconds(stretches([])) == 0.0


@given(
    st.lists(st.floats(0.5, 15.0), min_size=SITES, max_size=SITES),
    st.lists(st.floats(0.01, 8.0), min_size=SITES, max_size=SITES),
    st.lists(PATHS, min_size=1, unique=True),
)
def test_it_holds_within_a_fifth(intervals, latencies, urls):
    """On a clock of its own: any busy machine is slower than what it was told."""
    web = Model(intervals, latencies, {}, ())
    pages = [address(site, path) for site, path in urls]
    known = {f"lane {site}": latency for site, latency in enumerate(latencies)}
    said = seconds(
        stretches([(web.policy_for(read_url(page)), Request("page", page, ())) for page in pages], 1.0, known)
    )
    _, taken = web.run(urls)
    assert said == pytest.approx(taken, rel=0.2)
