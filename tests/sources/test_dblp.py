"""dblp: records by the dozen from its SPARQL service or one by one as XML, and people without their homonym numbers."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from litdb.demo.server import LittleWeb
from litdb.demo.sites.dblp import Recorded, bindings, dblp, xml_of
from litdb.demo.sites.registries import Registered, doi_hosts
from litdb.model import Identifier, Name, Target
from litdb.replay import read
from litdb.sources import identify, source_named
from own_pages import first_of, request_of_page, shown
from source_cases import answer_of, answer_to, cases_of, expected_of

FORMS = {"dblp": "answer.json", "dblp-record": "answer.xml"}
EITHER = pytest.mark.parametrize("name", FORMS)
CASES = [pytest.param(name, case, id=f"{name}-{case.name}") for name in FORMS for case in cases_of(name)]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_cases(name, case):
    answer = answer_of(case, source_named(name), FORMS[name])
    assert shown(source_named(name).read(answer)) == expected_of(case)["reading"]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_page_reader_alone_is_wrong(name, case):
    told = first_of(source_named(name).read(answer_of(case, source_named(name), FORMS[name])).records)
    page = answer_to(request_of_page("https://dblp.org/rec/x"), (case / "page.html").read_bytes())
    generic = first_of(source_named("page").read(page).records)
    assert [field for field in expected_of(case)["wrong"] if told.get(field) == generic.get(field)] == []


def asked_for(name, record):
    """The answer about one record, as the source reads it."""
    source, identifier = source_named(name), Identifier("dblp", record.key)
    (request,) = source.plan([Target(identifier)])
    body = json.dumps(bindings([record])) if name == "dblp" else xml_of(record)
    reading = source.read(answer_to(request, body.encode()))
    return reading, {(claim.field, claim.kind): claim.value for each in reading.records for claim in each.claims}


@EITHER
@pytest.mark.parametrize(
    ("written", "display"),
    [
        ("Wei Wang 0001", "Wei Wang"),
        ("Fons van der Sommen 0012", "Fons van der Sommen"),
        ("Zoë Łąka", "Zoë Łąka"),
        ("Ann Ek Jr. 0003", "Ann Ek Jr."),
        ("ML Collective 0001", "ML Collective"),
    ],
)
def test_no_homonym_number_is_in_a_name(name, written, display):
    _, told = asked_for(name, Recorded("conf/tea/X", "Tea", ((written, ""),), "2019", "TEA"))
    assert [Name.from_json(each).display for each in told["authors", ""]] == [display]


@EITHER
def test_people_stand_in_their_order_whatever_the_answers_is(name):
    people = tuple((f"Ann {letter}ek", "") for letter in "ABCDEFGHIJKLMNOP")
    _, told = asked_for(name, Recorded("conf/tea/X", "Tea", people, "2019", "TEA"))
    assert [Name.from_json(each).display for each in told["authors", ""]] == [written for written, _ in people]


@EITHER
@pytest.mark.parametrize(
    ("written", "title"), [("On tea", "On tea"), ("Why tea?", "Why tea?"), ("And so on ...", "And so on ...")]
)
def test_the_full_stop_of_dblp_is_not_the_titles(name, written, title):
    _, told = asked_for(name, Recorded("conf/tea/X", written, (("Ann Ek", ""),), "2019", "TEA"))
    assert told["title", ""] == title


@EITHER
@pytest.mark.parametrize(
    ("links", "same", "relations"),
    [
        (("https://doi.org/10.5555/TEA.1",), ["doi:10.5555/tea.1"], []),
        (("https://openreview.net/forum?id=rJl-b3RcF7",), ["openreview:rJl-b3RcF7"], []),
        (("http://www.aclweb.org/anthology/P18-1001/",), ["acl:P18-1001"], []),
        (("http://arxiv.org/abs/1901.99999", "https://x.example/a"), [], ["arxiv:1901.99999"]),
        (("https://x.example/a", "ftp://x.example/b"), [], []),
    ],
)
def test_links_of_a_record_name_the_work(name, links, same, relations):
    reading, _ = asked_for(name, Recorded("conf/tea/X", "Tea", (("Ann Ek", ""),), "2019", "TEA", links=links))
    (record,) = reading.records
    assert [str(each) for each in record.same] == same
    assert [str(each.subject) for each in record.relations] == relations


@EITHER
def test_a_record_of_a_preprint_is_the_preprint(name):
    corr = Recorded(
        "journals/corr/Ek19",
        "Tea",
        (("Ann Ek", ""),),
        "2019",
        "CoRR",
        volume="abs/1901.99999",
        links=("http://arxiv.org/abs/1901.99999",),
        type="article",
    )
    reading, told = asked_for(name, corr)
    assert (told["type", ""], told["container", ""], reading.records[0].relations) == ("preprint", "arXiv", ())
    assert [str(each) for each in reading.records[0].same] == ["arxiv:1901.99999"]
    assert ("volume", "") not in told


def test_fifty_records_are_one_question():
    wanted = [Target(Identifier("dblp", f"conf/tea/Ek{number}")) for number in range(120)]
    requests = list(source_named("dblp").plan(wanted))
    assert [len(request.asked) for request in requests] == [50, 50, 20]
    assert {request.method for request in requests} == {"POST"}


def test_records_that_dblp_lacks_are_not_found():
    source = source_named("dblp")
    (request,) = source.plan([Target(Identifier("dblp", key)) for key in ("conf/tea/A", "conf/tea/B")])
    known = Recorded("conf/tea/A", "Tea", (("Ann Ek", ""),), "2019", "TEA")
    reading = source.read(answer_to(request, json.dumps(bindings([known])).encode()))
    assert [ending[0] for ending in reading.outcomes.values()] == ["ok", "not-found"]


@pytest.mark.parametrize(
    ("name", "status", "body", "outcome"),
    [
        ("dblp", 400, b'{"exception": "Parse error"}', "unsupported"),
        ("dblp", 403, b"{}", "forbidden"),
        ("dblp", 429, b"{}", "rate-limited"),
        ("dblp", 503, b"", "unreachable"),
        ("dblp", 200, b"<!doctype html><title>Making sure you're not a bot!</title>", "challenged"),
        ("dblp", 200, b'{"results": {"bindings": [{"wo', "unreachable"),
        ("dblp", 200, b'{"results": {"bindings": [null, {}, {"work": 7}]}}', "not-found"),
        ("dblp-record", 404, b"<html><title>Error 404</title></html>", "not-found"),
        ("dblp-record", 429, b"<html><title>429</title></html>", "rate-limited"),
        ("dblp-record", 200, b"<!doctype html><title>Making sure you're not a bot!</title>", "challenged"),
        ("dblp-record", 200, b"<dblp><article><author>An", "unreachable"),
        ("dblp-record", 200, b"<dblp></dblp>", "unreachable"),
        ("dblp-record", 200, b"<dblp><article><title>Tea.</title></article></dblp>", "partial"),
        ("dblp-record", 200, b"<dblp><article><author>Ann Ek</author></article></dblp>", "partial"),
    ],
)
def test_refusals_and_broken_answers_are_outcomes(name, status, body, outcome):
    (request,) = source_named(name).plan([Target(Identifier("dblp", "conf/tea/X"))])
    assert [ending[0] for ending in read(answer_to(request, body, status), "").outcomes.values()] == [outcome]


def test_no_entity_of_an_xml_file_is_followed():
    body = (
        b'<!DOCTYPE dblp [<!ENTITY x SYSTEM "file:///etc/passwd">]><dblp><article><title>&x;.</title></article></dblp>'
    )
    (request,) = source_named("dblp-record").plan([Target(Identifier("dblp", "conf/tea/X"))])
    claims = [
        claim for each in source_named("dblp-record").read(answer_to(request, body)).records for claim in each.claims
    ]
    assert [claim.value for claim in claims if claim.field == "title"] == ["&x;"]


def test_a_bare_key_is_a_record():
    assert str(identify("DBLP:conf/nips/VaswaniSPUJGKP17").identifier) == "dblp:conf/nips/VaswaniSPUJGKP17"


# --- end to end ----------------------------------------------------------------------------------------------------

RECORDS = [
    Recorded(f"conf/tea/Ek{number}", f"Tea {number}", (("Ann Ek 0001", ""),), "2019", "TEA") for number in range(1, 6)
]
KNOWN_TO_BOTH = Recorded(
    "journals/tea/EkD19",
    "Early Grey",
    (("Ann Ek", ""),),
    "2019",
    "J. Tea",
    links=("https://doi.org/10.5555/tea.7",),
    type="article",
)
REGISTERED = Registered("10.5555/tea.7", "Early grey", (("Ann", "Ek"),), "2019-05-07", "Journal of Tea")


@pytest.fixture
def web(monkeypatch):
    with LittleWeb({**doi_hosts([REGISTERED], []), **dblp(*RECORDS, KNOWN_TO_BOTH)}) as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        yield web


def crawled(litdb, tmp_path, *records):
    lines = (f"- <https://dblp.org/rec/{record.key}>" for record in records)
    (tmp_path / "note.md").write_text("\n".join(lines), encoding="utf-8")
    litdb("crawl", str(tmp_path / "note.md"))
    return {work["title"]: work for work in litdb.data("list")}


def asked(web):
    hosts = ("sparql.dblp.org", "dblp.org")
    return Counter(call.host for host in hosts for call in web.asked(host) if call.path != "/robots.txt")


def test_several_records_cost_one_request(litdb, web, tmp_path):
    works = crawled(litdb, tmp_path, *RECORDS)
    assert {(work["outcome"], work["authors"][0]["family"]) for work in works.values()} == {("ok", "Ek")}
    assert asked(web) == {"sparql.dblp.org": 1}


def test_where_the_service_is_down_the_website_tells(litdb, web, tmp_path):
    web.fault("sparql.dblp.org", "server-error")
    works = crawled(litdb, tmp_path, *RECORDS)
    assert {work["outcome"] for work in works.values()} == {"ok"}
    assert asked(web)["dblp.org"] == len(RECORDS)


def test_a_doi_that_dblp_names_is_asked_for_and_its_registry_believed(litdb, web, tmp_path):
    (work,) = crawled(litdb, tmp_path, KNOWN_TO_BOTH).values()
    assert (work["title"], work["date"], work["container"]) == ("Early grey", "2019-05-07", "Journal of Tea")
    assert set(work["identifiers"]) == {"doi:10.5555/tea.7", "dblp:journals/tea/EkD19"}
