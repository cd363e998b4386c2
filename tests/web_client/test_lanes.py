"""The order of requests, told by numbers: no clock, no socket."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from litdb.model import Answer, Failure, Policy, Request
from litdb.web.lanes import Errand, Lanes
from litdb.web.leg import Leg

NOON = "2026-11-21T12:00:00Z"
ARXIV = Policy(hosts=("arxiv.org", "export.arxiv.org"), lane="arxiv", interval=3.0)
ARXIV_PAGES = Policy(hosts=("arxiv.org",), lane="arxiv", interval=15.0)
BLOG = Policy(hosts=("blog.example.org",), lane="blog", interval=2.0)
SITE = Policy(hosts=("site.example.org",), lane="site", interval=2.0)
SUBSTACK = Policy(hosts=(".substack.com",), lane="substack", interval=3.0)


def request(n, host="blog.example.org"):
    return Request("test", f"https://{host}/{n}", ())


def good(of):
    return Answer(of, 200, {}, b"", of.url, NOON)


def bad(of, outcome, retry_at="", status=0):
    answer = Answer(of, status, {}, b"", of.url, NOON) if status else None
    return Failure(of, outcome, "because", NOON, retry_at, answer)


def filled(*entries, pace=1.0):
    lanes = Lanes(pace)
    for policy, asked in entries:
        lanes.add(policy, asked)
    return lanes


def run(lanes, lane, now, ended_as=None, outcome="ok", since=0.0, reply=None):
    """Let a lane's first errand start and end at `now`, or when it is due: its answer is `ended_as` of its request."""
    now = max(now, lanes.due(lane))
    for errand in lanes.start(now, 99):
        if errand.policy.lane == lane:
            lanes.finished(errand, now, (ended_as or good)(errand.leg.request), outcome, since=since, reply=reply)
        else:
            lanes.finished(errand, now, errand.leg, None, since=None)
            lanes.go_on(errand)


def started(lanes, now, most=99):
    return [errand.leg.request for errand in lanes.start(now, most)]


def lost(lanes):
    return [failure for _, failure in lanes.dropped()]


def silent(asked):
    return bad(asked, "unreachable")


