"""Disagreements that matter are reported, and noise is not."""

import pytest

from litdb.checks.conflicts import as_written, conflicts
from litdb.model import Claim, Identifier, Name, Record
from litdb.text.dates import date_claim
from litdb.text.names import authors_claim, read_name, read_names

PAPER = Identifier("arxiv", "1712.05812")
TWEET = Identifier("tweet", "1")


def dated(source, value, kind="posted", how="x", place=""):
    return Record(source, PAPER, (date_claim(value, kind, how),), place=place)


def titled(source, value, container="", how="x"):
    claims = (Claim("title", value, how), *((Claim("container", container, "x"),) if container else ()))
    return Record(source, PAPER, claims)


def written(source, text, identifier=PAPER):
    return Record(source, identifier, (authors_claim(read_names(text), "x"),))


def found(*records, **aliases):
    known = {spelled: read_name(full) for spelled, full in aliases.items()}
    return [(each.chosen.record.source, each.other.record.source) for each in conflicts(records, known)]


NOISE = {
    "coarser": (dated("arxiv", "2017-12-15T12:00:00Z", "first-version"), dated("bib", "2017-12")),
    "local day": (dated("page", "2022-03-30T06:30:00Z"), dated("bib", "2022-03-29")),
    "month of the number": (dated("arxiv", "2017-12-15", "first-version"), dated("url", "2017-12", how="url:arxiv-id")),
    "number of the next month": (
        dated("arxiv", "2017-11-30", "first-version"),
        dated("url", "2017-12", how="url:arxiv-id"),
    ),
    "day of editing": (dated("page", "2022-01-01"), dated("page", "2023-01-01", "modified")),
    "later version": (dated("arxiv", "2017-12-15", "first-version"), dated("arxiv", "2019-01-11", "this-version")),
    "initials": (written("arxiv", "Stuart Armstrong"), written("bib", "Armstrong, S.")),
    "and others": (written("arxiv", "A. Bee, C. Dee and E. Fee"), written("bib", "A. Bee et al.")),
    "subtitle": (titled("arxiv", "Shard Theory: An Overview"), titled("bib", "Shard theory")),
    "name of the site": (titled("page", "AGI Safety", "My Blog"), titled("bib", "My Blog: AGI safety")),
    "nothing to compare": (titled("arxiv", "One"), written("bib", "Two Three")),
}
CITED = {
    "the day of a printed work": (
        Record("crossref", PAPER, (date_claim("2016-01-27", "posted", "x"), Claim("type", "article-journal", "x"))),
        dated("bib", "2016-01-01"),
    ),
    "the year of a later version": (
        Record("arxiv", PAPER, (date_claim("2017-12-15", "first-version", "x"), date_claim("2019-01-11", "this-version", "x"))),
        dated("bib", "2019"),
    ),
    "the year of the conference": (
        Record("arxiv", PAPER, (date_claim("2017-12-15", "first-version", "x"), Claim("type", "preprint", "x"))),
        Record("bib", PAPER, (date_claim("2018", "posted", "bib:year"), Claim("container", "NIPS", "bib:booktitle"))),
    ),
    "initials before the comma": (
        written("crossref", "David Silver"),
        Record("bib", PAPER, (authors_claim([Name("D", "Silver")], "bib:author"),)),
    ),
    "others": (
        written("crossref", "David Silver and Aja Huang and Arthur Guez"),
        Record("bib", PAPER, (authors_claim([Name("Guez", "A.")], "bib:author"),), entry='{"form":"bib","fields":{"author":"Guez, A. and others"}}'),
    ),
    "a collaboration for its people": (
        written("crossref", "Georges Aad and Barbara Abbott"),
        Record("bib", PAPER, (authors_claim([Name(literal="ATLAS Collaboration")], "bib:author"),)),
    ),
}  # fmt: skip
"""What an entry of a bibliography says in the ways of bibliographies; other sources are held to their word."""

