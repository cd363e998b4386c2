"""What commons tell of works, and how far it is believed."""

from __future__ import annotations

from litdb.facts.fact import Fact
from litdb.facts.hearing import STEPS, hear
from litdb.identity import components
from litdb.ladder import attempt, news
from litdb.merge import choose
from litdb.model import Claim, Identifier, Record, Relation
from litdb.projection import Evidence, shelve
from litdb.sources import identify

PAPER = Identifier("arxiv", "2209.00626")
READ = "https://export.arxiv.org/api/query"
EARLY, LATE = "2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z"


def fact(identifier=PAPER, *, title="", at=EARLY, source="arxiv", same=(), ties=(), outcome="", claims=(), read=READ):
    claims = (*((Claim("title", title, "atom:title"),) if title else ()), *claims)
    return Fact(Record(source, identifier, claims, same, ties, at, "0" * 64), read, outcome)


def heard(known, **commons):
    def ask(works):
        return [(name, each) for name, facts in commons.items() for each in facts if each.record.identifier in works]

    return hear(known, ask)


def titles(records):
    return sorted(str(claim.value) for each in records for claim in each.claims if claim.field == "title")


def test_a_record_tells_its_source_and_its_commons():
    (record,) = heard({PAPER}, friends=[fact(title="A")]).records
    assert (record.source, record.place, record.at) == ("facts:arxiv", f"friends: {READ}", EARLY)


def test_of_one_commons_the_newest_word_counts_whatever_the_order():
    two = [fact(title="Old"), fact(title="New", at=LATE)]
    assert titles(heard({PAPER}, a=two).records) == titles(heard({PAPER}, a=two[::-1]).records) == ["New"]


def test_two_commons_that_disagree_are_both_kept():
    assert titles(heard({PAPER}, a=[fact(title="A")], b=[fact(title="B", at=LATE)]).records) == ["A", "B"]


def test_other_names_and_related_works_are_asked_about_only_a_few_steps_far():
    chain = [Identifier("url", f"https://x.org/{number}") for number in range(STEPS + 2)]
    facts = [fact(one, title=str(number), same=(chain[number + 1],)) for number, one in enumerate(chain[:-1])]
    assert len(heard({chain[0]}, a=facts).records) == STEPS


def test_a_tie_leads_to_the_work_at_its_other_end():
    post, comment = Identifier("forum", "p"), Identifier("forum-comment", "c")
    tie = Relation(comment, "comment-on", post, "x")
    assert titles(heard({comment}, a=[fact(comment, ties=(tie,)), fact(post, title="Post")]).records) == ["Post"]


def test_an_address_that_means_another_work_is_not_taken_for_its_address():
    urls = [Claim("url", each, "x") for each in ("https://arxiv.org/abs/2209.00626", "https://evil.example/")]
    (record,) = heard({PAPER}, a=[fact(claims=urls)]).records
    assert [each.value for each in record.claims] == ["https://arxiv.org/abs/2209.00626"]


def test_how_long_asking_is_spared_is_ours_to_say():
    (spared,) = heard({PAPER}, a=[fact(outcome="ok", at=EARLY)]).attempts.values()
    assert (spared.source, spared.at, spared.fresh_until) == ("arxiv", EARLY, "2026-11-08T00:00:00Z")


def test_asking_by_a_source_that_is_not_here_spares_nothing():
    assert heard({PAPER}, a=[fact(outcome="ok", source="elsewhere")]).attempts == {}


def test_the_last_ending_spares_and_the_best_one_tells():
    told = heard({PAPER}, a=[fact(outcome="ok"), fact(outcome="not-found", at=LATE)])
    key = PAPER, "arxiv"
    assert (told.attempts[key].outcome, told.endings[key].outcome) == ("not-found", "ok")


def test_own_asking_goes_first_unless_it_was_in_vain():
    def ended(outcome):
        return {(PAPER, "arxiv"): attempt(PAPER, "arxiv", (outcome, ""), LATE, fresh_days=7)}

    assert news(ended("ok"), ended("not-found")) == {}
    assert news(ended("ok"), ended("timeout")) == ended("ok")
    assert news(ended("ok"), {}) == ended("ok")


# How far it is believed

HEARD = Record("facts:arxiv", PAPER, (Claim("title", "Heard", "atom:title"),), at=LATE)


def own(source, how, title):
    return Record(source, PAPER, (Claim("title", title, how),), at=EARLY)


def test_whoever_was_asked_here_goes_before_any_commons():
    for source, how in (("openalex", "openalex:title"), ("page", "title"), ("wayback", "title"), ("user", "user")):
        assert choose([HEARD, own(source, how, "Asked")])["title"].claim.value == "Asked", source


def test_a_commons_goes_before_what_the_notes_say():
    for source in ("bib", "note", "url"):
        assert choose([HEARD, own(source, "x", "Noted")])["title"].claim.value == "Heard", source


def test_a_commons_fills_what_nobody_here_says():
    container = Record("facts:arxiv", PAPER, (Claim("container", "arXiv", "atom:id"),), at=LATE)
    assert choose([container, own("page", "title", "Asked")])["container"].claim.value == "arXiv"


def test_commons_rank_among_themselves_as_what_they_read():
    index = Record("facts:openalex", PAPER, (Claim("title", "Index", "openalex:title"),), at="2026-11-21T00:00:00Z")
    assert choose([index, HEARD])["title"].claim.value == "Heard"


def test_a_date_that_the_arxiv_number_contradicts_is_not_believed():
    url = Record("url", PAPER, (Claim("date", "2022-09", "url:arxiv-id", "first-version", "month"),))
    day = Record(
        "facts:arxiv", PAPER, (Claim("date", "1999-01-01", "atom:published", "first-version", "day"),), at=LATE
    )
    assert choose([url, day])["date"].claim.value == "2022-09"


def test_what_a_source_says_here_takes_the_place_of_what_a_commons_says_that_it_says():
    retracted = Record("facts:arxiv", PAPER, (Claim("status", "retracted", "x"),), at=LATE)
    both = shelve(Evidence([], [own("arxiv", "atom:title", "Asked")], facts=[retracted]), identify, {})
    alone = shelve(Evidence([], [], facts=[retracted]), identify, {})
    assert [[work.status for work in each.works] for each in (both, alone)] == [[""], ["retracted"]]


A, B, PAGE = Identifier("arxiv", "2001.00001"), Identifier("arxiv", "2002.00002"), Identifier("url", "https://x.org/")


def test_hearsay_makes_no_two_papers_one():
    assert components([A, B, PAGE], [], hearsay=[(A, B), (A, PAGE), (B, PAGE)])[A] == (A, PAGE)


def test_hearsay_gives_way_to_what_sources_say():
    assert components([], [(B, PAGE)], hearsay=[(A, PAGE)])[PAGE] == (B, PAGE)
    assert components([], [], hearsay=[(A, PAGE)])[PAGE] == (A, PAGE)


def test_hearsay_gives_way_to_the_users_word():
    assert components([], [], split=[(A, PAGE)], hearsay=[(A, PAGE)])[PAGE] == (PAGE,)
