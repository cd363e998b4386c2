"""The graph against answers counted out by hand and against networkx, on random graphs with versions among the works."""

from __future__ import annotations

import random
from itertools import pairwise, product

import networkx
import pytest
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

from litdb.graph import ONE_TEXT, Edge, Graph
from litdb.identity import rank
from litdb.model import Identifier

KINDS = ("cites",) * 12 + ("version-of", "crosspost-of", "comment-on")


def made(seed):
    """A random graph of up to 30 works."""
    chance = random.Random(seed)
    works = [Identifier(chance.choice(("arxiv", "doi", "url")), f"{n:02}") for n in range(chance.randrange(1, 31))]
    edges = {
        Edge(chance.choice(works), chance.choice(KINDS), chance.choice(works)) for _ in range(chance.randrange(90))
    }
    return Graph(edges, frozenset(chance.sample(works, chance.randrange(len(works) + 1))))


def works_of(graph):
    return sorted({end for each in graph.edges for end in (each.subject, each.object)} | graph.mine)


def alike(graph, one, other):
    """Whether a chain of relations between equal texts leads from one work to another."""
    seen, before = {one}, set()
    while seen != before:
        before = set(seen)
        for each in graph.edges:
            if each.kind in ONE_TEXT and {each.subject, each.object} & seen:
                seen |= {each.subject, each.object}
    return other in seen


def by_brute_force(graph, least):
    """What to read next, counted pair by pair: the votes of groups of versions, no group of mine among the voted."""
    works = works_of(graph)
    groups = {frozenset(other for other in works if alike(graph, one, other)) for one in works}
    found = []
    for group in groups:
        if group & graph.mine:
            continue
        voters = [
            own
            for own in groups
            if own & graph.mine and any(Edge(a, "cites", b) in graph.edges for a, b in product(own, group))
        ]
        if len(voters) >= least:
            found.append((min(group, key=rank), len(voters), sorted(min(own, key=rank) for own in voters)))
    weights = {work: round(weight, 9) for work, weight in by_networkx(graph).items()}
    return sorted(found, key=lambda each: (-each[1], -weights[each[0]], rank(each[0])))


def by_networkx(graph):
    """The PageRank of all works, by networkx's own loop, which needs no scipy."""
    cites = networkx.DiGraph([(one, other) for one in sorted(graph.cites) for other in sorted(graph.cites[one])])
    cites.add_nodes_from(graph.own)
    begins = dict.fromkeys(graph.own, 1.0)
    return _pagerank_python(cites, personalization=begins, max_iter=500, tol=1e-15) if begins else {}


@pytest.mark.parametrize("seed", range(200))
def test_next_equals_a_brute_force_answer(seed):
    graph = made(seed)
    for least in (1, 2):
        told = [(each.work, len(each.by), sorted(each.by)) for each in graph.to_read(least)]
        assert told == by_brute_force(graph, least)


@pytest.mark.parametrize("seed", range(50))
def test_votes_are_the_in_degrees_that_networkx_counts(seed):
    graph = made(seed)
    cites = networkx.DiGraph([(one, other) for one, others in graph.cites.items() for other in others])
    mine = cites.edge_subgraph([edge for edge in cites.edges if edge[0] in graph.own and edge[1] not in graph.own])
    counted = {work: degree for work, degree in mine.in_degree() if degree}
    assert {each.work: len(each.by) for each in graph.to_read(1)} == counted


@pytest.mark.parametrize("seed", range(200))
def test_weights_are_the_pagerank_of_networkx(seed):
    graph = made(seed)
    expected = {work: weight for work, weight in by_networkx(graph).items() if weight > 1e-12}
    assert dict(graph.weights) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seed", range(50))
def test_depths_and_versions_are_those_of_networkx(seed):
    graph = made(seed)
    whole = networkx.Graph([(e.subject, e.object) for e in graph.edges if e.kind in ONE_TEXT])
    for group in networkx.connected_components(whole):
        assert {graph.versions[each] for each in group} == {tuple(sorted(group, key=rank))}
    cites = networkx.DiGraph([(one, other) for one, others in graph.cites.items() for other in others])
    cites.add_nodes_from([*graph.own, "notes"])
    cites.add_edges_from(("notes", each) for each in graph.own)
    lengths = networkx.single_source_shortest_path_length(cites, "notes", cutoff=4)
    assert dict(graph.depths(3)) == {each: length - 1 for each, length in lengths.items() if each != "notes"}


@pytest.mark.parametrize("seed", range(50))
def test_a_path_is_as_short_as_networkx_finds_one(seed):
    graph = made(seed)
    whole = networkx.DiGraph([(e.subject, e.object) for e in graph.edges])
    whole.add_nodes_from(works_of(graph))
    for start, end in product(works_of(graph)[:6], repeat=2):
        way = graph.path(start, end)
        assert all(one.object == other.subject for one, other in pairwise(way))
        if start == end:
            assert way == []
        elif networkx.has_path(whole, start, end):
            assert len(way) == networkx.shortest_path_length(whole, start, end)
            assert (way[0].subject, way[-1].object) == (start, end)
        else:
            assert way == []


def test_a_work_that_cites_itself_or_a_version_of_itself_has_no_voice_in_it():
    paper, journal, other = Identifier("arxiv", "1"), Identifier("doi", "2"), Identifier("url", "3")
    edges = [Edge(paper, "version-of", journal), Edge(paper, "cites", journal), Edge(other, "cites", other)]
    graph = Graph(edges, frozenset([paper, other]))
    assert dict(graph.cites) == {}
    assert graph.to_read(1) == []


def test_the_order_in_which_edges_come_does_not_matter():
    graph = made(7)
    turned = Graph(sorted(graph.edges, reverse=True), graph.mine)
    assert turned.to_read(1) == graph.to_read(1)
    assert turned.path(*works_of(graph)[:2]) == graph.path(*works_of(graph)[:2])
