"""What a note says beside a link: `[Title](url) (Jan Leike) (27.01.2022)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from litdb.model import Claim
from litdb.text.dates import date_claim, read_written
from litdb.text.names import authors_claim, is_person, read_names

LONGEST = 200
HOW = "note"

_GROUP = re.compile(rf"[*_~]{{0,3}},?\s{{0,4}}\((?P<inside>[^()]{{1,{LONGEST}}})\)")
_DIGIT = re.compile("[0-9]")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{4}(?![\d/])")


def groups_beside(text: str, end: int) -> tuple[str, ...]:
    """What the parentheses right behind an offset hold.

    >>> groups_beside("[x](u) (a b) (27.01.2022), (c) d (e)", 6)
    ('a b', '27.01.2022', 'c')
    """
    groups = []
    while group := _GROUP.match(text, end):
        groups.append(group["inside"].strip())
        end = group.end()
    return tuple(groups)


def claims_of(groups: Iterable[str], *, day_first: bool | None) -> tuple[Claim, ...]:
    """The date and the people that the parentheses beside a link name; the first of each counts.

    >>> [(claim.field, claim.kind, claim.value) for claim in claims_of(["RLHF", "27.01.2022"], day_first=None)]
    [('date', 'asserted-by-note', '2022-01-27')]
    """
    claims: dict[str, Claim] = {}
    for group in groups:
        for claim in _claims_in(group, day_first):
            claims.setdefault(claim.field, claim)
    return tuple(claims.values())


def day_comes_first(text: str) -> bool | None:
    """How a note writes its dates with slashes, where one of them leaves no doubt and no other disagrees.

    >>> day_comes_first("03/04/2021, 25/12/2020"), day_comes_first("03/04/2021"), day_comes_first("12/25/2020")
    (True, None, False)
    """
    seen = {int(first) > 12 for first, second in _SLASHED.findall(text) if (int(first) > 12) != (int(second) > 12)}
    return seen.pop() if len(seen) == 1 else None


@lru_cache(1 << 12)
def _claims_in(group: str, day_first: bool | None) -> tuple[Claim, ...]:
    """The same names and days stand beside many links."""
    return tuple(_claims(group, day_first))


def _claims(group: str, day_first: bool | None) -> Iterator[Claim]:
    date = _date(group, day_first)
    people, _, last = ("", "", "") if date else group.rpartition(",")
    date_behind = _date(last.strip(), day_first) if people else None
    if date or date_behind:
        yield date_claim(date or date_behind or "", "asserted-by-note", HOW)
    people = people if date_behind else "" if date else group
    names = read_names(people) if _may_be_names(people) else ()
    if names and all(is_person(name.display) for name in names):
        yield authors_claim(names, HOW)


def _date(text: str, day_first: bool | None) -> str | None:
    return read_written(text, day_first) if _DIGIT.search(text) else None


def _may_be_names(text: str) -> bool:
    """Whether it is worth reading names: no word of names longer than `from` begins with a small letter."""
    return bool(text) and all(len(word) < 5 or not word[0].islower() for word in text.split())
