"""What became of works between two states of the library, in sentences."""

import pytest

from litdb.checks.changes import changes
from litdb.model import Identifier, Name, Work


def work(value, key, **fields):
    return Work(Identifier("url", value), (), key, "post", value, **fields)


OLD = [work("a", "one"), work("b", "two", title="Two"), work("d", "four")]
NEW = [work("b", "two", title="Two"), work("c", "three"), work("d", "four", authors=(Name("Ek", "Ann"),))]


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        (OLD, OLD, []),
        (OLD, NEW, ["three is new", "one is no longer cited", "four: authors (none) → Ann Ek"]),
        (OLD, [], ["one is no longer cited", "two is no longer cited", "four is no longer cited"]),
        ([], NEW, ["four is new", "three is new", "two is new"]),
        ([], [work("a", "one", cited=False)], []),
    ],
)
def test_each_work_that_came_went_or_differs_is_told(before, after, sentences):
    assert changes(iter(before), iter(after)) == sentences
