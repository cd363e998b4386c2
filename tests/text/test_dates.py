from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.text.dates import (
    MONTH_NAMES,
    cited_day,
    date_claim,
    day_comes_first,
    precision,
    read_iso,
    read_written,
    render_date,
)

days = st.dates(date(1400, 1, 1), date(2200, 12, 31)).filter(lambda day: day != date(1970, 1, 1))
PATTERNS = ("DD.MM.YYYY", "YYYY-MM-DD", "D Month YYYY", "Month D, YYYY")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022", "2022"),
        (" 2022-08-30\n", "2022-08-30"),
        ("2022/8/3", "2022-08-03"),
        ("2022/08", "2022-08"),
        ("20220830", "2022-08-30"),
        ("20220830175909", "2022-08-30T17:59:09"),
        ("20220830T175909Z", "2022-08-30T17:59:09Z"),
        ("2022-08-30T17:59Z", "2022-08-30T17:59:00Z"),
        ("2022-08-30 17:59:09", "2022-08-30T17:59:09"),
        ("2022-08-30 17:59:09 UTC", "2022-08-30T17:59:09Z"),
        ("2022-08-30T17:59:09.123456+0200", "2022-08-30T17:59:09+02:00"),
        ("2022-08-30T23:30:00-07:00", "2022-08-30T23:30:00-07:00"),
        ("2022-08-30T10:00:00+05:45", "2022-08-30T10:00:00+05:45"),
        ("2022-08-30T17:59:09-00:00", "2022-08-30T17:59:09Z"),
        ("Tue, 30 Aug 2022 17:59:09 -0700", "2022-08-30T17:59:09-07:00"),
        ("30 Aug 2022 17:59 EST", "2022-08-30T17:59:00-05:00"),
        ("Tuesday, 30-Aug-22 17:59:09 GMT", "2022-08-30T17:59:09Z"),
        ("Fri Dec 16 21:21:44 +0000 2022", "2022-12-16T21:21:44+00:00"),
        ("Tue Aug 30 2022 17:59:09 GMT+0200 (Central European Summer Time)", "2022-08-30T17:59:09+02:00"),
    ],
)
def test_a_machine_s_date_keeps_its_precision_and_offset(text, value):
    assert read_iso(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "2022-02-30",
        "2022-13-01",
        "2022-00-00",
        "2022-08-30T25:00:00Z",
        "202208",
        "٢٠٢٢",
        "2022-08-30-01",
        "1" * 10_000,
    ],
)
def test_what_is_no_date_is_none(text):
    assert read_iso(text) is None
    assert read_written(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01",
        "1970-01-01",
        "1970-01-01T00:00:00.000Z",
        "1969-12-31T16:00:00-08:00",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1399-12-31",
        "2201-01-01",
    ],
)
def test_a_machine_s_way_of_saying_unknown_is_none(text):
    assert read_iso(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("27.01.2022", "2022-01-27"),
        ("03.04.2021", "2021-04-03"),
        ("27. 1. 2022", "2022-01-27"),
        ("01.2022", "2022-01"),
        ("(12.06.2017)", "2017-06-12"),
        ("March 3rd, 2019", "2019-03-03"),
        ("Published March 3rd, 2019", "2019-03-03"),
        ("Posted on Monday, March 4, 2019", "2019-03-04"),
        ("3 March 2019", "2019-03-03"),
        ("17th of May, 2019", "2019-05-17"),
        ("Nov. 20, 2018", "2018-11-20"),
        ("20-Nov-2018", "2018-11-20"),
        ("2019, Nov 3", "2019-11-03"),
        ("January 2017", "2017-01"),
        ("Sept 2019", "2019-09"),
        ("Montag, den 4. März 2019", "2019-03-04"),
        ("15. Okt. 2021", "2021-10-15"),
        ("Dezember 2021", "2021-12"),
        ("le 3 août 2019", "2019-08-03"),
        ("1er janvier 2020", "2020-01-01"),
        ("3 de enero de 2019", "2019-01-03"),
        ("enero de 2019", "2019-01"),
        ("2019年3月3日", "2019-03-03"),
        ("10:31 AM · Dec 16, 2022", "2022-12-16"),
        ("8:41 PM - 14 Oct 2021", "2021-10-14"),
        ("March 3, 2019 at 5:00 pm EST", "2019-03-03"),
        ("2022-08-30T23:30:00-07:00", "2022-08-30"),
        ("2022-01", "2022-01"),
    ],
)
def test_a_person_s_date(text, value):
    assert read_written(text) == value


