"""Reading answers: whose page it is, what an answer holds, and walls before all."""

import pytest

from litdb.model import Answer, Claim, Identifier, Reading, Record, Request, Target
from litdb.replay import read
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
