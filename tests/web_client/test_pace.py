"""The pace of whole runs: hosts of loopback, redirects among them, rules and pauses.

Servers in the same process as the crawl hear late of what reached them when the machine is busy, so gaps are those between
the moments at which requests went out; `bench/crawl.py` has them from the kernel of its hosts.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from litdb.model import Policy, Request
from litdb.text.urls import read_url
from litdb.web import line
from litdb.web.client import Client
from litdb.web.crew import threads
from litdb.web.drive import drive
from litdb.web.lanes import Lanes
from litdb.web.visit import Visits
from web_client.servers import answer, serving

INTERVALS = (0.02, 0.03, 0.05, 0.08)


@dataclass
class Host:
    """A host with a lane of its own: what it says to a path, and how many requests it has at once."""

    number: int
    interval: float
    replies: dict[str, list[bytes]] = field(default_factory=dict)
    at_once: int = 0
    most_at_once: int = 0
    seconds: float = 0.0

    def script(self, asked, send):
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self.seconds)
        said = self.replies.get(asked.target) or [answer(404)]
        whole = said.pop(0) if len(said) > 1 else said[0]
        self.at_once -= 1
        send(whole)


class Hosts:
    """Several hosts on loopback, each on a port of its own, and a run over them."""

    def __init__(self, stack, intervals, sent):
        self._sent = sent
        self.hosts = [Host(number, interval) for number, interval in enumerate(intervals)]
        self.served = [stack.enter_context(serving(host.script)) for host in self.hosts]
        self._by_port = {served.port: host for host, served in zip(self.hosts, self.served, strict=True)}

    def policy_for(self, url):
        host = self._by_port[url.port]
        return Policy(hosts=(f"{url.host}:{url.port}",), lane=f"lane {host.number}", interval=host.interval)

    def url(self, number, path):
        return self.served[number].url(path)

    def run(self, urls):
        """How each URL ended, and the seconds that all took."""
        client = Client(allow_private=frozenset({"127.0.0.1"}))
        lanes = Lanes()
        for url in urls:
            lanes.add(self.policy_for(read_url(url)), Request("page", url, ()))
        began = time.monotonic()
        with threads() as crew:
            ended = {each.url: end for each, end in drive(lanes, Visits(client, self.policy_for), crew)}
        return ended, time.monotonic() - began

    def gaps(self, number):
        """The seconds between any two requests in a row to a host."""
        return [later - earlier for earlier, later in pairwise(self._sent[self.served[number].port])]


@pytest.fixture
def hosts(monkeypatch):
    sent, send = defaultdict(list), line._OverLine.send

    def send_and_log(self, data):
        if self.sock is None:
            self.connect()
        sent[self.port].append(time.monotonic())
        send(self, data)

    monkeypatch.setattr(line._OverLine, "send", send_and_log)
    with ExitStack() as stack:
        yield lambda intervals: Hosts(stack, intervals, sent)


@pytest.fixture
def held_up(hosts, monkeypatch):
    """A busy machine: some requests go out well after their connection stands and the pause is over."""
    chance, send = random.Random(20221216), line._OverLine.send

    def send_late(self, data):
        if self.sock is None:
            self.connect()
        time.sleep(0.015 if chance.random() < 0.1 else 0)
        send(self, data)

    monkeypatch.setattr(line._OverLine, "send", send_late)


def test_the_log_of_500_requests_with_redirects_rules_and_pauses(hosts, held_up):
    """No gap below a host's delay, one request at a time each, and the run ends when its slowest lane does."""
    chance = random.Random(20221216)
    web = hosts(INTERVALS)
    urls = []
    for number, host in enumerate(web.hosts):
        host.replies["/robots.txt"] = [answer(200, b"User-agent: *\nAllow: /")]
        for n in range(int(3.2 / host.interval)):
            path = f"/{n}"
            urls.append(web.url(number, path))
            host.replies[path] = [answer(200, b"page")]
            if chance.random() < 0.3:
                other = chance.randrange(len(web.hosts))
                host.replies[path] = [answer(302, location=web.url(other, f"/from/{number}/{n}"))]
                web.hosts[other].replies[f"/from/{number}/{n}"] = [answer(200, b"moved page")]
    chance.shuffle(urls)
    ended, seconds = web.run(urls)
    asked = [len(served.asked) for served in web.served]
    assert sum(asked) > 400
    assert {end.body for end in ended.values()} == {b"page", b"moved page"}
    assert len(ended) == len(urls)
    assert [served.targets.count("/robots.txt") for served in web.served] == [1] * len(web.hosts)
    assert [host.most_at_once for host in web.hosts] == [1] * len(web.hosts)
    short = {n: [gap for gap in web.gaps(n) if gap < host.interval] for n, host in enumerate(web.hosts)}
    assert short == {n: [] for n in range(len(web.hosts))}
    by_lane = [count * host.interval for count, host in zip(asked, web.hosts, strict=True)]
    assert seconds < max(by_lane) * 2 < sum(by_lane)


