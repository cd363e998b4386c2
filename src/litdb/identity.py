"""Sameness: which identifiers name one work. Works are the connected components of the evidence."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping

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
    "dblp",
    "isbn",
    "github",
    "wikipedia",
    "url",
    "bib",
)
"""Every scheme, the most telling first: a work goes by the first of its identifiers in this order."""

SEVERAL_NAMES = ("url", "substack", "github", "wikipedia", "neurips")
"""Schemes by which one work can have several names: addresses; a Substack post's number, its slug,
a slug of old; repositories and articles that were renamed."""

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


Pairs = Iterable[tuple[Identifier, Identifier]]


def components(
    identifiers: Iterable[Identifier], same: Pairs, joined: Pairs = (), split: Pairs = (), hearsay: Pairs = ()
) -> Mapping[Identifier, tuple[Identifier, ...]]:
    """For each identifier, all identifiers of its work, the most telling first.

    `same` is evidence; what would make two works of one scheme the same (or of schemes that are kept `APART`) is
    refused. `hearsay` is weaker evidence, heard where `same` leaves room for it. `joined` and `split` are the user's
    word: it holds against evidence and rules, and a split against a join.
    The answer does not depend on the order in which anything comes.

    >>> a, b, c = Identifier("arxiv", "1"), Identifier("url", "https://x.org/1"), Identifier("arxiv", "2")
    >>> [str(each) for each in components([a, b, c], [(b, a), (b, c)])[b]]
    ['arxiv:1', 'url:https://x.org/1']
    """
    members: dict[Identifier, list[Identifier]] = {each: [each] for each in identifiers}
    kept_apart = {frozenset(pair) for pair in split}
    for pairs, is_refused in ((joined, _nothing), (same, _are_apart), (hearsay, _are_apart)):
        for left, right in sorted({tuple(sorted(pair)) for pair in pairs}):
            first, second = members.setdefault(left, [left]), members.setdefault(right, [right])
            if first is second or _any_pair(first, second, is_refused, kept_apart):
                continue
            first.extend(second)
            for each in second:
                members[each] = first
    groups = {id(group): group for group in members.values()}
    named = {key: tuple(sorted(group, key=rank)) for key, group in groups.items()}
    return {each: named[id(group)] for each, group in members.items()}


def kept_apart(groups: Mapping[Identifier, tuple[Identifier, ...]], same: Pairs) -> list[tuple[Identifier, ...]]:
    """The pairs of this evidence that did not become one work, in order.

    >>> one, other = Identifier("arxiv", "1"), Identifier("arxiv", "2")
    >>> [list(map(str, pair)) for pair in kept_apart(components([one, other], [(one, other)]), [(other, one)])]
    [['arxiv:1', 'arxiv:2']]
    """
    return sorted({tuple(sorted(pair)) for pair in same if groups[pair[0]] is not groups[pair[1]]})


def _any_pair(
    left: Iterable[Identifier],
    right: Iterable[Identifier],
    is_refused: Callable[[Identifier, Identifier], bool],
    kept_apart: Container[frozenset[Identifier]],
) -> bool:
    right = tuple(right)
    return any(is_refused(one, other) or frozenset((one, other)) in kept_apart for one in left for other in right)


def _nothing(one: Identifier, other: Identifier) -> bool:
    return False


def _are_apart(one: Identifier, other: Identifier) -> bool:
    if one.scheme == other.scheme:
        return one.scheme not in SEVERAL_NAMES
    return any(one.scheme in group and other.scheme in group for group in APART)
