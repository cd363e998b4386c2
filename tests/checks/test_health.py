"""The judgement of an address: what one look says, what many looks say, when to look again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.checks.health import DAYS, Health, Look, is_due, judge, looks_by_identifier, sign_of
from litdb.ladder import attempt
from litdb.model import Identifier
from litdb.text.times import later

URL = Identifier("url", "https://a.example/x")
START = "2026-11-21T09:00:00Z"
HEARD = frozenset(later(START, day)[:10] for day in range(400))

ENDINGS = {
    "there": ("ok", ""),
    "absent": ("not-found", "there is no such page (404)"),
    "soft": ("not-found", "the page is titled “Not Found”"),
    "home": ("not-found", "home-redirect: the site sends to its front page instead"),
    "walled": ("challenged", "Cloudflare asks for a browser"),
    "broken": ("unreachable", "the site is out of order (500)"),
    "silent": ("unreachable", "a.example could not be found"),
}


def look(name, day=0.0, source="page"):
    made = attempt(URL, source, ENDINGS[name], later(START, day), fresh_days=30)
    return Look(replace(made, answer="" if name == "silent" else "a"))


@pytest.mark.parametrize(
    ("outcome", "reason", "answer", "sign"),
    [
        ("ok", "", "a", "there"),
        ("partial", "the page tells neither a date nor authors", "a", "there"),
        ("unsupported", "the address leads to a PDF, not to a page", "a", "there"),
        ("gone", "the page was taken away for good (410)", "a", "absent"),
        ("gone", "the domain is for sale", "a", "soft-404"),
        ("not-found", "home-redirect: the site sends to /blog instead", "a", "home-redirect"),
        ("rate-limited", "the site asks to slow down (429)", "a", "walled"),
        ("unreachable", "the site is out of order (999)", "a", "walled"),
        ("forbidden", "the robots.txt of a.example asks not to fetch this", "", "walled"),
        ("challenged", "a.example refuses us (challenged), so it is not asked again now", "", "walled"),
        ("unreachable", "the site is out of order (503)", "a", "failing"),
        ("unreachable", "the certificate of a.example is not valid: expired", "", "failing"),
        ("unreachable", "https://a.example/robots.txt cannot be read now (500), which forbids the rest", "", "failing"),
        ("unreachable", "the proxy would not connect to a.example: Tunnel connection failed: 403", "", "failing"),
        ("unreachable", "a.example could not be looked up: no name server answered", "", "failing"),
        ("timeout", "a.example did not answer in time", "", "failing"),
        ("unsupported", "a.example redirects in circles, or too often, perhaps for want of a cookie", "", "failing"),
        ("unreachable", "the proxy would not connect to a.example: Tunnel connection failed: 502", "", "silent"),
        ("unreachable", "a.example refused the connection, asked for its robots.txt", "", "silent"),
        ("unreachable", "no network: nothing answered", "", None),
        ("unsupported", "a.example is private", "", None),
    ],
)
def test_what_a_look_at_the_page_says(outcome, reason, answer, sign):
    made = replace(attempt(URL, "page", (outcome, reason), START, fresh_days=30), answer=answer)
    assert sign_of(Look(made), HEARD) == sign


@pytest.mark.parametrize(
    ("source", "outcome", "reason", "sign"),
    [
        ("arxiv", "ok", "", "there"),
        ("forum", "not-found", "The forum has no such post.", "absent"),
        ("forum", "unreachable", "the site is out of order (500)", None),
        ("arxiv", "rate-limited", "the site says “Rate exceeded.”", None),
        ("crossref", "not-found", "there is no such page (404)", None),
        ("arxiv", "partial", "arxiv did not say anything about it", None),
    ],
)
def test_what_the_interface_of_a_site_says(source, outcome, reason, sign):
    made = replace(attempt(URL, source, (outcome, reason), START, fresh_days=30), answer="a")
    assert sign_of(Look(made), HEARD) == sign


@pytest.mark.parametrize(
    ("looks", "state", "failed"),
    [
        ("", "unchecked", 0),
        ("there", "alive", 0),
        ("absent", "dying", 1),
        ("there absent absent", "dying", 2),
        ("there absent absent absent", "dead", 3),
        ("absent absent there absent", "dying", 1),
        ("absent absent absent there", "alive", 0),
        ("soft soft absent", "dead", 3),
        ("absent absent soft", "soft-404", 3),
        ("soft soft home", "home-redirect", 3),
        ("silent absent silent", "dead", 3),
        ("broken broken broken", "dying", 3),
        ("broken broken broken absent absent", "dying", 5),
        ("broken absent absent absent", "dead", 4),
        ("absent absent walled", "walled", 0),
        ("absent absent walled absent", "dying", 1),
    ],
)
def test_what_looks_on_different_days_say(looks, state, failed):
    found = judge([look(name, day) for day, name in enumerate(looks.split())], HEARD)
    assert (found.state, found.failed_days) == (state, failed)


def test_many_looks_on_one_day_are_one_day():
    assert judge([look("absent", hour / 24) for hour in range(12)], HEARD).state == "dying"


def test_out_of_order_for_two_weeks_is_dead():
    assert judge([look("broken", day) for day in (0, 7, 13)], HEARD).state == "dying"
    assert judge([look("broken", day) for day in (0, 7, 14)], HEARD).state == "dead"


def test_silence_on_a_day_on_which_nobody_answered_is_no_look():
    assert judge([look("silent", day) for day in range(5)], frozenset()).state == "unchecked"


names = st.sampled_from(sorted(ENDINGS))


@given(st.lists(names, max_size=12), names)
def test_dead_only_after_that_many_days_without_a_word_of_life(before, last):
    looks = [look(name, day) for day, name in enumerate([*before, last])]
    found = judge(looks, HEARD)
    if found.state == "dead":
        assert not {"there", "walled"} & {*[*before, last][-DAYS:]}
    if last == "there":
        assert found.state == "alive"
    if last == "walled":
        assert found.state == "walled"


@pytest.mark.parametrize(
    ("looks", "days", "due"),
    [
        ("", 0, True),
        ("there", 29, False),
        ("there", 30, True),
        ("absent", 0.5, False),
        ("absent", 1, True),
        ("absent absent absent", 10, False),
        ("absent absent absent", 33, True),
        ("walled", 0.9, False),
        ("walled", 1, True),
    ],
)
def test_when_to_look_again(looks, days, due):
    made = [look(name, day) for day, name in enumerate(looks.split())]
    assert is_due(judge(made, HEARD), made, later(START, days)) == due


def test_what_an_interface_has_confirmed_is_not_looked_at():
    made = [look("there", source="arxiv")]
    assert not is_due(judge(made, HEARD), made, later(START, 300))


def test_a_redirect_for_good_is_a_move_unless_it_leads_home():
    ended = attempt(URL, "page", ("ok", ""), START, fresh_days=30)
    asked = "https://a.example/x"

    def health(url, is_permanent):
        looks = looks_by_identifier([(replace(ended, answer="a"), asked, url, is_permanent)])
        return judge(looks[URL], HEARD)

    assert health("https://b.example/y", True).moved_to == "https://b.example/y"
    assert health("https://b.example/y", True).state == "moved"
    assert health("https://b.example/y", False).state == "alive"
    assert health("https://b.example/", True).state == "alive"


def test_sources_that_know_it_from_elsewhere_vouch_for_nothing():
    ended = replace(attempt(URL, "openalex", ("ok", ""), START, fresh_days=30), answer="a")
    assert looks_by_identifier([(ended, "", "", False)]) == {}
    assert judge([], HEARD) == Health()
