"""Every link of the seeds ends in a work or in a named state, in few requests, and no site is hurried."""

from __future__ import annotations

import json
import shutil
import time
from collections import defaultdict
from itertools import pairwise

import pytest

from conftest import SEEDS
from litdb.demo.faults import FAULTS
from litdb.model import Name
from litdb.sources import policy_for
from litdb.text.titles import fold
from litdb.text.urls import read_url
from litdb.web import line
from web.facts import TAKES

UNTOLD = {"W05", "W06", "W09", "W17", "W18"}
"""Posts of OpenAI, whose feed names nobody, and a video, whose site names the channel: the reference knows more."""

OTHER_DAYS = {"W08"}
"""Substack's interface gives the instant in UTC; the reference has the day before, from memory."""

SLOW = {"drip", "endless", "timeout", "bomb", "rate-limit", "unavailable"}
"""Faults that take their time, by hanging or by a Retry-After that is waited for; the client's own tests have them."""


@pytest.fixture
def seeds(tmp_path):
    """The project's notes without the bibliography."""
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    (seeds / "reading-list.bib").unlink()
    return seeds


def pages(little_web):
    return [call for call in little_web.log if call.path != "/robots.txt"]


def test_all_seed_links_end_in_works_within_25_requests(litdb, seeds, little_web):
    summary = litdb.data("crawl", str(seeds))
    assert summary["outcomes"] == {"ok": 35}
    assert len(pages(little_web)) <= 25


def test_title_people_and_day_are_those_of_the_reference(litdb, seeds, little_web, shared):
    litdb("crawl", str(seeds))
    lines = (shared / "reference" / "works.jsonl").read_text("utf-8").splitlines()
    truth = [each for each in map(json.loads, lines) if not each["not_linked"]]
    assert len(truth) == 35
    wrong = []
    for known in truth:
        work = litdb.data("show", known["canonical_url"])
        said = {"title": work.get("title"), "date": work.get("date")}
        wrong += [
            (known["work_id"], field, said[field], known[field])
            for field in said
            if said[field] and known[field] and fold(said[field]) != fold(known[field])
        ]
        people = [Name.from_json(name).display for name in work.get("authors", ())]
        if people and known["authors"] and known["work_id"] not in UNTOLD and people != known["authors"]:
            wrong.append((known["work_id"], "authors", people, known["authors"]))
    assert "\n".join(map(str, (each for each in wrong if each[0] not in OTHER_DAYS))) == ""


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - SLOW))
def test_one_broken_site_costs_its_own_work_only(litdb, tmp_path, little_web, fault):
    little_web.fault("www.cold-takes.com", fault)
    (tmp_path / "note.md").write_text(f"<{TAKES.url}> <https://www.engraved.blog/building-a-virtual-machine-inside/>")
    litdb("crawl", str(tmp_path / "note.md"))
    broken, whole = (litdb.data("show", url) for url in (TAKES.url, "https://www.engraved.blog/building-a-virtual-machine-inside/"))  # fmt: skip
    assert (whole["outcome"], whole["date"]) == ("ok", "2022-12-03")
    assert broken["outcome"] != "ok"
    assert broken["reason"]
    assert broken.get("title", TAKES.title) == TAKES.title
    assert "wayback" in {each["source"] for each in broken["attempts"]} or broken["outcome"] in (
        "partial",
        "paywalled",
        "unsupported",
    )


@pytest.fixture
def gone_out(monkeypatch):
    """The requests of a run as they went out, address and moment: a busy server writes its log late."""
    log, put, heard = [], line._OverLine.putrequest, line._OverLine.getresponse

    def put_and_keep(self, method, url, *rest, **options):
        self.asked = f"https://{self._tunnel_host}{url}" if url.startswith("/") else url
        put(self, method, url, *rest, **options)

    def out_and_log(self):
        log.append((self.asked, time.monotonic()))
        return heard(self)

    monkeypatch.setattr(line._OverLine, "putrequest", put_and_keep)
    monkeypatch.setattr(line._OverLine, "getresponse", out_and_log)
    return log


def test_no_lane_is_asked_faster_than_its_policy(litdb, seeds, little_web, gone_out, monkeypatch):
    pace = 0.04
    monkeypatch.setenv("LITDB_PACE", str(pace))
    litdb("crawl", str(seeds))
    assert len(gone_out) == len(little_web.log)
    lanes = defaultdict(list)
    for url, at in gone_out:
        policy = policy_for(read_url(url))
        lanes[policy.lane].append((at, policy.interval * pace))
    gaps = [later[0] - earlier[0] - earlier[1] for each in lanes.values() for earlier, later in pairwise(each)]  # fmt: skip
    assert len(gaps) >= 10
    assert min(gaps) >= 0