class TestOrder:
    def test_every_free_lane_may_start_its_first(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)), (SITE, request(3)))
        assert started(lanes, 0.0) == [request(1), request(3)]

    def test_the_lane_that_takes_longest_comes_first(self):
        lanes = filled(
            (SITE, request(1)), (SITE, request(2)), (BLOG, request(3)), (ARXIV, request(4)), (ARXIV, request(5))
        )
        assert started(lanes, 0.0, most=2) == [request(4), request(1)]
        assert started(lanes, 0.0) == [request(3)]

    def test_one_is_in_flight_at_a_time(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        assert started(lanes, 0.0) == [request(1)]
        assert (started(lanes, 99.0), lanes.next_due()) == ([], None)

    def test_starts_are_an_interval_apart(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 10.0)
        assert lanes.next_due() == 12.0
        assert started(lanes, 11.99) == []
        assert started(lanes, 12.0) == [request(2)]

    def test_what_was_answered_later_than_usual_may_have_arrived_later_by_a_fifth_of_the_interval_at_most(self):
        lanes = filled(*((BLOG, request(n)) for n in range(9)))
        dues = []
        for now, reply in ((10.0, 0.03), (20.0, 0.03), (30.0, 0.05), (40.0, 0.9), (50.0, None)):
            run(lanes, "blog", now, since=1.0, reply=reply)
            dues.append(round(lanes.due("blog") - (now - 1.0), 9))
        assert dues == [2.03, 2.0, 2.02, 2.4, 2.4]

    def test_a_slow_answer_has_paid_for_its_pause(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 17.0, since=7.0)
        assert started(lanes, 17.0)

    @pytest.mark.parametrize(("pace", "due"), [(1.0, 15.0), (0.1, 1.5), (0.0, 0.0)])
    def test_the_longest_interval_of_its_policies_counts_times_the_pace(self, pace, due):
        lanes = filled((ARXIV, request(1)), (ARXIV_PAGES, request(2)), pace=pace)
        run(lanes, "arxiv", 0.0)
        assert lanes.next_due() == due

    def test_a_request_that_never_left_costs_no_pause(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 0.0, lambda asked: bad(asked, "unsupported"), "unsupported", since=None)
        assert started(lanes, 0.0)

    def test_what_goes_on_comes_before_what_waits_in_its_lane(self):
        lanes = filled((SITE, request(1)), (BLOG, request(2)))
        (here, there) = lanes.start(0.0, 2)
        lanes.add(BLOG, request(3))
        moved = here.leg if here.policy == SITE else there.leg
        for each in (here, there):
            lanes.finished(each, 0.0, good(each.leg.request), "ok", since=0.0)
        lanes.go_on(Errand(moved.onward(301, "https://blog.example.org/1", 0.1), BLOG))
        assert started(lanes, 1.99) == []
        assert started(lanes, 2.0) == [request(1)]

    def test_a_pause_that_grew_meanwhile_counts(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 0.0)
        lanes.add(replace(BLOG, interval=7.0), request(3))
        assert started(lanes, 6.99) == []
        assert started(lanes, 7.0) == [request(2)]

    def test_many_lanes_cost_no_more_each_than_few(self):
        """Steps of the interpreter, not seconds: ten times the lanes, at most about ten times the steps."""
        few, many = (steps_of(lambda count=count: run_all(count)) for count in (40, 400))
        assert many < 14 * few


def run_all(count):
    lanes = filled(*((Policy((f"h{n}.org",), f"h{n}", 2.0), request(n, f"h{n}.org")) for n in range(count)))
    now = 0.0
    while (due := lanes.next_due()) is not None:
        now = max(now, due)
        for errand in lanes.start(now, 8):
            lanes.finished(errand, now, good(errand.leg.request), "ok", since=0.0)


def steps_of(do):
    steps = 0

    def count(frame, event, _):
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        do()
    finally:
        sys.settrace(before)
    return steps


class TestBreaker:
    @pytest.mark.parametrize("outcome", ["challenged", "forbidden", "rate-limited"])
    def test_two_refusals_in_a_row_break_the_lane(self, outcome):
        lanes = filled(*((BLOG, request(n)) for n in range(4)))
        run(lanes, "blog", 0.0, outcome=outcome)
        assert lost(lanes) == []
        run(lanes, "blog", 2.0, outcome=outcome)
        assert started(lanes, 99.0) == []
        dropped = lost(lanes)
        assert [failure.request for failure in dropped] == [request(2), request(3)]
        assert {(failure.outcome, failure.at) for failure in dropped} == {(outcome, NOON)}
        assert "blog.example.org refuses us" in dropped[0].reason
        assert lanes.drained() == []

    def test_an_answer_between_them_forgives(self):
        lanes = filled(*((BLOG, request(n)) for n in range(4)))
        for outcome in ("challenged", "not-found", "challenged"):
            run(lanes, "blog", 0.0, outcome=outcome)
        assert lost(lanes) == []
        assert lanes.next_due() is not None

    def test_what_robots_forbids_is_no_refusal(self):
        lanes = filled(*((BLOG, request(n)) for n in range(4)))
        for _ in range(3):
            run(lanes, "blog", 0.0, lambda asked: bad(asked, "forbidden"), "forbidden", since=None)
        assert lost(lanes) == []

    @pytest.mark.parametrize("between", [good, lambda asked: Leg.first(asked).onward(302, "https://x.example/", 0.1)])
    def test_a_robots_txt_or_a_redirect_between_them_does_not(self, between):
        lanes = filled(*((BLOG, request(n)) for n in range(4)))
        run(lanes, "blog", 0.0, outcome="challenged")
        run(lanes, "blog", 2.0, between, outcome=None)
        run(lanes, "blog", 4.0, outcome="challenged")
        assert [failure.request for failure in lost(lanes)] == [request(3)]

    def test_the_lane_where_a_redirect_led_is_blamed(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)), (SITE, request(9, "site.example.org")))
        for n in (1, 2):
            lanes.go_on(Errand(Leg.first(request(n)).onward(302, f"https://site.example.org/{n}", 0.1), SITE))
        run(lanes, "site", 0.0, outcome="challenged")
        run(lanes, "site", 2.0, outcome="challenged")
        assert [failure.request for failure in lost(lanes)] == [request(9, "site.example.org")]
        assert started(lanes, 9.0) == [request(1)]

    def test_other_lanes_go_on(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)), (BLOG, request(3)), (SITE, request(4)))
        run(lanes, "blog", 0.0, outcome="challenged")
        run(lanes, "blog", 2.0, outcome="challenged")
        assert started(lanes, 9.0) == [request(4)]

    def test_what_is_added_to_a_broken_lane_is_dropped_too(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 0.0, outcome="challenged")
        run(lanes, "blog", 2.0, outcome="challenged")
        lanes.add(BLOG, request(3))
        assert lanes.next_due() is None
        assert [failure.request for failure in lost(lanes)] == [request(3)]

    def test_a_short_retry_after_delays_the_lane(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 100.0, lambda asked: bad(asked, "rate-limited", "2026-11-21T12:01:30Z", 429), "rate-limited")
        assert lanes.next_due() == 190.0
        assert lost(lanes) == []

    def test_a_long_one_breaks_it_and_says_until_when(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 0.0, lambda asked: bad(asked, "rate-limited", "2026-11-21T12:02:01Z", 429), "rate-limited")
        (failure,) = lost(lanes)
        assert (failure.outcome, failure.retry_at) == ("rate-limited", "2026-11-21T12:02:01Z")


