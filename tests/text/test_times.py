"""Moments sort as texts do, whatever the clock of the machine does."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from litdb.text.times import Clock, later, read_utc

NOON = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
MILLISECONDS = st.integers(0, 10**7)


def _clock(*milliseconds):
    moments = iter(NOON + timedelta(milliseconds=each) for each in milliseconds)
    return Clock(lambda: next(moments))


def test_a_full_second_sorts_before_what_comes_after_it():
    clock = _clock(0, 122)
    assert clock() < clock()


def test_a_clock_that_is_set_back_does_not_turn_the_order_round():
    clock = _clock(5000, 1000, 5001)
    assert [clock()[-7:] for _ in range(3)] == ["05.000Z", "05.000Z", "05.001Z"]


@given(st.lists(MILLISECONDS, min_size=2, max_size=5))
def test_what_is_told_later_never_sorts_before(milliseconds):
    clock = _clock(*milliseconds)
    told = [clock() for _ in milliseconds]
    assert told == sorted(told)


@given(MILLISECONDS, MILLISECONDS, st.integers(0, 10**6))
def test_moments_to_come_sort_as_texts_too(one, other, seconds):
    due, now = later(_clock(one)(), seconds / 86400), _clock(other)()
    assert (now >= due) == (read_utc(now) >= read_utc(due))
