"""litdb export: the library as files for other tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import click

from litdb.commands import offering
from litdb.commands.opening import library_of
from litdb.commands.options import db_option
from litdb.commands.slips import OneOf
from litdb.errors import UsageError
from litdb.files.place import Place
from litdb.model import Work, WorkType

FORMATS = ("bibtex", "biblatex", "csl-json", "ris", "csv", "jsonl", "markdown", "html", "references")

ONLY_FOR: Mapping[str, Sequence[str]] = {
    "target": ("bibtex",),
    "style": ("html", "references"),
    "fragment": ("html",),
    **dict.fromkeys(
        ("template", "date", "order", "marker", "people", "headings", "undated", "archived", "cite_keys"),
        ("references",),
    ),
}
"""Options that only some formats have."""


@click.command("export")
@click.argument("kind", metavar="FORMAT", type=OneOf(FORMATS))
@db_option
@click.option(
    "--note",
    metavar="NOTE",
    default="",
    shell_complete=offering.notes,
    help="Only what this note cites, in its order where there is one.",
)
@click.option(
    "--type",
    "types",
    metavar="TYPE",
    multiple=True,
    type=OneOf(get_args(WorkType)),
    help="Only works of this type (post, preprint, tweet …); may be repeated.",
)
@click.option("--since", metavar="DATE", default="", help="Only works from this day, month or year on.")
@click.option("--query", metavar="WORDS", default="", help="Only works in which all these words occur, as in search.")
@click.option(
    "--keys",
    metavar="FILE-OR-LIST",
    shell_complete=offering.further_keys,
    help="Only these keys: a,b or a file with them (main.tex).",
)
@click.option("--all", "everything", is_flag=True, help="Also works that no note cites (they have no key in a .bib).")
@click.option(
    "--prefer",
    type=OneOf(["published", "preprint"]),
    help="Of versions of one paper only this one; eprint and keys stay.",
)
@click.option(
    "--target",
    type=OneOf(["natbib", "acl", "biblatex"]),
    help="For what the .bib is, where its styles print other fields than BibTeX's own.",
)
@click.option("--style", metavar="FILE.csl", help="A CSL style for html and references (needs litdb-notes[csl]).")
@click.option("--fragment", is_flag=True, default=None, help="HTML without the page round it.")
@click.option("--template", metavar="FILE", help="A Jinja2 template for references.")
@click.option("--date", metavar="PATTERN", help="Dates in lists: DD.MM.YYYY, %-d %B %Y, relative …")
@click.option("--order", metavar="ORDER", help="Order of lists: note, date, newest, author, type, title or key.")
@click.option("--marker", metavar="MARK", help="What begins an item: 1. 1) - or *")
@click.option("--people", metavar="WHO", help="People in lists: all (three at most), full, short, first or none.")
@click.option("--headings", metavar="WHAT", help="Headings in lists: year, type or none.")
@click.option("--undated", metavar="TEXT", help="What stands for a date that is not known, such as n.d.")
@click.option("--archived", is_flag=True, default=None, help="In lists, link to an archive's copy as well.")
@click.option("--cite-keys", is_flag=True, default=None, help="In lists, add [@key] to every item.")
@click.option("-o", "--output", metavar="FILE", default="-", show_default=True, help="Where to write; - is stdout.")
def command(kind: str, place: Place, output: str, **options: Any) -> None:  # noqa: ANN401 - click's own
    """Write the works for other tools: for LaTeX, pandoc, Zotero, EndNote, spreadsheets, programs, or to read.

    FORMAT is bibtex, biblatex, csl-json, ris, csv, jsonl, markdown (a list with [@key]), html or references (a dated
    list).

    \b
    Examples:
      litdb export bibtex -o references.bib
      litdb export biblatex --note seeds/what-is-alignment.md
      litdb export csl-json --type preprint --since 2022
      litdb export bibtex --keys main.tex --prefer published --target natbib
      litdb export references --order newest --headings year --date "%-d %B %Y"
      litdb export html --style apa.csl -o references.html
    """
    from litdb.commands.choosing import Wanted, chosen
    from litdb.commands.exports import marked, write_own

    _require_fitting(kind, options)
    wanted = {name: options.pop(name) for name in ("note", "types", "since", "query", "keys", "everything", "prefer")}
    with library_of(place) as connection:
        works = chosen(place, connection, Wanted(**wanted))
    pieces = _pieces(kind, place, works, options)
    if output != "-":
        write_own(Path(output), [marked("".join(pieces), kind, Path(output))])
        return
    for piece in pieces:
        click.echo(piece, nl=False)


def _require_fitting(kind: str, options: Mapping[str, object]) -> None:
    """Nothing, if all options are for this format; else a `UsageError`."""
    for name, kinds in ONLY_FOR.items():
        if options[name] is not None and kind not in kinds:
            raise UsageError(f"--{name.replace('_', '-')} is for {' and '.join(kinds)}, not for {kind}.")


def _pieces(kind: str, place: Place, works: Sequence[Work], options: dict[str, Any]) -> Iterable[str]:
    """The export, piece by piece."""
    from litdb.commands.exports import bib_text, styled, writers

    if kind in ("bibtex", "biblatex"):
        return [bib_text(kind, works, options["target"] or "")]
    if options["style"]:
        return styled(works, Path(options["style"]), is_html=kind == "html")
    if kind == "references":
        return [_references(place, works, options)]
    if options["fragment"]:
        from litdb.export.html import write_fragment

        return write_fragment(works)
    return writers()[kind](works)


def _references(place: Place, works: Sequence[Work], options: Mapping[str, Any]) -> str:
    """The list as litdb.toml wants it, and as the command line wants it instead."""
    from litdb.commands.exports import LIST_OPTIONS, list_style, read_template
    from litdb.export.references import ordered, reference_list
    from litdb.export.templates import render
    from litdb.files.settings import settings_for
    from litdb.text.times import utc_now

    given = {name: options[name.replace("-", "_")] for name in LIST_OPTIONS}
    said = {name: "true" if value is True else value for name, value in given.items() if value is not None}
    style = list_style({**settings_for(place, []).lists, **said}, utc_now()[:10])
    if options["template"]:
        return render(read_template(Path(options["template"])), ordered(works, style.order), style=style)
    return reference_list(works, style)
