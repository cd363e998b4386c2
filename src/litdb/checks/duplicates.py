"""Works that may be one: offered with the reason and never merged, for titles prove nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from litdb.checks.agreement import family, main_title, title_letters
from litdb.model import Identifier, Work
from litdb.text.dates import precision

NEAR = 0.92
"""How much of two titles has to be alike (difflib's ratio) for a slip of the pen."""

END = 8
"""Letters at the beginning or the end of a title that a slip of the pen has spared."""

TOO_COMMON = 50
"""What so many works share tells nothing about two of them."""

_COUNTING = re.compile(r"\b(?:[ivx]+|\w*\d\w*)\b", re.IGNORECASE)
_SPELLING = re.compile(r"\Ahttps?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Likely:
    """Two works that may be one, and what speaks for it."""

    one: Work
    other: Work
    reason: str


def duplicates(works: Iterable[Work], tied: Iterable[tuple[Identifier, Identifier]]) -> list[Likely]:
    """Pairs of works that look like one, by key, without those that are `tied`: related already, or split by the user.

    Only works that share an address, a main title, or first author, year and an end of the title are compared.
    """
    works = sorted(works, key=lambda work: (work.key, work.identifier))
    known = {frozenset(pair) for pair in tied}
    found: dict[tuple[Identifier, Identifier], Likely] = {}
    for block_of, reason_of in _SIGNS:
        for one, other in _pairs(works, block_of):
            pair = (one.identifier, other.identifier)
            if pair not in found and not _are_tied(one, other, known) and (reason := reason_of(one, other)):
                found[pair] = Likely(one, other, reason)
    return sorted(found.values(), key=lambda each: (each.one.key, each.other.key))


def _pairs(works: Iterable[Work], block_of: Callable[[Work], str]) -> Iterator[tuple[Work, Work]]:
    blocks: Mapping[str, list[Work]] = defaultdict(list)
    for work in works:
        blocks[block_of(work)].append(work)
    for block, members in blocks.items():
        if block and len(members) <= TOO_COMMON:
            yield from combinations(members, 2)


def _are_tied(one: Work, other: Work, known: set[frozenset[Identifier]]) -> bool:
    return any(frozenset((a, b)) in known for a in one.identifiers for b in other.identifiers)


def _address(work: Work) -> str:
    return _SPELLING.sub("", work.url).rstrip("/")


def _main_title(work: Work) -> str:
    return title_letters(main_title(work.title))


def _beginning(work: Work) -> str:
    return _by_first_author(work, title_letters(work.title)[:END])


def _end(work: Work) -> str:
    return _by_first_author(work, title_letters(work.title)[-END:])


def _by_first_author(work: Work, letters: str) -> str:
    return f"{letters} {family(work.authors[0])} {work.date[:4]}" if letters and work.authors and work.date else ""


def _same_address(one: Work, other: Work) -> str:
    return f"their addresses differ only in spelling: {one.url} and {other.url}"


def _same_title(one: Work, other: Work) -> str:
    """The reason where the titles are the same, or one is the other and a subtitle, and something else agrees."""
    first, second = title_letters(one.title), title_letters(other.title)
    if first == second:
        titles = "the titles are the same"
    elif _main_title(one) in (first, second):
        titles = "one title is the other with a subtitle"
    else:
        return ""
    evidence = _evidence(one, other)
    return f"{titles} and {evidence}" if evidence else ""


def _evidence(one: Work, other: Work) -> str:
    shared = _shared_author(one, other)
    if shared:
        return f"{shared} wrote both"
    if one.date == other.date and one.date and precision(one.date) == "day":
        return f"both are of {one.date}"
    if one.authors and other.authors:
        return ""
    return "only one names its authors" if one.authors or other.authors else "neither names its authors"


def _shared_author(one: Work, other: Work) -> str:
    families = {family(name) for name in other.authors}
    return next((name.family or name.literal for name in one.authors if family(name) in families), "")


def _near_title(one: Work, other: Work) -> str:
    """The reason where titles by one first author in one year differ in a few letters, and not in a number."""
    first, second = title_letters(one.title), title_letters(other.title)
    if first == second or _numbers(one.title) != _numbers(other.title):
        return ""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR or matcher.ratio() < NEAR:
        return ""
    author = one.authors[0].family or one.authors[0].literal
    return f"the titles are nearly the same, both by {author} in {one.date[:4]}"


def _numbers(title: str) -> list[str]:
    """What counts in a title: `2`, `II`, `GPT4`."""
    return [each.lower() for each in _COUNTING.findall(title)]


_SIGNS: Sequence[tuple[Callable[[Work], str], Callable[[Work, Work], str]]] = (
    (_address, _same_address),
    (_main_title, _same_title),
    (_beginning, _near_title),
    (_end, _near_title),
)
"""What two works have to share to be compared, and what then speaks for their being one; the strongest first."""
