"""litdb facts: what public sources said of works, shared with others."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litdb.commands.options import db_option, json_option, own_db_option
from litdb.commands.printing import counted, print_json, say
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.commands.sharing import Taken


@click.group("facts")
def command() -> None:
    """Share what is known of works: identity, people, dates, venues and copies in archives, each with its evidence.

    A commons of facts is a folder of JSON lines that merges in git (docs/facts.md). Nothing of your notes, corrections
    and bibliographies goes into it, and no texts of works. What you import spares questions that others have asked,
    and counts only where nobody that you asked yourself says anything.

    \b
    Examples:
      litdb facts export commons/
      litdb facts import commons/
    """


@command.command("export")
@click.argument("target", metavar="[DIR]", default="-")
@db_option
@json_option
def export(target: str, place: Place, as_json: bool) -> None:
    """Write what your sources said as facts: into a folder, or to stdout.

    What others have put into DIR stays, but for what your library has read since from the same source. Left out are
    pages that you saved by hand, hosts that you have keys for, private addresses, and those with a key in them.

    \b
    Examples:
      litdb facts export commons/
      litdb facts export > facts.jsonl
    """
    from litdb.commands.sharing import STREAM, own_facts, share
    from litdb.facts.fact import to_line
    from litdb.files.commons import text_of

    facts = own_facts(place)
    if target == STREAM:
        click.echo(text_of(map(to_line, facts)), nl=False)
        return
    shared = share(facts, Path(target))
    if as_json:
        print_json({"commons": target, **asdict(shared)})
        return
    say(f"Written: {target}: {counted(shared.facts, 'fact')}, {counted(shared.changed, 'file')} changed")


@command.command("import")
@click.argument("source", metavar="DIR|FILE|-")
@click.option("--as", "name", metavar="NAME", default="", help="How it is called here; usually as the folder or file.")
@own_db_option
@json_option
def import_(source: str, name: str, place: Place, as_json: bool) -> None:
    """Take in a commons of facts: all of it, or nothing where a line is wrong.

    A copy is kept in facts/NAME/ beside the library. Importing NAME again replaces it; to be rid of it, delete that
    folder and crawl. Nobody on the web is asked: that is what “litdb crawl” does, for what the facts do not hold.

    \b
    Examples:
      litdb facts import commons/
      litdb facts import facts.jsonl --as friends
    """
    from litdb.commands.sharing import take_in

    taken = take_in(place, source, name)
    if as_json:
        print_json(asdict(taken))
    else:
        _print(taken)


def _print(taken: Taken) -> None:
    replaced = " (replaced)" if taken.replaced else ""
    say(f"Imported {taken.source}: {counted(taken.facts, 'fact')}, kept in {taken.kept_in}{replaced}")
    if taken.works:
        say(f"  it tells of {taken.told:,} of your {counted(taken.works, 'cited work')}")
