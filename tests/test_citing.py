"""From references to ties: what names a work, what is told from words, what is no reference at all."""

from __future__ import annotations

import pytest

from litdb.citing import MOST_REFERENCES, Known, citing, named_in, placed
from litdb.errors import InvalidUrl
from litdb.model import Answer, Identifier, Name, Record, Reference, Request, Target, Work
from litdb.sources import identify

HERE = Identifier("url", "https://a.example/post")
ANSWER = Answer(Request("page", "https://a.example/post", (Target(HERE),)), 200, {}, b"", "https://a.example/post", "2026")  # fmt: skip


def identify_or_none(text):
    try:
        return identify(text)
    except InvalidUrl:
        return None


def told(*references):
    said = [("page", Reference(HERE, url, "html:a", text)) for url, text in references]
    records, problems = citing(ANSWER, "id", said, identify_or_none)
    return records, problems


@pytest.mark.parametrize(
    ("url", "text", "cited"),
    [
        ("https://b.example/x?utm_source=a", "x", "url:https://b.example/x"),
        ("https://www.arxiv.org/pdf/2209.00626v3", "x", "arxiv:2209.00626"),
        ("doi:10.1000/ABC", "", "doi:10.1000/abc"),
        ("arXiv:2209.00626", "", "arxiv:2209.00626"),
        ("https://b.example/", "another site", "url:https://b.example"),
        ("", "Ek (2020). On trees. doi:10.1000/trees.", "doi:10.1000/trees"),
        ("https://a.example/", "my own front page", None),
        ("https://blog.a.example", "the same site's", None),
        ("http://www.a.example/post#part", "myself", None),
        ("https://twitter.com/somebody", "a profile", None),
        ("https://b.example/plot.png", "a picture", None),
        ("http://[junk", "junk", None),
        ("doi:nothing", "", None),
        ("arXiv:99999", "", None),
        ("", "", None),
    ],
)
def test_what_a_reference_names(url, text, cited):
    records, problems = told((url, text))
    found = [str(tie.object) for record in records for tie in record.relations]
    assert found == ([cited] if cited else [])
    assert problems == []
    assert not any(record.loose for record in records)


def test_a_work_is_cited_once_with_its_first_words():
    ((record,), _) = told(("https://b.example/x", "first"), ("https://www.b.example/x#part", "second"))
    assert [(tie.text, tie.url) for tie in record.relations] == [("first", "https://b.example/x")]


def test_ten_thousand_references_are_bounded_and_said():
    ((record,), (problem,)) = told(*[(f"https://b.example/{n}", "x") for n in range(10_000)])
    assert len(record.relations) == MOST_REFERENCES
    assert problem == f"{HERE} cites 10000 works by page; the first {MOST_REFERENCES} are kept."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ek, A. On trees. arXiv preprint arXiv:1606.06565, 2016.", "arXiv:1606.06565"),
        ("https://arxiv.org/abs/hep-th/9901001v2", "arXiv:hep-th/9901001"),
        ("see https://doi.org/10.1000/xyz.", "doi:10.1000/xyz"),
        ("(doi: 10.1000/a(b)c)", "doi:10.1000/a(b)c"),
        ("Ek. On trees. 10.1000 pages. 2016", ""),
        ("version 1606.06565", ""),
    ],
)
def test_names_in_references_as_written(text, name):
    assert named_in(text) == name


TREES = Work(
    Identifier("arxiv", "1"), (Identifier("arxiv", "1"),), "", "preprint", "", "On trees and forests",
    authors=(Name("Ek", "Ann"), Name("Bee", "Bo")), date="2020-05-01",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("Ek, A., Bee, B.: On Trees and Forests. Journal of Wood (2020)", True),
        ("A. Ek. “On trees — and forests”, 2020.", True),
        ("On trees and forests. 2020", False),
        ("On trees and forests", False),
        ("Ek. On trees and forests. 2019", False),
        ("Bee. On trees and forests. 2020", False),
        ("Ek. On trees. 2020", False),
        ("Ek. On trees and forests. 12020", False),
    ],
)
def test_a_known_work_is_told_by_title_year_and_first_author_together(text, is_meant):
    assert (Known([TREES]).work_in(text) == TREES) is is_meant


def test_short_titles_are_no_sign():
    short = Work(Identifier("url", "x"), (), "", "book", "", "Trees", authors=(Name("Ek"),), date="2020")
    assert Known([short]).work_in("Ek. Trees. 2020") is None


def test_of_titles_that_begin_alike_the_longest_is_meant():
    from dataclasses import replace

    longer = replace(TREES, identifier=Identifier("doi", "2"), title="On trees and forests of the north")
    known = Known([TREES, longer])
    assert known.work_in("Ek (2020). On trees and forests of the north. Oslo.") == longer
    assert known.work_in("Ek (2020). On trees and forests, of which. Oslo.") == TREES


def test_of_versions_the_cited_one_is_meant():
    from dataclasses import replace

    other = replace(TREES, identifier=Identifier("doi", "2"), cited=False)
    assert Known([replace(other), TREES]).work_in("Ek: On trees and forests, 2020") == TREES


def test_placed_references_become_ties_and_the_others_stay():
    loose = tuple(Reference(HERE, "", "x", text) for text in ("Ek. On trees and forests. 2020", "Unknown. 1999"))
    found = placed(Record("crossref", HERE, loose=loose), Known([TREES]))
    assert [(str(tie.object), tie.how) for tie in found.relations] == [("arxiv:1", "x:title+year+author")]
    assert [each.text for each in found.loose] == ["Unknown. 1999"]
