"""Whether two names are one journal's: in full, in ISO 4's or any other abbreviation, as an acronym, as a macro."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from litdb.checks.agreement import title_letters

LONGEST_ACRONYM = 12
"""Letters of a journal's acronym."""

_WORD = re.compile(r"[^\W\d_]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_SMALL_WORDS = frozenset("an and de der die des et for fur in la le of on the und zu".split())
_ARTICLE = "a"
"""An article only where it is written small: the journals of physics have an A, a B and a C."""

_AT_CAPITALS = re.compile(r"[A-Z][a-z]*")
_MACRO = re.compile(r"\\([A-Za-z]+)\s*\Z")
"""What the American Astronomical Society's style calls its journals: `\\apj`, `\\mnras`."""


def journals_agree(one: str, other: str) -> bool | None:
    """Whether two names can be one journal's; None for a macro that is no acronym of the other name.

    >>> journals_agree("J. Mach. Learn. Res.", "Journal of Machine Learning Research")
    True
    >>> [journals_agree(each, "Advances in Neural Information Processing Systems") for each in ("NeurIPS", "Nature")]
    [True, False]
    >>> journals_agree("A&A", "Astronomy & Astrophysics"), journals_agree("Nature", "Nature Physics")
    (True, False)
    >>> journals_agree(r"\\prl", "Physical Review Letters"), journals_agree(r"\\apj", "The Astrophysical Journal")
    (True, None)
    """
    macro = _MACRO.fullmatch(one.strip()) or _MACRO.fullmatch(other.strip())
    if macro:
        name = other if macro.string == one.strip() else one
        return _is_acronym(macro[1].lower(), _words(name)) or None
    if title_letters(one) == title_letters(other):
        return True
    return _is_short_for(one, other) or _is_short_for(other, one) or _are_one(_telling(one), _telling(other))


def _is_short_for(short: str, name: str) -> bool:
    """Whether a name is an acronym, alone (`JMLR`, `ApJ`) or beside words of the other (`IEEE TPAMI`)."""
    words, whole = _WORD.findall(_IN_BRACKETS.sub("", short)), _words(name)
    if len(words) == 1 and _is_acronym(title_letters(words[0]), whole):
        return True
    pieces = list(_at_capitals(words, whole))
    return len(pieces) > len(words) and len(_in_order(pieces, whole)) == len(pieces)


def _at_capitals(words: Sequence[str], whole: Sequence[str]) -> Iterator[str]:
    """The words; those that the other name has not in pieces, each of which begins with a capital: `Ap` `J`."""
    for word in words:
        is_there = title_letters(word) in whole or len(word) > LONGEST_ACRONYM
        yield from (title_letters(each) for each in ([word] if is_there else _AT_CAPITALS.findall(word) or [word]))


def _are_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the words of one name stand, written out or abbreviated, in the other in their order.

    Either name may have words more (`of London`, `Series B`), but not both at one place: `Genetics` is not `Cancer`.
    """
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return len(long) == 1 and _shortens(short[0], long[0])
    pairs = [(-1, -1), *_in_order(short, long), (len(short), len(long))]
    steps = pairwise(pairs)
    has_clash = any(right - left > 1 and below - above > 1 for (left, above), (right, below) in steps)
    return bool(short) and not has_clash and 3 * (len(pairs) - 2) >= 2 * len(short)


def _words(name: str) -> list[str]:
    words = (title_letters(word) for word in _WORD.findall(_IN_BRACKETS.sub("", name)))
    return [word for word in words if word]


def _telling(name: str) -> list[str]:
    """The words without articles and the like, unless nothing is left."""
    kept = [title_letters(word) for word in _WORD.findall(_IN_BRACKETS.sub("", name)) if word != _ARTICLE]
    return [word for word in kept if word and word not in _SMALL_WORDS] or _words(name)


def _in_order(short: Sequence[str], long: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the words of one name that stand, written out or abbreviated, in the other in the same order."""
    found: list[tuple[int, int]] = []
    at = 0
    for place, word in enumerate(short):
        further = next((there for there in range(at, len(long)) if _shortens(word, long[there])), None)
        if further is not None:
            found.append((place, further))
            at = further + 1
    return found


def _is_acronym(short: str, words: Sequence[str]) -> bool:
    """Whether a word is made of the beginnings of words, in their order: `neurips`, `jmlr`, `pnas`."""
    if len(short) > LONGEST_ACRONYM:
        return False
    reached = {(0, 0)}
    for word in words:
        beginnings = [word[: length + 1] for length in range(len(word))]
        reached |= {
            (at + len(each), used + 1) for at, used in reached for each in beginnings if short.startswith(each, at)
        }
    return any(at == len(short) and used > 1 for at, used in reached)


def _shortens(one: str, other: str) -> bool:
    """Whether one of two words is an abbreviation of the other: its letters in their order from the first (`natl`)."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return short[0] == long[0] and all(letter in letters for letter in short)
