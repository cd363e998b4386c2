"""Works that look like one are offered with the reason, and the others are not."""

from random import Random

import pytest

from litdb.checks.duplicates import duplicates
from litdb.model import Identifier, Work
from litdb.text.names import read_names

TITLE = "The Alignment Problem from a Deep Learning Perspective"
NGO, LEIKE = "Richard Ngo", "Jan Leike"


def work(number, title, authors="", date="", url=""):
    identifier = Identifier("url", f"https://{number}.example")
    return Work(
        identifier, (identifier,), f"key{number}", "post", url or identifier.value,
        title=title, authors=read_names(authors), date=date,
    )  # fmt: skip


def offered(*works, tied=()):
    return [each.reason for each in duplicates(works, tied)]


LIKELY = {
    "title and author": (
        work(1, TITLE, "Richard Ngo, Lawrence Chan", "2022-08-30"),
        work(2, TITLE.lower(), NGO, "2022-08-10"),
        "the titles are the same and Ngo wrote both",
    ),
    "title and day": (
        work(1, "Goals", NGO, "2022-08-30"),
        work(2, "Goals", LEIKE, "2022-08-30"),
        "the titles are the same and both are of 2022-08-30",
    ),
    "title without authors": (
        work(1, "Shard theory", "", "2021"),
        work(2, "Shard theory", NGO, "2022"),
        "the titles are the same and only one names its authors",
    ),
    "titles alone": (
        work(1, "Shard theory"),
        work(2, "Shard theory"),
        "the titles are the same and neither names its authors",
    ),
    "subtitle": (
        work(1, "Shard Theory: An Overview", NGO, "2022"),
        work(2, "Shard theory", NGO, "2023"),
        "one title is the other with a subtitle and Ngo wrote both",
    ),
    "slip of the pen": (
        work(1, "Understanding deep double descent", NGO, "2019-12-06"),
        work(2, "Understanding deep doubel descent", NGO, "2019"),
        "the titles are nearly the same, both by Ngo in 2019",
    ),
    "address": (
        work(1, "One", url="http://www.x.example/a/"),
        work(2, "Two", url="https://x.example/a"),
        "their addresses differ only in spelling: http://www.x.example/a/ and https://x.example/a",
    ),
}
UNLIKE = {
    "title only": (work(1, "Goals", NGO, "2022-08-30"), work(2, "Goals", LEIKE, "2022-08-31")),
    "year only": (work(1, "Goals", NGO, "2022"), work(2, "Goals", LEIKE, "2022")),
    "two subtitles": (work(1, "Goals: one", NGO, "2022"), work(2, "Goals: two and three", NGO, "2022")),
    "two parts": (
        work(1, "An Introduction to Agents, Part II", NGO, "2022"),
        work(2, "An Introduction to Agents, Part III", NGO, "2022"),
    ),
    "two numbers": (
        work(1, "Report on the state of alignment 1", NGO, "2022"),
        work(2, "Report on the state of alignment 2", NGO, "2022"),
    ),
    "slip in another year": (
        work(1, "Understanding deep double descent", NGO, "2019"),
        work(2, "Understanding deep doubel descent", NGO, "2020"),
    ),
    "no titles": (work(1, "", NGO, "2022-08-30"), work(2, "", NGO, "2022-08-30")),
    "another path": (work(1, "", url="https://x.example/a"), work(2, "", url="https://x.example/A")),
}


@pytest.mark.parametrize(("one", "other", "reason"), LIKELY.values(), ids=LIKELY)
def test_what_looks_like_one_is_offered_with_the_reason(one, other, reason):
    assert offered(one, other) == offered(other, one) == [reason]


@pytest.mark.parametrize(("one", "other"), UNLIKE.values(), ids=UNLIKE)
def test_what_does_not_is_left_alone(one, other):
    assert offered(one, other) == []


@pytest.mark.parametrize("turned", [False, True])
def test_works_that_are_tied_or_split_are_not_offered(turned):
    one, other, _ = LIKELY["title and author"]
    pair = (other.identifier, one.identifier) if turned else (one.identifier, other.identifier)
    assert offered(one, other, tied=[pair]) == []


def test_a_tie_of_any_identifier_counts():
    one, other, _ = LIKELY["title and author"]
    former = Identifier("forum", "x")
    both = Work(other.identifier, (other.identifier, former), other.key, "post", "", title=other.title)
    assert offered(one, both, tied=[(former, one.identifier)]) == []


def test_a_title_that_very_many_works_have_tells_nothing():
    assert offered(*(work(number, "Untitled") for number in range(200))) == []


def test_thousands_of_works_are_compared_to_the_end():
    """Nothing is timed: what compared each with each would hang here."""
    words = Random(1)
    titles = [
        " ".join(words.choices("goal agent deep model proof human value reward".split(), k=7)) for _ in range(2000)
    ]
    works = [work(number, titles[number // 2], f"Anna Family{number // 2 % 40}", "2022") for number in range(4_000)]
    assert duplicates(works, [])


def test_a_slip_is_found_at_either_end_of_a_title():
    titles = ("Udnerstanding deep double descent", "Understanding deep double descetn")
    good = work(1, "Understanding deep double descent", NGO, "2019")
    assert [len(offered(good, work(2, title, NGO, "2019"))) for title in titles] == [1, 1]
