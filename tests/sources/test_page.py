"""The source of last resort: which URLs are one page, what is asked, what a page's answer becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from litdb.model import Hop, Identifier, Rung, Target
from litdb.sources.page import PAGE
from litdb.text.urls import read_url
from source_cases import answer_of, answer_to, cases_of, expected_of, request_of

POST = "https://example.org/post"


@pytest.mark.parametrize(
    ("url", "value"),
    [
        (POST, POST),
        ("http://example.org/post/", POST),
        ("https://www.example.org/post/index.html", POST),
        ("https://m.example.org/post", POST),
        ("https://amp.example.org/post?amp=1", POST),
        ("https://example.org/post/amp/", POST),
        ("https://example.org/post.amp", POST),
        ("https://example.org/post?amp", POST),
        ("https://example.org/post/print/", POST),
        ("https://example.org/post?print=1&utm_medium=mail", POST),
        ("https://example.org/post#part-2", POST),
        ("https://example.org/post?id=1&page=2", "https://example.org/post?id=1&page=2"),
        ("https://example.org/post?print=large", "https://example.org/post?print=large"),
        ("https://example.org/n%C3%A4he", "https://example.org/n%C3%A4he"),
        ("https://example.org/%7eann/a%2fb", "https://example.org/~ann/a%2Fb"),
        ("https://example.org/caf%E9", "https://example.org/caf%E9"),
        ("https://example.org:8443/post/", "https://example.org:8443/post"),
        ("https://example.org/#/route", "https://example.org/#/route"),
        ("http://example.org", "https://example.org"),
        ("https://example.org/index.html", "https://example.org"),
        ("https://example.org/amplifier", "https://example.org/amplifier"),
    ],
)
def test_views_of_a_page_are_one_page(url, value):
    identity = PAGE.identify(read_url(url))
    assert identity.identifier == Identifier("url", value)
    again = PAGE.identify(read_url(identity.url))
    assert (again.identifier, again.url) == (identity.identifier, identity.url)


def test_url_to_cite_is_kept_but_for_what_names_no_page():
    identity = PAGE.identify(read_url("http://www.example.org/post/?utm_source=x#Part_two"))
    assert (identity.url, identity.locator) == ("http://www.example.org/post/", "Part_two")


@pytest.mark.parametrize(
    ("url", "claims"),
    [
        ("https://example.org/", [("type", "website", "url")]),
        ("https://example.org/2023/05/05/post", [("date", "2023-05-05", "url:path")]),
        ("https://example.org/2023/05/post", [("date", "2023-05", "url:path")]),
        ("https://example.org/world/2016/nov/30/post", [("date", "2016-11-30", "url:path")]),
        ("https://example.org/2023/13/41/post", []),
        ("https://example.org/2023/05/05/", []),
        (POST, []),
    ],
)
def test_address_alone_tells(url, claims):
    found = PAGE.identify(read_url(url)).claims
    assert [(claim.field, claim.value, claim.how) for claim in found] == claims


@pytest.mark.parametrize(
    ("scheme", "rung"), [("url", Rung.PAGE), ("arxiv", Rung.PAGE), ("tweet", None), ("forum", None)]
)
def test_rung(scheme, rung):
    assert PAGE.rung(Identifier(scheme, "x")) is rung


@pytest.mark.parametrize(
    ("identifier", "urls", "asked"),
    [
        (f"url:{POST}", ("http://example.org/post", "https://example.org/post/", POST), POST),
        (f"url:{POST}", (), POST),
        ("arxiv:2209.99901", ("https://arxiv.org/pdf/2209.99901v2",), "https://arxiv.org/abs/2209.99901"),
        ("doi:10.5555/a<b>#1", (), "https://doi.org/10.5555/a%3Cb%3E%231"),
        ("medium:bf4ab06dfd84", ("https://m.example/p-bf4ab06dfd84",), "https://m.example/p-bf4ab06dfd84"),
    ],
)
def test_one_request_asks_for_the_best_address(identifier, urls, asked):
    (request,) = PAGE.plan([Target(Identifier.parse(identifier), urls)])
    assert (request.url, request.method) == (asked, "GET")
    assert dict(request.headers)["Accept"].startswith("text/html")


def test_work_without_an_address_is_not_asked_for():
    assert list(PAGE.plan([Target(Identifier("pmlr", "v97/x"))])) == []


@pytest.mark.parametrize("case", cases_of("page"), ids=lambda case: case.name)
def test_answer_becomes_a_record(case):
    expected = expected_of(case)
    reading = PAGE.read(answer_of(case, PAGE, "page.html"))
    (outcome,) = reading.outcomes.values()
    assert list(outcome) == expected["outcome"]
    assert len(reading.records) == ("claims" in expected)
    for record in reading.records:
        first = {claim.field: claim.value for claim in reversed(record.claims) if claim.kind in ("", "posted")}
        assert [str(each) for each in record.same] == expected["same"]
        assert {field: first.get(field) for field in expected["claims"]} == expected["claims"]


@pytest.mark.parametrize(
    ("statuses", "same"),
    [
        ((301,), ["url:https://new.example/post"]),
        ((308, 301), ["url:https://new.example/post"]),
        ((301, 302), []),
        ((), []),
    ],
)
def test_only_permanent_redirects_make_one_work_of_two_addresses(statuses, same):
    answer = answer_to(request_of("page", f"url:{POST}", url=POST), b"<title>A post</title>")
    moved = replace(
        answer, url="https://new.example/post" if statuses else POST, hops=tuple(Hop(each, POST) for each in statuses)
    )
    (record,) = PAGE.read(moved).records
    assert [str(each) for each in record.same] == same


def test_redirect_to_a_front_page_makes_no_two_works_one():
    answer = answer_to(request_of("page", f"url:{POST}", url=POST), b"<title>Welcome</title>")
    (record,) = PAGE.read(replace(answer, url="https://new.example/", hops=(Hop(301, POST),))).records
    assert record.same == ()


def test_page_of_a_known_work_adds_no_address_to_it():
    body = b'<title>A paper</title><link rel="canonical" href="/abs/2209.99901v3">'
    (record,) = PAGE.read(
        answer_to(request_of("page", "arxiv:2209.99901", url="https://arxiv.org/abs/2209.99901"), body)
    ).records
    assert record.same == ()


def test_refresh_is_followed_once():
    body = b'<meta http-equiv="refresh" content="0; url=/new">'
    answer = answer_to(request_of("page", f"url:{POST}", url=POST), body)
    (then,) = PAGE.read(answer).then
    assert (then.url, then.step, then.asked) == ("https://example.org/new", "refresh", answer.request.asked)
    assert PAGE.read(answer_to(then, body)).then == ()


@pytest.mark.parametrize(
    ("content_type", "body", "kind"),
    [
        ("image/png", b"\x89PNG\r\n", "an image"),
        ("application/octet-stream", b"PK\x03\x04", "a ZIP archive"),
        ("text/html", b"%PDF-1.4", "a PDF"),
        ("video/mp4", b"\0\0", "video/mp4"),
        ("application/atom+xml", b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>", "a feed"),
        ("text/html", b"\xef\xbb\xbf<?xml version='1.0'?><rss><channel><title>News</title></channel></rss>", "a feed"),
        ("text/html", "<rss><channel><title>News</title></channel></rss>".encode("utf-16"), "a feed"),
        ("text/html", b"<?xml-stylesheet href='/x.xsl'?><!-- x --><rss><channel><title>News</title>", "a feed"),
        ("text/html", b"<!DOCTYPE rss SYSTEM 'rss.dtd'><rss><channel><title>News</title></channel></rss>", "a feed"),
        ("", b'\xef\xbb\xbf{"version": "https://jsonfeed.org/version/1"}', "JSON"),
    ],
)
def test_what_is_no_page_is_named(content_type, body, kind):
    answer = answer_to(request_of("page", f"url:{POST}", url=POST), body)
    reading = PAGE.read(replace(answer, headers={"content-type": content_type}))
    ((outcome, reason),) = reading.outcomes.values()
    assert (outcome, reason) == ("unsupported", f"the address leads to {kind}, not to a page")
