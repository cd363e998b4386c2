"""Sameness: which identifiers name one work. Works are the connected components of the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from litdb.model import Identifier

SCHEMES = (
    "arxiv",
    "doi",
    "forum",
    "forum-comment",
    "forum-sequence",
    "eaforum",
    "eaforum-comment",
    "eaforum-sequence",
    "substack",
    "tweet",
    "youtube",
    "medium",
    "openreview",
    "acl",
    "pmlr",
    "neurips",
    "jmlr",
    "isbn",
    "github",
    "wikipedia",
    "url",
    "bib",
)
"""Every scheme, the most telling first: a work goes by the first of its identifiers in this order."""

APART = (
    frozenset({"arxiv", "doi"}),
    frozenset({"forum", "forum-comment", "forum-sequence"}),
    frozenset({"eaforum", "eaforum-comment", "eaforum-sequence"}),
)
"""Schemes that never name one work: a preprint and its journal version, a post and its comments, are tied, not one."""


def rank(identifier: Identifier) -> tuple[int, Identifier]:
    """How telling an identifier is, for sorting: smaller is better."""
    place = SCHEMES.index(identifier.scheme) if identifier.scheme in SCHEMES else len(SCHEMES)
    return place, identifier


def components(
    identifiers: Iterable[Identifier], same: Iterable[tuple[Identifier, Identifier]]
) -> Mapping[Identifier, tuple[Identifier, ...]]:
    """For each identifier, all identifiers of its work, the most telling first.

    Evidence that would make two works of one scheme the same (or of schemes that are kept `APART`) is refused.
    The answer does not depend on the order in which identifiers and evidence come.

    >>> a, b, c = Identifier("arxiv", "1"), Identifier("url", "https://x.org/1"), Identifier("arxiv", "2")
    >>> [str(each) for each in components([a, b, c], [(b, a), (b, c)])[b]]
    ['arxiv:1', 'url:https://x.org/1']
    """
    members: dict[Identifier, list[Identifier]] = {each: [each] for each in identifiers}
    evidence = sorted({tuple(sorted(pair)) for pair in same})
    for pair in evidence:
        for each in pair:
            members.setdefault(each, [each])
    for left, right in evidence:
        first, second = members[left], members[right]
        if first is second or _conflict(first, second):
            continue
        first.extend(second)
        for each in second:
            members[each] = first
    return {each: tuple(sorted(group, key=rank)) for each, group in members.items()}


def _conflict(left: Iterable[Identifier], right: Iterable[Identifier]) -> bool:
    right = tuple(right)
    return any(_are_apart(one, other) for one in left for other in right)


def _are_apart(one: Identifier, other: Identifier) -> bool:
    if one.scheme == other.scheme:
        return one.scheme != "url"
    return any(one.scheme in group and other.scheme in group for group in APART)
