import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.errors import InvalidUrl
from litdb.notes.ris import read_ris, record_claims
from litdb.sources import identify


def identified(text):
    try:
        return identify(text)
    except InvalidUrl:
        return None


def read(text):
    return read_ris("a.ris", text, identified)


def claims(text):
    tags = [(line[:2], line[6:]) for line in text.splitlines()]
    return {claim.field: claim.value for claim in record_claims(tags) if claim.kind != "accessed"}


def test_a_record_is_a_mention_and_a_record_at_its_place():
    note = read(
        "\r\nTY  - JOUR\r\nTI  - A\r\nDO  - 10.1000/A\r\nID  - a2014\r\nER  - \r\n\r\nTY  - BOOK\r\nTI  - B\r\nER  -\r\n"
    )
    assert [(each.target, each.line, each.text) for each in note.mentions] == [("@a2014", 2, "A"), ("B", 8, "B")]
    assert [str(each.identifier).split("-")[0] for each in note.records] == ["doi:10.1000/a", "bib:"]
    assert note.problems == ()
    assert json.loads(note.records[0].entry)["tags"][0] == ["TY", "JOUR"]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("TY  - JOUR\nDO  - doi:10.1000/X", "doi:10.1000/x"),
        ("TY  - JOUR\nM3  - 10.1000/X", "doi:10.1000/x"),
        ("TY  - UNPB\nAN  - arXiv:2208.09901\nDO  - 10.1000/x", "arxiv:2208.09901"),
        ("TY  - JOUR\nT2  - arXiv\nAN  - arXiv:2208.09901", "arxiv:2208.09901"),
        ("TY  - BOOK\nSN  - 978-0-13-110362-7 (pbk.)", "isbn:9780131103627"),
        ("TY  - BLOG\nUR  - https://a.example/x; https://b.example/y", "url:https://a.example/x"),
    ],
)
def test_what_names_the_work(text, identifier):
    (record,) = read(f"{text}\nER  - ").records
    assert str(record.identifier) == identifier


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("TY  - JOUR\nT1  - A", "title", "A"),
        ("TY  - JOUR\nA1  - van Merwijk, Chris\nA1  - The Hive", "authors",
         [{"family": "Merwijk", "given": "Chris", "non-dropping-particle": "van"}, {"literal": "The Hive"}]),
        ("TY  - BOOK\nA3  - Ives, Kim", "editors", [{"family": "Ives", "given": "Kim"}]),
        ("TY  - CHAP\nA2  - Ives, Kim", "editors", [{"family": "Ives", "given": "Kim"}]),
        ("TY  - JOUR\nPY  - 2014\nDA  - 2014/01/15/", "date", "2014-01-15"),
        ("TY  - JOUR\nPY  - 2014///Spring", "date", "2014"),
        ("TY  - JOUR\nPY  - in press", "date", None),
        ("TY  - JOUR\nSP  - 63\nEP  - 70", "pages", "63-70"),
        ("TY  - JOUR\nJF  - Journal\nJO  - J.", "container", "J."),
        ("TY  - XXXX\nTI  - A", "type", None),
    ],
)  # fmt: skip
def test_what_a_record_claims(text, field, value):
    assert claims(text).get(field) == value


def test_a_value_goes_on_in_lines_without_a_tag():
    (record,) = read("TY  - JOUR\nAB  - one\ntwo\n  three\nER  - ").records
    assert next(claim.value for claim in record.claims if claim.field == "abstract") == "one two three"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hello\n", "a.ris:1: This is no RIS: no line begins a record with “TY  - ”."),
        ("TY  - JOUR\nTI  - A\n", "a.ris:1: This record has no end (ER): the file may be cut off."),
        (
            "TY  - JOUR\n\nTY  - BOOK\nER  - ",
            "a.ris:1: This record has no end (ER); it ends where the next one begins.",
        ),
        ("TY  - JOUR\nER  - \nstray\n", "a.ris:3: “stray” belongs to no record and was left out."),
        ("1.\nTY  - JOUR\nER  - ", None),
        ("Provider: JSTOR http://a.example\nDatabase: JSTOR\nContent: text/plain\n\nTY  - JOUR\nER  - ", None),
    ],
)
def test_what_is_not_in_order_is_told_with_its_line(text, problem):
    assert read(text).problems == ((problem,) if problem else ())


def test_a_number_is_no_key():
    assert read("TY  - JOUR\nID  - 17\nER  - \n").keys == ()


@given(st.text(alphabet="TYERIDAU  -\n\r/19;,x"))
def test_no_text_breaks_the_reader(text):
    note = read(text)
    assert len(note.mentions) == len(note.records)


def test_a_printed_paper_with_a_preprint_is_a_work_of_its_own():
    (record,) = read("TY  - JOUR\nT2  - J. X\nAN  - arXiv:2208.09901\nER  - ").records
    assert record.identifier.scheme == "bib"
    assert [(str(each.subject), each.kind) for each in record.relations] == [("arxiv:2208.09901", "version-of")]
