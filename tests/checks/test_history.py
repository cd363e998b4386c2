"""What changed between crawls: pure cases."""

from litdb.checks.history import Change, Past, crawls, stretches, users_words
from litdb.model import Attempt, Claim, Identifier, Record, Work

ONE, TWO = Identifier("arxiv", "1"), Identifier("url", "https://example.org/two")
MONDAY, TUESDAY, FRIDAY = (f"2026-03-0{day}T10:00:00Z" for day in (2, 3, 6))
KEYS = (("one2020", ONE, MONDAY),)


def work(identifier=ONE, key="one2020", **more):
    return Work(identifier, (identifier,), key, "preprint", "", title="One", **more)


def said(at, source="arxiv", answer="a", **fields):
    claims = tuple(Claim(name, value, f"{source}:{name}") for name, value in fields.items())
    return Record(source, ONE, claims, at=at, answer=answer)


def dated(at, day, kind, answer="a"):
    return Record("page", ONE, (Claim("date", day, f"meta:{kind}", kind),), at=at, answer=answer)


def changes(*records, attempts=(), keys=KEYS):
    """The changes of each crawl without the first, the newest first."""
    past = Past([work()], {ONE: records}, attempts, keys)
    return [list(crawl.changes) for crawl in crawls(past)][:-1]


def test_a_key_given_for_the_first_time_is_a_new_work():
    (crawl,) = crawls(Past([work()], {}, (), KEYS))
    assert crawl.changes == (Change("new", "one2020", ONE, after="One"),)


def test_what_is_learnt_in_the_crawl_that_found_a_work_is_no_change():
    assert [each.kind for each in crawls(Past([work()], {ONE: [said(MONDAY, title="One")]}, (), KEYS))[0].changes] == [
        "new"
    ]


def test_a_value_that_a_source_changed_is_told_with_the_answer():
    found = changes(said(MONDAY, title="One", answer="a"), said(FRIDAY, title="Eins", answer="b"))
    assert found == [[Change("value", "one2020", ONE, "title", "One", "Eins", "arxiv", "b")]]


def test_a_better_source_is_told_with_the_one_before():
    found = changes(said(MONDAY, "page", title="one"), said(FRIDAY, "arxiv", title="One", answer="b"))
    assert found == [[Change("value", "one2020", ONE, "title", "one", "One", "arxiv", "b", "said by page before")]]


def test_what_was_known_from_the_note_counts_as_before():
    note = Record("note", ONE, (Claim("title", "my words", "note:text"),), place="n.md:1")
    found = changes(note, said(FRIDAY, title="One", answer="b"))
    assert found == [[Change("value", "one2020", ONE, "title", "my words", "One", "arxiv", "b", "said by note before")]]


def test_a_source_that_is_not_heard_is_told_apart():
    found = changes(
        said(MONDAY, title="One"), said(MONDAY, "page", title="A"), said(FRIDAY, "page", title="B", answer="p")
    )
    assert found == [[Change("said", "one2020", ONE, "title", "A", "B", "page", "p")]]


def test_a_day_of_editing_is_told_though_it_is_never_shown():
    found = changes(dated(MONDAY, "2020-01-01", "modified"), dated(FRIDAY, "2026-03-05", "modified", "b"))
    assert found == [[Change("said", "one2020", ONE, "date (modified)", "2020-01-01", "2026-03-05", "page", "b")]]


def test_what_stays_the_same_is_no_change():
    assert changes(said(MONDAY, title="One"), said(FRIDAY, title="One", answer="b")) == [[]]


def test_an_outcome_that_changed_is_told_with_the_reason():
    attempts = [
        Attempt(ONE, "page", "ok", "", MONDAY),
        Attempt(ONE, "page", "ok", "", TUESDAY),
        Attempt(ONE, "page", "forbidden", "example.org refuses (403)", FRIDAY, "b"),
    ]
    told = Change("outcome", "one2020", ONE, "page", "ok", "forbidden", "page", "b", "example.org refuses (403)")
    assert changes(attempts=attempts) == [[told], []]


def test_a_crawl_counts_the_works_that_it_asked_about():
    attempts = [Attempt(each, "page", "ok", "", FRIDAY) for each in (ONE, TWO)]
    assert [crawl.asked for crawl in crawls(Past([work()], {}, attempts, KEYS))] == [2, 0]


def test_another_key_for_a_work_is_told():
    assert changes(keys=(*KEYS, ("eins2020", ONE, FRIDAY))) == [
        [Change("key", "eins2020", ONE, "key", "one2020", "eins2020")]
    ]


def test_a_work_that_nothing_cites_any_more_was_new_once():
    (crawl,) = crawls(Past([], {}, (), KEYS))
    assert crawl.changes == (Change("new", "one2020", ONE, reason="no longer cited"),)


def test_the_users_word_is_told_beside_what_the_source_says():
    word = Record("user", ONE, (Claim("title", "Mine", "correction"),), place="corrections.toml:3")
    past = Past([work()], {ONE: [said(MONDAY, title="One"), word]}, (), KEYS)
    assert users_words(past) == [
        Change("word", "one2020", ONE, "title", "One", "Mine", "user", reason="corrections.toml:3")
    ]


def test_the_log_replays_to_the_state_of_today():
    days = [f"2026-04-{day:02}T10:00:00Z" for day in range(1, 9)]
    records = [said(at, title=f"Title {place // 2}", answer=str(place)) for place, at in enumerate(days)]
    title = "Title 0"
    for crawl in reversed(changes(*records, keys=(("one2020", ONE, days[0]),))):
        for change in crawl:
            assert change.before == title
            title = change.after
    assert title == "Title 3"


def test_nothing_is_no_crawl():
    assert crawls(Past([], {})) == []
    assert stretches([]) == []
