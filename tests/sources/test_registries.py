"""Crossref, DataCite, INSPIRE, doi.org, OpenAlex, Semantic Scholar: what they say of DOIs, and how they refuse."""

from __future__ import annotations

import copy
import json

import pytest

from litdb.ladder import MOST_REQUESTS, rungs
from litdb.model import Identifier, Target
from litdb.replay import read
from litdb.sources import source_named, sources
from litdb.sources.page import PAGE
from source_cases import answer_of, answer_to, cases_of, expected_of, plain

SERVICES = ("crossref", "datacite", "inspire", "doi-negotiation", "openalex", "semanticscholar", "rogue-scholar")
CASES = [pytest.param(name, case, id=f"{name}-{case.name}") for name in SERVICES for case in cases_of(name)]
OF_JSON = [each for each in CASES if (each.values[1] / "answer.json").read_bytes()[:1] in (b"{", b"[")]
WITH_PAGES = [each for each in CASES if "page_gets_wrong" in expected_of(each.values[1])]
EVERY_SERVICE = pytest.mark.parametrize("name", SERVICES)
NOTHING_OF_USE = (None, 7, "", "x", [], {}, [None], {"title": {}})


def asked_of(name, count):
    """Works that a service can be asked about."""
    scheme, value = {
        "inspire": ("arxiv", "hep-th/9901{:03}"),
        "rogue-scholar": ("doi", "10.59350/tea.{}"),
    }.get(name, ("doi", "10.5555/tea.{}"))
    return [Target(Identifier(scheme, value.format(number))) for number in range(1, count + 1)]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_cases(name, case):
    answer = answer_of(case, source_named(name), "answer.json")
    assert plain(source_named(name).read(answer)) == expected_of(case)["reading"]


def test_every_service_has_a_case_that_the_page_reader_gets_wrong():
    assert {each.values[0] for each in WITH_PAGES} == set(SERVICES)


@pytest.mark.parametrize(("name", "case"), WITH_PAGES)
def test_the_page_of_the_work_says_otherwise_or_nothing(name, case):
    told = source_named(name).read(answer_of(case, source_named(name), "answer.json")).records[0]
    page = answer_of_page(told.identifier, (case / "page.html").read_bytes())
    (seen,) = PAGE.read(page).records
    wrong = expected_of(case)["page_gets_wrong"]
    assert said(told)[wrong]
    assert said(seen).get(wrong) != said(told)[wrong]


def answer_of_page(identifier, body):
    (request,) = PAGE.plan([Target(identifier)])
    return answer_to(request, body)


def said(record):
    first = {claim.field: claim.value for claim in reversed(record.claims)}
    return {**first, "relations": [f"{each.kind} {each.object}" for each in record.relations]}


@pytest.mark.parametrize(("name", "case"), OF_JSON)
def test_whatever_is_missing_or_strange_breaks_nothing(name, case):
    source = source_named(name)
    answer = answer_of(case, source, "answer.json")
    for spoilt in spoilt_copies(json.loads(answer.body)):
        reading = source.read(answer_to(answer.request, json.dumps(spoilt).encode()))
        assert set(reading.outcomes) == {each.identifier for each in answer.request.asked}


def spoilt_copies(value):
    """The value with each of its parts in turn made into something else."""
    for place in places_in(value):
        for nothing in NOTHING_OF_USE:
            spoilt = copy.deepcopy(value)
            holder = spoilt
            for step in place[:-1]:
                holder = holder[step]
            holder[place[-1]] = nothing
            yield spoilt


def places_in(value, before=()):
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*before, key)
        yield from places_in(value[key], (*before, key))


@pytest.mark.parametrize(
    ("name", "requests"),
    [
        ("crossref", 3),
        ("datacite", 2),
        ("inspire", 3),
        ("openalex", 3),
        ("semanticscholar", 1),
        ("doi-negotiation", 120),
    ],
)
def test_many_works_are_asked_about_together(name, requests):
    asked = list(source_named(name).plan(asked_of(name, 120)))
    assert len(asked) == requests
    assert [target for each in asked for target in each.asked] == asked_of(name, 120)
    assert all(len(each.url) < 8000 for each in asked)


@pytest.mark.parametrize("name", ["crossref", "datacite", "openalex"])
def test_a_doi_with_a_comma_would_part_the_list(name):
    odd = Target(Identifier("doi", "10.5555/a,b"))
    asked = [request.asked for request in source_named(name).plan([odd, *asked_of(name, 3)])]
    assert asked == [tuple(asked_of(name, 3)), (odd,)]


@pytest.mark.parametrize("name", ["crossref", "datacite", "openalex", "doi-negotiation"])
def test_brackets_and_slashes_of_a_doi_arrive_as_they_are(name):
    from urllib.parse import unquote

    doi = "10.1890/0012-9615(1999)069[0569:ediisa]2.0.co;2"
    (request,) = source_named(name).plan([Target(Identifier("doi", doi))])
    assert doi in unquote(request.url)


@EVERY_SERVICE
@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (404, b"Resource not found.", "not-found"),
        (429, b"{}", "rate-limited"),
        (500, b"", "unreachable"),
        (200, b"", "unreachable"),
        (200, b'{"message": {"DOI', "unreachable"),
        (200, b'"null"', "unsupported"),
        (200, b"<!doctype html><title>Just a moment...</title>", "challenged"),
    ],
)
def test_refusals_and_broken_answers_are_outcomes(name, status, body, outcome):
    (request,) = source_named(name).plan(asked_of(name, 1))
    reading = read(answer_to(request, body, status), "")
    assert [ending[0] for ending in reading.outcomes.values()] == [outcome]
    assert reading.records == ()


@pytest.mark.parametrize(
    ("name", "status", "body", "outcome"),
    [
        ("crossref", 400, b'{"status": "failed"}', "unsupported"),
        ("inspire", 400, b'{"status": 400}', "unsupported"),
        ("semanticscholar", 400, b'{"error": "No valid paper ids given"}', "not-found"),
        ("semanticscholar", 403, b'{"message": "Forbidden"}', "forbidden"),
        ("semanticscholar", 200, b"[null, null]", "unsupported"),
        ("openalex", 401, b"{}", "forbidden"),
        ("doi-negotiation", 406, b"", "unsupported"),
        ("doi-negotiation", 200, b"<html><title>The journal's page of the work</title></html>", "unsupported"),
    ],
)
def test_what_a_status_means_here(name, status, body, outcome):
    (request,) = source_named(name).plan(asked_of(name, 1))
    reading = read(answer_to(request, body, status), "")
    assert [ending[0] for ending in reading.outcomes.values()] == [outcome]


@pytest.mark.parametrize(
    ("identifier", "names"),
    [
        ("doi:10.5555/tea", "crossref datacite openalex doi-negotiation semanticscholar page"),
        ("arxiv:2209.99901", "arxiv datacite openalex semanticscholar page"),
        ("arxiv:hep-th/9901999", "arxiv datacite inspire openalex semanticscholar page"),
        ("arxiv:math/0309999", "arxiv datacite openalex semanticscholar page"),
    ],
)
def test_ladder(identifier, names):
    climbed = [source.name for _, source in rungs(Identifier.parse(identifier), sources())]
    assert climbed[: len(names.split())] == names.split()
    assert len(names.split()) <= MOST_REQUESTS
