"""OpenAI, DeepMind, Anthropic: posts that moved, feeds that answer for many, pages that hide people and days."""

from __future__ import annotations

import pytest

from litdb.model import Identifier, Rung, Target
from litdb.sources import identify, source_named, sources
from litdb.sources.page import PAGE
from own_pages import first_of, own, page_of, readings, shown
from source_cases import answer_of, answer_to, cases_of, expected_of, plain

LABS = ("openai", "deepmind")
FAMILIES = (*LABS, "anthropic")
PAGES = [
    pytest.param(family, case, id=f"{family}-{case.name}")
    for family in FAMILIES
    for case in cases_of(family)
    if (case / "page.html").is_file()
]
EVERY_PAGE = pytest.mark.parametrize(("family", "case"), PAGES)


def post_of(family, slug):
    address = {"openai": "https://openai.com/blog/{}", "deepmind": "https://www.deepmind.com/blog/{}"}[family]
    identity = identify(address.format(slug))
    return Target(identity.identifier, (identity.url, address.format(slug)), "2022-11-03")


@pytest.mark.parametrize("family", LABS)
def test_one_request_for_any_number_of_posts(family):
    source, wanted = source_named(family), [post_of(family, f"post-{number}") for number in range(40)]
    (request,) = source.plan(wanted)
    assert request.asked == tuple(wanted)
    assert list(source.plan([])) == []


@pytest.mark.parametrize(
    ("family", "address", "rung"),
    [
        ("openai", "https://openai.com/research/hedges", Rung.FEED),
        ("openai", "https://openai.com/careers", None),
        ("deepmind", "https://www.deepmind.com/blog/hedges", Rung.FEED),
        ("deepmind", "https://deepmind.google/research/", None),
        ("anthropic", "https://www.anthropic.com/news/hedges", None),
    ],
)
def test_only_posts_stand_in_the_feed(family, address, rung):
    assert source_named(family).rung(identify(address).identifier) is rung


@pytest.mark.parametrize("family", LABS)
def test_feed(family):
    case = next(case for case in cases_of(family) if case.name == "feed")
    source = source_named(family)
    assert plain(source.read(answer_of(case, source, "feed.xml"))) == expected_of(case)["reading"]


@pytest.mark.parametrize("family", LABS)
@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>News</body></html>", b"<rss><channel><item><title>A</title>", b"{}", b"\xff\xfe\x00"],
    ids=["empty", "page", "cut", "json", "bytes"],
)
def test_feed_that_is_none_says_nothing_about_anybody(family, body):
    source = source_named(family)
    (request,) = source.plan([post_of(family, "hedges")])
    reading = source.read(answer_to(request, body))
    assert [outcome for outcome, _ in reading.outcomes.values()] == ["unreachable"]
    assert not reading.records


def test_feed_cannot_read_files_of_this_machine(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    source = source_named("openai")
    (request,) = source.plan([post_of("openai", "hedges")])
    item = "<item><title>&x;</title><link>https://openai.com/index/hedges</link></item>"
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss><channel>{item}</channel></rss>'
    assert "secret" not in str(plain(source.read(answer_to(request, body.encode()))))


@EVERY_PAGE
def test_page_is_known_by_its_address(family, case):
    assert [source.name for source in sources() if source.owns(page_of(case))] == [family]


@EVERY_PAGE
def test_page(family, case):
    assert [shown(reading) for reading in readings(family, case)] == expected_of(case)["readings"]


@EVERY_PAGE
def test_generic_reader_is_wrong_where_the_source_is_right(family, case):
    told = first_of(record for reading in readings(family, case) for record in reading.records)
    generic = first_of(PAGE.read(page_of(case)).records)
    assert [field for field in expected_of(case)["wrong"] if told[field] == generic.get(field)] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_lab_has_a_page_that_the_generic_reader_gets_wrong(family):
    assert any(expected_of(each.values[1])["wrong"] for each in PAGES if each.values[0] == family)


def test_lost_day_is_looked_for_near_the_note():
    (case,) = (case for case in cases_of("deepmind") if case.name == "lost-day")
    page = own(page_of(case), "deepmind")
    target = post_of("deepmind", "learning-through-hedges")
    asked = type(page.request)(page.request.source, page.request.url, (target,), page.request.step)
    (then,) = source_named("deepmind").read(answer_to(asked, page.body)).then
    assert "url=https%3A%2F%2Fwww.deepmind.com%2Fblog%2Flearning-through-hedges" in then.url
    assert "closest=20221103" in then.url


def test_archived_page_without_a_day_is_not_looked_for_again():
    (case,) = (case for case in cases_of("deepmind") if case.name == "lost-day")
    page = page_of(case)
    old = answer_to(own(page, "deepmind").request, page.body, 200)
    old = type(old)(old.request, 200, {}, old.body, "https://www.deepmind.com/blog/learning-through-hedges", old.at)
    reading = source_named("deepmind").read(old)
    assert (reading.then, dict(reading.outcomes)) == ((), {})


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("body", [b"", b"<", b"<h1>", b"\xff\xfe\x00", b"<dt>Authors</dt>", b"<h1></h1>"])
def test_broken_page_of_a_lab_breaks_nothing(family, body):
    address = next(each.values[1] for each in PAGES if each.values[0] == family)
    request = own(page_of(address), family).request
    reading = source_named(family).read(answer_to(request, body))
    assert not any(record.claims for record in reading.records)


def test_firm_is_the_author_until_its_page_tells():
    claims = identify("https://openai.com/blog/hedges").claims
    assert [claim.value for claim in claims if claim.field == "authors"] == [[{"literal": "OpenAI"}]]
    assert Identifier("url", "https://openai.com/index/hedges") == identify("https://openai.com/blog/hedges").identifier
