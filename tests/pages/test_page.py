"""What a page claims: invented pages with what must be read from them, and bodies that nobody should choke on."""

from __future__ import annotations

import gzip
import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.model import Name
from litdb.pages.page import read_page

DATA = Path(__file__).parent / "data"
CASES = sorted(DATA.glob("*.html"))
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "pages"


def summary(page):
    """The best claim of every field as plain values, and how each was read."""
    fields = dict.fromkeys(claim.field for claim in page.claims)
    best = {field: claim for field in fields if (claim := page.best(field))}
    modified = next((claim.value for claim in page.claims if claim.kind == "modified"), None)
    values = {field: claim.value for field, claim in best.items()}
    if "authors" in values:
        values["authors"] = [Name.from_json(name).display for name in values["authors"]]
    return {
        **values,
        "modified": modified,
        "canonical": page.canonical,
        "site": page.site,
        "language": page.language,
        "identifiers": [str(each) for each in page.identifiers],
        "how": {field: claim.how for field, claim in best.items()},
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_page_claims_what_it_says(case):
    expected = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    found = summary(read_page(case.read_bytes(), {}, expected.pop("url")))
    how = expected.pop("how", {})
    assert {field: found.get(field) for field in expected} == expected
    assert {field: found["how"].get(field) for field in how} == how


def test_every_candidate_is_kept_with_its_origin():
    page = read_page((DATA / "ghost.html").read_bytes(), {}, "https://spans.example/why-bridges-hum/")
    titles = [(claim.how, claim.value) for claim in page.claims if claim.field == "title"]
    assert titles == [
        ("headline", "Why bridges hum"),
        ("json-ld:headline", "Why bridges hum (a short guide)"),
        ("og:title", "Why bridges hum"),
        ("title", "Why bridges hum (a short guide)"),
    ]


@pytest.mark.parametrize(
    ("body", "canonical"),
    [
        (b'<link rel="canonical" href="https://elsewhere.example/stolen">', "https://a.example/post"),
        (b'<link rel="canonical" href="https://blog.a.example/post">', "https://blog.a.example/post"),
        (
            b'<link rel="canonical" href="javascript:void(0)"><meta property="og:url" content="/p?id=2">',
            "https://a.example/p?id=2",
        ),
        (b'<link rel="canonical" href="http://[broken">', "https://a.example/post"),
    ],
)
def test_canonical_address_is_believed_on_the_same_site(body, canonical):
    assert read_page(body, {}, "https://a.example/post?utm_source=z").canonical == canonical


def test_refresh_is_told():
    body = b'<meta http-equiv="refresh" content="0; url=/new#x">'
    assert read_page(body, {}, "https://a.example/old").refresh == "https://a.example/new"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0\0",
        b"<",
        b"plain words",
        b"https://example.org/file.html",
        b"<?xml version='1.0'?><html xmlns='x'><head><title>t</title></head></html>",
        b"<script type='application/ld+json'>" + b"[" * 100_000,
        b'<script type="application/ld+json">{"@type":"Article","headline":{"a":[]},"author":[[]],"datePublished":7}</script>',
        b'<script type="application/ld+json">{"@type":["Article",3],"headline":"\\ud800 half","author":{"name":["A","B C"]}}</script>',
        b'<script type="application/ld+json">{"@type":"Article","@id":"x","author":{"@id":"x"},"mainEntity":{"@id":"x"}}</script>',
        b'<script type="application/ld+json">{"@type":"Article","wordCount":' + b"9" * 5000 + b"}</script>",
        b"\xff\xfe<\0t\0i\0t\0l\0e\0>\0",
        b"<div>" * 5000 + b"<h1>deep</h1>",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_odd_body_is_read_without_an_error(body):
    page = read_page(body, {}, "https://a.example/post")
    json.dumps([[claim.field, claim.value] for claim in page.claims], ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "unit",
    [
        b"<script ",
        b"<a ",
        b"<!--",
        b"<?",
        b"<html ",
        b"<title>",
        b"<h1>x - ",
        b"<p>By Ann Bee ",
        b"<time>1 May 2020",
        b"<style>,",
        b'{"@type":,',
    ],
)
def test_time_grows_with_the_length_of_a_hostile_page(unit):
    start = time.process_time()
    read_page(unit * 20_000, {}, "https://a.example/post")
    assert time.process_time() - start < 5


PAGES = [case.read_bytes() for case in CASES]
EDITS = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 40), st.binary(max_size=12)), max_size=6)


@given(st.sampled_from(PAGES), EDITS)
def test_mutated_page_is_read_without_an_error(body, edits):
    for start, length, put in edits:
        at = start % (len(body) + 1)
        body = body[:at] + put + body[at + length :]
    page = read_page(body, {}, "https://a.example/2020/01/02/post")
    json.dumps([[claim.field, claim.value] for claim in page.claims], ensure_ascii=False).encode()


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real pages (../shared/corpus/pages) is not here")
def test_real_pages_are_read_and_mostly_have_a_title():
    lines = (CORPUS / "index.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in random.Random(7).sample(lines, 60)]
    pages = [read_page(gzip.decompress((CORPUS / row["html_path"]).read_bytes()), {}, row["url"]) for row in rows]
    assert sum(page.best("title") is not None for page in pages) >= 57
    assert sum(page.best("date") is not None for page in pages) >= 45
