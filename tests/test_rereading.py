"""A reading that is kept and read back is the same reading."""

from hypothesis import given
from hypothesis import strategies as st

from litdb.database.journal import Journal
from litdb.database.readings import Readings
from litdb.model import Answer, Claim, Identifier, Reading, Record, Reference, Relation, Request
from litdb.rereading import Rereading, cited_from, cited_text, reading_from, reading_text

text = st.text(max_size=8)
names = st.builds(Identifier, st.sampled_from(["arxiv", "doi", "url"]), text)
values = text | st.lists(st.dictionaries(st.sampled_from(["family", "given", "ORCID"]), text), max_size=2)
claims = st.builds(Claim, st.sampled_from(["title", "authors", "date"]), values, text)
ties = st.builds(Relation, names, st.sampled_from(["cites", "version-of"]), names, text, text, text, text)
loose = st.builds(Reference, names, text, text, text, text)
few = {"max_size": 2}
records = st.builds(
    Record,
    text,
    names,
    st.lists(claims, **few).map(tuple),
    st.lists(names, **few).map(tuple),
    st.lists(ties, **few).map(tuple),
    at=text,
    answer=text,
    place=text,
    entry=text,
    loose=st.lists(loose, **few).map(tuple),
)


@given(st.lists(records, max_size=3).map(tuple), st.dictionaries(names, st.tuples(st.just("ok"), text), max_size=2))
def test_a_reading_comes_back(said, outcomes):
    reading = Reading(said, outcomes)
    assert reading_from(reading_text(reading)) == reading


@given(st.lists(records, max_size=3), st.lists(text, max_size=2))
def test_what_is_cited_comes_back(said, problems):
    assert cited_from(cited_text((said, problems))) == (said, problems)


def test_what_was_read_is_kept_as_it_comes(tmp_path, monkeypatch):
    monkeypatch.setattr("litdb.rereading.AT_ONCE", 2)
    urls = [f"https://example.org/{number}" for number in range(3)]
    answers = [Answer(Request("page", url, ()), 200, {}, b"", url, "2026-11-21T00:00:00Z") for url in urls]
    read = []
    with Journal(tmp_path / "litdb.journal") as journal:
        came = {journal.keep(each): each for each in answers}
        for _run_that_is_cut_off in range(2):
            with Readings(tmp_path / "litdb.readings", "this") as kept:
                again = Rereading(journal, kept, lambda _answer, ident: (read.append(ident), ([], ["told"]))[1])
                assert [again.cited(each, ident) for ident, each in came.items()] == [([], ["told"])] * 3
    assert read == [*came, list(came)[2]]
