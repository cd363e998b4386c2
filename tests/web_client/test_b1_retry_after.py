"""Retry-After: 500 values that sites send or could send, and none of them makes litdb come back early."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.model import Answer, Request
from litdb.text.times import read_utc, utc_text
from litdb.web.client import Client
from litdb.web.lanes import LONGEST_WAIT
from litdb.web.retry_after import read_retry_after, seconds_between
from web_client.figures import tell
from web_client.servers import answer, serving

NOW = datetime(2026, 11, 21, 3, 54, tzinfo=timezone.utc)
YEAR = 366 * 86400
CHANCE = random.Random(500)


def imf(moment):
    return format_datetime(moment, usegmt=True)


def rfc850(moment):
    return moment.strftime("%A, %d-%b-%y %H:%M:%S GMT")


def asctime(moment):
    return moment.strftime("%a %b ") + f"{moment.day:2} " + moment.strftime("%H:%M:%S %Y")


def eastern(moment):
    """Another zone than GMT, which no site should use."""
    return format_datetime(moment.astimezone(timezone(timedelta(hours=-5))))


WAITS = sorted({0, 1, 2, 59, 60, 61, 120, 3600, 86400, YEAR - 1, *(CHANCE.randrange(1, YEAR) for _ in range(60))})
WRITTEN = (str, lambda wait: f"{wait:010}", lambda wait: f"  {wait}\t", lambda wait: f"0, {wait}")
DATED = (imf, rfc850, asctime, eastern)

SECONDS = [(write(wait), wait) for wait in WAITS for write in WRITTEN]
DATES = [(write(NOW + timedelta(seconds=wait)), wait) for wait in WAITS for write in DATED]
PAST = [(write(NOW - timedelta(seconds=wait)), 0) for wait in (1, 60, 86400, 9 * YEAR) for write in DATED]
ABSURD = [(value, YEAR) for value in ("9" * 9, "9" * 10, "9" * 400, "1" + "0" * 5000, imf(datetime(9999, 12, 31, tzinfo=timezone.utc)), "Fri, 31 Dec 9999 23:59:59 -2359")]  # fmt: skip
NO_WAIT = """
soon|-5|-0|+5|1.5|1e3|0x10|²|٣٠|３０|30 s|30s|thirty|,|;|.|Sat,|Sat, 21 Nov|Sat, 99 Nov 2026 04:00:00 GMT
|Sat, 21 Nov 2026 25:00:00 GMT|Sat, 21 Nov 2026 04:00:00 +99999999999999999999|2026-11-21T04:00:00Z|<b>|\u200b|\x00|é
""".replace("\n", "").split("|")

CASES = [*SECONDS, *DATES, *PAST, *ABSURD, *((value, None) for value in NO_WAIT)]


def wait_for(value, date=""):
    """The seconds to wait, or None where a value says nothing."""
    moment = read_retry_after(value, utc_text(NOW), date)
    return seconds_between(utc_text(NOW), moment) if moment else None


def test_no_value_is_read_as_a_shorter_wait(record_property):
    wrong = {value: wait_for(value) for value, wait in CASES if wait_for(value) != wait}
    early = [value for value, wait in CASES if wait and (wait_for(value) or 0) < wait]
    tell(record_property, f"Retry-After: {len(CASES)} values, {len(early)} early, {len(wrong)} read wrong")
    assert len(CASES) >= 500
    assert wrong == {}


@pytest.mark.parametrize("minutes", [-90, -1, 0, 1, 90])
@pytest.mark.parametrize("write", DATED)
def test_a_clock_that_differs_makes_nobody_early(minutes, write):
    """The date is by the site's clock, which its Date header tells: by neither clock is the wait over before."""
    there = NOW + timedelta(minutes=minutes)
    wait = wait_for(write(there + timedelta(seconds=300)), date=imf(there))
    assert wait >= 300


@given(
    st.text(max_size=60)
    | st.builds("Sat, {} Nov {} {}:54:00 {}".format, st.integers(), st.integers(), st.integers(), st.text(max_size=9))
)
def test_no_value_breaks_the_reading(value):
    moment = read_retry_after(value, utc_text(NOW), value)
    assert not moment or read_utc(moment) <= NOW + timedelta(seconds=YEAR)


HEADERS = ["3", "0000000003", "3, 2", imf, rfc850, asctime, "-1", "caf\xe9", "\xff\xfe", "9" * 9000, ""]


@pytest.mark.parametrize("status", [429, 503])
def test_what_comes_over_the_wire_is_never_early(status, record_property):
    client = Client(deadline=5, allow_private=frozenset({"127.0.0.1"}))
    sent = []

    def script(_, send):
        written = sent[-1]
        later = datetime.now(timezone.utc) + timedelta(seconds=3.99)
        send(answer(status, Retry_After=written(later) if callable(written) else written))

    early = []
    with serving(script) as server:
        for written in HEADERS:
            sent.append(written)
            began = datetime.now(timezone.utc)
            ended = client.fetch(Request("test", server.url("/"), ()))
            assert not isinstance(ended, Answer)
            says = callable(written) or (written[:1] in ("0", "3", "9"))
            if says and read_utc(ended.retry_at) < began + timedelta(seconds=3 - 0.001):
                early.append(written)
    tell(record_property, f"Retry-After over the wire ({status}): {len(HEADERS)} headers, {len(early)} early")
    assert early == []


def test_a_run_waits_two_minutes_at_most():
    assert LONGEST_WAIT == 120.0
