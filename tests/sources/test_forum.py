"""The forums: what their URLs mean, the question for many works, and what the answers say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.model import Identifier, Relation, Target
from litdb.replay import read
from litdb.sources.forum import EA_FORUM, FORUM
from litdb.sources.forum_reading import ObjectReader
from litdb.sources.forum_urls import LESSWRONG
from litdb.text.urls import read_url
from source_cases import answer_of, answer_to, cases_of, expected_of, plain

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "api" / "lesswrong"
POST, COMMENT, SEQUENCE = "PostA222222222222", "CommA222222222222", "SequA222222222222"
LW, AF, EA = "https://www.lesswrong.com", "https://www.alignmentforum.org", "https://forum.effectivealtruism.org"
SOURCES = {"forum": FORUM, "eaforum": EA_FORUM}


@pytest.mark.parametrize(
    ("url", "identifier", "canonical", "locator"),
    [
        (f"{LW}/posts/{POST}/tea", f"forum:{POST}", f"{LW}/posts/{POST}/tea", ""),
        (f"https://lesswrong.com/posts/{POST}", f"forum:{POST}", f"{LW}/posts/{POST}", ""),
        (f"{AF}/posts/{POST}/tea?utm_source=x", f"forum:{POST}", f"{AF}/posts/{POST}/tea", ""),
        (f"{LW}/posts/{POST}/tea#Costs_of_tea", f"forum:{POST}", f"{LW}/posts/{POST}/tea", "Costs_of_tea"),
        (f"{LW}/posts/{POST}/tea#Misinterpretation", f"forum:{POST}", f"{LW}/posts/{POST}/tea", "Misinterpretation"),
        (f"{LW}/posts/{POST}/tea#comments", f"forum:{POST}", f"{LW}/posts/{POST}/tea", ""),
        (f"{LW}/s/{SEQUENCE}/p/{POST}", f"forum:{POST}", f"{LW}/posts/{POST}", ""),
        (f"{LW}/events/{POST}/tea-party", f"forum:{POST}", f"{LW}/posts/{POST}/tea-party", ""),
        (f"{LW}/g/{SEQUENCE}/p/{POST}", f"forum:{POST}", f"{LW}/posts/{POST}", ""),
        (f"https://www.greaterwrong.com/posts/{POST}/tea", f"forum:{POST}", f"{LW}/posts/{POST}/tea", ""),
        (f"https://www.lesserwrong.com/posts/{POST}/tea", f"forum:{POST}", f"{LW}/posts/{POST}/tea", ""),
        (f"https://lw2.issarice.com/posts/{POST}/tea", f"forum:{POST}", f"{LW}/posts/{POST}/tea", ""),
        (f"{LW}/s/{SEQUENCE}", f"forum-sequence:{SEQUENCE}", f"{LW}/s/{SEQUENCE}", ""),
        (f"{AF}/sequences/{SEQUENCE}", f"forum-sequence:{SEQUENCE}", f"{AF}/s/{SEQUENCE}", ""),
        (f"{EA}/posts/{POST}/tea", f"eaforum:{POST}", f"{EA}/posts/{POST}/tea", ""),
        (f"https://ea.greaterwrong.com/posts/{POST}/tea", f"eaforum:{POST}", f"{EA}/posts/{POST}/tea", ""),
        (f"https://forum-bots.effectivealtruism.org/posts/{POST}", f"eaforum:{POST}", f"{EA}/posts/{POST}", ""),
        (f"{EA}/s/{SEQUENCE}", f"eaforum-sequence:{SEQUENCE}", f"{EA}/s/{SEQUENCE}", ""),
    ],
)
def test_every_address_of_a_post_or_sequence_means_it(url, identifier, canonical, locator):
    found = SOURCES[identifier.partition(":")[0].partition("-")[0]].identify(read_url(url))
    assert (str(found.identifier), found.url, found.locator) == (identifier, canonical, locator)
    assert not found.relations


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (f"{LW}/posts/{POST}/tea?commentId={COMMENT}", f"{LW}/posts/{POST}/tea?commentId={COMMENT}"),
        (f"{LW}/posts/{POST}/tea?commentId={COMMENT}#{COMMENT}", f"{LW}/posts/{POST}/tea?commentId={COMMENT}"),
        (f"{AF}/posts/{POST}/tea/comment/{COMMENT}", f"{AF}/posts/{POST}/tea?commentId={COMMENT}"),
        (f"{LW}/posts/{POST}/tea#{COMMENT}", f"{LW}/posts/{POST}/tea?commentId={COMMENT}"),
        (
            f"https://www.greaterwrong.com/posts/{POST}/tea#comment-{COMMENT}",
            f"{LW}/posts/{POST}/tea?commentId={COMMENT}",
        ),
        (f"{LW}/s/{SEQUENCE}/p/{POST}?commentId={COMMENT}", f"{LW}/posts/{POST}?commentId={COMMENT}"),
    ],
)
def test_every_address_of_a_comment_means_the_comment_on_its_post(url, canonical):
    found = FORUM.identify(read_url(url))
    comment = Identifier("forum-comment", COMMENT)
    assert (found.identifier, found.url, found.locator) == (comment, canonical, "")
    assert found.relations == (Relation(comment, "comment-on", Identifier("forum", POST), "url"),)


@pytest.mark.parametrize(
    "url",
    [
        f"{LW}/tag/tea",
        f"{LW}/w/tea",
        f"{LW}/users/tea_pot42",
        f"{LW}/allPosts",
        f"{LW}/rationality/tea",
        f"{LW}/posts/slug/tea",
        f"{LW}/posts/short/tea",
        f"{LW}/",
        f"{EA}/posts/{POST}/tea",
        f"https://lesswrong.com.example.net/posts/{POST}/tea",
    ],
)
def test_tags_people_lists_and_other_hosts_are_not_taken(url):
    assert FORUM.identify(read_url(url)) is None


@pytest.mark.parametrize(
    ("url", "kind", "container"),
    [
        (f"{LW}/posts/{POST}/tea", "post", "LessWrong"),
        (f"{AF}/posts/{POST}/tea?commentId={COMMENT}", "comment", "AI Alignment Forum"),
        (f"https://www.greaterwrong.com/s/{SEQUENCE}", "sequence", "LessWrong"),
    ],
)
def test_the_url_tells_kind_and_site(url, kind, container):
    claims = FORUM.identify(read_url(url)).claims
    assert [(claim.field, claim.value, claim.how) for claim in claims] == [
        ("type", kind, "url"),
        ("container", container, "url"),
    ]


@given(
    st.from_regex(r"[A-Za-z0-9]{17}", fullmatch=True),
    st.sampled_from(["/posts/{}", "/posts/{}/a-slug", "/s/{}", f"/posts/{POST}/été?commentId={{}}"]),
    st.sampled_from([LW, AF, "https://greaterwrong.com"]),
)
def test_canonical_urls_lead_back_to_their_work(value, path, site):
    found = FORUM.identify(read_url(site + path.format(value)))
    again = FORUM.identify(read_url(found.url))
    assert (again.identifier, again.url) == (found.identifier, found.url)
    assert found.identifier.value == value


def targets(*names):
    return [Target(Identifier.parse(name)) for name in names]


def test_all_kinds_go_into_one_question():
    (request,) = FORUM.plan(targets(f"forum:{POST}", f"forum-comment:{COMMENT}", f"forum-sequence:{SEQUENCE}"))
    question = json.loads(request.body)
    assert (request.method, request.url) == ("POST", "https://www.lesswrong.com/graphql")
    assert question["variables"] == {"p0": POST, "c1": COMMENT, "s2": SEQUENCE}
    assert "p0: post(selector: {_id: $p0}, allowNull: true) { result {" in question["query"]
    assert "c1: comment(" in question["query"]
    assert "s2: sequence(" in question["query"]


@pytest.mark.parametrize("name", [f"forum:{POST}", f"forum-comment:{COMMENT}", f"forum-sequence:{SEQUENCE}"])
def test_every_fragment_of_a_question_is_used(name):
    """GraphQL refuses a document with a fragment that nothing spreads (specification, 5.5.1.4)."""
    (request,) = FORUM.plan(targets(name))
    query = json.loads(request.body)["query"]
    assert set(re.findall(r"fragment (\w+)", query)) == set(re.findall(r"\.\.\.(\w+)", query))
    assert query.count("{") == query.count("}")


def test_the_ea_forum_is_asked_at_the_machines_entrance_in_its_own_way():
    (request,) = EA_FORUM.plan(targets(f"eaforum:{POST}"))
    assert request.url == "https://forum-bots.effectivealtruism.org/graphql"
    assert "p0: post(input: {selector: {_id: $p0}}) {" in json.loads(request.body)["query"]


def test_forty_works_a_question():
    wanted = targets(*(f"forum:{number:017}" for number in range(90)))
    assert [len(request.asked) for request in FORUM.plan(wanted)] == [40, 40, 10]


@pytest.mark.parametrize(
    "case", cases_of("forum") + cases_of("eaforum"), ids=lambda case: f"{case.parent.name}-{case.name}"
)
def test_cases(case):
    source = SOURCES[case.parent.name]
    assert plain(source.read(answer_of(case, source, "answer.json"))) == expected_of(case)["reading"]


def test_the_page_of_a_post_has_the_day_of_its_draft():
    page = (Path(__file__).parent / "forum" / "draft-date" / "page.html").read_text(encoding="utf-8")
    answer = json.loads((Path(__file__).parent / "forum" / "draft-date" / "answer.json").read_text(encoding="utf-8"))
    post = answer["data"]["p0"]["result"]
    assert f'citation_publication_date" content="{post["createdAt"][:10].replace("-", "/")}"' in page
    assert not post["postedAt"].startswith(post["createdAt"][:10])


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (429, b"", "rate-limited"),
        (503, b"<html>", "rate-limited"),
        (200, b"  <html>We're verifying your browser", "challenged"),
        (403, b"Forbidden", "forbidden"),
        (502, b"", "unreachable"),
        (200, b"[]", "unsupported"),
        (200, b'{"data": {"p0"', "unreachable"),
        (400, b'{"errors": [{"message": "x", "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}]}', "unsupported"),
        (
            200,
            b'{"errors": [{"message": "the database is away", "path": ["p0"]}], "data": {"p0": null}}',
            "unreachable",
        ),
        (200, b'{"data": null}', "not-found"),
    ],
)
def test_refusals_are_outcomes(status, body, outcome):
    (request,) = FORUM.plan(targets(f"forum:{POST}"))
    reading = FORUM.read(answer_to(request, body, status))
    assert reading.outcomes[Identifier("forum", POST)][0] == outcome
    assert not reading.records


def test_a_checkpoint_is_a_challenge_whatever_its_status():
    (request,) = FORUM.plan(targets(f"forum:{POST}"))
    reading = read(answer_to(request, b"<!DOCTYPE html><title>Vercel Security Checkpoint</title>", 403), "")
    assert reading.outcomes[Identifier("forum", POST)][0] == "challenged"


def resolved(value, objects):
    """An object of the page's store with the objects it refers to put in."""
    if isinstance(value, dict):
        value = objects.get(value["__ref"], {}) if "__ref" in value else value
        return {key: resolved(each, objects) for key, each in value.items()}
    return [resolved(each, objects) for each in value] if isinstance(value, list) else value


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no recorded objects: ../shared/corpus is absent")
def test_recorded_objects_read_as_they_say():
    objects = {key: value for path in CORPUS.glob("*.json") for key, value in json.loads(path.read_bytes()).items()}
    reader = ObjectReader(LESSWRONG, "www.lesswrong.com", "2026-11-21T04:00:00Z")
    wanted = {key: resolved(value, objects) for key, value in objects.items() if key.startswith(("Post:", "Comment:"))}
    assert len(wanted) == 23
    for key, value in wanted.items():
        record = reader.post(value) if key.startswith("Post:") else reader.comment(value)[0]
        claims = {(claim.field, claim.kind): claim.value for claim in record.claims}
        assert claims["date", "posted"] == value["postedAt"][:19] + "Z"
        assert claims["title", ""] == value["title"] if key.startswith("Post:") else ("title", "") not in claims
        (author,) = claims["authors", ""]
        assert author.get("literal", f"{author.get('given')} {author.get('family')}") == value["user"]["displayName"]
