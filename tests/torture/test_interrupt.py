"""Ctrl-C and a polite kill: what was learnt is saved, the exports are written, and the same command goes on."""

from __future__ import annotations

import signal
import time
from collections import Counter

import pytest

HANGS = "plain.example"


@pytest.fixture
def waiting(project):
    """A crawl that has learnt all that it can, and waits for a host that says nothing."""
    project.web.fault(HANGS, "timeout")
    since = len(project.web.log)
    running = project.start("crawl", "notes")
    _until(lambda: any(call.host == HANGS for call in project.web.log[since:]))
    _until(lambda: len(project.answered()) >= 20)
    yield running
    running.kill()
    running.communicate()


def _until(happened, seconds=60.0):
    late = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < late
        time.sleep(0.02)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_a_crawl_with_everything_saved(project, waiting, name):
    began = time.monotonic()
    waiting.send_signal(getattr(signal, name))
    _, told = waiting.communicate(timeout=30)
    assert time.monotonic() - began < 5
    assert waiting.returncode == 130
    assert told == "Interrupted. What was learnt is kept and the exports are written; run again to go on.\n"
    assert "Double Descent" in project.state().files["db/references.bib"].decode()
    assert project.damage() == []


def test_the_next_crawl_goes_on_and_repeats_nothing(project, waiting, whole):
    waiting.send_signal(signal.SIGINT)
    waiting.communicate(timeout=30)
    answered, kept = project.answered(), project.journal()
    project.web.mend()
    since = len(project.web.log)
    assert project.run("crawl", "notes")[0] == 0
    assert answered & project.asked(since) == Counter()
    assert project.state().lost(kept) == []
    assert _titles(project.state()) == _titles(whole)


def _titles(state):
    return sorted(line for line in state.files["db/references.md"].decode().splitlines() if line.startswith("-"))


@pytest.mark.parametrize("pause", [0.0, 0.1])
def test_a_second_one_ends_it_at_once_and_does_no_harm(project, waiting, whole, pause):
    waiting.send_signal(signal.SIGINT)
    time.sleep(pause)
    waiting.send_signal(signal.SIGINT)
    _, told = waiting.communicate(timeout=30)
    assert waiting.returncode == 130
    assert told.startswith("Interrupted. What was learnt is kept")
    assert "Traceback" not in told
    project.web.mend()
    assert project.run("crawl", "notes")[0] == 0
    assert project.damage() == project.litter() == []
    assert _titles(project.state()) == _titles(whole)
