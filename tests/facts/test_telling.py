"""What a library tells others, and what stays at home."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from litdb.facts.telling import facts_of
from litdb.ladder import attempt
from litdb.model import Answer, Hop, Identifier, Request, Target

AT = "2026-11-21T03:54:00.000Z"
PAGE = (
    b"<html><head><title>A post</title><meta property='og:title' content='A post'>"
    b"<meta property='article:published_time' content='2021-03-04T12:00:00Z'></head><body><p>" + b"Words. " * 99
)


def asked(url, *, step="ask", arrived="", body=PAGE, status=200, hops=(), others=()):
    identifier = Identifier("url", url)
    request = Request("page", url, (Target(identifier, (url,)), *map(Target, others)), step=step)
    return Answer(request, status, {"content-type": "text/html"}, body, arrived or url, AT, hops)


def ended(answer, ident, outcome, at=AT):
    """How asking ended for the works that an answer was asked for."""
    asked = [target.identifier for target in answer.request.asked]
    endings = (attempt(each, "page", (outcome, ""), at, fresh_days=30) for each in asked)
    return {(each.identifier, each.source): replace(each, answer=ident) for each in endings}


def told(answer, *, keyed=(), outcome="ok"):
    endings = ended(answer, "0", outcome)
    return facts_of([("0", answer)], endings, endings, keyed)


def test_a_fact_has_its_evidence():
    (fact,) = told(asked("https://blog.example/a?p=1"))
    assert (fact.read, fact.record.answer) == ("https://blog.example/a?p=1", sha256(PAGE).hexdigest())
    assert (fact.record.source, fact.record.at, fact.outcome) == ("page", AT, "ok")
    assert ("title", "A post") in [(each.field, each.value) for each in fact.record.claims]


@pytest.mark.parametrize(
    "answer",
    [
        asked("https://blog.example/a", step="saved"),
        asked("https://blog.example/a?access_token=0a1b"),
        asked("https://blog.example/a", arrived="https://blog.example/a?session=0a1b"),
        asked("https://blog.example/a", hops=(Hop(302, "https://login.example/?token=0a1b"),)),
        asked("https://me:secret@blog.example/a"),
        asked("http://192.168.0.7/wiki"),
        asked("https://wiki.corp/plans"),
        asked("https://www.keyed.example/a"),
    ],
    ids=["saved by hand", "token", "session", "hop", "password", "private address", "private name", "own key"],
)
def test_what_only_the_owner_could_read_stays_at_home(answer):
    assert told(answer, keyed={"keyed.example"}) == []


def test_of_an_address_that_says_nothing_nothing_is_told():
    assert told(asked("https://docs.example/d/unlisted", body=b"", status=404), outcome="not-found") == []


def test_failing_is_told_of_what_is_known_otherwise():
    first, second = asked("https://blog.example/a"), asked("https://blog.example/a", body=b"gone", status=410)
    best, last = ended(first, "0", "ok"), ended(second, "1", "gone", at="2026-11-22T00:00:00.000Z")
    facts = facts_of([("0", first), ("1", second)], best, last)
    assert sorted((each.outcome, bool(each.record.claims)) for each in facts) == [("gone", False), ("ok", True)]


def test_one_question_about_many_works_does_not_tell_which():
    others = [Identifier("url", "https://blog.example/b")]
    facts = told(asked("https://blog.example/a?ids=1,2", others=others))
    assert {fact.read for fact in facts} == {"https://blog.example/a"}
