"""The engine: what may start starts, what ends is handed over, and nobody waits for what hangs."""

from __future__ import annotations

import itertools
import threading
import time

import pytest

from litdb.model import Answer, Failure, Policy, Request
from litdb.web.crew import Crew
from litdb.web.drive import drive
from litdb.web.lanes import Lanes
from litdb.web.share import Result
from litdb.web.threads import DaemonThreads

AT = "2026-11-21T12:00:00Z"


def policy(name, interval=0.0):
    return Policy(hosts=(f"{name}.example.org",), lane=name, interval=interval)


def request(lane, n=0):
    return Request("test", f"http://{lane}.example.org/{n}", ())


def lanes_of(*names, each=1, interval=0.0):
    lanes = Lanes()
    for name, n in itertools.product(names, range(each)):
        lanes.add(policy(name, interval), request(name, n))
    return lanes


def good(asked):
    return Result(Answer(asked, 200, {}, b"", asked.url, AT), since=0.0)


def failing(asked):
    return Result(Failure(asked, "unreachable", f"{asked.url} refused the connection", AT), since=0.0)


class jobs:  # noqa: N801 - a table of what each request does
    """Manners without any: every request is asked at once, and its end is its end."""

    def __init__(self, do):
        self._do = do

    def start(self, errand):
        return errand, lambda seconds: time.sleep(seconds) or self._do(errand.leg.request)

    def after(self, errand, ended):
        yield ended

    def aside(self):
        return ()


def outcomes(endings):
    return {asked.url: ended.outcome if isinstance(ended, Failure) else "ok" for asked, ended in endings}


def test_every_request_ends():
    lanes = lanes_of("a", "b", "c", each=3)
    endings = list(drive(lanes, jobs(good), Crew(DaemonThreads())))
    assert sorted(asked.url for asked, _ in endings) == [
        f"http://{lane}.example.org/{n}" for lane in "abc" for n in range(3)
    ]


def test_nothing_to_do_is_done_at_once():
    assert list(drive(Lanes(), jobs(good), Crew(DaemonThreads()))) == []


def test_more_may_be_added_between_two_endings():
    lanes, seen = lanes_of("a"), []
    for asked, _ in drive(lanes, jobs(good), Crew(DaemonThreads())):
        seen.append(asked.url)
        if len(seen) < 4:
            lanes.add(policy("a"), request("a", len(seen)))
    assert len(seen) == 4


def test_one_in_flight_per_lane_and_few_in_all():
    flying, most = {"a": 0, "b": 0, "c": 0}, []
    lock = threading.Lock()

    def job(asked):
        lane = asked.url[7]
        with lock:
            flying[lane] += 1
            most.append((flying[lane], sum(flying.values())))
        time.sleep(0.005)
        with lock:
            flying[lane] -= 1
        return good(asked)

    list(drive(lanes_of("a", "b", "c", each=4), jobs(job), Crew(DaemonThreads(), at_once=2)))
    assert max(in_lane for in_lane, _ in most) == 1
    assert max(in_all for _, in_all in most) == 2


def test_hosts_that_hang_keep_nobody_waiting(monkeypatch):
    monkeypatch.setattr("litdb.web.drive.HANGS", 0.05)
    hanging, hung = threading.Event(), []

    def job(asked):
        if "hangs" in asked.url:
            hung.append(asked.url)
            hanging.wait(30)
        return good(asked)

    lanes = lanes_of(*(f"hangs{n}" for n in range(5)), "x", "y", "z")
    running = drive(lanes, jobs(job), Crew(DaemonThreads(), at_once=2, patience=30))
    assert {next(running)[0].url for _ in range(3)} == {f"http://{name}.example.org/0" for name in "xyz"}
    assert len(hung) >= 2, "as many as there are places"
    hanging.set()
    assert len(list(running)) == 5


def test_those_that_hang_are_not_too_many(monkeypatch):
    monkeypatch.setattr("litdb.web.drive.HANGS", 0.01)
    monkeypatch.setattr("litdb.web.drive.MOST_HANGING", 3)
    hung = []
    names = [f"h{n}" for n in range(20)]
    running = drive(
        lanes_of(*names),
        jobs(lambda asked: hung.append(asked) or time.sleep(0.5) or good(asked)),
        Crew(DaemonThreads(), at_once=2),
    )
    next(running)
    assert len(hung) == 6
    running.close()


