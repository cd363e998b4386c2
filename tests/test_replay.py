"""Reading answers: whose page it is, what an answer holds, and walls before all."""

import pytest

from litdb.model import Answer, Attempt, Claim, Identifier, Reading, Record, Request, Target
from litdb.projection import latest
from litdb.replay import read, replay
from litdb.sources.protocol import OWN_PAGE, Source

WORK = Identifier("url", "https://blog.example/a")
ANSWERED = ("partial", "says the page")
WALL = b"<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>"


class Page(Source):
    name, policies = "page", ()

    def read(self, answer):
        return Reading((Record("page", WORK, (Claim("title", "A | Blog", "title"),)),), {WORK: ANSWERED})


class Blog(Source):
    name, policies = "blog", ()

    def owns(self, page):
        return b"made by blog" in page.body

    def read(self, answer):
        assert answer.request.step == OWN_PAGE
        record = Record("blog", WORK, (Claim("title", "A", "blog:title"),))
        return Reading((record,), {WORK: ("ok", "")}, then=(Request("blog", "https://blog.example/api", ()),))


class Archive(Source):
    name, policies = "archive", ()

    def read(self, answer):
        held = Answer(Request("page", WORK.value, answer.request.asked), 200, {}, answer.body, WORK.value, answer.at)
        return Reading((Record("archive", WORK, (Claim("archived", answer.url, "archive"),)),), page=held)


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    made = {each.name: each for each in (Blog(), Archive(), Page())}
    monkeypatch.setattr("litdb.replay.sources", lambda: tuple(made.values()))
    monkeypatch.setattr("litdb.replay.source_named", made.__getitem__)


def reading(source, body):
    request = Request(source, f"https://{source}.example/a", (Target(WORK),))
    return read(Answer(request, 200, {}, body, request.url, "2026-11-21T00:00:00Z"), "1")


def said(found):
    return [(record.source, [claim.value for claim in record.claims]) for record in found.records]


def test_a_page_that_nobody_owns_is_read_by_the_page_reader_alone():
    found = reading("page", b"by hand")
    assert (said(found), found.outcomes) == ([("page", ["A | Blog"])], {WORK: ANSWERED})


def test_a_page_is_read_by_its_owner_too_whose_word_on_the_outcome_counts():
    found = reading("page", b"made by blog")
    assert said(found) == [("page", ["A | Blog"]), ("blog", ["A"])]
    assert found.outcomes == {WORK: ("ok", "")}
    assert [each.source for each in found.then] == ["blog"]


def test_a_page_that_an_answer_holds_is_read_in_the_name_of_who_kept_it():
    found = reading("archive", b"made by blog")
    assert said(found) == [("archive", ["https://archive.example/a", "A", "A | Blog"])]
    assert (found.outcomes, found.then) == ({WORK: ("ok", "")}, ())


def test_a_wall_that_was_archived_is_no_content():
    found = reading("archive", WALL)
    assert (said(found), found.outcomes[WORK][0]) == ([], "challenged")


def test_a_wall_is_read_by_nobody():
    found = reading("page", WALL + b"made by blog")
    assert (said(found), found.outcomes[WORK][0]) == ([], "challenged")


def test_every_record_carries_its_answer():
    assert {(record.answer, record.at) for record in reading("page", b"made by blog").records} == {
        ("1", "2026-11-21T00:00:00Z")
    }


def test_a_site_that_takes_back_what_it_changed_is_believed():
    request = Request("archive", "https://archive.example/a", (Target(WORK),))
    was = Answer(request, 200, {}, b"x", "https://archive.example/1", "2026-01-01T00:00:00Z")
    became = Answer(request, 200, {}, b"y", "https://archive.example/2", "2026-02-01T00:00:00Z")
    again = Attempt(WORK, "archive", "ok", "", "2026-03-01T00:00:00Z", answer="1")
    told = replay([("1", was), ("2", became)], {(WORK, "archive"): again})
    archived = [
        str(claim.value) for record in latest(told.records) for claim in record.claims if claim.how == "archive"
    ]
    assert archived == ["https://archive.example/1"]
