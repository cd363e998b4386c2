"""What answers say that works cite, source by source; and what refusals and broken answers say: nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from litdb.ladder import next_source, next_to_tell_references
from litdb.model import Answer, Identifier, Request, Target
from litdb.replay import read, references
from litdb.sources import source_named, sources
from source_cases import answer_of, answer_to, cases_of, expected_of, plain_relation

TELLING = [source for source in sources() if source.kind == "references"]
CASES = [pytest.param(source, case, id=f"{source.name}-{case.name}") for source in TELLING for case in cases_of(source.name)]  # fmt: skip
NOW = "2026-11-21T00:00:00Z"


def told(answer):
    return [[str(each.subject), each.url, each.text, each.words] for _, each in references(answer)]


def answers_of(case, source):
    """The answer of a case, and those to what the source asks further."""
    (body,) = case.glob("answer.*")
    first = answer_of(case, source, body.name)
    further = [answer_to(request, (case / f"then-{n}.json").read_bytes()) for n, request in enumerate(read(first, "id").then, 1)]  # fmt: skip
    return [first, *further]


@pytest.mark.parametrize(("source", "case"), CASES)
def test_cases(source, case):
    answers, expected = answers_of(case, source), expected_of(case)
    readings = [read(each, "id") for each in answers]
    outcomes = {str(name): outcome for each in readings for name, (outcome, _) in each.outcomes.items()}
    records = [record for each in readings for record in each.records]
    assert outcomes == expected["outcomes"]
    assert [plain_relation(tie) for record in records for tie in record.relations] == expected["relations"]
    assert [row for each in answers for row in told(each)] == expected["references"]


@pytest.mark.parametrize("source", TELLING, ids=lambda source: source.name)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"[1, 2]", b"null", b'{"data": 7}', b'{"data": {"t0": 3}}', b"<html>"]
)
def test_broken_answers_end_somehow_and_cite_nothing(source, body):
    (case, *_) = cases_of(source.name)
    asked = [Target(Identifier.parse(name)) for name in expected_of(case)["asked"]]
    (request,) = source.plan(asked)
    answer = answer_to(request, body)
    assert set(read(answer, "id").outcomes) == {each.identifier for each in asked}
    assert told(answer) == []


@pytest.mark.parametrize("source", TELLING, ids=lambda source: source.name)
@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_refusals_are_outcomes_of_all(source, status):
    (case, *_) = cases_of(source.name)
    (request,) = source.plan([Target(Identifier.parse(name)) for name in expected_of(case)["asked"]])
    answer = answer_to(request, b"no", status)
    endings = {outcome for outcome, _ in read(answer, "id").outcomes.values()}
    assert endings
    assert not endings & {"ok", "partial"}
    assert told(answer) == []


def test_nobody_asks_them_what_a_work_is():
    paper = Identifier("arxiv", "2209.00626")
    asked = next_source(paper, TELLING, {}, NOW), next_to_tell_references(paper, sources(), {}, NOW)
    assert (asked[0], asked[1].name) == (None, "semanticscholar-references")


def page(body, url="https://a.example/post", identifier="url:https://a.example/post", source="page", step="ask"):
    request = Request(source, url, (Target(Identifier.parse(identifier)),), step)
    return Answer(request, 200, {"content-type": "text/html"}, body.encode(), url, NOW)


ARTICLE = (
    "<title>On trees</title><article><p>See <a href='https://b.example/x'>x</a>.</p>" + f"<p>{'Many words. ' * 40}</p>"
)
TAGS = (
    "<meta name='citation_reference' content='citation_title=On wood; citation_author=A Ek; citation_doi=10.1000/wood'>"
    "<meta name='citation_reference' content='Bee, B. On leaves. 1999.'>"
)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (page(ARTICLE), [("https://b.example/x", "x", "See x.")]),
        (page(ARTICLE, "https://a.example/", "url:https://a.example"), []),
        (page(ARTICLE, "https://arxiv.org/abs/2209.00626", "arxiv:2209.00626"), []),
        (
            page(f"<head>{TAGS}</head><p>The abstract.", "https://j.example/1", "doi:10.1000/1"),
            [("doi:10.1000/wood", "A Ek. On wood", ""), ("", "Bee, B. On leaves. 1999.", "")],
        ),
        (
            page(
                "<li class='ltx_bibitem'><span class='ltx_bibblock'>Ek, <a href='http://['>a</a>.</span></li>",
                "https://arxiv.org/html/2209.00626",
                "arxiv:2209.00626",
                "arxiv-html",
            ),
            [("", "Ek, a.", "")],
        ),
        (page("%PDF-1.5 <a href='/x'>x</a>"), []),
        (page('{"a": "<a href=/x>"}'), []),
    ],
)
def test_pages(answer, found):
    assert [tuple(each[1:]) for each in told(answer)] == found


def test_a_page_in_distills_form_brings_its_bibliography():
    rows = [["ek", {"title": "On trees", "author": "Ek, Ann", "year": "2017", "url": "https://b.example/t"}], ["bee", {"title": "On wood", "doi": "10.1000/w"}], "x", ["y"]]  # fmt: skip
    body = (
        '<d-front-matter><script type=\'text/json\'>{"title": "A"}</script></d-front-matter><d-article><p>Words.</p>'
        f"</d-article><d-bibliography><script type='text/json'>{json.dumps(rows)}</script></d-bibliography>"
    )
    found = [tuple(each[1:3]) for each in told(page(body))]
    assert found == [("https://b.example/t", "Ek, Ann. On trees. 2017"), ("doi:10.1000/w", "On wood")]


def test_a_pdf_has_the_links_behind_its_entries():
    from io import BytesIO

    from pypdf import PdfWriter
    from pypdf.annotations import Link

    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(200, 200)
    for at, url in enumerate(("https://arxiv.org/abs/1606.06565", "https://b.example/x", "mailto:a@b.example")):
        writer.add_annotation(at % 2, Link(rect=(0, 0, 9, 9), url=url))
    body = BytesIO()
    writer.write(body)
    answer = replace(page("", "https://a.example/paper.pdf"), body=body.getvalue())
    found = [each[1] for each in told(answer)]
    assert found == ["https://arxiv.org/abs/1606.06565", "mailto:a@b.example", "https://b.example/x"]
    assert told(replace(answer, body=body.getvalue()[:300])) == []


def test_crossref_names_dois_and_keeps_the_others_in_words():
    deposited = [
        {"key": "1", "DOI": "10.1000/Wood", "article-title": "On wood", "author": "Ek", "year": "2001"},
        {"key": "2", "unstructured": "Bee, B. (1999) On <i>leaves</i>."},
        {"key": "3", "author": "Cee", "volume-title": "Bark", "year": "1980"},
        {"key": "4"},
    ]
    crossref = source_named("crossref")
    (request,) = crossref.plan([Target(Identifier("doi", "10.5555/a"))])
    message = {"message": {"DOI": "10.5555/a", "title": ["A"], "reference": deposited}}
    found = [tuple(each[1:3]) for each in told(answer_to(request, json.dumps(message).encode()))]
    assert found == [("doi:10.1000/Wood", "Ek. On wood. 2001"), ("", "Bee, B. (1999) On leaves."), ("", "Cee. Bark. 1980")]  # fmt: skip


def test_substack_links_of_a_post():
    substack = source_named("substack")
    (request,) = substack.plan([Target(Identifier("substack", "aligned/what"))])
    post = {"slug": "what", "canonical_url": "https://aligned.substack.com/p/what", "body_html": "<p>As <a href='/p/other'>before</a>.</p>"}  # fmt: skip
    found = told(answer_to(request, json.dumps(post).encode()))
    assert found == [["substack:aligned/what", "https://aligned.substack.com/p/other", "before", "As before."]]
