"""Dates in lists: any form, as precise as known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.export.list_dates import fault, relative, shown_date

TODAY = "2026-11-21"


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        ("2019-12-06", "%Y-%m-%d", "2019-12-06"),
        ("2019-12", "%Y-%m-%d", "2019-12"),
        ("2019", "%Y-%m-%d", "2019"),
        ("2019-12", "%F", "2019-12"),
        ("2019-12-06", "%-d %B %Y", "6 December 2019"),
        ("2019-12-06", "%e %B %Y", "6 December 2019"),
        ("2019-12", "%-d %B %Y", "December 2019"),
        ("2019-12", "%B %-d, %Y", "December 2019"),
        ("2019", "%B %-d, %Y", "2019"),
        ("2019-12", "%d.%m.%Y", "12.2019"),
        ("2019-12", "%b %Y", "Dec 2019"),
        ("2019", "%Y (%d %B)", "2019"),
        ("2019-12", "%Y (%d %B)", "2019 (December)"),
        ("2019-12", "%Y年%m月%d日", "2019年12月"),
        ("2019-12-06", "%Y年%m月%d日", "2019年12月06日"),
        ("2019", "%Y年%m月%d日", "2019年"),
        ("2019-12-06", "%A, %d %B %Y", "Friday, 06 December 2019"),
        ("2019-12", "%A, %d %B %Y", "December 2019"),
        ("2019-12-06", "%Y-%m-%d %H:%M", "2019-12-06"),
        ("2019-12-06T21:05:44-07:00", "%Y-%m-%d %H:%M", "2019-12-06 21:05"),
        ("2019-12-06T21:05:44Z", "%d %b", "06 Dec"),
        ("2019-12-06", "%Y: 100%%", "2019: 100%"),
        ("2019-12-06", "DD.MM.YYYY", "06.12.2019"),
        ("2019-12", "DD.MM.YYYY", "12.2019"),
    ],
)
def test_a_pattern_shows_what_is_known(value, pattern, shown):
    assert shown_date(value, pattern, TODAY) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-11-21", "today"),
        ("2026-11-20", "yesterday"),
        ("2026-11-22", "tomorrow"),
        ("2026-11-01", "20 days ago"),
        ("2026-10-21", "last month"),
        ("2026-10-22", "30 days ago"),
        ("2026-08-21", "3 months ago"),
        ("2025-11-22", "11 months ago"),
        ("2025-11-21", "last year"),
        ("2023-11-21", "3 years ago"),
        ("2023-11-22", "2 years ago"),
        ("2026-11", "this month"),
        ("2026-10", "last month"),
        ("2025-12", "11 months ago"),
        ("2024-11", "2 years ago"),
        ("2026", "this year"),
        ("2025", "last year"),
        ("2019", "7 years ago"),
        ("2027", "in 1 year"),
        ("2026-12-31", "in 1 month"),
    ],
)
def test_relative_dates_are_no_finer_than_known(value, shown):
    assert relative(value, TODAY) == shown


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("%Q %Y", "%Q"),
        ("%d %b", "YYYY is missing"),
        ("DD.MM.", "YYYY is missing"),
        ("", "YYYY is missing"),
        ("%Y-%m-%d", ""),
        ("relative", ""),
        ("%x", ""),
    ],
)
def test_a_pattern_that_cannot_be_used_is_told(pattern, words):
    assert words in fault(pattern)
    assert bool(fault(pattern)) == bool(words)


DAYS = st.dates(date(1400, 1, 1), date(2199, 12, 31))


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%A %-d %B %Y", "%j %Y", "%G-%V-%u"]))
def test_a_whole_day_is_shown_as_python_shows_it(day, pattern):
    expected = day.strftime(pattern.replace("%-d", f"{day.day}").replace("%Y", f"{day.year:04}"))
    assert shown_date(day.isoformat(), pattern) == expected


@given(DAYS, st.integers(0, 400_000))
def test_relative_dates_never_count_too_much(day, days):
    today = day + timedelta(days=days % 40_000)
    shown = relative(day.isoformat(), today.isoformat())
    if shown.endswith("years ago"):
        years = int(shown.split()[0])
        assert (today.year - day.year) - 1 <= years <= today.year - day.year
    assert not shown.startswith("in ")
