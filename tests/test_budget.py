"""What a budget lets through."""

from __future__ import annotations

import pytest

from litdb.budget import Budget, Within, read_budget
from litdb.errors import UsageError
from litdb.model import Answer, Failure, Request

REQUEST = Request("page", "https://x.example/", ())


class Queue:
    """A web that answers whatever it was asked with ten bytes."""

    has_answered = True

    def __init__(self):
        self.waiting = []

    def add(self, request, known):
        self.waiting.append(request)
        return True

    def results(self):
        while self.waiting:
            yield Answer(self.waiting.pop(0), 200, {}, b"0123456789", "https://x.example/", "2026-11-21T00:00:00Z")


class Clock:
    """Seconds that pass when they are told to."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize(
    ("words", "budget"),
    [
        ([], Budget()),
        (["0"], Budget(requests=0)),
        (["200"], Budget(requests=200)),
        (["200 requests", "1 work"], Budget(requests=200, works=1)),
        (["1.5h"], Budget(seconds=5400)),
        (["30s", "0.5MB"], Budget(seconds=30, bytes=500_000)),
    ],
)
def test_a_budget_is_read_from_words(words, budget):
    assert read_budget(words) == budget


@pytest.mark.parametrize("words", [["many"], ["-1"], ["5 pages"], [""], ["1e9"], ["10", "20"], ["60s", "1min"]])
def test_what_is_no_budget_is_said(words):
    with pytest.raises(UsageError, match="--budget"):
        read_budget(words)


def test_no_more_requests_go_out_than_it_allows():
    web = Within(Queue(), Budget(requests=2))
    assert [web.add(REQUEST, None) for _ in range(4)] == [True, True, False, False]
    assert len(list(web.results())) == 2
    assert web.is_spent
    assert web.room() == 0


def test_a_budget_that_just_suffices_is_not_used_up():
    web = Within(Queue(), Budget(requests=2))
    web.add(REQUEST, None)
    web.add(REQUEST, None)
    assert not web.is_spent


def test_no_answer_is_waited_for_once_the_bytes_are_used_up():
    web = Within(Queue(), Budget(bytes=15))
    for _ in range(5):
        web.add(REQUEST, None)
    assert len(list(web.results())) == 2
    assert list(web.results()) == []
    assert web.is_spent
    assert not web.add(REQUEST, None)


def test_time_runs_out():
    clock = Clock()
    web = Within(Queue(), Budget(seconds=60), clock)
    assert web.add(REQUEST, None)
    assert web.left() == "60 seconds"
    clock.now = 60.0
    assert not web.add(REQUEST, None)
    assert list(web.results()) == []
    assert web.left() == "0 seconds"


def test_works_are_counted_apart():
    web = Within(Queue(), Budget(works=3))
    web.spend_works(2, left=5)
    assert (web.room(), web.is_spent) == (1, False)
    web.spend_works(1, left=4)
    web.spend_works(0, left=4)
    assert (web.room(), web.is_spent) == (0, True)


def test_a_failure_without_an_answer_costs_no_bytes():
    class Silent(Queue):
        def results(self):
            yield Failure(REQUEST, "timeout", "", "2026-11-21T00:00:00Z")

    web = Within(Silent(), Budget(bytes=1))
    assert len(list(web.results())) == 1
    assert not web.is_spent
