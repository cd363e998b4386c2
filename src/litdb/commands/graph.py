"""litdb graph: who cites whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from litdb.commands import offering
from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, tell
from litdb.commands.slips import OneOf
from litdb.files.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litdb.commands.graphing import Drawn
    from litdb.database.graph import Tie
    from litdb.model import Identifier

FORMATS = ("graphml", "dot", "json", "svg")


@click.group("graph")
def command() -> None:
    """Who cites whom, as far as your library knows.

    Pages are read for their links; what papers cite is asked by “litdb crawl --depth 1”.

    \b
    Examples:
      litdb graph cites ngoAlignmentProblemDeep2022
      litdb graph path ngoAlignmentProblemDeep2022 https://arxiv.org/abs/1606.06565
      litdb graph export graphml > graph.graphml
    """


@command.command("cites")
@click.argument("name", metavar="KEY|URL", shell_complete=offering.keys)
@db_option
@json_option
def cites(name: str, place: Place, as_json: bool) -> None:
    """What a work cites, each with the words round it.

    \b
    Example:
      litdb graph cites ngoAlignmentProblemDeep2022
    """
    library, work = _opened(place, name)
    voice = library.graph.voice(work)
    cited = sorted(library.graph.cites.get(voice, ()))
    found = [(each, library.evidence(voice, each)) for each in cited]
    _print(library, found, library.in_words(work), as_json)


@command.command("cited-by")
@click.argument("name", metavar="KEY|URL", shell_complete=offering.keys)
@db_option
@json_option
def cited_by(name: str, place: Place, as_json: bool) -> None:
    """Who cites a work, each with the words round it.

    \b
    Example:
      litdb graph cited-by https://arxiv.org/abs/1606.06565
    """
    library, work = _opened(place, name)
    voice = library.graph.voice(work)
    citing = sorted(library.graph.cited_by.get(voice, ()))
    _print(library, [(each, library.evidence(each, voice)) for each in citing], [], as_json)


@command.command("path")
@click.argument("start", metavar="KEY|URL", shell_complete=offering.keys)
@click.argument("end", metavar="KEY|URL", shell_complete=offering.keys)
@db_option
@json_option
def path(start: str, end: str, place: Place, as_json: bool) -> None:
    """The shortest way from one work to another: who cites, comments on or belongs to whom.

    \b
    Example:
      litdb graph path ngoAlignmentProblemDeep2022 https://arxiv.org/abs/1606.06565
    """
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
@click.argument("form", metavar="FORMAT", type=OneOf(FORMATS))
@db_option
@click.option("--all", "everything", is_flag=True, help="Also works that only one of yours cites.")
def export(form: str, place: Place, everything: bool) -> None:
    """Write the graph to stdout: your notes, what they cite, and what at least two of these cite.

    FORMAT is graphml (Gephi, yEd, networkx), dot (Graphviz), json, or svg (to look at).

    \b
    Examples:
      litdb graph export graphml > graph.graphml
      litdb graph export svg --all > graph.svg
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
    from litdb.commands.naming import find

    with library_of(place) as connection:
        return find(connection, name).identifier


def _print(
    library: Drawn, found: Sequence[tuple[Identifier, Sequence[Tie]]], in_words: Sequence[str], as_json: bool
) -> None:
    """Works, each with the citations that speak of it, those of one's own first.

    `in_words` are references of which nobody knows which work they mean.
    """
    from litdb.commands.graphing import said_json, words_of

    found = sorted(found, key=lambda each: not library.nodes[each[0]].cited)
    if as_json:
        works = [said_json(library.nodes[work], ties) for work, ties in found]
        print_json({"works": works, "in_words": in_words})
        return
    for work, ties in found:
        say(_line(library, work))
        if words := words_of(ties):
            say(f"    “{words}”")
    for each in in_words:
        say(f"In words only: {each}")
    if not found and not in_words:
        tell("None that is known. “litdb crawl --depth 1” asks what papers cite.")


def _line(library: Drawn, work: Identifier) -> str:
    node = library.nodes[work]
    return ", ".join(filter(None, (node.key, node.label, node.date, node.url)))
