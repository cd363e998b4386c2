"""litdb demo: a small invented library, crawled on a web of its own."""

from __future__ import annotations

import os
from importlib.resources import as_file
from shutil import copytree
from tempfile import TemporaryDirectory

import click

from litdb.commands.options import json_option
from litdb.commands.printing import say, tell
from litdb.errors import LitdbError
from litdb.files.place import Place, place_of


@click.command("demo")
@click.option(
    "--db", "folder", metavar="DIR", help="Keep the demo's library here; otherwise it goes when it has ended."
)
@json_option
def command(folder: str | None, as_json: bool) -> None:
    """Crawl a small invented library on a little web on this machine: nothing leaves it.

    There is a refusal, a moved link, a merge and a conflict to watch. Every work, person and date in it is invented.

    \b
    Examples:
      litdb demo
      litdb demo --db demo/ && litdb browse --db demo/
    """
    tell("A demo: every work, person and date in it is invented, and nothing leaves this machine.")
    with TemporaryDirectory(prefix="litdb-demo-") as temporary:
        _crawl(place_of(f"{folder or temporary}/"), as_json)


def _crawl(place: Place, as_json: bool) -> None:
    try:
        from litdb.demo.library import demo_notes, demo_web
    except ModuleNotFoundError as error:
        raise LitdbError(
            "The demo's web needs the package trustme. Install it with: pip install 'litdb-notes[demo]'"
        ) from error
    from litdb.commands.session import Manner, learn, print_summary
    from litdb.run import Run
    from litdb.text.times import utc_now

    notes = place.folder / "notes"
    with as_file(demo_notes()) as made:
        copytree(made, notes, dirs_exist_ok=True)
    with demo_web() as web:
        before = dict(os.environ)
        os.environ.update(web.environment())
        try:
            with Run(place, [notes], utc_now) as run:
                summary = learn(run, Manner())
        finally:
            os.environ.clear()
            os.environ.update(before)
    print_summary(summary, as_json)
    if not as_json:
        _point_out(place)


def _point_out(place: Place) -> None:
    """What there is to watch: the refusal, the moved link, the merge, the conflict."""
    from litdb.commands.conflicts import conflict_lines
    from litdb.database import queries
    from litdb.database.connection import open_for_reading

    connection = open_for_reading(place.library)
    for row in queries.needing_attention(connection):
        say(f"refused or unknown: {row['title']}: {row['outcome']}, {row['reason']}")
    for work in queries.works(connection):
        if len(work.identifiers) > 1:
            say(f"one work, several names: {work.label} = {', '.join(str(each) for each in work.identifiers)}")
    connection.close()
    for line in conflict_lines(place):
        say(f"they disagree: {line}")
