"""Lines of facts: what litdb writes it reads back; what anybody else may write is refused with a sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.errors import FactsError
from litdb.facts.fact import Fact, to_line
from litdb.facts.reading import FIELDS, OUTCOMES, TIES, is_sound, read_line, require_past
from litdb.model import Claim, Identifier, Record, Relation
from litdb.text.dates import date_claim
from litdb.text.times import later

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((Path(__file__).parents[2] / "docs" / "facts.schema.json").read_text("utf-8"))
)
PAPER = Identifier("arxiv", "2209.00626")
GOOD = {
    "about": "arxiv:2209.00626",
    "answer": "0" * 64,
    "at": "2026-11-21T03:54:00.123Z",
    "claims": [{"field": "title", "value": "A title", "how": "atom:title"}],
    "facts": 1,
    "outcome": "ok",
    "read": "https://export.arxiv.org/api/query",
    "same": ["doi:10.48550/arxiv.2209.00626"],
    "source": "arxiv",
    "ties": [{"subject": "arxiv:2209.00626", "kind": "version-of", "object": "doi:10.1/x", "how": "atom:doi"}],
}


def line(**other):
    return json.dumps({key: value for key, value in {**GOOD, **other}.items() if value is not None}).encode()


def claim(field, value, **more):
    return {"claims": [{"field": field, "value": value, "how": "x", **more}]}


# What litdb writes

words = st.text('aB1é漢 .:{}\\$"<>', min_size=1, max_size=12).filter(str.strip)
values = st.text("a1é./:()", min_size=1, max_size=8).filter(lambda value: not value.startswith("//"))
identifiers = st.builds(Identifier, st.sampled_from(["arxiv", "doi", "forum-comment"]), values)
texts = st.builds(
    Claim,
    st.sampled_from(sorted(FIELDS - {"authors", "editors", "date", "type", "status", "url", "archived"})),
    words,
    st.sampled_from(["atom:title", "json-ld:headline", "crossref:relation.title"]),
    markup=st.sampled_from(["plain", "tex"]),
)
people = st.builds(
    Claim,
    st.sampled_from(["authors", "editors"]),
    st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal"]), words, min_size=1), max_size=2),
    st.just("x:authors"),
)
days = st.dates(date(1500, 1, 1), date(2199, 12, 31)).map(date.isoformat)
dates = st.builds(date_claim, days, st.sampled_from(["posted", "modified"]), st.just("x:date"))
ties = st.builds(Relation, identifiers, st.sampled_from(sorted(TIES)), identifiers, st.just("x:tie"))
records = st.builds(
    Record,
    st.sampled_from(["arxiv", "substack-search"]),
    identifiers,
    st.lists(texts | people | dates, min_size=1, max_size=3).map(tuple),
    st.lists(identifiers, max_size=2).map(tuple),
    st.lists(ties, max_size=1).map(tuple),
    at=st.integers(0, 10**9).map(lambda seconds: later("2000-01-01T00:00:00.000Z", seconds / 86_400)),
    answer=st.binary(min_size=32, max_size=32).map(bytes.hex),
)
facts = st.builds(Fact, records, st.just("https://x.org/?a=1"), st.sampled_from(["", *sorted(OUTCOMES)]))


@given(facts)
def test_what_is_written_is_read_back(fact):
    written = to_line(fact)
    assert read_line(written.encode(), "") == fact
    assert "\n" not in written
    SCHEMA.validate(json.loads(written))


def test_the_order_of_keys_and_the_blanks_of_others_mean_nothing():
    pretty = json.dumps(dict(reversed(GOOD.items())), indent=2).replace("\n", " ")
    assert to_line(read_line(pretty.encode(), "")) == to_line(read_line(line(), ""))


# What strangers may write

DEEP = b'{"facts":' + b"[" * 100_000
WRONG = {
    "no JSON": (b"{", "it is no JSON"),
    "no object": (b"[1]", "it is no JSON object"),
    "not UTF-8": (b'{"facts":"\xff"}', "it is not UTF-8 (byte 11 of the line)"),
    "deep": (DEEP, "it is nested deeper than any fact"),
    "endless": (b'"' + b"a" * 1_000_001, "a line of 1,000,002 bytes is longer than any fact (1,000,000)"),
    "a number that is none": (b'{"facts":NaN}', "NaN is no JSON"),
    "a number without end": (b'{"facts":' + b"9" * 5000 + b"}", "it is no JSON"),
    "a key twice": (b'{"facts":1,"facts":2}', "a key stands twice in one object"),
    "something else": (b'{"id":"x"}', "it is no fact: it has no “facts” with the version of the format"),
    "a truth for a version": (line(facts=True), "it is no fact"),
    "a later version": (line(facts=2), "it is in version 2 of the format, and this litdb reads version 1"),
    "a key missing": (line(read=None), "“read” is missing"),
    "an odd key": (line(abstract="Long"), "“abstract” is no key that this format knows"),
    "nothing said": (
        line(claims=None, same=None, ties=None, outcome=None),
        "it says nothing: none of claims, outcome, same, ties",
    ),
    "a number for a source": (line(source=1), "“source” is no text"),
    "a path for a source": (line(source="../arxiv"), "“source” cannot be “../arxiv”"),
    "no identifier": (line(about="2209.00626"), "“about” is no identifier: “2209.00626”"),
    "a path for a scheme": (line(about="../../x:1"), "“about” is no identifier"),
    "an address for an identifier": (line(same=["http://10.0.0.1/"]), "“same” is no identifier: “http://10.0.0.1/”"),
    "blanks in an identifier": (line(about="doi:a b"), "“about” is no identifier"),
    "an inner address": (line(about="url:http://169.254.169.254/latest"), "“about” is no address that is open to all"),
    "an inner name": (line(same=["url:http://router.local/"]), "“same” is no address that is open to all"),
    "an odd number": (line(same=["url:http://0x7f.1/"]), "“same” is no address that is open to all"),
    "another scheme": (line(about="url:file:///etc/passwd"), "“about” is no address that is open to all"),
    "a password": (line(read="https://me:secret@x.org/"), "“read” is no address that is open to all"),
    "a key in an address": (line(read="https://x.org/?token=abc"), "“read” is no address that is open to all"),
    "no moment": (line(at="yesterday"), "“at” cannot be “yesterday”"),
    "a moment that cannot be": (line(at="2026-02-30T00:00:00Z"), "“at” cannot be 2026-02-30T00:00:00Z"),
    "no hash": (line(answer="abc"), "“answer” cannot be “abc”"),
    "an outcome of one's own network": (line(outcome="timeout"), "“outcome” cannot be “timeout”"),
    "a list for an outcome": (line(outcome=["ok"]), "“outcome” cannot be"),
    "no list": (line(claims={}), "“claims” is no list of at most 200"),
    "too many": (line(same=["doi:1"] * 201), "“same” is no list of at most 200"),
    "no claim": (line(claims=["x"]), "a claim is no object"),
    "an abstract": (line(**claim("abstract", "Long")), "“field” cannot be “abstract”"),
    "an odd field": (line(**claim("entry", "{}")), "“field” cannot be “entry”"),
    "an empty title": (line(**claim("title", " ")), "“title” is no text"),
    "a long title": (line(**claim("title", "a" * 2001)), "“title” is longer than 2,000 characters"),
    "a steering title": (line(**claim("title", "a\x1b[2J")), "“title” holds a control character"),
    "a title that turns round": (line(**claim("title", "a\u202eb")), "“title” holds a control character"),
    "half a character": (line(**claim("title", "\ud800")), "“title” holds a control character"),
    "a title of people": (line(**claim("title", ["a"])), "“title” is no text"),
    "authors in words": (line(**claim("authors", "A. B.")), "“authors” is no list of at most 10,000"),
    "a person in words": (line(**claim("authors", ["A. B."])), "a person is no object with parts of a name"),
    "a person's odd part": (line(**claim("authors", [{"email": "a@x.org"}])), "“email” is no key that this format knows"),
    "a date in words": (line(**claim("date", "soon", kind="posted", precision="day")), "“date” cannot be “soon”"),
    "a day that cannot be": (
        line(**claim("date", "2022-02-30", kind="posted", precision="day")),
        "“date” cannot be “2022-02-30”",
    ),
    "a day said to be a year": (
        line(**claim("date", "2022-02-03", kind="posted", precision="year")),
        "“date” cannot be “2022-02-03”",
    ),
    "an odd kind": (line(**claim("date", "2022", kind="printed", precision="year")), "“kind” cannot be “printed”"),
    "a title with a kind": (line(**claim("title", "A", kind="posted")), "only a date has a kind and a precision"),
    "an odd type": (line(**claim("type", "song")), "“type” cannot be “song”"),
    "an odd status": (line(**claim("status", "wrong")), "“status” cannot be “wrong”"),
    "a script for an address": (line(**claim("url", "javascript:alert(1)")), "“url” cannot be “javascript:alert(1)”"),
    "a copy elsewhere": (line(**claim("archived", "https://x.org/copy")), "“archived” cannot be “https://x.org/copy”"),
    "how in odd letters": (
        line(claims=[{"field": "title", "value": "a", "how": "a\tb"}]),
        "“how” holds a control character",
    ),
    "no tie": (line(ties=[1]), "a tie is no object"),
    "a citation": (
        line(ties=[{"subject": "doi:1", "kind": "cites", "object": "doi:2", "how": "x"}]),
        "“kind” cannot be “cites”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_line_that_is_wrong_is_refused_with_its_place(name):
    bad, sentence = WRONG[name]
    with pytest.raises(FactsError) as error:
        read_line(bad, "commons/x.jsonl, line 7")
    assert str(error.value).startswith(f"commons/x.jsonl, line 7: {sentence}")
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 300


def test_a_fact_of_tomorrow_is_none():
    fact = read_line(line(at="2026-11-23T00:00:00Z"), "")
    require_past(fact, "x", "2026-11-22T01:00:00Z")
    with pytest.raises(FactsError, match=r"x: it says that it was read at 2026-11-23T00:00:00Z, which is yet to come"):
        require_past(fact, "x", "2026-11-21T00:00:00Z")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_the_bytes_it_is_a_fact_or_a_sentence(content):
    with pytest.raises(FactsError):
        read_line(content, "x")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(GOOD)), JSON)
def test_whatever_stands_at_a_key_it_is_a_fact_or_a_sentence(key, value):
    try:
        fact = read_line(json.dumps({**GOOD, key: value}).encode(), "x")
    except FactsError:
        return
    assert read_line(to_line(fact).encode(), "x") == fact


def test_only_sound_claims_are_written():
    assert is_sound(date_claim("2022-08-30", "posted", "x"))
    assert not is_sound(Claim("title", "a\nb", "x"))
    assert not is_sound(replace(date_claim("2022-08-30", "posted", "x"), precision="year"))
