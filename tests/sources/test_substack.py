"""Substack's interface: which requests ask for which works, and what its answers say."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from litdb.model import Identifier, Rung, Target
from litdb.replay import read
from litdb.sources import policy_for
from litdb.sources.substack import BATCH, MOST_PAGES, SUBSTACK
from litdb.sources.substack_search import SUBSTACK_SEARCH
from litdb.text.urls import read_url
from own_pages import request_of_page, shown
from source_cases import answer_to, cases_of, expected_of

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "api"
SOURCES = {"substack": SUBSTACK, "substack-search": SUBSTACK_SEARCH}
CASES = [
    pytest.param(source, case, id=f"{name}-{case.name}")
    for name, source in SOURCES.items()
    for case in cases_of(name)
    if (case / "answer.json").is_file()
]
HIVE = "https://hive.substack.com/api/v1"


def targets(*names):
    return [Target(Identifier.parse(name)) for name in names]


def asked_for(*names):
    return [request.url for request in SUBSTACK.plan(targets(*names))]


@pytest.mark.parametrize(("source", "case"), CASES)
def test_case(source, case):
    expected = expected_of(case)
    (request,) = source.plan(targets(*expected["asked"]))
    reading = source.read(answer_to(request, (case / "answer.json").read_bytes()))
    assert shown(reading) == expected["reading"]


@pytest.mark.parametrize(
    ("wanted", "urls"),
    [
        (["substack:hive/a"], [f"{HIVE}/posts/a"]),
        (["substack:hive"], [f"{HIVE}/archive?sort=new&offset=0&limit={BATCH}"]),
        (["substack:hive", "substack:hive/a"], [f"{HIVE}/archive?sort=new&offset=0&limit={BATCH}"]),
        (["substack:hive/a", "substack:hive/b"], [f"{HIVE}/archive?sort=new&offset=0&limit={BATCH}"]),
        (["substack:hive/a", "substack:nest/a"], [f"{HIVE}/posts/a", "https://nest.substack.com/api/v1/posts/a"]),
        (["substack:p-104"], ["https://substack.com/api/v1/posts/by-id/104"]),
        (["substack:note/123"], ["https://substack.com/api/v1/reader/comment/123"]),
        (["substack:hive/a/comment/5"], ["https://substack.com/api/v1/reader/comment/5"]),
    ],
)
def test_a_publication_is_asked_once(wanted, urls):
    assert asked_for(*wanted) == urls


@pytest.mark.parametrize(("works", "requests"), [(1, 1), (2, 1), (40, 1), (400, 1)])
def test_requests_for_works_of_one_publication(works, requests):
    assert len(asked_for(*(f"substack:hive/post-{number}" for number in range(works)))) == requests


def archive(count, first=0):
    posts = [{"id": number, "slug": f"post-{number}", "title": "A"} for number in range(first, first + count)]
    return json.dumps(posts).encode()


def test_an_archive_is_turned_over_page_by_page_and_the_rest_is_asked_for_alone():
    (request,) = SUBSTACK.plan(targets("substack:hive/x", "substack:hive/y", "substack:hive/post-60"))
    pages = []
    while request.step == "archive":
        pages.append(parse_qs(urlsplit(request.url).query)["offset"][0])
        reading = SUBSTACK.read(answer_to(request, archive(BATCH, BATCH * (len(pages) - 1))))
        request = reading.then[0]
    assert pages == [str(BATCH * page) for page in range(MOST_PAGES)]
    assert [each.url for each in reading.then] == [f"{HIVE}/posts/x", f"{HIVE}/posts/y"]


@pytest.mark.parametrize(
    ("count", "missing", "steps"),
    [(BATCH, 1, ["post"]), (BATCH, 2, ["archive"]), (25, 2, ["archive"]), (11, 2, ["post", "post"]), (0, 1, ["post"])],
)
def test_a_short_page_is_the_last_and_one_post_needs_no_archive(count, missing, steps):
    (request,) = SUBSTACK.plan(targets("substack:hive", *(f"substack:hive/x{number}" for number in range(missing))))
    reading = SUBSTACK.read(answer_to(request, archive(count)))
    assert [each.step for each in reading.then] == steps
    assert set(reading.outcomes) == {Identifier("substack", "hive")}


@pytest.mark.parametrize("step", ["substack:hive/a", "substack:hive", "substack:note/1", "substack:p-1"])
@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (429, b"Too Many Requests", "rate-limited"),
        (200, b"Too Many Requests", "rate-limited"),
        (403, b"Forbidden", "forbidden"),
        (404, b'{"error":"Not found"}', "not-found"),
        (410, b"", "gone"),
        (503, b"", "unreachable"),
        (200, b"<!DOCTYPE html><title>Just a moment...</title>", "challenged"),
        (200, b"<!DOCTYPE html><title>The Hive</title>", "challenged"),
        (200, b"", "unreachable"),
        (200, b'{"slug": "a", "ti', "unreachable"),
        (200, b"[" * 100_000, "unreachable"),
        (200, b'{"errors":[{"msg":"Invalid value"}]}', "unsupported"),
        (200, b"null", "unsupported"),
        (200, b"3", "unsupported"),
    ],
)
def test_refusals_are_outcomes(step, status, body, outcome):
    (request,) = SUBSTACK.plan(targets(step))
    reading = read(answer_to(request, body, status), "")
    ((found, reason),) = reading.outcomes.values()
    assert (found, bool(reason), reading.records) == (outcome, True, ())


@pytest.mark.parametrize(("status", "body"), [(429, b"Too Many Requests"), (403, b""), (200, b"<p>"), (200, b"")])
def test_a_search_is_refused_in_the_same_words(status, body):
    (request,) = SUBSTACK_SEARCH.plan(targets("substack:hive/a"))
    (direct,) = SUBSTACK.plan(targets("substack:hive/a"))
    found, expected = (
        SUBSTACK_SEARCH.read(answer_to(request, body, status)),
        SUBSTACK.read(answer_to(direct, body, status)),
    )
    assert found.outcomes == expected.outcomes


def test_a_renamed_post_is_searched_only_where_its_own_address_failed():
    assert SUBSTACK_SEARCH.rung(Identifier("substack", "hive/a")) is Rung.ARCHIVE
    assert SUBSTACK_SEARCH.rung(Identifier("substack", "hive")) is None


@pytest.mark.parametrize("url", ["https://substack.com/x", "https://hive.substack.com/x", "https://www.substack.com/x"])
def test_all_of_substack_is_one_lane(url):
    policy = policy_for(read_url(url))
    assert (policy.lane, policy.interval, policy.fresh_days) == ("substack", 3.0, 7)


def test_replay_hands_a_page_of_substacks_over():
    case = next(case for case in cases_of("substack") if case.name == "own-domain")
    request = request_of_page(expected_of(case)["page"])
    reading = read(answer_to(request, (case / "page.html").read_bytes()), "answer-1")
    assert [record.source for record in reading.records] == ["page", "substack"]
    assert dict.fromkeys(map(str, reading.outcomes), ("ok", "")) == {
        "url:https://thehive.example/p/talk": ("ok", ""),
        "substack:hive/talk": ("ok", ""),
    }


def recorded():
    index = CORPUS / "index.jsonl"
    if not index.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason="no recorded answers: ../shared/corpus is absent"))]
    rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=row["id"]) for row in rows if row["file"].startswith("substack/")]


@pytest.mark.parametrize("row", recorded())
def test_recorded_answers_read_as_they_say(row):
    body = (CORPUS / row["file"]).read_bytes()
    document = json.loads(body)
    if "post" in document:
        (request,) = SUBSTACK.plan(targets(f"substack:p-{document['post']['id']}"))
        posts = [document["post"]]
    else:
        posts = document["posts"]
        pub = urlsplit(posts[0]["canonical_url"]).hostname.partition(".")[0]
        (request,) = SUBSTACK.plan(targets(f"substack:{pub}", *(f"substack:{pub}/{each['slug']}" for each in posts)))
        body = json.dumps(posts).encode()
    reading = SUBSTACK.read(answer_to(request, body, row["status"]))
    told = {
        claim.value: {each.field: each.value for each in record.claims if each.kind in ("", "posted")}
        for record in reading.records
        for claim in record.claims
        if claim.field == "title"
    }
    assert {str(each) for each in reading.outcomes} >= {str(each.identifier) for each in request.asked}
    for post in posts:
        claims = told[post["title"]]
        assert claims["date"][:19] == post["post_date"][:19]
        assert claims["authors"]
        assert claims["container"]
        name = post["publishedBylines"][0]["name"].partition(" (")[0]
        assert name.split()[-1] in json.dumps(claims["authors"])
