"""Whom to ask next, and when again."""

import pytest

from litdb.ladder import attempt, by_source, next_source
from litdb.model import Identifier, Rung, Target
from litdb.sources.protocol import UrlsOnly

WORK = Identifier("url", "https://x.example")
NOW, SOON, LATER = "2026-11-21T00:00:00Z", "2026-11-21T00:10:00Z", "2027-11-21T00:00:00Z"


class Asked(UrlsOnly):
    """A source on a rung."""

    def __init__(self, name, rung):
        self.name, self._rung = name, rung

    def identify(self, url):
        return None

    def rung(self, identifier):
        return self._rung


API, PAGE, NOBODY = Asked("api", Rung.API), Asked("page", Rung.PAGE), Asked("nobody", None)
LADDER = (PAGE, NOBODY, API)


def ended(source, outcome, **more):
    made = attempt(WORK, source, (outcome, ""), NOW, fresh_days=7, **more)
    return {(WORK, source): made}


def test_the_best_rung_is_asked_first():
    assert next_source(WORK, LADDER, {}, NOW) is API


@pytest.mark.parametrize("outcome", ["partial", "not-found", "forbidden", "challenged", "rate-limited", "timeout"])
def test_a_source_that_failed_or_knew_little_leads_to_the_next(outcome):
    assert next_source(WORK, LADDER, ended("api", outcome), SOON) is PAGE


def test_an_answer_ends_the_climb_and_stays_fresh():
    assert next_source(WORK, LADDER, ended("api", "ok"), SOON) is None


def test_an_answer_is_asked_again_when_it_is_no_longer_fresh():
    assert next_source(WORK, LADDER, ended("api", "ok"), LATER) is API


def test_when_all_failed_nobody_is_asked_until_the_first_is_due():
    tried = ended("api", "challenged") | ended("page", "not-found")
    assert next_source(WORK, LADDER, tried, SOON) is None
    assert next_source(WORK, LADDER, tried, "2026-11-22T00:00:01Z") is API


def test_a_site_that_says_when_to_come_back_is_believed():
    tried = ended("api", "rate-limited", retry_at=LATER) | ended("page", "ok")
    assert next_source(WORK, LADDER, tried, "2026-11-25T00:00:00Z") is None


def test_works_are_grouped_by_source_in_a_fixed_order():
    other = Identifier("url", "https://a.example")
    found = by_source([Target(WORK), Target(other)], LADDER, {}, NOW)
    assert [(source.name, [t.identifier for t in targets]) for source, targets in found] == [("api", [other, WORK])]