@pytest.mark.parametrize("text", ["31 February 2019", "3 Foo 2019", "15.10.21", "Updated March 3, 2019", "March 3"])
def test_a_person_s_date_is_never_completed(text):
    assert read_written(text) is None


@pytest.mark.parametrize(
    ("text", "day_first", "value"),
    [
        ("03/04/2021", None, None),
        ("03/04/2021", True, "2021-04-03"),
        ("03/04/2021", False, "2021-03-04"),
        ("13/04/2021", False, "2021-04-13"),
        ("04/13/2021", True, "2021-04-13"),
        ("03/03/2021", None, "2021-03-03"),
        ("03-04-2021", None, None),
        ("13/13/2021", None, None),
    ],
)
def test_day_and_month_are_told_apart_or_the_date_is_none(text, day_first, value):
    assert read_written(text, day_first) == value


@given(days)
def test_reading_a_rendered_day_gives_the_day(day):
    for pattern in PATTERNS:
        assert read_written(render_date(day.isoformat(), pattern)) == day.isoformat()


@given(days, st.sampled_from((4, 7, 10)))
def test_reading_is_idempotent_at_every_precision(day, length):
    value = day.isoformat()[:length]
    assert read_iso(value) == value
    assert cited_day(value) == value


@given(st.dates(date(1971, 1, 1), date(2199, 1, 1)), st.times(), st.integers(-14 * 60, 14 * 60))
def test_an_instant_keeps_the_day_of_its_writer(day, time, minutes):
    zone = timezone(timedelta(minutes=minutes))
    written = datetime.combine(day, time.replace(microsecond=0), tzinfo=zone).isoformat()
    value = read_iso(written)
    assert value == written
    assert cited_day(value) == written[:10]
    assert precision(value) == "second"


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    for value in (read_iso(text), read_written(text)):
        assert value is None or precision(value) in ("year", "month", "day", "second")


@pytest.mark.parametrize(
    ("value", "pattern", "written"),
    [
        ("2022-01-07T10:00:00Z", "DD.MM.YYYY", "07.01.2022"),
        ("2022-01", "DD.MM.YYYY", "01.2022"),
        ("2022", "DD.MM.YYYY", "2022"),
        ("2022-01", "YYYY-MM-DD", "2022-01"),
        ("2022", "Month D, YYYY", "2022"),
        ("2022-01", "D Month YYYY", "January 2022"),
        ("2022", "(YYYY-MM)", "(2022)"),
    ],
)
def test_unknown_parts_are_left_out_with_their_separator(value, pattern, written):
    assert render_date(value, pattern) == written


def test_a_date_claim_carries_the_precision_found():
    claim = date_claim("2022-08", "first-version", "oai:datestamp")
    assert (claim.field, claim.value, claim.kind, claim.precision) == ("date", "2022-08", "first-version", "month")


@pytest.mark.parametrize(
    "written",
    [
        "12. února 2021",
        "12 şubat 2021",
        "12 лютого 2021",
        "12 Φεβρουαρίου 2021",
        "12. helmikuuta 2021",
        "12 فبراير 2021",
        "12. veebruar 2021",
        "12 февруари 2021",
        "12. фебруара 2021.",
        "12. veljače 2021.",
        "12 בפברואר 2021",
    ],
)
def test_months_of_other_languages_are_read(written):
    assert read_written(written) == "2021-02-12"


@pytest.mark.parametrize("month", MONTH_NAMES)
def test_months_are_read_by_their_first_three_letters(month):
    assert read_written(f"3 {month[:3]} 2019") == read_written(f"{month} 3, 2019")


@pytest.mark.parametrize(
    ("texts", "language", "first"),
    [
        (["25/12/2019"], "en-US", True),
        (["12-25-2019"], "de", False),
        (["25/12/2019", "12/25/2019"], "en-GB", True),
        (["03/04/2021"], "en-GB", True),
        (["03/04/2021"], "en", None),
        (["03/04/2021"], "", None),
        (["2019/12/25", "no date"], "fr", True),
    ],
)
def test_whether_the_day_comes_first(texts, language, first):
    assert day_comes_first(texts, language) is first
