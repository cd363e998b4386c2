"""Of works that are versions of each other, the one to cite: the published paper or the preprint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from litdb.model import Identifier, Work, WorkType

Version = Literal["published", "preprint"]

RANKS: Mapping[WorkType, int] = {
    "article-journal": 0,
    "paper-conference": 1,
    "book": 2,
    "chapter": 3,
    "thesis": 4,
    "report": 5,
}
"""Types that are published, the most citable first; all others come behind them, a preprint last."""

_UNPUBLISHED, _PREPRINT = len(RANKS), len(RANKS) + 1


def preferred(works: Sequence[Work], version: Version) -> list[Work]:
    """The works to cite, sorted by key: of each group of versions that has a cited work, one.

    `works` may hold uncited ones, which come in only as a version of a cited work, and only if title, people and date
    are known. Versions are tied by `related` (`version-of`). The work that stays keeps its key or takes that of the one
    it replaces if it has none. The keys of those that went are among its former keys, so that they can still be called
    where the format allows; and of their identifiers it takes those of a scheme that it has not: the arXiv number stays
    with the published paper.

    >>> from litdb.model import Name, Related
    >>> author, paper, arxiv = (Name("Ngo", "R."),), Identifier("doi", "10.1/x"), Identifier("arxiv", "2209.00626")
    >>> preprint = Work(arxiv, (arxiv,), "ngo2022", "preprint", "a", "T", authors=author, date="2022",
    ...     related=(Related("version-of", "T", "b"),))
    >>> journal = Work(paper, (paper,), "", "article-journal", "b", "T", authors=author, date="2024", cited=False)
    >>> [(each.type, each.key, len(each.identifiers)) for each in preferred([preprint, journal], "published")]
    [('article-journal', 'ngo2022', 2)]
    >>> [each.type for each in preferred([preprint, journal], "preprint")]
    ['preprint']
    """
    chosen = (_chosen(group, version) for group in _groups(works) if any(work.cited for work in group))
    return sorted(chosen, key=lambda work: work.key)


def _groups(works: Sequence[Work]) -> Iterable[list[Work]]:
    """The works in groups of versions of each other."""
    at = {work.url: number for number, work in enumerate(works)}
    group = list(range(len(works)))

    def first(number: int) -> int:
        while group[number] != number:
            number = group[number]
        return number

    for number, work in enumerate(works):
        for other in (at[each.url] for each in work.related if each.kind == "version-of" and each.url in at):
            low, high = sorted((first(number), first(other)))
            group[high] = low
    found: dict[int, list[Work]] = {}
    for number, work in enumerate(works):
        found.setdefault(first(number), []).append(work)
    return found.values()


def _chosen(group: Sequence[Work], version: Version) -> Work:
    known = [work for work in group if work.cited or (work.title and work.authors and work.date)]
    best = min(known, key=lambda work: (_rank(work, version), not work.cited, work.key, work.url))
    others = [work for work in group if work is not best and work.cited]
    return _standing_for(best, others) if others else best


def _rank(work: Work, version: Version) -> int:
    rank = RANKS.get(work.type, _PREPRINT if work.type == "preprint" else _UNPUBLISHED)
    return rank if version == "published" else -rank


def _standing_for(best: Work, others: Sequence[Work]) -> Work:
    """The work with the keys and identifiers of others that it stands for."""
    keys = [key for work in (best, *others) for key in (work.key, *work.former_keys) if key]
    schemes = {each.scheme for each in best.identifiers}
    identifiers = [each for work in others for each in work.identifiers if each.scheme not in schemes]
    gone = {work.url for work in others}
    return replace(
        best,
        key=best.key or keys[0],
        former_keys=tuple(key for key in dict.fromkeys(keys) if key != (best.key or keys[0])),
        identifiers=(*best.identifiers, *_once(identifiers)),
        archive_class=best.archive_class or next((work.archive_class for work in others if work.archive_class), ""),
        related=tuple(each for each in best.related if each.url not in gone),
        cited=True,
    )


def _once(identifiers: Iterable[Identifier]) -> Iterable[Identifier]:
    return {each.scheme: each for each in reversed(list(identifiers))}.values()
