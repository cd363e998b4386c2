"""litdb demo: a small invented library, crawled on a web of its own."""

from __future__ import annotations

import os
from importlib.resources import as_file
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import click

from litdb.commands.opening import library_of
from litdb.commands.options import json_option
from litdb.commands.printing import say, tell
from litdb.errors import LitdbError, UsageError
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
    if find_spec("trustme") is None:
        raise LitdbError("The demo's web needs the package trustme. Install it with: pip install 'litdb-notes[demo]'")
    if folder:
        _crawl(_new(folder), as_json)
        return
    with TemporaryDirectory(prefix="litdb-demo-") as temporary:
        _crawl(place_of(f"{temporary}/"), as_json)
    tell("The demo's library and exports are gone again; “litdb demo --db demo/” keeps them.")


def _new(folder: str) -> Place:
    """The place in a folder of the demo's own, so that nothing invented gets among real notes and works."""
    path = Path(folder)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError(f"{folder} is there and not empty. The demo needs a folder of its own: name a new one.")
    return place_of(f"{folder}/")


def _crawl(place: Place, as_json: bool) -> None:
    from litdb.commands.manner import Manner
    from litdb.commands.session import learn
    from litdb.commands.summary import print_summary
    from litdb.demo.library import demo_notes, demo_web
    from litdb.run import Run
    from litdb.text.times import utc_now

    notes = place.folder / "notes"
    with as_file(demo_notes()) as made:
        copytree(made, notes)
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

    with library_of(place) as connection:
        attention, works = queries.needing_attention(connection), queries.works(connection)
    for row in attention:
        say(f"refused or unknown: {row['title']}: {row['outcome']}, {row['reason']}")
    for work in works:
        if len(work.identifiers) > 1:
            say(f"one work, several names: {work.label} = {', '.join(str(each) for each in work.identifiers)}")
    for line in conflict_lines(place):
        say(f"they disagree: {line}")