class TestSilence:
    @pytest.mark.parametrize("outcome", ["unreachable", "timeout"])
    def test_two_silences_in_a_row_lose_the_host(self, outcome):
        lanes = filled(*((BLOG, request(n)) for n in range(3)))
        for _ in range(2):
            run(lanes, "blog", 0.0, lambda asked: bad(asked, outcome), outcome)
        (failure,) = lost(lanes)
        assert (failure.request, failure.outcome) == (request(2), outcome)

    def test_other_hosts_of_the_lane_go_on(self):
        """One dead domain of Substack is not Substack."""
        dead, alive = "dead.example.org", "alive.substack.com"
        lanes = filled(*((SUBSTACK, request(n, dead)) for n in range(3)), (SUBSTACK, request(9, alive)))
        run(lanes, "substack", 0.0, silent, "unreachable")
        run(lanes, "substack", 3.0, silent, "unreachable")
        assert [failure.request for failure in lost(lanes)] == [request(2, dead)]
        assert started(lanes, 9.0) == [request(9, alive)]

    def test_an_answer_between_them_forgives(self):
        lanes = filled(*((BLOG, request(n)) for n in range(4)))
        run(lanes, "blog", 0.0, silent, "unreachable")
        run(lanes, "blog", 0.0)
        run(lanes, "blog", 0.0, silent, "unreachable")
        assert lost(lanes) == []

    def test_the_host_where_a_redirect_led_is_the_silent_one(self):
        lanes = filled((BLOG, request(1)))
        for n in (2, 3, 4):
            lanes.go_on(Errand(Leg.first(request(n)).onward(302, f"https://dead.example.org/{n}", 0.1), SITE))
        run(lanes, "site", 0.0, silent, "unreachable")
        run(lanes, "site", 2.0, silent, "unreachable")
        (failure,) = lost(lanes)
        assert (failure.request, failure.reason) == (
            request(2),
            "dead.example.org gave no answer twice, so it is not asked again now",
        )
        assert started(lanes, 9.0) == [request(1)]


class TestNoNetwork:
    def hosts(self, count):
        policies = [Policy((f"h{n}.org",), f"h{n}", 2.0) for n in range(count)]
        return [(policy, request(n, policy.hosts[0])) for policy in policies for n in range(2)]

    def test_three_silent_lanes_are_enough(self):
        lanes = filled(*self.hosts(9))
        for n in range(3):
            assert not lanes.nothing_answers(0.0, patience=10.0)
            run(lanes, f"h{n}", 0.0, silent, "unreachable")
        assert lanes.nothing_answers(0.0, patience=10.0)

    def test_lanes_that_hang_count_after_a_while(self):
        lanes = filled(*self.hosts(9))
        assert len(lanes.start(5.0, 3)) == 3
        assert not lanes.nothing_answers(14.9, patience=10.0)
        assert lanes.nothing_answers(15.0, patience=10.0)

    def test_fewer_lanes_are_enough_when_there_are_no_more(self):
        lanes = filled(*self.hosts(2))
        run(lanes, "h0", 0.0, silent, "unreachable")
        assert not lanes.nothing_answers(0.0, patience=10.0)
        run(lanes, "h1", 0.0, silent, "timeout")
        assert lanes.nothing_answers(0.0, patience=10.0)

    def test_one_dead_link_is_no_dead_network(self):
        lanes = filled((BLOG, request(1)))
        run(lanes, "blog", 0.0, silent, "unreachable")
        assert not lanes.nothing_answers(0.0, patience=10.0)

    @pytest.mark.parametrize("outcome", ["ok", "not-found", "challenged", "rate-limited"])
    def test_one_answer_proves_the_network_for_good(self, outcome):
        lanes = filled(*self.hosts(9))
        run(lanes, "h8", 0.0, lambda asked: bad(asked, outcome, status=429), outcome)
        for n in range(8):
            run(lanes, f"h{n}", 0.0, silent, "unreachable")
        assert lanes.has_answered
        assert not lanes.nothing_answers(99.0, patience=10.0)

    def test_what_was_never_asked_proves_nothing(self):
        lanes = filled(*self.hosts(1))
        run(lanes, "h0", 0.0, lambda asked: bad(asked, "unsupported"), "unsupported")
        assert not lanes.has_answered
