"""What became of works between two states of the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from litdb.model import Identifier, Work

SHOWN = ("key", "title", "authors", "editors", "date", "type", "container", "url", "outcome")
"""The fields whose change a reader wants to know of."""


def changes(before: Iterable[Work], after: Iterable[Work]) -> list[str]:
    """A sentence for every cited work that came, went or says something else now.

    >>> old = Work(Identifier("arxiv", "1"), (), "a2020", "preprint", "", date="2020-01-01")
    >>> new = Work(Identifier("arxiv", "1"), (), "a2020", "preprint", "", date="2020-01-02")
    >>> changes([old], [new]), changes([], [new])
    (['a2020: date 2020-01-01 → 2020-01-02'], ['a2020 is new'])
    """
    old, new = _cited(before), _cited(after)
    if not old:
        return [f"{work.key} is new" for work in new.values()]
    came = [f"{new[each].key} is new" for each in sorted(new.keys() - old.keys())]
    went = [f"{old[each].key} is no longer cited" for each in sorted(old.keys() - new.keys())]
    differ = [line for each in sorted(old.keys() & new.keys()) for line in _differences(old[each], new[each])]
    return [*came, *went, *differ]


def _cited(works: Iterable[Work]) -> Mapping[Identifier, Work]:
    return {work.identifier: work for work in works if work.cited}


def _differences(old: Work, new: Work) -> list[str]:
    pairs = ((field, _text(old, field), _text(new, field)) for field in SHOWN)
    return [
        f"{new.key}: {field} {one or '(none)'} → {other or '(none)'}" for field, one, other in pairs if one != other
    ]


def _text(work: Work, field: str) -> str:
    value = getattr(work, field)
    return value if isinstance(value, str) else ", ".join(name.display for name in value)
