"""Blogs and threads by their pages: what each family's own source reads that the generic reader cannot know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from litdb.sources import source_named, sources
from litdb.sources.page import PAGE
from own_pages import first_of, own, page_of, readings, request_of_page, shown
from source_cases import answer_to, cases_of, expected_of

REQUEST = request_of_page("https://example.org/post")
FAMILIES = ("substack", "medium", "ghost", "wordpress", "blogger", "distill", "github-threads")
CASES = [
    pytest.param(family, case, id=f"{family}-{case.name}")
    for family in FAMILIES
    for case in cases_of(family)
    if (case / "page.html").is_file()
]
EVERY_CASE = pytest.mark.parametrize(("family", "case"), CASES)


@EVERY_CASE
def test_page_is_known_by_its_own_words(family, case):
    page = page_of(case)
    assert [source.name for source in sources() if source.owns(page)] == [family]


@EVERY_CASE
def test_case(family, case):
    assert [shown(reading) for reading in readings(family, case)] == expected_of(case)["readings"]


@EVERY_CASE
def test_generic_reader_is_wrong_where_the_source_is_right(family, case):
    told = first_of(record for reading in readings(family, case) for record in reading.records)
    generic = first_of(PAGE.read(page_of(case)).records)
    assert [field for field in expected_of(case)["wrong"] if told[field] == generic.get(field)] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_family_has_a_page_that_the_generic_reader_gets_wrong(family):
    assert any(expected_of(case.values[1])["wrong"] for case in CASES if case.values[0] == family)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<p>We moved from Medium and Substack to WordPress and Ghost, and write with Distill.</p>",
        b'<img src="https://substackcdn.com/image/fetch/x.png">',
        b'<meta name="generator" content="Jekyll v4">',
        b"\x00\xff<html",
    ],
)
def test_pages_of_others_are_left_alone(body):
    page = answer_to(REQUEST, body)
    assert [source.name for source in sources() if source.owns(page)] == []


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<",
        b'<script>window._preloads = JSON.parse("{',
        b'<script>window._preloads = JSON.parse("[]")',
        b'<script>window._preloads = JSON.parse("' + b"[" * 50_000 + b'")',
        b'<d-front-matter><script>{"authors": 3}</script>',
        b"<d-front-matter><script>" + b"[" * 50_000 + b"</script>",
        b"<script type='text/front-matter'>" + b"[" * 2_000 + b"</script>",
        b"<script type='text/front-matter'>- a: &b [*b]</script>",
        b'<link rel="https://api.w.org/" href="//[bad">',
        b'<meta name="generator" content="Ghost 5"><h1 class="post-title"></h1>',
        b"\xff\xfe\x00",
    ],
    ids=range(12),
)
def test_no_page_is_too_broken(family, body):
    reading = source_named(family).read(own(answer_to(REQUEST, body), family))
    assert not any(claim.field in ("title", "authors", "date") for each in reading.records for claim in each.claims)


@pytest.mark.parametrize(
    ("address", "owned"),
    [("https://tidepool.example/", False), ("https://tidepool.example/gardens/", True)],
)
@pytest.mark.parametrize("family", ["ghost", "wordpress"])
def test_front_pages_are_left_to_the_generic_reader(family, address, owned):
    case = next(case.values[1] for case in CASES if case.values[0] == family)
    page = replace(page_of(case), url=address)
    assert source_named(family).owns(page) is owned


@pytest.mark.parametrize(
    ("href", "asked"),
    [
        ("https://blog.example/wp-json/", ["https://blog.example/wp-json/wp/v2/posts?slug=late-post"]),
        ("/wp-json/", ["https://blog.example/wp-json/wp/v2/posts?slug=late-post"]),
        ("/?rest_route=/", ["https://blog.example/?rest_route=/wp/v2/posts&slug=late-post"]),
        ("https://elsewhere.example/wp-json/", []),
        ("http://127.0.0.1/wp-json/", []),
        ("ftp://blog.example/wp-json/", []),
    ],
)
def test_wordpress_is_asked_on_the_pages_own_site_only(href, asked):
    request = request_of_page("https://blog.example/late-post/")
    page = answer_to(request, f'<link rel="https://api.w.org/" href="{href}">'.encode())
    then = source_named("wordpress").read(own(page, "wordpress")).then
    assert [each.url.partition("&_fields=")[0] for each in then] == asked


def wordpress_answer(body):
    case = next(case.values[1] for case in CASES if case.values[1].name == "silent-page")
    (question,) = source_named("wordpress").read(own(page_of(case), "wordpress")).then
    return source_named("wordpress").read(answer_to(question, body))


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"null", b'{"code": "rest_forbidden"}', b"[{}, {}]", b"[3]"])
def test_what_wordpress_refuses_is_an_outcome(body):
    ((outcome, _),) = wordpress_answer(body).outcomes.values()
    assert outcome == "unsupported"


def test_wordpress_looks_among_the_pages_for_what_is_no_post():
    reading = wordpress_answer(b"[]")
    (then,) = reading.then
    assert ("/wp/v2/pages" in then.url, reading.outcomes) == (True, {})
    ((outcome, _),) = source_named("wordpress").read(answer_to(then, b"[]")).outcomes.values()
    assert outcome == "unsupported"
