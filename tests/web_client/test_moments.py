"""The moments of an exchange: its connection is made shortly before, and nothing goes out too early."""

from __future__ import annotations

import time
from functools import partial
from itertools import count

from litdb.web.moments import LEAD, Moments


def test_the_connection_is_made_shortly_before_the_request_may_go_out():
    due = time.monotonic() + LEAD + 0.05
    moments = Moments(due)
    moments.opens()
    assert time.monotonic() >= due - LEAD
    moments.sends()
    assert time.monotonic() >= due
    assert 0 <= moments.since < time.monotonic() - due + 0.01


def test_a_connection_that_never_stood_counts_from_when_the_request_was_to_go_out():
    moments = Moments(time.monotonic() + 9 * LEAD)
    assert moments.since is None
    moments.opens()
    assert moments.since < LEAD


def test_the_pause_begins_when_the_whole_request_is_out(monkeypatch):
    """Whoever is held up between two looks at the clock delays the next request, and never hurries it."""
    monkeypatch.setattr(time, "monotonic", partial(next, count()))
    moments = Moments()
    moments.opens()
    moments.sends()
    moments.sent()
    assert moments.since == 1


def test_the_reply_is_counted_from_the_request():
    moments = Moments()
    moments.opens()
    moments.sends()
    moments.sent()
    assert moments.reply is None
    moments.hears()
    assert 0 <= moments.reply <= moments.since
