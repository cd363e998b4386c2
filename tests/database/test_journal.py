"""The journal keeps what came, as it came."""

from dataclasses import replace

import pytest

from litdb.database.journal import Journal
from litdb.model import Answer, Attempt, Hop, Identifier, Request, Target

WORK = Identifier("arxiv", "2209.00626")
REQUEST = Request(
    "arxiv", "https://export.arxiv.org/api/query?id_list=2209.00626", (Target(WORK, ("https://arxiv.org/abs/2209.00626",)),),
    headers=(("Accept", "application/atom+xml"),),
)  # fmt: skip
ANSWER = Answer(
    REQUEST, 200, {"etag": '"1"', "content-type": "text/xml"}, b"<feed>\xff</feed>", REQUEST.url,
    "2026-11-21T00:00:00Z", (Hop(301, "http://export.arxiv.org/"),),
)  # fmt: skip


@pytest.fixture
def journal(tmp_path):
    with Journal(tmp_path / "litdb.journal") as journal:
        yield journal


def test_an_answer_comes_back_byte_for_byte(journal):
    ident = journal.keep(ANSWER)
    assert list(journal.answers()) == [(ident, ANSWER)]


def test_the_same_answer_twice_is_one_row(journal):
    assert journal.keep(ANSWER) == journal.keep(ANSWER)
    assert len(list(journal.answers())) == 1


def test_what_lies_elsewhere_now_is_another_answer(journal):
    moved = replace(ANSWER, url="https://elsewhere.example/", hops=(Hop(301, REQUEST.url),))
    assert journal.keep(moved) != journal.keep(ANSWER)


def test_an_answer_that_was_never_settled_is_found_again(journal):
    ident = journal.keep(ANSWER)
    assert [found for found, _ in journal.unsettled()] == [ident]
    journal.settle([Attempt(WORK, "arxiv", "ok", "", ANSWER.at, answer=ident)])
    assert list(journal.unsettled()) == []


def test_the_newest_full_answer_is_what_may_still_stand(journal):
    journal.keep(ANSWER)
    assert journal.latest(REQUEST) == ANSWER


def test_a_later_failure_does_not_undo_what_was_learnt(journal):
    learnt = Attempt(WORK, "arxiv", "ok", "", "2026-11-21T00:00:00Z", answer="a")
    failed = Attempt(WORK, "arxiv", "timeout", "slow", "2026-11-22T00:00:00Z")
    journal.settle([learnt, failed])
    assert journal.endings()[WORK, "arxiv"] == learnt
    assert journal.attempts()[WORK, "arxiv"] == failed


def test_a_key_once_assigned_stays_whose_it_was(journal):
    other = Identifier("arxiv", "1901.03559")
    journal.assign({WORK: "ngo2022"}, "2026-11-21T00:00:00Z")
    journal.assign({other: "ngo2022"}, "2026-11-22T00:00:00Z")
    assert journal.keys() == [("ngo2022", WORK)]
