"""Venues, repositories, Wikipedia and PDFs: who is asked, how often, and what the page alone would have told wrongly."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

import pytest

from litdb.model import Identifier, Rung, Target
from litdb.sources import identify, policy_for, source_named, sources
from litdb.sources.page import PAGE
from litdb.text.urls import read_url
from own_pages import first_of, own, request_of_page, shown
from source_cases import answer_to, cases_of, expected_of, plain

ASKED = ("openreview", "acl", "github", "citation-file", "wikipedia")
OWNERS = ("openreview", "pmlr", "neurips", "jmlr", "pdf")
ANSWERS = {"answer.json", "answer.bib", "CITATION.cff"}
PAGES = {"page.html", "page.pdf"}


def file_of(case, names):
    return next((path for path in sorted(case.iterdir()) if path.name in names), None)


def cases(families, names):
    """The cases of these families that have a file of one of these names."""
    found = [(family, case) for family in families for case in cases_of(family) if file_of(case, names)]
    return pytest.mark.parametrize(
        ("family", "case"), [pytest.param(*each, id=f"{each[0]}-{each[1].name}") for each in found]
    )


def request_of_case(family, case):
    """The question of a case: the source's own first one, or a later step of it."""
    expected = expected_of(case)
    asked = [Target(Identifier.parse(name), tuple(urls)) for name, urls in expected["asked"].items()]
    request, *_ = source_named(family).plan(asked)
    return replace(request, asked=tuple(asked), step=expected.get("step", request.step))


def page_of(case):
    """The page of a case as the generic reader gets it, and where it was led to."""
    expected = expected_of(case)
    answer = answer_to(request_of_page(expected["page"]), file_of(case, PAGES).read_bytes())
    return replace(answer, url=expected.get("url", expected["page"]))


def needs_pypdf(case):
    if expected_of(case).get("pypdf") and find_spec("pypdf") is None:
        pytest.skip("the extra `pdf` is not installed")


@cases(ASKED, ANSWERS)
def test_answer(family, case):
    request = request_of_case(family, case)
    answer = answer_to(request, file_of(case, ANSWERS).read_bytes(), expected_of(case)["status"])
    assert shown(source_named(family).read(answer)) == expected_of(case)["reading"]


@cases(OWNERS, PAGES)
def test_own_page(family, case):
    needs_pypdf(case)
    page = page_of(case)
    assert [source.name for source in sources() if source.owns(page)] == [family]
    assert shown(source_named(family).read(own(page, family))) == expected_of(case)["own"]


@cases((*ASKED, *OWNERS), PAGES)
def test_page_reader_alone_is_wrong(family, case):
    """What is wrong on a page is right in the answer, or in what the source reads from the page itself."""
    needs_pypdf(case)
    page, expected = page_of(case), expected_of(case)
    generic = first_of(PAGE.read(page).records)
    readings = []
    if source_named(family).owns(page):
        readings.append(source_named(family).read(own(page, family)))
    if found := file_of(case, ANSWERS):
        request = readings[0].then[0] if readings and readings[0].then else request_of_case(family, case)
        readings.append(source_named(family).read(answer_to(request, found.read_bytes())))
    identifier = identify(expected["page"]).identifier
    told = first_of(each for reading in readings for each in reading.records if each.identifier == identifier)
    assert [field for field in expected["wrong"] if told.get(field) == generic.get(field)] == []


@pytest.mark.parametrize(
    "family", ["openreview", "acl", "pmlr", "neurips", "jmlr", "citation-file", "github", "wikipedia", "pdf"]
)
def test_every_family_has_a_case_that_the_page_reader_gets_wrong(family):
    assert any(expected_of(case).get("wrong") for case in cases_of(family))


def test_bibtex_of_a_neurips_paper_is_read_where_its_page_leads_to_it():
    (case,) = (case for case in cases_of("neurips") if case.name == "bibtex")
    source = source_named("neurips")
    (then,) = source.read(own(page_of(case), "neurips")).then
    reading = source.read(answer_to(then, (case / "answer.bib").read_bytes()))
    assert plain(reading)["records"] == expected_of(case)["then"]


def test_bibtex_that_is_none_costs_nothing_but_itself():
    (case,) = (case for case in cases_of("neurips") if case.name == "bibtex")
    source = source_named("neurips")
    (then,) = source.read(own(page_of(case), "neurips")).then
    assert [outcome for outcome, _ in source.read(answer_to(then, b"<p>Gone</p>")).outcomes.values()] == ["partial"]