def test_a_reader_who_takes_long_delays_no_lane_that_is_due():
    """The answer of the lane that takes longest is read first, and its next job is handed over while others are read."""
    began = []

    def job(asked):
        if "long" in asked.url:
            began.append(time.monotonic())
        return good(asked)

    lanes = lanes_of("a", "b", "c", "d", each=3, interval=0.01)
    for n in range(5):
        lanes.add(policy("long", 0.1), request("long", n))
    for _ in drive(lanes, jobs(job), Crew(DaemonThreads())):
        time.sleep(0.03)
    gaps = [later - earlier for earlier, later in itertools.pairwise(began)]
    assert min(gaps) > 0.09
    assert sorted(gaps)[2] < 0.125


def test_a_wall_is_judged_by_the_caller_and_breaks_the_lane():
    lanes = lanes_of("a", each=5)
    endings = list(drive(lanes, jobs(good), Crew(DaemonThreads()), judge=lambda _: "challenged"))
    assert [isinstance(ended, Answer) for _, ended in endings] == [True, True, False, False, False]
    assert endings[-1][1].outcome == "challenged"


def test_what_is_added_while_a_broken_lane_is_emptied_ends_too():
    lanes, more = lanes_of("a", each=3), iter([request("a", 7), request("a", 8)])
    endings = []
    for asked, ended in drive(lanes, jobs(good), Crew(DaemonThreads()), judge=lambda _: "challenged"):
        endings.append((asked, ended))
        if isinstance(ended, Failure) and (another := next(more, None)):
            lanes.add(policy("a"), another)
    assert len(endings) == 5


def test_a_bug_in_a_job_is_not_swallowed():
    def job(asked):
        raise ZeroDivisionError(asked.url)

    with pytest.raises(ZeroDivisionError):
        list(drive(lanes_of("a"), jobs(job), Crew(DaemonThreads())))


class TestNoNetwork:
    def test_the_rest_is_not_asked(self):
        asked_for = []

        def job(asked):
            asked_for.append(asked.url)
            return failing(asked)

        names = [f"h{n}" for n in range(50)]
        endings = list(drive(lanes_of(*names), jobs(job), Crew(DaemonThreads(), at_once=3)))
        assert set(outcomes(endings).values()) == {"unreachable"}
        assert len(endings) == 50
        assert len(asked_for) < 10
        assert endings[-1][1].reason == "no network: nothing answered"

    def test_nobody_waits_for_what_hangs(self):
        hanging = threading.Event()
        began = time.monotonic()
        endings = list(
            drive(
                lanes_of("a", "b", "c", "d", each=2),
                jobs(lambda asked: hanging.wait(30) and good(asked)),
                Crew(DaemonThreads(), patience=0.2),
            )
        )
        hanging.set()
        assert time.monotonic() - began < 15
        assert len(endings) == 8
        assert set(outcomes(endings).values()) == {"unreachable"}

    def test_what_is_added_while_giving_up_ends_too(self):
        lanes, more = lanes_of("a", "b", "c"), iter([request("d")])
        seen = []
        for asked, ended in drive(lanes, jobs(failing), Crew(DaemonThreads())):
            seen.append((asked.url, ended.outcome))
            if len(seen) == 3:
                lanes.add(policy("d"), next(more))
        assert seen[-1] == ("http://d.example.org/0", "unreachable")

    def test_a_caller_that_stops_listening_does_not_wait_either(self):
        hanging = threading.Event()
        running = drive(
            lanes_of("a", "slow"),
            jobs(lambda asked: good(asked) if "a.ex" in asked.url else hanging.wait(30) and good(asked)),
            Crew(DaemonThreads()),
        )
        assert next(running)[0].url == "http://a.example.org/0"
        began = time.monotonic()
        running.close()
        assert time.monotonic() - began < 15
        hanging.set()
