"""Choosing one value per field, by the ranking."""

import pytest

from litdb.merge import build, choose, ending
from litdb.model import Attempt, Claim, Identifier, Name, Record

PAPER = Identifier("arxiv", "1712.05812")
POST = Identifier("forum", "KbyRPCAsWv5GtfrbG")


def says(source, *claims, identifier=PAPER, at=""):
    return Record(source, identifier, claims, at=at)


def date(value, kind="posted", how="x", precision="day"):
    return Claim("date", value, how, kind, precision)


TITLES = [
    says("arxiv", Claim("title", "of the site", "atom:title")),
    says("page", Claim("title", "of the page", "json-ld:headline")),
    says("bib", Claim("title", "of the bibliography", "bib:title")),
    says("page", Claim("title", "of the tab", "title")),
    says("note", Claim("title", "of the note", "note:front-matter")),
]


@pytest.mark.parametrize("first", range(len(TITLES)))
def test_titles_rank_from_site_to_note(first):
    assert choose(TITLES[first:][::-1])["title"].record == TITLES[first]


@pytest.mark.parametrize("kind", ["modified", "created", "accessed", "this-version", "not-later-than"])
def test_no_other_kind_of_date_is_ever_cited(kind):
    assert "date" not in choose([says("arxiv", date("2024-01-01", kind))])


def test_the_site_beats_the_bibliography_and_the_bibliography_the_note():
    site, bib = says("arxiv", date("2017-12-15", "first-version")), says("bib", date("2018-01-01"))
    note = says("note", date("2017-12-20", "asserted-by-note"))
    assert choose([note, bib, site])["date"].record == site
    assert choose([note, bib])["date"].record == bib


def test_a_bibliography_that_contradicts_the_month_of_the_arxiv_number_is_not_believed():
    month = says("url", date("2017-12", how="url:arxiv-id", precision="month"))
    zotero = says("bib", date("2019-01-11"))
    assert choose([month, zotero])["date"].record == month


def test_a_first_version_sent_in_the_last_days_of_the_month_before_is_believed():
    month = says("url", date("2022-09", how="url:arxiv-id", precision="month"))
    bib = says("bib", date("2022-08-30"))
    assert choose([month, bib])["date"].record == bib


def test_the_exact_time_in_a_tweets_number_beats_everything_but_the_user():
    tweet = Identifier("tweet", "1")
    snowflake = says("url", date("2022-12-03T04:01:07Z", how="url:snowflake", precision="second"), identifier=tweet)
    assert choose([says("bib", date("2022-12-02"), identifier=tweet), snowflake])["date"].record == snowflake


def test_what_a_site_says_in_passing_ranks_behind_what_it_says_when_asked():
    passing = says("forum", Claim("title", "Old name", "graphql:comment.post"), identifier=POST, at="2026-02")
    asked = says("forum", Claim("title", "New name", "graphql:title"), identifier=POST, at="2026-01")
    assert choose([passing, asked])["title"].record == asked


def test_the_address_that_notes_use_is_kept_and_https_preferred():
    plain = says("url", Claim("url", "http://x.example/a", "url:canonical"))
    secure = says("url", Claim("url", "https://x.example/a", "url:canonical"))
    assert choose([plain, secure])["url"].claim.value == "https://x.example/a"


def test_a_handle_becomes_a_person_only_through_an_alias_and_only_where_it_holds():
    ngo = Name("Ngo", "Richard")
    record = says(
        "forum", Claim("authors", [{"literal": "Richard_Ngo"}, {"literal": "Jan"}], "graphql:user"), identifier=POST
    )
    aliases = {"Richard_Ngo": ngo, "tweet:Jan": Name("Leike", "Jan")}
    assert build([POST], choose([record]), (), aliases).authors == (ngo, Name(literal="Jan"))


def test_the_best_ending_counts_and_a_failure_keeps_its_reason():
    failed = Attempt(PAPER, "arxiv", "rate-limited", "wait", "2026")
    assert ending([failed]) == ("rate-limited", "wait")
    assert ending([failed, Attempt(PAPER, "page", "ok", "", "2026")]) == ("ok", "")


def test_a_day_that_had_not_come_when_it_was_read_is_no_date():
    identifier = Identifier("url", "https://a.example/")
    claims = (Claim("date", "2031-01-01", "json-ld:datePublished", "posted", "day"),)
    assert "date" not in choose([Record("page", identifier, claims, at="2026-11-21T00:00:00.000Z")])
    today = (Claim("date", "2026-11-22", "json-ld:datePublished", "posted", "day"),)
    assert "date" in choose([Record("page", identifier, today, at="2026-11-21T00:00:00.000Z")])