@pytest.mark.parametrize(
    ("family", "values", "requests"),
    [
        ("openreview", [f"forum{number:05}" for number in range(120)], 3),
        ("acl", [f"2020.tea-main.{number}" for number in range(1, 100)], 1),
        ("acl", ["2020.tea-main.1", "2020.tea-main.2", "P18-1001", "W18-0101"], 4),
        ("acl", ["P18-1001", "P18-1002", "P18-1003", "P18-2001"], 2),
        ("wikipedia", [f"en/Tea_{number}" for number in range(120)], 3),
        ("wikipedia", [*(f"en/Tea_{number}" for number in range(9)), "de/Tee", "fr/Thé"], 3),
        ("wikipedia", [f"ru/{'Чай' * 60}{number}" for number in range(50)], 10),
        ("citation-file", ["annek/hedge", "annek/row"], 2),
        ("github", ["annek/hedge", "annek/row"], 2),
    ],
)
def test_requests_for_many_works(family, values, requests):
    source = source_named(family)
    scheme = "github" if family == "citation-file" else family
    wanted = [Target(Identifier(scheme, value)) for value in values]
    asked = list(source.plan(wanted))
    assert len(asked) == requests
    assert sorted(each.identifier for request in asked for each in request.asked) == sorted(
        each.identifier for each in wanted
    )
    assert all(len(request.url) < 8000 for request in asked)
    assert list(source.plan([])) == []


@pytest.mark.parametrize(
    ("identifier", "rungs"),
    [
        ("openreview:aBcDe12345", {"openreview": Rung.API}),
        ("acl:P18-1001", {"acl": Rung.REGISTRY}),
        ("github:annek/hedge", {"citation-file": Rung.REGISTRY, "github": Rung.API}),
        ("wikipedia:en/Tea", {"wikipedia": Rung.API}),
        ("pmlr:v97/ek19a", {}),
        ("url:https://x.example/a.pdf", {}),
    ],
)
def test_rungs(identifier, rungs):
    families = {*ASKED, *OWNERS, "pdf-landing"}
    able = {source.name: source.rung(Identifier.parse(identifier)) for source in sources() if source.name in families}
    assert {name: rung for name, rung in able.items() if rung} == rungs


@pytest.mark.parametrize("family", ["openreview", "github", "wikipedia"])
@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (404, b"{}", "not-found"),
        (429, b"{}", "rate-limited"),
        (502, b"", "unreachable"),
        (200, b"", "unreachable"),
        (200, b"[1]", "unsupported"),
        (200, b"<!doctype html><title>Sign in</title>", "challenged"),
    ],
)
def test_broken_answers_are_outcomes(family, status, body, outcome):
    value = {"openreview": "aBcDe12345", "github": "annek/hedge", "wikipedia": "en/Tea"}[family]
    source = source_named(family)
    (request,) = source.plan([Target(Identifier(family, value))])
    reading = source.read(answer_to(request, body, status))
    assert ({ending for ending, _ in reading.outcomes.values()}, reading.records) == ({outcome}, ())


@pytest.mark.parametrize(
    ("body", "outcome"), [(b"<html>", "unreachable"), (b"", "unreachable"), (b"@misc{a, title={A}}", "not-found")]
)
def test_anthology_that_does_not_answer_in_bibtex(body, outcome):
    source = source_named("acl")
    (request,) = source.plan([Target(Identifier("acl", "P18-1001"))])
    assert [ending for ending, _ in source.read(answer_to(request, body)).outcomes.values()] == [outcome]


@pytest.mark.parametrize(
    ("address", "lane", "robots"),
    [
        ("https://api2.openreview.net/notes", "openreview", False),
        ("https://openreview.net/forum?id=x", "openreview", True),
        ("https://raw.githubusercontent.com/a/b/HEAD/CITATION.cff", "raw.githubusercontent.com", False),
        ("https://de.wikipedia.org/w/api.php", "wikipedia", False),
        ("https://papers.nips.cc/paper/1", "proceedings.neurips.cc", True),
    ],
)
def test_lanes(address, lane, robots):
    policy = policy_for(read_url(address))
    assert (policy.lane, policy.robots) == (lane, robots)


def test_pages_of_other_families_are_owned_by_nobody_here():
    page = answer_to(request_of_page("https://x.example/a"), b"<title>forumNote</title><p>%PDF-1.4")
    families = {*ASKED, *OWNERS}
    assert [source.name for source in sources() if source.name in families and source.owns(page)] == []