def test_lanes_do_not_wait_for_each_other(hosts):
    """A host that takes long to answer holds up whom it must: its own lane, and what was sent to it."""
    web = hosts((0.02, 0.02))
    web.hosts[1].seconds = 0.4
    web.hosts[1].replies = {"/robots.txt": [answer(404)], "/there": [answer(200, b"slow")]}
    moved = answer(302, location=web.url(1, "/there"))
    web.hosts[0].replies = {"/robots.txt": [answer(404)], **{f"/{n}": [answer(200, b"quick")] for n in range(20)}}
    web.hosts[0].replies["/0"] = [moved]
    ended, _ = web.run([web.url(0, f"/{n}") for n in range(20)])
    assert ended[web.url(0, "/0")].body == b"slow"
    assert list(ended)[-1] == web.url(0, "/0")
    quick = [asked.at for asked in web.served[0].asked]
    assert quick[-1] - quick[0] < 0.8


def test_a_robots_txt_that_moved_is_fetched_in_the_other_hosts_lane(hosts):
    web = hosts((0.05, 0.1))
    rules = answer(200, b"User-agent: *\nDisallow: /private")
    web.hosts[0].replies = {"/robots.txt": [answer(301, location=web.url(1, "/rules"))], "/x": [answer(200, b"x")]}
    web.hosts[1].replies = {"/robots.txt": [answer(404)], "/rules": [rules], "/y": [answer(200, b"y")]}
    ended, _ = web.run([web.url(0, "/x"), web.url(0, "/private/z"), *(web.url(1, "/y") + f"?{n}" for n in range(3))])
    assert ended[web.url(0, "/x")].body == b"x"
    assert ended[web.url(0, "/private/z")].outcome == "forbidden"
    assert web.served[0].targets.count("/robots.txt") == web.served[1].targets.count("/rules") == 1
    assert min(web.gaps(1)) > 0.1


def test_two_hosts_whose_robots_txt_are_each_others_do_not_wait_for_ever(hosts):
    web = hosts((0.02, 0.02))
    for here, there in ((0, 1), (1, 0)):
        web.hosts[here].replies = {
            "/robots.txt": [answer(301, location=web.url(there, "/rules"))],
            "/rules": [answer(200, b"User-agent: *\nAllow: /")],
            "/x": [answer(200, b"x")],
        }
    ended, seconds = web.run([web.url(0, "/x"), web.url(1, "/x")])
    assert [end.body for end in ended.values()] == [b"x", b"x"]
    assert seconds < 2


def test_retry_after_stops_the_lane_and_no_other(hosts):
    web = hosts((0.02, 0.02))
    for number in (0, 1):
        web.hosts[number].replies = {f"/{n}": [answer(200, b"page")] for n in range(20)}
    web.hosts[0].replies["/3"] = [answer(429, Retry_After="1"), answer(200, b"page")]
    ended, _ = web.run([web.url(number, f"/{n}") for number in (0, 1) for n in range(20)])
    assert ended[web.url(0, "/3")].outcome == "rate-limited"
    assert [gap > 0.5 for gap in web.gaps(0)].count(True) == 1
    assert max(web.gaps(0)) >= 1.0
    assert max(web.gaps(1)) < 0.5


def test_a_host_that_hangs_up_on_some_keeps_its_pace(hosts):
    web = hosts((0.05,))
    web.hosts[0].replies = {f"/{n}": [answer(200, b"x") if n % 3 else b""] for n in range(12)}
    web.hosts[0].replies["/robots.txt"] = [answer(404)]
    ended, _ = web.run([web.url(0, f"/{n}") for n in range(12)])
    assert len(ended) == 12
    assert min(web.gaps(0)) > 0.05
