"""The order of requests, told by numbers: no clock, no socket."""

from __future__ import annotations

import pytest

from litdb.model import Answer, Failure, Policy, Request
from litdb.web.lanes import Lanes

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


def run(lanes, lane, now, ended_as=None, outcome="ok", **facts):
    """Start a lane's first request at `now` and end it there: its answer is `ended_as` of it."""
    asked = lanes.started(lane, now)
    lanes.finished(lane, now, (ended_as or good)(asked), outcome, **facts)
    return asked


def silent(asked):
    return bad(asked, "unreachable")


class TestOrder:
    def test_every_free_lane_may_start_its_first(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)), (SITE, request(3)))
        assert lanes.due(0.0) == [(BLOG, request(1)), (SITE, request(3))]

    def test_the_longest_lane_comes_first(self):
        lanes = filled((SITE, request(1)), (BLOG, request(2)), (BLOG, request(3)))
        assert [policy for policy, _ in lanes.due(0.0)] == [BLOG, SITE]

    def test_one_is_in_flight_at_a_time(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        assert lanes.started("blog", 0.0) == request(1)
        assert (lanes.due(99.0), lanes.next_due()) == ([], None)

    def test_starts_are_an_interval_apart(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        asked = lanes.started("blog", 10.0)
        lanes.finished("blog", 10.5, good(asked), "ok", since=0.5)
        assert lanes.next_due() == 12.0
        assert lanes.due(11.99) == []
        assert lanes.due(12.0) == [(BLOG, request(2))]

    def test_a_slow_answer_has_paid_for_its_pause(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        asked = lanes.started("blog", 10.0)
        lanes.finished("blog", 17.0, good(asked), "ok", since=7.0)
        assert lanes.due(17.0)

    @pytest.mark.parametrize(("pace", "due"), [(1.0, 15.0), (0.1, 1.5), (0.0, 0.0)])
    def test_the_longest_interval_of_its_policies_counts_times_the_pace(self, pace, due):
        lanes = filled((ARXIV, request(1)), (ARXIV_PAGES, request(2)), pace=pace)
        run(lanes, "arxiv", 0.0)
        assert lanes.next_due() == due

    @pytest.mark.parametrize(("delay", "due"), [(1.0, 2.0), (7.0, 7.0), (600.0, 30.0)])
    def test_a_crawl_delay_counts_where_it_is_longer_up_to_30_s(self, delay, due):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 0.0, crawl_delay=delay)
        assert lanes.next_due() == due

    def test_a_request_that_never_left_costs_no_pause(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 0.0, lambda asked: bad(asked, "unsupported"), "unsupported", since=float("inf"))
        assert lanes.due(0.0)

    def test_waiting_counts_by_lane(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)), (SITE, request(3)))
        lanes.started("site", 0.0)
        assert lanes.waiting() == {"blog": 2}


class TestBreaker:
    @pytest.mark.parametrize("outcome", ["challenged", "forbidden", "rate-limited"])
    def test_two_refusals_in_a_row_break_the_lane(self, outcome):
        lanes = filled(*((BLOG, request(n)) for n in range(4)))
        run(lanes, "blog", 0.0, outcome=outcome)
        assert lanes.dropped() == []
        run(lanes, "blog", 2.0, outcome=outcome)
        assert lanes.due(99.0) == []
        dropped = lanes.dropped()
        assert [failure.request for failure in dropped] == [request(2), request(3)]
        assert {(failure.outcome, failure.at) for failure in dropped} == {(outcome, NOON)}
        assert "blog.example.org refuses us" in dropped[0].reason
        assert lanes.waiting() == {}

    def test_an_answer_between_them_forgives(self):
        lanes = filled(*((BLOG, request(n)) for n in range(4)))
        for outcome in ("challenged", "not-found", "challenged"):
            run(lanes, "blog", 0.0, outcome=outcome)
        assert lanes.dropped() == []
        assert lanes.next_due() is not None

    def test_what_robots_forbids_is_no_refusal(self):
        lanes = filled(*((BLOG, request(n)) for n in range(4)))
        for _ in range(3):
            run(lanes, "blog", 0.0, lambda asked: bad(asked, "forbidden"), "forbidden")
        assert lanes.dropped() == []

    def test_other_lanes_go_on(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)), (BLOG, request(3)), (SITE, request(4)))
        run(lanes, "blog", 0.0, outcome="challenged")
        run(lanes, "blog", 2.0, outcome="challenged")
        assert lanes.due(9.0) == [(SITE, request(4))]

    def test_what_is_added_to_a_broken_lane_is_dropped_too(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 0.0, outcome="challenged")
        run(lanes, "blog", 2.0, outcome="challenged")
        lanes.add(BLOG, request(3))
        assert lanes.next_due() is None
        assert [failure.request for failure in lanes.dropped()] == [request(3)]

    def test_a_short_retry_after_delays_the_lane(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 100.0, lambda asked: bad(asked, "rate-limited", "2026-11-21T12:01:30Z", 429), "rate-limited")
        assert lanes.next_due() == 190.0
        assert lanes.dropped() == []

    def test_a_long_one_breaks_it_and_says_until_when(self):
        lanes = filled((BLOG, request(1)), (BLOG, request(2)))
        run(lanes, "blog", 0.0, lambda asked: bad(asked, "rate-limited", "2026-11-21T12:02:01Z", 429), "rate-limited")
        (failure,) = lanes.dropped()
        assert (failure.outcome, failure.retry_at) == ("rate-limited", "2026-11-21T12:02:01Z")


class TestSilence:
    @pytest.mark.parametrize("outcome", ["unreachable", "timeout"])
    def test_two_silences_in_a_row_lose_the_host(self, outcome):
        lanes = filled(*((BLOG, request(n)) for n in range(3)))
        for _ in range(2):
            run(lanes, "blog", 0.0, lambda asked: bad(asked, outcome), outcome)
        (failure,) = lanes.dropped()
        assert (failure.request, failure.outcome) == (request(2), outcome)

    def test_other_hosts_of_the_lane_go_on(self):
        """One dead domain of Substack is not Substack."""
        dead, alive = "dead.example.org", "alive.substack.com"
        lanes = filled(*((SUBSTACK, request(n, dead)) for n in range(3)), (SUBSTACK, request(9, alive)))
        run(lanes, "substack", 0.0, silent, "unreachable")
        run(lanes, "substack", 3.0, silent, "unreachable")
        assert [failure.request for failure in lanes.dropped()] == [request(2, dead)]
        assert lanes.due(9.0) == [(SUBSTACK, request(9, alive))]

    def test_an_answer_between_them_forgives(self):
        lanes = filled(*((BLOG, request(n)) for n in range(4)))
        run(lanes, "blog", 0.0, silent, "unreachable")
        run(lanes, "blog", 0.0)
        run(lanes, "blog", 0.0, silent, "unreachable")
        assert lanes.dropped() == []


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
        for n in range(3):
            lanes.started(f"h{n}", 5.0)
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
