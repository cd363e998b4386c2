"""litdb graph: who cites whom."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, tell
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.commands.graphing import Drawn
    from litdb.model import Identifier

FORMATS = ("graphml", "dot", "json", "svg")


@click.group("graph")
def command() -> None:
    """Who cites whom, as far as your library knows.

    Pages are read for their links; what papers cite is asked by “litdb crawl --depth 1”.

    \b
    Examples:
      litdb graph cites ngoAlignmentProblemDeep2022
      litdb graph path KEY https://arxiv.org/abs/1606.06565
      litdb graph export graphml > graph.graphml
    """


@command.command("cites")
@click.argument("name", metavar="KEY|URL")
@db_option
@json_option
def cites(name: str, place: Place, as_json: bool) -> None:
    """What a work cites, each with the words round it."""
    library, work = _opened(place, name)
    others = library.graph.cites.get(library.graph.voice(work), frozenset())
    pairs = [(library.graph.voice(work), other) for other in sorted(others)]
    _print_pairs(library, pairs, 1, library.in_words(work), as_json)


@command.command("cited-by")
@click.argument("name", metavar="KEY|URL")
@db_option
@json_option
def cited_by(name: str, place: Place, as_json: bool) -> None:
    """Who cites a work, each with the words round it."""
    library, work = _opened(place, name)
    others = library.graph.cited_by.get(library.graph.voice(work), frozenset())
    _print_pairs(library, [(other, library.graph.voice(work)) for other in sorted(others)], 0, [], as_json)


@command.command("path")
@click.argument("start", metavar="KEY|URL")
@click.argument("end", metavar="KEY|URL")
@db_option
@json_option
def path(start: str, end: str, place: Place, as_json: bool) -> None:
    """The shortest way from one work to another: who cites, comments on or belongs to whom."""
    from litdb.commands.graphing import node_json

    library, first = _opened(place, start)
    last = _found(place, end)
    way = library.graph.path(first, last)
    if as_json:
        edges = [{"subject": str(each.subject), "kind": each.kind, "object": str(each.object)} for each in way]
        works = dict.fromkeys((first, *(each.object for each in way))) if way or first == last else {}
        print_json({"works": [node_json(library.nodes[each]) for each in works], "path": edges})
        return
    if not way:
        tell("They are the same work." if first == last else "No way leads from the one to the other.")
        return
    say(_line(library, first))
    for each in way:
        say(f"  {each.kind} {_line(library, each.object)}")


@command.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@db_option
@click.option("--all", "everything", is_flag=True, help="Also works that only one of yours cites.")
def export(form: str, place: Place, everything: bool) -> None:
    """Write the graph to stdout: your notes, what they cite, and what at least two of these cite.

    FORMAT is graphml (Gephi, yEd, networkx), dot (Graphviz), json, or svg (to look at).
    """
    from litdb.commands.graphing import drawn
    from litdb.export.graph import written

    library = drawn(place)
    click.echo(written(form, *library.to_export(everything)), nl=False)


def _opened(place: Place, name: str) -> tuple[Drawn, Identifier]:
    from litdb.commands.graphing import drawn

    library = drawn(place)
    return library, _found(place, name)


def _found(place: Place, name: str) -> Identifier:
    """The work of this key, identifier or URL. Raises `UnknownWork`."""
    from litdb.commands.show import find
    from litdb.database.connection import open_for_reading

    with closing(open_for_reading(place.library)) as connection:
        return find(connection, name).identifier


def _print_pairs(
    library: Drawn,
    pairs: list[tuple[Identifier, Identifier]],
    shown: int,
    in_words: list[str],
    as_json: bool,
) -> None:
    """The works at one end (0 or 1) of citations, those of one's own first, with the words of the citing ones.

    `in_words` are references of which nobody knows which work they mean.
    """
    from litdb.commands.graphing import node_json, tie_json

    pairs = sorted(pairs, key=lambda pair: not library.nodes[pair[shown]].cited)
    if as_json:
        works = [
            node_json(library.nodes[pair[shown]]) | {"said": [tie_json(tie) for tie in library.evidence(*pair)]}
            for pair in pairs
        ]
        print_json({"works": works, "in_words": in_words})
        return
    for pair in pairs:
        words = next((tie.words or tie.text for tie in library.evidence(*pair)), "")
        say(_line(library, pair[shown]))
        if words:
            say(f"    “{words}”")
    for each in in_words:
        say(f"In words only: {each}")
    if not pairs and not in_words:
        tell("None that is known. “litdb crawl --depth 1” asks what papers cite.")


def _line(library: Drawn, work: Identifier) -> str:
    node = library.nodes[work]
    return ", ".join(filter(None, (node.key, node.label, node.date, node.url)))
