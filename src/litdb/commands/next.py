"""litdb next: what to read next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, tell
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.commands.graphing import Drawn
    from litdb.graph import Suggestion

_SHOWN = 3
"""So many of the works that cite a suggestion are named with their words."""


@click.command("next")
@db_option
@click.option("--limit", metavar="N", type=click.IntRange(0), default=20, show_default=True, help="At most so many.")
@click.option(
    "--least", metavar="N", type=click.IntRange(1), default=2, show_default=True, help="Cited by so many of yours."
)
@click.option("--type", "types", metavar="TYPE", multiple=True, help="Only works of this type (post, preprint …).")
@json_option
def command(place: Place, limit: int, least: int, types: tuple[str, ...], as_json: bool) -> None:
    """Say what several of your works cite and your notes do not, with the reasons.

    Every work of yours has one voice, whatever number of versions it has. Of works with as many voices that comes first
    which weighs more (PageRank from your works): the voice of one that cites few counts more. What papers cite is asked
    by “litdb crawl --depth 1”; what pages link to is read from the answers that are kept.

    \b
    Examples:
      litdb next
      litdb next --least 3 --limit 5
      litdb next --type post --json
    """
    from litdb.commands.graphing import drawn

    library = drawn(place)
    found = [each for each in library.graph.to_read(least) if not types or library.nodes[each.work].type in types]
    if as_json:
        print_json([_as_json(each, library) for each in found[:limit]])
        return
    for place_in_list, each in enumerate(found[:limit], 1):
        _say(place_in_list, each, library)
    if len(found) > limit:
        tell(f"{len(found) - limit} more: --limit shows more of them.")
    if not found:
        tell(
            f"Nothing that {least} of your works {'cites' if least == 1 else 'cite'} is missing from your notes, as "
            "far as is known. “litdb crawl --depth 1” asks what papers cite."
        )


def _say(number: int, suggestion: Suggestion, library: Drawn) -> None:
    from litdb.commands.graphing import words_of

    work = library.nodes[suggestion.work]
    facts = ", ".join(filter(None, (work.people, work.date, work.type)))
    say(f"{number:>3}. {work.label} ({facts})")
    say(f"     {work.url}")
    say(f"     cited by {len(suggestion.by)} of yours:")
    for voice in suggestion.by[:_SHOWN]:
        citing = library.nodes[voice]
        words = words_of(library.evidence(voice, suggestion.work))
        say(f"       {citing.key or citing.label}{f': “{words}”' if words else ''}")
    if len(suggestion.by) > _SHOWN:
        say(f"       and {len(suggestion.by) - _SHOWN} more")


def _as_json(suggestion: Suggestion, library: Drawn) -> dict[str, object]:
    from litdb.commands.graphing import node_json, said_json

    reasons = [said_json(library.nodes[each], library.evidence(each, suggestion.work)) for each in suggestion.by]
    told = {"works": [str(each) for each in suggestion.versions], "votes": len(reasons), "weight": suggestion.weight}
    return node_json(library.nodes[suggestion.work]) | told | {"by": reasons}
