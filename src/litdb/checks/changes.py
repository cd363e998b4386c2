"""What became of works between two states of the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby

from litdb.model import Identifier, Work

SHOWN = ("key", "title", "authors", "editors", "date", "type", "container", "url", "outcome")
"""The fields whose change a reader wants to know of."""


def changes(before: Iterable[Work], after: Iterable[Work]) -> list[str]:
    """A sentence for every cited work that came, went or says something else now.

    Both come in the order of their identifiers, and no more of them is held than the sentences.

    >>> old = Work(Identifier("arxiv", "1"), (), "a2020", "preprint", "", date="2020-01-01")
    >>> new = Work(Identifier("arxiv", "1"), (), "a2020", "preprint", "", date="2020-01-02")
    >>> changes([old], [new]), changes([], [new])
    (['a2020: date 2020-01-01 → 2020-01-02'], ['a2020 is new'])
    """
    came, went, differ, stayed = list[str](), list[str](), list[str](), 0
    both = merge(_cited(before, "old"), _cited(after, "new"), key=_identifier)
    for _, found in groupby(both, _identifier):
        state = dict(found)
        if len(state) == 2:
            differ += _differences(state["old"], state["new"])
            stayed += 1
        elif "new" in state:
            came.append(state["new"].key)
        else:
            went.append(f"{state['old'].key} is no longer cited")
    is_first = not (went or stayed)
    return [*(f"{key} is new" for key in (sorted(came) if is_first else came)), *went, *differ]


def _cited(works: Iterable[Work], when: str) -> Iterator[tuple[str, Work]]:
    return ((when, work) for work in works if work.cited)


def _identifier(state: tuple[str, Work]) -> Identifier:
    return state[1].identifier


def _differences(old: Work, new: Work) -> list[str]:
    pairs = ((field, _text(old, field), _text(new, field)) for field in SHOWN)
    return [
        f"{new.key}: {field} {one or '(none)'} → {other or '(none)'}" for field, one, other in pairs if one != other
    ]


def _text(work: Work, field: str) -> str:
    value = getattr(work, field)
    return value if isinstance(value, str) else ", ".join(name.display for name in value)
