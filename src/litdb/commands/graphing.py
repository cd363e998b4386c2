"""What `next` and `graph` share: the citation graph of a library, read from what is kept where nobody wanted it yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from litdb.commands.opening import library_of
from litdb.database import graph as queries
from litdb.database.graph import Node, Tie
from litdb.database.standing import read_has_graph
from litdb.export.graph import Line, Point
from litdb.files.place import Place
from litdb.graph import Edge, Graph
from litdb.model import Identifier


@dataclass(frozen=True)
class Drawn:
    """The graph of a library with its works and its evidence."""

    nodes: Mapping[Identifier, Node]
    ties: Sequence[Tie]
    mentioned: Sequence[tuple[str, Identifier]]
    loose: Sequence[tuple[Identifier, str]]

    @cached_property
    def graph(self) -> Graph:
        """Who relates to whom."""
        edges = {Edge(each.subject, each.kind, each.object) for each in self.ties}
        return Graph(edges, frozenset(each.identifier for each in self.nodes.values() if each.cited))

    @cached_property
    def said(self) -> Mapping[tuple[Identifier, Identifier], Sequence[Tie]]:
        """The citations from one work to another, with their evidence."""
        found: dict[tuple[Identifier, Identifier], list[Tie]] = defaultdict(list)
        for each in self.ties:
            if each.kind == "cites":
                found[each.subject, each.object].append(each)
        return found

    def evidence(self, one: Identifier, other: Identifier) -> Sequence[Tie]:
        """The citations from any version of one work to any version of another, those with words first."""
        versions = self.graph.versions
        pairs = [(a, b) for a in versions.get(one, (one,)) for b in versions.get(other, (other,))]
        return sorted((tie for pair in pairs for tie in self.said.get(pair, ())), key=lambda tie: not tie.words)

    def in_words(self, work: Identifier) -> list[str]:
        """The references of a work, or of a version of it, of which only words are known."""
        versions = self.graph.versions.get(work, (work,))
        return [text for citing, text in self.loose if citing in versions]

    def to_export(self, everything: bool) -> tuple[list[Point], list[Line]]:
        """Notes, what they cite, what several of these cite (or any, where everything is wanted), and the edges."""
        graph = self.graph
        others = {version for each in graph.to_read(1 if everything else 2) for version in each.versions}
        shown = {each for each, node in self.nodes.items() if node.cited} | others
        notes = [Point(path, "note", path) for path in dict.fromkeys(path for path, _ in self.mentioned)]
        works = [_point(self.nodes[each]) for each in sorted(shown)]
        lines = [Line(path, str(work), "cites", "note") for path, work in self.mentioned]
        lines += [
            Line(str(tie.subject), str(tie.object), tie.kind, tie.source, tie.how, tie.words)
            for tie in self.ties
            if tie.subject in shown and tie.object in shown
        ]
        return notes + works, lines


def drawn(place: Place) -> Drawn:
    """The graph of the library at a place. Where nobody wanted it before, the kept answers are read for it first.

    Raises `LibraryError` where there is no library.
    """
    with library_of(place) as connection:
        is_kept = read_has_graph(connection)
    if not is_kept:
        _keep(place)
    with library_of(place) as connection:
        return Drawn(
            queries.nodes(connection),
            queries.ties(connection),
            queries.mentioned(connection),
            queries.in_words_only(connection),
        )


def _keep(place: Place) -> None:
    from litdb.commands.printing import tell
    from litdb.commands.session import update
    from litdb.database.library import Library
    from litdb.files.lock import Lock

    tell("Reading what your works cite from the answers that are kept; from now on litdb keeps that up to date.")
    with Lock(place.library):
        with Library(place.library) as library:
            library.want_graph()
        update(place)


def _point(node: Node) -> Point:
    kind = "cited" if node.cited else "other"
    return Point(str(node.identifier), kind, node.label, node.key, node.url, node.date, node.people, node.type)


def node_json(node: Node) -> dict[str, object]:
    """A work as data."""
    texts = ("label", "url", "date", "people", "type", "key")
    found = {name: getattr(node, name) or None for name in texts}
    return {"identifier": str(node.identifier), "cited": node.cited, **found}


def words_of(ties: Sequence[Tie]) -> str:
    """The words in which a work is cited: those of the first citation."""
    return next((tie.words or tie.text for tie in ties), "")


def said_json(node: Node, ties: Sequence[Tie]) -> dict[str, object]:
    """A work as data, with the citations that speak of it."""
    return node_json(node) | {"said": [_tie_json(tie) for tie in ties]}


def _tie_json(tie: Tie) -> dict[str, object]:
    """A relation as data, with its evidence."""
    texts = ("source", "how", "text", "words", "at")
    found = {name: getattr(tie, name) or None for name in texts}
    return {"subject": str(tie.subject), "kind": tie.kind, "object": str(tie.object), **found}
