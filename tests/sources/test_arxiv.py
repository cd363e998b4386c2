"""arXiv: ids and URLs, the question, and what its answers say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from litdb.model import Identifier, Target
from litdb.sources.arxiv import ARXIV, read_id
from litdb.text.tex import from_tex
from litdb.text.titles import fold
from litdb.text.urls import read_url
from source_cases import answer_of, answer_to, cases_of, expected_of, plain, request_of

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "api"
EMPTY = Path(__file__).parent / "arxiv" / "empty-feed" / "atom.xml"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.mark.parametrize(
    ("url", "value", "locator"),
    [
        ("https://arxiv.org/abs/2209.99901", "2209.99901", ""),
        ("http://www.arxiv.org/abs/2209.99901v3", "2209.99901", "v3"),
        ("https://arxiv.org/abs/2209.99901?context=cs", "2209.99901", ""),
        ("https://arxiv.org/pdf/2209.99901.pdf", "2209.99901", ""),
        ("https://arxiv.org/pdf/2209.99901v2.pdf#page=3", "2209.99901", "v2#page=3"),
        ("https://arxiv.org/html/2209.99901v1#S3", "2209.99901", "v1#S3"),
        ("https://arxiv.org/src/2209.99901", "2209.99901", ""),
        ("https://arxiv.org/e-print/2209.99901", "2209.99901", ""),
        ("https://arxiv.org/format/2209.99901", "2209.99901", ""),
        ("https://arxiv.org/ps/0704.9901", "0704.9901", ""),
        ("https://export.arxiv.org/abs/1412.9901", "1412.9901", ""),
        ("https://de.arxiv.org/abs/1501.99901", "1501.99901", ""),
        ("http://xxx.lanl.gov/abs/hep-th/9901999", "hep-th/9901999", ""),
        ("https://arxiv.org/abs/math.GT/0309901v2", "math/0309901", "v2"),
        ("https://arxiv.org/pdf/hep-th%2F9901999", "hep-th/9901999", ""),
        ("https://arxiv.org/abs/arXiv:2209.99901", "2209.99901", ""),
        ("https://ar5iv.org/abs/2209.99901", "2209.99901", ""),
        ("https://ar5iv.labs.arxiv.org/html/2209.99901", "2209.99901", ""),
        ("https://www.alphaxiv.org/abs/2209.99901v1", "2209.99901", "v1"),
        ("https://huggingface.co/papers/2209.99901", "2209.99901", ""),
        ("https://doi.org/10.48550/arXiv.2209.99901", "2209.99901", ""),
        ("http://dx.doi.org/10.48550/ARXIV.HEP-TH/9901999", "hep-th/9901999", ""),
    ],
)
def test_every_address_of_a_paper_means_the_paper(url, value, locator):
    found = ARXIV.identify(read_url(url))
    assert (str(found.identifier), found.url, found.locator) == (
        f"arxiv:{value}",
        f"https://arxiv.org/abs/{value}",
        locator,
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/a/ek_a_1",
        "https://arxiv.org/list/cs.LG/recent",
        "https://arxiv.org/abs/2213.00626",
        "https://arxiv.org/abs/2200.00626",
        "https://arxiv.org/abs/1412.00001",
        "https://arxiv.org/abs/1501.0001",
        "https://arxiv.org/abs/0703.0001",
        "https://arxiv.org/abs/hep-th/0704001",
        "https://arxiv.org/abs/teapots/9901001",
        "https://arxiv.org/abs/2209.99901/extra",
        "https://arxiv.org/",
        "https://notarxiv.org/abs/2209.99901",
        "https://arxiv.org.example.net/abs/2209.99901",
        "https://huggingface.co/ek/2209.99901",
        "https://doi.org/10.1000/arXiv.2209.99901",
    ],
)
def test_other_addresses_are_not_taken(url):
    assert ARXIV.identify(read_url(url)) is None


def test_the_url_tells_the_month_and_no_more():
    (date,) = [claim for claim in ARXIV.identify(read_url("https://arxiv.org/abs/2209.99901")).claims if claim.kind]
    assert (date.value, date.precision, date.kind, date.how) == ("2022-09", "month", "posted", "url:arxiv-id")


NEW_IDS = st.builds(
    lambda year, month, number: f"{year:02}{month:02}.{number:0{5 if year > 14 else 4}}",
    st.integers(8, 90),
    st.integers(1, 12),
    st.integers(1, 9999),
)


@given(NEW_IDS, st.sampled_from(["", "v1", "v23"]))
def test_canonical_urls_lead_back_to_their_paper(value, version):
    assert read_id(value + version)[:2] == (value, version)
    url = ARXIV.identify(read_url(f"https://arxiv.org/pdf/{value}{version}.pdf")).url
    assert ARXIV.identify(read_url(url)).url == url


def test_one_question_for_a_hundred_papers():
    wanted = [Target(Identifier("arxiv", f"2209.{number:05}")) for number in range(120)]
    first, second = ARXIV.plan(wanted)
    asked = parse_qs(urlsplit(first.url).query)
    assert first.url.startswith("https://export.arxiv.org/api/query?")
    assert asked["id_list"] == [",".join(target.identifier.value for target in wanted[:100])]
    assert (asked["start"], asked["max_results"]) == (["0"], ["100"])
    assert second.asked == tuple(wanted[100:])


@pytest.mark.parametrize("case", cases_of("arxiv"), ids=lambda case: case.name)
def test_cases(case):
    assert plain(ARXIV.read(answer_of(case, ARXIV, "atom.xml"))) == expected_of(case)["reading"]


def feed(entry_id, day="2007-04-02T19:18:42Z"):
    entry = f"<entry><id>{entry_id}</id><updated>{day}</updated><published>{day}</published></entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (429, b"Rate exceeded.", "rate-limited"),
        (200, b"Rate exceeded.", "rate-limited"),
        (503, b"", "rate-limited"),
        (403, b"Access denied", "forbidden"),
        (500, b"<html>", "unreachable"),
        (200, b"<!DOCTYPE html><title>Just a moment...</title>", "challenged"),
        (200, b"", "challenged"),
        (200, b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2209', "unreachable"),
        (400, feed("http://arxiv.org/api/errors#start_must_be_an_integer"), "unsupported"),
        (200, feed("http://arxiv.org/abs/2209.99901v1", "yesterday"), "unsupported"),
    ],
)
def test_refusals_are_outcomes(status, body, outcome):
    reading = ARXIV.read(answer_to(request_of("arxiv", "arxiv:2209.99901"), body, status))
    assert reading.outcomes[Identifier("arxiv", "2209.99901")][0] == outcome
    assert not reading.records


def test_a_paper_is_missing_once_a_known_paper_came_without_it():
    (question,) = ARXIV.plan([Target(Identifier("arxiv", "2209.99901"))])
    (again,) = ARXIV.read(answer_to(question, EMPTY.read_bytes())).then
    assert "0704.0001" in again.url
    reading = ARXIV.read(answer_to(again, feed("http://arxiv.org/abs/0704.0001v2")))
    assert reading.outcomes[Identifier("arxiv", "2209.99901")][0] == "not-found"
    assert not reading.records


def test_an_abstract_cannot_have_a_list_refused():
    said = b"<summary>https://arxiv.org/api/errors#incorrect_id_format_for_2209.99901</summary></entry>"
    body = feed("http://arxiv.org/abs/2209.99901v1").replace(b"</entry>", said)
    reading = ARXIV.read(answer_to(request_of("arxiv", "arxiv:2209.99901"), body))
    assert reading.outcomes[Identifier("arxiv", "2209.99901")] == ("ok", "")


def test_an_empty_feed_is_asked_again_only_once():
    empty = EMPTY.read_bytes()
    (question,) = ARXIV.plan([Target(Identifier("arxiv", "2209.99901"))])
    (again,) = ARXIV.read(answer_to(question, empty)).then
    assert ARXIV.read(answer_to(again, empty)).then == ()


def test_versions_asked_for_are_told_apart():
    body = (Path(__file__).parent / "arxiv" / "first-version" / "atom.xml").read_bytes()
    reading = ARXIV.read(answer_to(request_of("arxiv", "arxiv:2209.99901v7", "arxiv:2209.99901v2"), body))
    assert [outcome for outcome, _ in reading.outcomes.values()] == ["ok", "not-found"]
    assert str(reading.records[0].identifier) == "arxiv:2209.99901v7"


def test_the_source_starts_without_the_packages_that_are_slow_to_import():
    program = "import sys, litdb.sources.arxiv; sys.exit(bool({'arxiv', 'requests', 'lxml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def recorded():
    index = CORPUS / "index.jsonl"
    if not index.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason="no recorded answers: ../shared/corpus is absent"))]
    rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=row["id"]) for row in rows if row["file"].startswith("arxiv/")]


@pytest.mark.parametrize("row", recorded())
def test_recorded_answers_read_as_they_say(row):
    body = (CORPUS / row["file"]).read_bytes()
    entries = [
        entry
        for entry in etree.fromstring(body).findall("a:entry", ATOM)
        if "/abs/" in entry.findtext("a:id", "", ATOM)
    ]
    shown = [entry.findtext("a:id", "", ATOM).partition("/abs/")[2] for entry in entries]
    listed = [each for each in parse_qs(urlsplit(row["url"]).query).get("id_list", [""])[0].split(",") if each]
    asked = listed or [read_id(each).value for each in shown]
    reading = ARXIV.read(answer_to(request_of("arxiv", *(f"arxiv:{each}" for each in asked)), body, row["status"]))

    assert set(reading.outcomes) == {Identifier("arxiv", each) for each in asked}
    assert len(reading.records) == len(entries)
    by_id = {read_id(record.identifier.value).value: record for record in reading.records}
    for entry, short in zip(entries, shown, strict=True):
        claims = {(claim.field, claim.kind): claim for claim in by_id[read_id(short).value].claims}
        assert claims["date", "first-version"].value == entry.findtext("a:published", "", ATOM)
        assert claims["date", "this-version"].value == entry.findtext("a:updated", "", ATOM)
        assert len(claims["authors", ""].value) == len(entry.findall("a:author", ATOM))
        assert fold(claims["title", ""].value) == fold(from_tex(entry.findtext("a:title", "", ATOM)))
