"""DataCite and OpenAlex, and arXiv's page: who is asked about a paper when arXiv's interface refuses."""

from __future__ import annotations

import pytest

from litdb.model import Identifier, Target
from litdb.sources.arxiv import ARXIV
from litdb.sources.datacite import DATACITE
from litdb.sources.openalex import OPENALEX
from litdb.sources.page import PAGE
from litdb.sources.protocol import OWN_PAGE
from source_cases import answer_to, plain, request_of

PAPERS = [Target(Identifier("arxiv", f"2209.{99001 + number}")) for number in range(250)]
SERVICES = pytest.mark.parametrize("source", [DATACITE, OPENALEX], ids=lambda source: source.name)


@pytest.mark.parametrize(("source", "requests"), [(DATACITE, 3), (OPENALEX, 5)])
def test_many_papers_are_asked_about_together(source, requests):
    asked = list(source.plan(PAPERS))
    assert len(asked) == requests
    assert sum(len(each.asked) for each in asked) == len(PAPERS)
    assert all(len(each.url) < 8000 for each in asked)


def test_one_paper_is_looked_up_by_its_doi_which_openalex_gives_for_nothing():
    (request,) = OPENALEX.plan(PAPERS[:1])
    assert request.url.startswith("https://api.openalex.org/works/doi:10.48550/arxiv.2209.99001?select=")


@SERVICES
@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (404, b"{}", "not-found"),
        (429, b"{}", "rate-limited"),
        (503, b"", "unreachable"),
        (200, b"", "unreachable"),
        (200, b'{"data": [', "unreachable"),
        (200, b"[]", "unsupported"),
        (200, b"<!doctype html><title>Just a moment...</title>", "challenged"),
        (200, b'{"data": null, "results": 3}', "not-found"),
    ],
)
def test_refusals_and_broken_answers_are_outcomes(source, status, body, outcome):
    (request,) = source.plan(PAPERS[:2])
    reading = source.read(answer_to(request, body, status))
    assert {ending[0] for ending in reading.outcomes.values()} == {outcome}
    assert reading.records == ()


ABSTRACT = b"""<!DOCTYPE html><html><head><title>[2209.99901] On tea</title>
<meta name="citation_title" content="On tea"/><meta name="citation_author" content="Ek, Ann"/>
<meta name="citation_date" content="2022/08/30"/><meta name="citation_online_date" content="2025/03/03"/>
<meta name="citation_arxiv_id" content="2209.99901"/></head><body>
<td class="tablecell comments mathjax">Withdrawn by the author: <a href="#x">the</a> pot leaks</td>
<span class="primary-subject">Artificial Intelligence (cs.AI)</span></body></html>"""


def test_the_page_of_a_paper_tells_its_first_day_and_its_withdrawal():
    page = answer_to(request_of("page", "arxiv:2209.99901", url="https://arxiv.org/abs/2209.99901"), ABSTRACT)
    assert ARXIV.owns(page)
    own = answer_to(request_of("arxiv", "arxiv:2209.99901", step=OWN_PAGE), ABSTRACT)
    (record,) = plain(ARXIV.read(own))["records"]
    assert record["claims"] == [
        ["container", "arXiv", "abs:site"],
        ["type", "preprint", "abs:site"],
        ["date first-version", "2022-08-30", "abs:citation_date"],
        ["date this-version", "2025-03-03", "abs:citation_online_date"],
        ["archive_class", "cs.AI", "abs:primary-subject"],
        ["status", "withdrawn", "abs:comments"],
    ]


def test_the_generic_reader_does_not_know_that_it_is_withdrawn():
    (request,) = PAGE.plan([Target(Identifier("arxiv", "2209.99901"))])
    (record,) = PAGE.read(answer_to(request, ABSTRACT)).records
    assert "status" not in {claim.field for claim in record.claims}


def test_other_pages_are_not_arxivs():
    assert not ARXIV.owns(answer_to(request_of("page", "url:https://example.org/"), b"<title>arXiv</title>"))
