"""A crawl by the workers of a Dask cluster: the library of one process, at the pace of one, whoever dies."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise

import pytest

from cluster.cluster import cluster
from cluster.sites import arrivals, note, web
from litdb.sources import INTERVAL

LITDB = (sys.executable, "-m", "litdb")
DELAY = 0.4
JITTER = 0.1
"""What a busy machine may add to the time when the little web notes a request."""

TOKEN = "token-for-nobody"


class Project:
    """A note, and libraries crawled from it."""

    def __init__(self, folder, environment):
        self.folder = folder
        self.environment = {**os.environ, **environment, "LITDB_PACE": str(DELAY / INTERVAL), "TOKEN": TOKEN}
        (folder / "note.md").write_text(note())
        (folder / "litdb.toml").write_text('[headers."h1.example"]\nAuthorization = "$TOKEN"\n')

    def begin(self, name, *words):
        """A crawl that runs."""
        command = [*LITDB, "crawl", "note.md", "--db", f"{name}/litdb.db", *words]
        return subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def dump(self, name):
        """The library without the times of asking."""
        command = [*LITDB, "dump", "--db", f"{name}/litdb.db"]
        said = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=True
        )
        return [
            {key: value for key, value in json.loads(line).items() if key != "at"} for line in said.stdout.splitlines()
        ]


def shares(worker):
    """The lanes that a worker was given, as its log tells, and how many requests each time."""
    return [(lane, int(count)) for lane, count in re.findall(r"litdb - INFO - (\S+): (\d+) to ask", worker.read())]


def kill_in_the_middle(worker, calls, running):
    """Kill a worker that is at shares of two lanes at least, and has asked for more than one page of one of them."""
    while running.poll() is None:
        given = [lane for lane, count in shares(worker) if count > 1]
        if len(set(given)) >= 2 and Counter(call.host for call in calls)[given[0]] >= 4:
            worker.kill()
            return
        time.sleep(0.01)


def ended(running):
    """What a run says once it has ended well."""
    told = running.communicate(timeout=60)
    assert running.returncode == 0, told
    return told


@pytest.fixture(scope="module")
def crawled(dask, tmp_path_factory):
    """The cluster with the logs of its workers, the requests as they arrived, and the project with both libraries."""
    folder = tmp_path_factory.mktemp("cluster")
    with web() as sites:
        project = Project(folder, sites.environment())
        with project.begin("alone") as alone, cluster(folder, project.environment) as made:
            ended(alone)
            sites.log.clear()
            with project.begin("many", "--cluster", made.address) as running:
                kill_in_the_middle(made.workers[0], sites.log, running)
                ended(running)
            yield made, list(sites.log), project


def test_the_library_equals_that_of_one_process(crawled):
    _, _, project = crawled
    assert project.dump("many") == project.dump("alone")


def test_each_worker_had_two_lanes_at_least(crawled):
    made, _, _ = crawled
    assert all(len({lane for lane, _ in shares(worker)}) >= 2 for worker in made.workers)


def test_no_lane_is_asked_faster_than_its_policy_whoever_dies(crawled):
    _, calls, _ = crawled
    for host, times in arrivals(calls).items():
        assert all(later - earlier >= DELAY - JITTER for earlier, later in pairwise(times)), (host, times)


def test_a_lane_is_in_one_place_at_any_time(crawled):
    """What the killed worker was at is asked again by the other, after a share's time."""
    _, calls, _ = crawled
    asked = Counter(call.url for call in calls if call.method != "CONNECT")
    assert max(asked.values()) == 2
    again = {call.host for call in calls if asked[call.url] == 2}
    waited = [max(b - a for a, b in pairwise(times)) for host, times in arrivals(calls).items() if host in again]
    assert min(waited) > 3


def test_no_log_tells_a_token(crawled):
    made, calls, _ = crawled
    assert any(call.headers.get("authorization") == TOKEN for call in calls)
    assert all(TOKEN not in each.read() for each in (made.scheduler, *made.workers))
