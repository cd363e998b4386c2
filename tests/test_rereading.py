"""A reading that is kept and read back is the same reading."""

from hypothesis import given
from hypothesis import strategies as st

from litdb.model import Claim, Identifier, Reading, Record, Reference, Relation
from litdb.rereading import cited_from, cited_text, reading_from, reading_text

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
