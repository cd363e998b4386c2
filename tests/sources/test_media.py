"""Twitter and YouTube: what their embedding services say, what refusals mean, and the watch page for the day."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from litdb.model import Identifier, Rung, Target
from litdb.sources import identify, source_named, sources
from litdb.sources.page import PAGE
from own_pages import first_of, page_of, readings, shown
from source_cases import answer_of, answer_to, cases_of, expected_of, plain

TWITTER, YOUTUBE, WATCH = source_named("twitter"), source_named("youtube"), source_named("youtube-page")
TWEET, VIDEO = "1500000000000000001", "DemoGarden1"
SERVICES = [
    pytest.param(source, case, id=f"{source.name}-{case.name}")
    for source in (TWITTER, YOUTUBE)
    for case in cases_of(source.name)
]
PAGES = [pytest.param(case, id=case.name) for case in cases_of("youtube-page")]


def ask(source, identifier, *urls):
    (request,) = source.plan([Target(Identifier.parse(identifier), urls)])
    return request


def outcome_of(reading):
    ((outcome, reason),) = reading.outcomes.values()
    assert reason or outcome == "ok"
    return outcome


@pytest.mark.parametrize(
    ("urls", "asked"),
    [
        (("https://twitter.com/ann_ek/status/" + TWEET,), f"https://x.com/ann_ek/status/{TWEET}"),
        (("https://twitter.com/i/web/status/" + TWEET, f"https://x.com/ek/status/{TWEET}"), f"https://x.com/ek/status/{TWEET}"),
        ((), f"https://x.com/i/status/{TWEET}"),
    ],
)  # fmt: skip
def test_tweet_is_asked_for_at_the_embedding_service(urls, asked):
    request = ask(TWITTER, f"tweet:{TWEET}", *urls)
    assert request.url.startswith("https://publish.x.com/oembed?")
    assert parse_qs(urlsplit(request.url).query)["url"] == [asked]


def test_video_is_asked_for_at_the_embedding_service_then_at_its_page():
    request = ask(YOUTUBE, f"youtube:{VIDEO}", f"https://youtu.be/{VIDEO}?t=4")
    assert parse_qs(urlsplit(request.url).query)["url"] == [f"https://www.youtube.com/watch?v={VIDEO}"]
    assert ask(WATCH, f"youtube:{VIDEO}").url == f"https://www.youtube.com/watch?v={VIDEO}"
    video = Identifier("youtube", VIDEO)
    assert (YOUTUBE.rung(video), WATCH.rung(video)) == (Rung.API, Rung.PAGE)


@pytest.mark.parametrize(("source", "case"), SERVICES)
def test_answer_of_the_service(source, case):
    assert plain(source.read(answer_of(case, source, "answer.json"))) == expected_of(case)["reading"]


@pytest.mark.parametrize(
    ("source", "status", "outcome"),
    [
        (TWITTER, 404, "gone"),
        (TWITTER, 403, "forbidden"),
        (YOUTUBE, 400, "not-found"),
        (YOUTUBE, 401, "forbidden"),
        (YOUTUBE, 403, "forbidden"),
        (YOUTUBE, 404, "not-found"),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_error_of_the_service_speaks_of_the_work(source, status, outcome):
    identifier = f"tweet:{TWEET}" if source is TWITTER else f"youtube:{VIDEO}"
    reading = source.read(answer_to(ask(source, identifier), b'{"error": "Sorry"}', status))
    assert outcome_of(reading) == outcome == source.refusals[status][0]
    assert not reading.records


@pytest.mark.parametrize("source", [TWITTER, YOUTUBE], ids=lambda source: source.name)
@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"", "unreachable"),
        (b"{}", "unreachable"),
        (b"[]", "unsupported"),
        (b'{"title": "A', "unreachable"),
        (b"[" * 100_000, "unreachable"),
        (b"<!DOCTYPE html><title>X</title>", "challenged"),
    ],
    ids=["empty", "nothing", "list", "cut", "deep", "page"],
)
def test_what_is_no_embedding_is_never_content(source, body, outcome):
    identifier = f"tweet:{TWEET}" if source is TWITTER else f"youtube:{VIDEO}"
    reading = source.read(answer_to(ask(source, identifier), body))
    assert (outcome_of(reading), reading.records) == (outcome, ())


def test_tweet_without_words_keeps_its_author():
    body = f'{{"url": "https://x.com/ek/status/{TWEET}", "author_name": "Ann Ek", "html": "<blockquote></blockquote>"}}'
    (record,) = TWITTER.read(answer_to(ask(TWITTER, f"tweet:{TWEET}"), body.encode())).records
    assert [claim.field for claim in record.claims] == ["authors"]


def test_tweet_has_no_title():
    (case,) = (case for case in cases_of("twitter") if case.name == "words")
    (record,) = TWITTER.read(answer_of(case, TWITTER, "answer.json")).records
    assert "title" not in {claim.field for claim in record.claims}


@pytest.mark.parametrize("case", PAGES)
def test_watch_page(case):
    page = page_of(case)
    assert [source.name for source in sources() if source.owns(page)] == ["youtube-page"]
    assert [shown(reading) for reading in readings("youtube-page", case)] == expected_of(case)["readings"]


@pytest.mark.parametrize("case", [case for case in PAGES if expected_of(case.values[0])["wrong"]])
def test_generic_reader_is_wrong_about_a_video(case):
    told = first_of(record for reading in readings("youtube-page", case) for record in reading.records)
    generic = first_of(PAGE.read(page_of(case)).records)
    assert [field for field in expected_of(case)["wrong"] if told[field] == generic.get(field)] == []


def test_some_watch_page_is_read_wrong_by_the_generic_reader():
    assert any(expected_of(case.values[0])["wrong"] for case in PAGES)


def test_data_of_another_video_is_not_believed():
    body = b'<script>var ytInitialPlayerResponse = {"videoDetails": {"videoId": "AnotherOne1", "title": "Other"}};</script>'
    reading = WATCH.read(answer_to(ask(WATCH, f"youtube:{VIDEO}"), body))
    assert (outcome_of(reading), reading.records) == ("partial", ())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"ytInitialPlayerResponse",
        b"<script>ytInitialPlayerResponse = {",
        b"<script>ytInitialPlayerResponse = " + b'{"a":' * 50_000,
        b'<script type="application/ld+json">' + b"[" * 50_000 + b"</script>",
        b'<script type="application/ld+json">[]</script><meta itemprop="name">',
    ],
    ids=range(7),
)
def test_broken_watch_page_breaks_nothing(body):
    assert not WATCH.read(answer_to(ask(WATCH, f"youtube:{VIDEO}"), body)).records


def test_channel_is_a_website_and_not_asked_for_as_a_video():
    channel = identify("https://www.youtube.com/@RobertMilesAI")
    assert channel.claims[0].value == "website"
    assert YOUTUBE.rung(channel.identifier) is WATCH.rung(channel.identifier) is None
