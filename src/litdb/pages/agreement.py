"""Author claims weighed against each other: where several ways of saying agree against the one that ranks first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from litdb.model import Claim, Name
from litdb.text.titles import fold

OF_THE_ACCOUNT = frozenset("meta:author parsely:author sailthru:author twitter:written-by dc:creator".split())
"""Ways by which programs name the account that posted a page, not always who wrote it."""

SHOWN = frozenset(
    "itemprop:author rel:author byline written-under written-by author-link author-links username user-link "
    "written-below beneath".split()
)
"""Ways to read authors from the body: on a front page they belong to its posts."""

_ENOUGH = 2
"""Ways that have to agree on another author."""


def weighed(ranked: Sequence[Claim]) -> list[Claim]:
    """The author claims with one moved to the front where the page agrees on it against the first.

    That is the author whom two other ways name where the first is the account that posted, or stands loosely in the
    text; who wrote it as it says right under the headline; or all authors of a list, of whom the first claim names one.
    """
    first, *others = ranked
    outvoting = _outvoting(first, others) if first.how in OF_THE_ACCOUNT | SHOWN else None
    front = outvoting or _under_the_headline(first, others) or _completing(first, others)
    return [front, *(claim for claim in ranked if claim is not front)] if front else list(ranked)


def _outvoting(first: Claim, others: Sequence[Claim]) -> Claim | None:
    """The best claim of another person whom more ways name than the first one; "A. Bee" is no other than Ann Bee."""
    named = {
        (names[0], "account" if claim.how in OF_THE_ACCOUNT else claim.how)
        for claim in (first, *others)
        if (names := _names(claim)) and _is_person(claim)
    }
    votes = Counter(name for name, _ in named)
    own = next(iter(_names(first)), "")
    best = max(votes, key=lambda name: votes[name], default=own)
    if best == own or votes[best] < max(_ENOUGH, votes[own] + 1):
        return None
    other = next(claim for claim in others if claim.how not in OF_THE_ACCOUNT and best in _names(claim)[:1])
    return other if _family(other) != _family(first) else None


def _under_the_headline(first: Claim, others: Sequence[Claim]) -> Claim | None:
    """The claim of the person after a "By" right under the headline, where the page declares one account of another."""
    is_account = first.how in OF_THE_ACCOUNT | {"json-ld:author"} and len(_names(first)) == 1
    under = (claim for claim in others if is_account and claim.how == "written-under" and _is_person(claim))
    return next((claim for claim in under if _family(claim) != _family(first)), None)


def _completing(first: Claim, others: Sequence[Claim]) -> Claim | None:
    """The claim of those who stand in one list, where the first claim names but the first of them.

    Blogs declare the account that posted; who wrote with it stands in the byline alone.
    """
    names = _names(first)
    lists = (claim for claim in others if claim.how == "author-links")
    return next((claim for claim in lists if len(names) == 1 and names == _names(claim)[:1]), None)


def _family(claim: Claim) -> str:
    """The family name of the first author, folded."""
    return fold(Name.from_json(claim.value[0]).family) if isinstance(claim.value, list) else ""


def _names(claim: Claim) -> list[str]:
    return [fold(Name.from_json(name).display) for name in claim.value] if isinstance(claim.value, list) else []


def _is_person(claim: Claim) -> bool:
    return isinstance(claim.value, list) and bool(Name.from_json(claim.value[0]).family)
