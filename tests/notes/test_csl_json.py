import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.errors import InvalidUrl
from litdb.model import Identifier, Relation
from litdb.notes.csl_json import item_claims, read_csl_json
from litdb.sources import identify


def identified(text):
    try:
        return identify(text)
    except InvalidUrl:
        return None


def read(text):
    return read_csl_json("a.json", text, identified)


def item(**said):
    """The note of one item."""
    return read(json.dumps([{"id": "k", "type": "book", **said}]))


def claims(**said):
    return {claim.field: claim.value for claim in item_claims({"type": "book", **said}) if claim.kind != "accessed"}


def test_an_item_is_a_mention_and_a_record_at_its_place():
    note = read('[\n  {"id": "a", "type": "book", "title": "A", "DOI": "10.1000/A"},\n  {"id": "b", "type": "book"}\n]')
    assert [(each.target, each.line, each.column, each.text) for each in note.mentions] == [
        ("@a", 2, 3, "A"),
        ("@b", 3, 3, ""),
    ]
    assert [(each.source, each.place) for each in note.records] == [("bib", "a.json:2"), ("bib", "a.json:3")]
    assert note.keys[0] == ("a", Identifier("doi", "10.1000/a"))
    assert json.loads(note.records[0].entry)["item"]["DOI"] == "10.1000/A"


def test_items_on_one_line_have_places_of_their_own():
    note = read('[{"id":"a","type":"book","title":"A"},{"id":"b","type":"book","title":"B"}]')
    assert [each.place for each in note.records] == ["a.json:1", "a.json:1:39"]
    assert [each.column for each in note.mentions] == [2, 39]


@pytest.mark.parametrize(
    ("said", "identifier"),
    [
        ({"DOI": "https://doi.org/10.1000/X"}, "doi:10.1000/x"),
        ({"URL": "https://arxiv.org/abs/2208.99901v2"}, "arxiv:2208.99901"),
        ({"type": "article", "number": "arXiv:2208.09901", "DOI": "10.1000/x"}, "arxiv:2208.09901"),
        ({"type": "article-journal", "note": "arXiv:2208.09901 [cs]", "DOI": "10.1000/x"}, "doi:10.1000/x"),
        (
            {"type": "article-journal", "container-title": "arXiv:2208.09901 [cs]", "note": "arXiv:2208.09901"},
            "arxiv:2208.09901",
        ),
        (
            {"type": "article-journal", "container-title": "CoRR", "volume": "1", "note": "arXiv:2208.09901"},
            "arxiv:2208.09901",
        ),
        ({"ISBN": "0-13-110362-8 978-0-13-110362-7"}, "isbn:9780131103627"),
        ({"URL": "https://www.lesswrong.com/posts/pRkFkzwKZ2zfa3R6H/x"}, "forum:pRkFkzwKZ2zfa3R6H"),
    ],
)
def test_what_names_the_work(said, identifier):
    (record,) = item(**said).records
    assert str(record.identifier) == identifier


def test_an_item_that_nothing_names_goes_by_its_key():
    one, other = item(title="A").records[0].identifier, item(title="B").records[0].identifier
    assert (one.scheme, one.value.split("-")[0], one == other) == ("bib", "k", False)


def test_a_printed_paper_with_a_preprint_is_a_work_of_its_own():
    said = {"type": "article-journal", "container-title": "J", "number": "arXiv:1906.09902"}
    (record,) = item(**said).records
    assert record.identifier.scheme == "bib"
    preprint = Identifier("arxiv", "1906.09902")
    assert record.relations == (Relation(preprint, "version-of", record.identifier, "bib:eprint"),)


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ({"title": "On <i>Salmo  salar</i> &amp; others"}, "title", "On Salmo salar & others"),
        ({"issued": {"date-parts": [["2006", "3"]]}}, "date", "2006-03"),
        ({"issued": {"date-parts": [[2006, 3, 4], [2007]]}}, "date", "2006-03-04"),
        ({"issued": {"raw": "2019-05"}}, "date", "2019-05"),
        ({"issued": {"date-parts": [[2006, 13]]}}, "date", None),
        ({"issued": {"date-parts": [[]]}}, "date", None),
        ({"issued": "2006"}, "date", None),
        ({"volume": 7}, "volume", "7"),
        ({"author": [{"family": "Brink", "given": "Jo", "dropping-particle": "van"}]}, "authors",
         [{"family": "Brink", "given": "Jo", "non-dropping-particle": "van"}]),
        ({"author": [{"literal": "The Hive"}, {}, "x"]}, "authors", [{"literal": "The Hive"}]),
        ({"author": [{"family": "Aristotle"}]}, "authors", [{"literal": "Aristotle"}]),
        ({"author": "Jo"}, "authors", None),
        ({"type": "legal_case"}, "type", None),
        ({"type": "post-weblog"}, "type", "post-weblog"),
    ],
)  # fmt: skip
def test_what_an_item_claims(said, field, value):
    assert claims(**said).get(field) == value


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("hello", 1, "no CSL-JSON"),
        ('[\n{"id": "a", "type": "book"},\n', 2, "has no end"),
        ('[\n{"id": "a", "type": nothing}\n]', 2, "no valid JSON"),
        ('[\n{"id": "a", "type": "book"\n', 2, "Nothing behind it"),
        ('[\n{"id": "a", "type": "book"},\n"b"]', 3, "has no end"),
        ('[\n{"title": "A"}\n]', 2, "no item of CSL-JSON"),
        ('[\n{"itemType": "book"}\n]', 2, "export as “CSL JSON”"),
        ('[\n7, {"id": "a", "type": "book"}\n]', 1, "stands between two items"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, line, words):
    problems = read(text).problems
    assert any(each.startswith(f"a.json:{line}: ") and words in each for each in problems), problems


def test_a_broken_item_with_braces_in_its_strings_costs_only_itself():
    text = '[{"id": "a", "type": "book", "title": "}{\\"", oops}, {"id": "b", "type": "book"}]'
    assert [each.target for each in read(text).mentions] == ["@b"]


def test_the_web_form_with_items_in_an_object():
    assert [each.target for each in read('{"items": [{"id": "a", "type": "book"}]}').mentions] == ["@a"]


def test_of_two_items_with_one_key_the_key_names_the_first():
    note = read('[\n{"id": "k", "type": "book", "title": "A"},\n{"id": "k", "type": "book", "title": "B"}\n]')
    assert note.problems == ("a.json:3: @k is there already (line 2); the key names the first one.",)
    assert note.keys == (("k", note.records[0].identifier),)


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda each: st.lists(each) | st.dictionaries(
    st.sampled_from(["date-parts", "raw", "family", "given", "literal", "x"]), each), max_leaves=6)  # fmt: skip


@given(st.dictionaries(st.sampled_from("id type title DOI URL author issued note number ISBN page".split()), VALUES))
def test_nothing_that_stands_in_an_item_breaks_the_reader(said):
    note = read(json.dumps([said]))
    assert len(note.mentions) + len(note.problems) >= 1
    assert len(note.mentions) == len(note.records)


@given(st.text(alphabet='[]{}",:\\ abc1\n'))
def test_no_text_breaks_the_reader(text):
    read(text)