MATTER = {
    "another day": (dated("arxiv", "2017-12-15", "first-version"), dated("bib", "2017-12-16")),
    "against the number": (dated("arxiv", "2017-12-15", "first-version"), dated("bib", "2019-01-11")),
    "number against the site": (
        dated("arxiv", "2017-10-31", "first-version"),
        dated("url", "2017-12", how="url:arxiv-id"),
    ),
    "another name": (written("arxiv", "Stuart Armstrong"), written("bib", "Sören Mindermann")),
    "another title": (titled("arxiv", "Occam's razor"), titled("bib", "Hanlon's razor")),
}


@pytest.mark.parametrize("records", NOISE.values(), ids=NOISE)
def test_noise_is_no_conflict(records):
    assert found(*records) == []


@pytest.mark.parametrize("records", CITED.values(), ids=CITED)
def test_what_people_cite_so_is_no_conflict_in_a_bibliography(records):
    assert found(*records) == []


def test_elsewhere_than_in_a_bibliography_it_is_one():
    chosen, bib = CITED["the day of a printed work"]
    assert found(chosen, Record("datacite", PAPER, bib.claims)) == [("crossref", "datacite")]


@pytest.mark.parametrize("records", MATTER.values(), ids=MATTER)
def test_what_matters_is_a_conflict(records):
    chosen, other = records
    assert found(*records[::-1]) == [(chosen.source, other.source)]


def test_a_handle_is_the_person_it_is_an_alias_for_and_only_where_it_holds():
    handle, person = written("url", "@RichardMCNgo", TWEET), written("bib", "Ngo, Richard", TWEET)
    known = {"tweet:@RichardMCNgo": Name("Ngo", "Richard")}
    assert conflicts([handle, person], known) == []
    assert len(conflicts([handle, person], {"forum:@RichardMCNgo": Name("Ngo", "Richard")})) == 1


def test_what_the_user_set_is_settled_for_sources_but_a_note_is_still_told():
    user, bib = dated("user", "2020-01-01", how="corrections"), dated("bib", "2020-01-02")
    note = dated("note", "2020-01-03", "asserted-by-note", place="n.md:3")
    assert found(user, bib, note) == [("user", "note")]


def test_two_words_of_the_user_on_what_is_one_work_are_told():
    one, other = (dated("user", f"2020-01-0{day}", how="corrections", place=f"c:{day}") for day in (1, 2))
    assert found(one, other) == [("user", "user")]
    assert found(one, dated("user", "2020-01-01", how="corrections", place="c:2")) == []


def test_what_the_user_left_empty_contradicts_nobody():
    user = Record("user", PAPER, (Claim("date", "", "corrections", "posted"),))
    note = dated("note", "2020-01-03", "asserted-by-note", place="n.md:3")
    assert found(user, note) == []


def test_one_voice_is_heard_once_however_often_it_says_the_same():
    page = Record("page", PAPER, (date_claim("2020-01-02", "posted", "json-ld:datePublished"), date_claim("2020-01-02", "posted", "article:published_time")))  # fmt: skip
    assert found(dated("arxiv", "2020-01-01", "first-version"), page) == [("arxiv", "page")]


def test_the_note_is_the_own_word_also_where_it_was_chosen():
    note = dated("note", "2017-06-12", "asserted-by-note", place="n.md:3")
    (conflict,) = conflicts([note, dated("note", "2017-06-13", "asserted-by-note", place="o.md:1")], {})
    assert conflict.own_word.record.source == "note"
    assert next(iter(conflicts(MATTER["another day"], {}))).own_word is None


@pytest.mark.parametrize(
    ("value", "sentence", "text"),
    [
        ("2017-06-12", "[RLHF](https://x.example) (12.06.2017)", "12.06.2017"),
        ("2017-06-12", "[RLHF](https://x.example) (Jan Leike, June 12, 2017)", "2017-06-12"),
        ("2017-06-12", "[RLHF](https://x.example) (Jan Leike, 12 June 2017)", "12 June 2017"),
        ("2017-06-12", "[RLHF](https://x.example) (12/6/2017)", "12/6/2017"),
        ("2017-06-12", "[RLHF](https://x.example) (11.06.2017)", "2017-06-12"),
        ("2017", "[RLHF](https://x.example) (2017)", "2017"),
    ],
)
def test_a_date_is_told_as_the_note_writes_it(value, sentence, text):
    assert as_written(value, sentence) == text
