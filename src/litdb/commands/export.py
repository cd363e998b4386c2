"""litdb export: the library as files for other tools."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from litdb.commands.options import db_option
from litdb.files.place import Place


@click.command("export")
@click.argument("kind", metavar="FORMAT", type=click.Choice(["bibtex", "biblatex", "references"]))
@db_option
@click.option("--note", metavar="NOTE", help="Only what this note cites, in its order where the format has one.")
@click.option("-o", "--output", metavar="FILE", default="-", show_default=True, help="Where to write; - is stdout.")
@click.option("--all", "everything", is_flag=True, help="Also works that no note cites (they have no key in a .bib).")
@click.option("--date", metavar="PATTERN", help="Dates in lists: DD.MM.YYYY, YYYY-MM-DD, Month D, YYYY …")
@click.option("--order", metavar="ORDER", help="Order of lists: note, date, title or key.")
@click.option("--marker", metavar="MARK", help="What begins an item: 1. 1) - or *")
@click.option("--people", metavar="WHO", help="People in lists: all, first or none.")
def command(kind: str, place: Place, note: str | None, output: str, everything: bool, **options: str | None) -> None:
    """Write BibTeX, BibLaTeX or dated reference lists.

    \b
    Examples:
      litdb export bibtex -o references.bib
      litdb export biblatex --note seeds/what-is-alignment.md
      litdb export references --order date --date YYYY-MM-DD
    """
    from litdb.commands.exports import bib_text, list_style, write_own
    from litdb.commands.list import note_path
    from litdb.database import queries
    from litdb.database.connection import open_for_reading
    from litdb.export.references import reference_list
    from litdb.gather import settings_for

    with closing(open_for_reading(place.library)) as connection:
        if note:
            works = queries.works_of_note(connection, note_path(queries.note_paths(connection), note))
        else:
            keyed = "key IS NOT NULL" if kind != "references" else "1" if everything else "cited"
            works = queries.works(connection, keyed)
    if kind == "references":
        lists = dict(settings_for(place, []).lists) | {name: value for name, value in options.items() if value}
        text = reference_list(works, list_style(lists))
    else:
        text = bib_text(kind, sorted(works, key=lambda work: work.key))
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_own(Path(output), text)
