"""Every value can say why it was chosen, by the ranking that really chose it."""

from typing import get_args

import pytest

from litdb import merge
from litdb.checks.why import NEVER_CITED, Loser, explain, sentences
from litdb.model import Claim, DateKind, Identifier, Name, Record

PAPER = Identifier("arxiv", "2209.00626")
NUMBER = Record("url", PAPER, (Claim("date", "2022-09", "url:arxiv-id", "posted", "month"),))
SITE = Record("arxiv", PAPER, (Claim("date", "2022-08-30T17:59:09Z", "atom:published", "first-version", "second"),), at="2026-11-21T03:54:00Z")  # fmt: skip
BIB = Record("bib", PAPER, (Claim("date", "2022-08-31", "bib:date", "posted", "day"),), place="seeds/reading-list.bib:181")  # fmt: skip


def says(source, field, value, how="x", at="", kind=""):
    precision = "day" if field == "date" else ""
    return Record(source, PAPER, (Claim(field, value, how, kind, precision),), at=at)


def told(records, field="date", aliases=None):
    return sentences(explain(records, field), aliases or {})


def reasons(records, field):
    return [each.reason for each in explain(records, field).losers]


def test_the_chosen_value_the_voice_and_the_row_are_named():
    assert told([NUMBER, BIB, SITE]) == [
        "date: 2022-08-30, because arxiv says so (atom:published, read 2026-11-21): row 3 of the ranking for dates (site/*).",
        "bib says 2022-08-31 (seeds/reading-list.bib:181): row 7.",
        "url says 2022-09 (url:arxiv-id): row 10.",
    ]


@pytest.fixture
def ranking():
    """The ranking of dates, to be changed for one test."""
    merge._rank.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        yield lambda rows: patch.setitem(merge.RANKING, "date", rows)
    merge._rank.cache_clear()


def test_two_rows_exchanged_change_the_value_and_the_sentence(ranking):
    exchanged = {"site/*": "bib/*", "bib/*": "site/*"}
    ranking(tuple(exchanged.get(row, row) for row in merge.RANKING["date"]))
    first, second, _ = told([NUMBER, BIB, SITE])
    assert first.startswith("date: 2022-08-31, because bib says so (seeds/reading-list.bib:181): row 3 of")
    assert second == "arxiv says 2022-08-30 (atom:published, read 2026-11-21): row 7."


def test_what_is_explained_is_what_is_chosen():
    for records in ([NUMBER, BIB, SITE], [BIB, NUMBER], [NUMBER]):
        assert explain(records, "date").chosen == merge.choose(records)["date"]


def test_every_kind_of_date_is_either_cited_or_has_a_reason():
    assert {*merge.CITED_KINDS, *NEVER_CITED} == {*get_args(DateKind)}


@pytest.mark.parametrize(("kind", "reason"), NEVER_CITED.items())
def test_a_date_that_is_never_cited_says_what_it_is(kind, reason):
    assert reasons([SITE, says("page", "date", "2024-01-01", kind=kind)], "date") == [reason]


def test_a_day_of_editing_alone_leaves_the_date_unknown():
    assert told([says("page", "date", "2024-01-01", "meta:modified", kind="modified")]) == [
        "date: unknown, because nothing of this may be used.",
        "page says 2024-01-01 (meta:modified): a day of editing is never cited.",
    ]


def test_a_field_of_which_nobody_speaks_is_unknown():
    assert told([SITE], "title") == ["title: unknown, because nobody says."]


def test_a_bibliography_against_the_arxiv_number_is_told_so():
    late = says("bib", "date", "2023-05-01", kind="posted")
    first, second = told([NUMBER, late])
    assert first.startswith("date: 2022-09, because url says so (url:arxiv-id): row 10 of")
    assert second == "bib says 2023-05-01 (x): contradicts the month of the arXiv number."


def test_a_bibliography_that_knows_the_year_only_is_less_exact_than_the_number():
    year = Record("bib", PAPER, (Claim("date", "2022", "bib:year", "posted", "year"),))
    assert reasons([NUMBER, year], "date") == ["less exact than the arXiv number"]


def test_what_agrees_says_the_same():
    agrees = says("bib", "date", "2022-08-30", "bib:date", kind="posted")
    assert told([agrees, SITE])[1] == "bib says the same (bib:date): row 7."


SAME_ROW = [
    (says("forum", "title", "Old", "graphql:comment.post", at="2"), "same row, said in passing"),
    (says("forum", "title", "Old", "graphql:title", at="1"), "same row, said earlier"),
    (says("forum", "title", "Old", "graphql:title", at="2"), "same row, further down"),
]


@pytest.mark.parametrize(("loser", "reason"), SAME_ROW)
def test_why_one_voice_of_a_row_loses_to_another(loser, reason):
    new = says("forum", "title", "New", "graphql:title", at="2")
    assert explain([new, loser], "title").losers == (Loser(merge.Statement(loser, loser.claims[0]), reason),)


@pytest.mark.parametrize(
    ("address", "reason"),
    [("http://a.example/x", "same row, not https"), ("https://a.example/longer", "same row, used less or longer")],
)
def test_why_an_address_loses(address, reason):
    known = [says("url", "url", "https://a.example/x"), says("url", "url", address)]
    assert reasons(known, "url") == [reason]


def test_what_no_row_takes_is_told_so():
    known = [says("arxiv", "url", "https://arxiv.org/abs/1"), says("bib", "url", "https://x.example")]
    assert reasons(known, "url") == ["no row of the ranking takes it"]


def test_your_word_is_yours():
    mine = Record("user", PAPER, (Claim("title", "Mine", "corrections"),), place="corrections.toml:3")
    first, second = told([mine, says("arxiv", "title", "Theirs", "atom:title")], "title")
    assert first == "title: Mine, because you say so (corrections.toml:3): row 1 of the ranking for titles (user/*)."
    assert second == "arxiv says Theirs (atom:title): row 2."


def test_a_field_that_you_left_empty_is_told_so():
    mine = Record("user", PAPER, (Claim("date", "", "corrections", "posted"),), place="corrections.toml:3")
    assert told([mine, SITE])[0].startswith("date: empty, because you say so (corrections.toml:3): row 1 of")


def test_names_are_shown_as_people_read_them_and_handles_as_whom_they_stand_for():
    forum = says("forum", "authors", [{"literal": "evhub"}, {"family": "Ngo", "given": "Richard"}])
    assert told([forum], "authors", {"evhub": Name("Hubinger", "Evan")})[0].startswith(
        "authors: Evan Hubinger, Richard Ngo, because forum says so"
    )


def test_long_texts_are_cut():
    assert len(told([says("arxiv", "abstract", "word " * 1000)], "abstract")[0]) < 250
