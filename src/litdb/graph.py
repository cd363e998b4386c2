"""The citation graph: who cites whom, from where to where, and what several of one's works cite that one lacks.

Pure. A node is a work, by its first identifier. Versions of one work are one voice: what a preprint and its journal
version cite is cited once, and whoever cites either of them cites that work.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from litdb.identity import rank
from litdb.model import Identifier, RelationKind

ONE_TEXT: Collection[RelationKind] = ("version-of", "crosspost-of")
"""Relations between works that say the same."""

DAMPING = 0.85
"""How much of the attention that a work gets it passes on to what it cites (Brin and Page 1998)."""

LEAST_FLOW = 1e-12
"""The share of attention that is no longer followed."""

DIGITS = 9
"""Digits of a weight that count: works that differ by less are alike."""


class Edge(NamedTuple):
    """`subject` is `kind` `object`."""

    subject: Identifier
    kind: RelationKind
    object: Identifier


class Suggestion(NamedTuple):
    """A work that one has not cited, all its versions, one's own works that cite it (one a voice), its weight."""

    work: Identifier
    versions: tuple[Identifier, ...]
    by: tuple[Identifier, ...]
    weight: float


@dataclass(frozen=True)
class Graph:
    """Works and how they relate; `mine` are those that the notes cite."""

    edges: Collection[Edge]
    mine: frozenset[Identifier]

    @cached_property
    def versions(self) -> Mapping[Identifier, tuple[Identifier, ...]]:
        """For every work all works that say the same, the most telling first: the first speaks for all."""
        nodes = {end for each in self.edges for end in (each.subject, each.object)} | self.mine
        alike: dict[Identifier, set[Identifier]] = defaultdict(set)
        for each in self.edges:
            if each.kind in ONE_TEXT:
                alike[each.subject].add(each.object)
                alike[each.object].add(each.subject)
        found: dict[Identifier, tuple[Identifier, ...]] = {}
        for node in nodes:
            if node not in found:
                group = tuple(sorted(_reached([node], alike), key=rank))
                found |= dict.fromkeys(group, group)
        return found

    def voice(self, work: Identifier) -> Identifier:
        """The work that speaks for all its versions."""
        return self.versions[work][0] if work in self.versions else work

    @cached_property
    def cites(self) -> Mapping[Identifier, frozenset[Identifier]]:
        """What each voice cites, itself left out."""
        found: dict[Identifier, set[Identifier]] = defaultdict(set)
        for each in self.edges:
            one, other = self.voice(each.subject), self.voice(each.object)
            if each.kind == "cites" and one != other:
                found[one].add(other)
        return {voice: frozenset(others) for voice, others in found.items()}

    @cached_property
    def cited_by(self) -> Mapping[Identifier, frozenset[Identifier]]:
        """Who cites each voice."""
        found: dict[Identifier, set[Identifier]] = defaultdict(set)
        for voice, others in self.cites.items():
            for other in others:
                found[other].add(voice)
        return {voice: frozenset(others) for voice, others in found.items()}

    @cached_property
    def own(self) -> frozenset[Identifier]:
        """The voices of the works that the notes cite."""
        return frozenset(map(self.voice, self.mine))

    @cached_property
    def weights(self) -> Mapping[Identifier, float]:
        """The share of attention of every voice that can be reached from one's own works: their personalised PageRank.

        All of one's own works have the same to begin with; a work that cites many passes little on to each.

        >>> a, b, c = (Identifier("url", name) for name in "abc")
        >>> graph = Graph([Edge(a, "cites", b), Edge(a, "cites", c), Edge(b, "cites", c)], frozenset([a]))
        >>> [round(weight, 3) for weight in graph.weights.values()]
        [0.452, 0.192, 0.356]
        """
        voices = sorted(_reached(self.own, self.cites))
        place = {voice: at for at, voice in enumerate(voices)}
        cited = [sorted(place[other] for other in self.cites.get(voice, ())) for voice in voices]
        flow = [float(voice in self.own) for voice in voices]
        got = list(flow)
        while sum(flow) > LEAST_FLOW * sum(got):
            flow = _passed_on(flow, cited)
            got = [before + more for before, more in zip(got, flow, strict=True)]
        whole = sum(got)
        return {voice: share / whole for voice, share in zip(voices, got, strict=True)}

    def depths(self, most: int) -> Mapping[Identifier, int]:
        """How many citations each voice is away from the notes' works, up to `most`.

        >>> a, b, c = (Identifier("url", name) for name in "abc")
        >>> graph = Graph([Edge(a, "cites", b), Edge(b, "cites", c), Edge(c, "cites", a)], frozenset([a]))
        >>> list(graph.depths(2).values())
        [0, 1, 2]
        """
        found = dict.fromkeys(sorted(self.own), 0)
        layer: Iterable[Identifier] = list(found)
        for depth in range(1, most + 1):
            further = {other for voice in layer for other in self.cites.get(voice, ())}
            layer = sorted(further - found.keys())
            found |= dict.fromkeys(layer, depth)
        return found

    def to_read(self, least: int = 2) -> list[Suggestion]:
        """What at least so many of one's works cite and no note does: the most cited first, then by weight.

        >>> a, b, c, d = (Identifier("url", name) for name in "abcd")
        >>> graph = Graph([Edge(a, "cites", c), Edge(b, "cites", c), Edge(b, "cites", d)], frozenset([a, b]))
        >>> [(str(each.work), len(each.by)) for each in graph.to_read()]
        [('url:c', 2)]
        """
        votes: dict[Identifier, list[Identifier]] = defaultdict(list)
        for voice in sorted(self.own, key=rank):
            for other in self.cites.get(voice, frozenset()) - self.own:
                votes[other].append(voice)
        found = [
            Suggestion(work, self.versions[work], tuple(by), round(self.weights[work], DIGITS))
            for work, by in votes.items()
            if len(by) >= least
        ]
        return sorted(found, key=lambda each: (-len(each.by), -each.weight, rank(each.work)))

    def path(self, start: Identifier, end: Identifier) -> Sequence[Edge]:
        """The fewest relations that lead from one work to another, in the direction they are said; none where none do.

        Of several ways as short the first by identifiers.
        """
        leading: dict[Identifier, list[Edge]] = defaultdict(list)
        for each in sorted(self.edges):
            leading[each.subject].append(each)
        came: dict[Identifier, Edge | None] = {start: None}
        waiting = deque([start])
        while waiting and end not in came:
            here = waiting.popleft()
            for edge in leading[here]:
                if edge.object not in came:
                    came[edge.object] = edge
                    waiting.append(edge.object)
        way: list[Edge] = []
        while edge_to := came.get(way[0].subject if way else end):
            way.insert(0, edge_to)
        return way


def _passed_on(flow: Sequence[float], cited: Sequence[Sequence[int]]) -> list[float]:
    """What comes to each place from those that cite it."""
    found = [0.0] * len(flow)
    for share, others in zip(flow, cited, strict=True):
        for other in others if share else ():
            found[other] += DAMPING * share / len(others)
    return found


def _reached(start: Iterable[Identifier], leading: Mapping[Identifier, Iterable[Identifier]]) -> set[Identifier]:
    """All that can be reached, the start included."""
    found = set(start)
    waiting = list(found)
    while waiting:
        further = set(leading.get(waiting.pop(), ())) - found
        found |= further
        waiting += further
    return found
