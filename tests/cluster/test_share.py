"""A share of a lane: its jobs one after another at the lane's pace, until something has to be judged first."""

from __future__ import annotations

import pickle
import time
from functools import partial
from itertools import pairwise

import pytest

from litdb.asking import judge
from litdb.model import Answer, Failure, Request
from litdb.web.clock import Clock
from litdb.web.leg import Leg
from litdb.web.share import ENOUGH_BYTES, Result, Share
from litdb.web.visit import ask

AT = "2026-11-21T12:00:00Z"
ASKED = Request("test", "https://here.example.org/x", ())
ROBOTS = Request("robots", "https://here.example.org/robots.txt", (), step="robots")
GOOD = Answer(ASKED, 200, {}, b"<p>x", ASKED.url, AT)
WALL = Answer(ASKED, 403, {}, b"Forbidden", ASKED.url, AT)


def share(jobs, interval=0.0, lasts=60.0):
    return Share("here", jobs, Clock(interval), judge, lasts)


def ending(ended, since=0.0):
    return lambda seconds: time.sleep(seconds) or Result(ended, since)


def test_every_job_has_its_result_and_is_judged_where_it_ran():
    results = share([ending(GOOD)] * 3)(0.0)
    assert [(each.ended, each.outcome) for each in results] == [(GOOD, "ok")] * 3


@pytest.mark.parametrize(
    ("ended", "outcome"),
    [
        (WALL, "forbidden"),
        (Failure(ASKED, "timeout", "slow", AT), "timeout"),
        (Failure(ASKED, "rate-limited", "busy", AT, "2026-11-21T12:01:00Z"), "rate-limited"),
        (Leg.first(ASKED).onward(301, "https://there.example.org/x", 0.1), None),
        (Answer(ROBOTS, 200, {}, b"", ROBOTS.url, AT), None),
    ],
)
def test_it_ends_with_the_first_that_may_change_what_is_asked_next(ended, outcome):
    results = share([ending(GOOD), ending(ended), ending(GOOD)])(0.0)
    assert [each.outcome for each in results] == ["ok", outcome]


def test_its_jobs_begin_an_interval_apart_and_the_first_when_it_may():
    began = []

    def job(seconds):
        time.sleep(seconds)
        began.append(time.monotonic())
        return Result(GOOD, 0.0)

    handed_over = time.monotonic()
    share([job] * 3, interval=0.1)(0.2)
    assert began[0] - handed_over >= 0.2
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(began))


def test_how_long_ago_each_ended_is_told_in_spans():
    first, second = share([ending(GOOD)] * 2, interval=0.1)(0.0)
    assert first.ago > 0.09
    assert second.ago < first.ago - 0.09


def test_none_begins_after_its_time():
    assert 1 <= len(share([ending(GOOD)] * 9, interval=0.1, lasts=0.25)(0.0)) <= 3


def test_big_answers_go_back_before_more_are_asked_for():
    big = Answer(ASKED, 200, {}, b"x" * (ENOUGH_BYTES // 2 + 1), ASKED.url, AT)
    assert len(share([ending(big)] * 9)(0.0)) == 2


def test_what_never_went_out_ends_it():
    assert len(share([ending(GOOD, since=None), ending(GOOD)])(0.0)) == 1


def test_it_travels(client):
    legs = [Leg.first(Request("test", f"http://10.0.0.1/{n}", ())) for n in range(5)]
    packed = pickle.dumps(share([partial(ask, client, leg, {"etag": '"1"'}) for leg in legs]))
    assert len(packed) < 3000
    (result,) = pickle.loads(packed)(0.0)
    assert result.outcome == "unsupported"
