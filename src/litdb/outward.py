"""Where to go from the notes: what the works cite, the nearest first and of these what most cite. Pure decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from litdb.errors import InvalidUrl
from litdb.graph import Edge, Graph
from litdb.ladder import Attempts, next_source, next_to_tell_references
from litdb.model import Identifier, Request, Rung, Target
from litdb.projection import Shelf
from litdb.sources.protocol import Source
from litdb.text.urls import read_url

MANY_AT_ONCE = Rung.API
"""Up to this rung a source tells what many works cite in one answer."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a run follows citations: so many from the notes' works, to these hosts or schemes only, not to those."""

    depth: int
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, identifier: Identifier, url: str) -> bool:
        """Whether a work may be followed, by its scheme (`arxiv`) or the host of its address (subdomains too).

        >>> Reach(1, only=("example.org",)).takes(Identifier("url", "x"), "https://blog.example.org/post")
        True
        >>> Reach(1, exclude=("arxiv",)).takes(Identifier("arxiv", "2209.00626"), "https://arxiv.org/abs/2209.00626")
        False
        """
        is_only = not self.only or _fits(identifier, url, self.only)
        return is_only and not _fits(identifier, url, self.exclude)


@dataclass(frozen=True, slots=True)
class Step:
    """What to ask next: about works at a depth, the best first, or what those at a depth cite."""

    depth: int
    targets: Sequence[Target] = ()
    questions: Sequence[Request] = ()


def graph_of(shelf: Shelf) -> Graph:
    """The works of a shelf and how they relate."""
    edges = {
        Edge(shelf.work_of[each.subject].identifier, each.kind, shelf.work_of[each.object].identifier)
        for record in shelf.records
        for each in record.relations
    }
    return Graph(edges, frozenset(work.identifier for work in shelf.works if work.cited))


def next_step(
    shelf: Shelf, reach: Reach, sources: Sequence[Source], attempts: Attempts, now: str, done: Collection[object]
) -> Step | None:
    """What to ask next, or None where all within reach is known. `done` are targets and questions of this run.

    What the works of one depth cite is asked first, then the works that they cite.
    """
    addresses = _addresses(shelf, reach)
    graph = _within_reach(graph_of(shelf), shelf, addresses)
    depths = graph.depths(reach.depth)
    for depth in range(reach.depth):
        asked = _questions(_works_at(depth, depths, graph, shelf), _told(shelf), sources, attempts, now)
        if left := [each for each in asked if each not in done]:
            return Step(depth, questions=left)
        targets = [
            Target(each, tuple(sorted(urls)))
            for each, urls in addresses.items()
            if depths.get(graph.voice(shelf.work_of[each].identifier)) == depth + 1
            and each not in done
            and next_source(each, sources, attempts, now)
        ]
        if targets:
            return Step(depth + 1, sorted(targets, key=_by_votes(depth + 1, depths, graph, shelf)))
    return None


def _addresses(shelf: Shelf, reach: Reach) -> Mapping[Identifier, set[str]]:
    """The identifiers that works cite and that may be followed, each with its addresses as they are written there."""
    found: dict[Identifier, set[str]] = defaultdict(set)
    for each in (each for record in shelf.records for each in record.relations if each.kind == "cites"):
        if reach.takes(each.object, each.url or shelf.work_of[each.object].url):
            found[each.object] |= {each.url} - {""}
    return found


def _within_reach(graph: Graph, shelf: Shelf, addresses: Iterable[Identifier]) -> Graph:
    """The graph without citations of what may not be followed."""
    followed = {shelf.work_of[each].identifier for each in addresses}
    edges = {each for each in graph.edges if each.kind != "cites" or each.object in followed}
    return Graph(edges, graph.mine)


def _works_at(depth: int, depths: Mapping[Identifier, int], graph: Graph, shelf: Shelf) -> list[list[Identifier]]:
    """The works at a depth, in order, each with all identifiers of all its versions."""
    voices = sorted(voice for voice, at in depths.items() if at == depth)
    works = [[shelf.work_of[version] for version in graph.versions[voice]] for voice in voices]
    return [sorted({each for work in versions for each in work.identifiers}) for versions in works]


def _told(shelf: Shelf) -> set[Identifier]:
    """The identifiers of which somebody has said what they cite."""
    return {each.subject for record in shelf.records for each in record.relations if each.kind == "cites"}


def _questions(
    works: Iterable[Sequence[Identifier]],
    told: Collection[Identifier],
    sources: Sequence[Source],
    attempts: Attempts,
    now: str,
) -> list[Request]:
    """The requests that ask what works cite, for those of which nobody has said it lately: those of the best rung left.

    Who tells of many works at once is asked about each name that a work has; others only where nobody has told of any.
    """
    wanted: dict[Rung, dict[str, list[Target]]] = defaultdict(lambda: defaultdict(list))
    for names in works:
        is_told = any(each in told for each in names)
        for each in names:
            source = next_to_tell_references(each, sources, attempts, now)
            rung = source.rung(each) if source else None
            if source and rung and not (is_told and rung > MANY_AT_ONCE):
                wanted[rung][source.name].append(Target(each))
    if not wanted:
        return []
    first = wanted[min(wanted)]
    return [request for source in sources if source.name in first for request in source.plan(first[source.name])]


def _by_votes(
    depth: int, depths: Mapping[Identifier, int], graph: Graph, shelf: Shelf
) -> Callable[[Target], tuple[int, Identifier]]:
    """An order: first what most of the works that are nearer cite, then by identifier."""

    def order(target: Target) -> tuple[int, Identifier]:
        voice = graph.voice(shelf.work_of[target.identifier].identifier)
        nearer = sum(depths.get(other, depth) < depth for other in graph.cited_by.get(voice, ()))
        return -nearer, target.identifier

    return order


def _fits(identifier: Identifier, url: str, patterns: Iterable[str]) -> bool:
    try:
        address = read_url(url) if url else None
    except InvalidUrl:
        address = None
    return any(each == identifier.scheme or (address and address.on(each, f".{each}")) for each in patterns)
