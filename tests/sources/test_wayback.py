"""The Wayback Machine: which capture is asked for, which is believed, and what is never taken from one."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from litdb.model import Claim, Identifier, Rung, Target
from litdb.replay import read
from litdb.sources.wayback import WAYBACK, archive_requests
from source_cases import answer_of, answer_to, cases_of, expected_of, plain, plain_record

HEDGES = "https://lost.example/hedges"
TARGET = Target(Identifier("url", HEDGES), (HEDGES,), "2022-11-03")
PAGE = (
    b"<html><head><title>Hedges</title><meta property='og:title' content='On hedges'>"
    b"<meta property='article:published_time' content='2017-06-12'></head><body><h1>On hedges</h1></body></html>"
)
CHALLENGE = b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
ROWS = b'[["timestamp","original"],["20181121120000","https://lost.example/hedges"],["20190303030303","https://lost.example/hedges"]]'


def asked(request):
    return parse_qs(urlsplit(request.url).query)


def index_of(target=TARGET):
    (request,) = WAYBACK.plan([target])
    return request


def capture(body, url="", status=200, rows=ROWS, **headers):
    """The answer to the capture that the index led to, and to no other."""
    (request,) = WAYBACK.read(answer_to(index_of(), rows)).then
    answer = answer_to(request, body, status)
    return replace(answer, url=url or request.url, headers={"content-type": "text/html", **headers})


@pytest.mark.parametrize("case", cases_of("wayback"), ids=lambda case: case.name)
def test_index(case):
    assert plain(WAYBACK.read(answer_of(case, WAYBACK, "answer.json"))) == expected_of(case)["reading"]


@pytest.mark.parametrize(
    ("target", "url", "closest"),
    [
        (TARGET, HEDGES, ["20221103"]),
        (replace(TARGET, note_day=""), HEDGES, None),
        (replace(TARGET, urls=("https://new.example/hedges", HEDGES)), HEDGES, ["20221103"]),
        (replace(TARGET, urls=("https://a.example/2017/06/12/hedges",)), "https://a.example/2017/06/12/hedges", ["20170612"]),
        (Target(Identifier("url", HEDGES)), HEDGES, None),
    ],
    ids=["near-the-note", "no-day", "as-written-first", "day-of-the-address", "identifier-alone"],
)  # fmt: skip
def test_index_is_asked_for_pages_near_a_day(target, url, closest):
    query = asked(index_of(target))
    assert (query["url"], query.get("closest")) == ([url], closest)
    assert query["filter"] == ["statuscode:200", "mimetype:text/html"]


def test_day_of_publication_counts_before_the_note():
    (request,) = archive_requests(TARGET, [HEDGES], day="2017-06-12")
    assert asked(request)["closest"] == ["20170612"]


def test_work_without_an_address_is_not_asked_for():
    assert list(WAYBACK.plan([Target(Identifier("medium", "bf4ab06dfd84"))])) == []


def test_canonical_address_is_looked_up_where_the_written_one_was_not_kept():
    target = replace(TARGET, urls=("https://new.example/hedges", "http://www.lost.example/hedges/"))
    (then,) = WAYBACK.read(answer_to(index_of(target), b"")).then
    assert asked(then)["url"] == ["https://new.example/hedges"]
    assert WAYBACK.read(answer_to(then, b"[]")).outcomes[TARGET.identifier][0] == "not-found"


def test_addresses_with_one_key_are_looked_up_once():
    target = replace(TARGET, urls=(HEDGES, "http://www.lost.example/hedges/"))
    assert WAYBACK.read(answer_to(index_of(target), b"[]")).then == ()


@pytest.mark.parametrize(
    ("identifier", "rung"),
    [
        ("url:https://lost.example/hedges", Rung.ARCHIVE),
        ("medium:bf4ab06dfd84", Rung.ARCHIVE),
        ("substack:aligned/what-is-alignment", Rung.ARCHIVE),
        ("forum:PostA222222222222", Rung.ARCHIVE),
        ("forum-comment:CommA222222222222", None),
        ("substack:aligned/what-is-alignment/comment/1", None),
        ("substack:note/1", None),
        ("tweet:1500000000000000001", None),
        ("arxiv:2209.99901", None),
    ],
)
def test_pages_of_their_own_are_kept(identifier, rung):
    assert WAYBACK.rung(Identifier.parse(identifier)) is rung


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"", "not-found"),
        (b"[]", "not-found"),
        (b"[[", "unreachable"),
        (b'{"a": 1}', "unreachable"),
        (b"[1, 2]", "unreachable"),
        (b"<html><title>504</title>", "unreachable"),
        (b"org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error", "forbidden"),
        (b'[["timestamp","original"],["today","x"]]', "not-found"),
    ],
)
def test_index_without_captures_is_an_outcome(body, outcome):
    reading = WAYBACK.read(answer_to(index_of(), body))
    assert (reading.outcomes[TARGET.identifier][0], reading.then) == (outcome, ())


def test_capture_is_read_like_the_page_it_was():
    reading = read(capture(PAGE), "answer")
    (record,) = reading.records
    claims = {(claim.field, claim.kind): claim.value for claim in reversed(record.claims)}
    assert (record.source, record.identifier) == ("wayback", TARGET.identifier)
    assert claims["title", ""] == "On hedges"
    assert claims["date", "posted"] == "2017-06-12"
    assert claims["archived", ""] == "https://web.archive.org/web/20181121120000/https://lost.example/hedges"
    assert reading.outcomes[TARGET.identifier][0] == "ok"


def test_day_of_a_capture_is_only_a_bound():
    (record,) = read(capture(b"<title>Hedges</title><h1>Hedges</h1>"), "answer").records
    assert [(c.value, c.kind) for c in record.claims if c.field == "date"] == [("2018-11-21", "not-later-than")]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (CHALLENGE, {}),
        (b"<title>Page not found</title><p>Sorry</p>", {}),
        (b"<title>Before you continue</title><p>Cookies</p>", {}),
        (PAGE, {"x-archive-orig-cf-mitigated": "challenge"}),
        (b"<title>Wayback Machine</title><div id='error'>This URL has been excluded</div>", {}),
    ],
    ids=["challenge", "soft-404", "cookies", "by-its-headers", "the-archive-itself"],
)
def test_capture_of_a_wall_is_no_content(body, headers):
    answer = capture(body, **headers)
    reading = WAYBACK.read(answer)
    assert (reading.records, reading.page) == ((), None)
    (then,) = reading.then
    assert then.url == f"https://web.archive.org/web/20190303030303id_/{HEDGES}"
    again = WAYBACK.read(replace(answer_to(then, body), headers=answer.headers))
    assert (again.then, again.outcomes[TARGET.identifier][0]) == ((), "not-found")


@pytest.mark.parametrize(
    ("url", "is_believed"),
    [
        ("https://web.archive.org/web/20181122120000id_/" + HEDGES, True),
        ("https://web.archive.org/web/20190815120000id_/" + HEDGES, False),
        ("https://web.archive.org/web/20181121120000id_/https://lost.example/", False),
        ("https://web.archive.org/details/hedges", False),
        ("https://web.archive.org/web/20189999999999id_/" + HEDGES, False),
    ],
    ids=["a-day-off", "months-off", "front-page", "elsewhere", "no-moment"],
)
def test_where_the_archive_ended_up_is_looked_at(url, is_believed):
    reading = WAYBACK.read(capture(PAGE, url))
    assert bool(reading.page) is is_believed


def test_archived_address_is_that_of_the_capture_that_was_shown():
    url = "https://web.archive.org/web/20181122000000id_/https://lost.example/hedges?old"
    (record,) = WAYBACK.read(capture(PAGE, url)).records
    assert plain_record(record)["claims"] == [
        ["archived", "https://web.archive.org/web/20181122000000/https://lost.example/hedges?old", "wayback:capture"],
        ["date not-later-than", "2018-11-22", "wayback:capture"],
    ]


def test_page_in_a_capture_has_the_headers_of_its_own_site():
    answer = capture(PAGE, **{"x-archive-orig-content-type": "text/html; charset=latin-1", "x-archive-orig-content-encoding": "gzip", "x-cache": "hit"})  # fmt: skip
    page = WAYBACK.read(answer).page
    assert (page.url, page.request.source) == (HEDGES, "page")
    assert page.headers == {"content-type": "text/html; charset=latin-1"}


def test_refused_index_is_an_outcome_of_the_archive():
    reading = read(answer_to(index_of(), b"<html>429 Too Many Requests</html>", 429), "answer")
    assert reading.outcomes[TARGET.identifier][0] == "rate-limited"


def test_interval_keeps_below_thirty_a_minute():
    (policy,) = WAYBACK.policies
    assert 60 / policy.interval <= 24
    assert policy.fresh_days > 365


def test_claims_of_a_capture_never_say_when_it_appeared():
    (record,) = WAYBACK.read(capture(PAGE)).records
    assert not [claim for claim in record.claims if isinstance(claim, Claim) and claim.kind == "posted"]
