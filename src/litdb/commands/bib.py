"""litdb bib: a bibliography of URLs, at once and without a library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litdb.commands import INTERRUPTED, UNRESOLVED
from litdb.commands.slips import OneOf
from litdb.errors import UsageError

if TYPE_CHECKING:
    from litdb.export.versions import Version


@click.command("bib")
@click.argument("texts", metavar="[URL|FILE|-]…", nargs=-1)
@click.option("--tex", type=click.Path(path_type=Path), metavar="MAIN.tex", help="Only what this paper cites.")
@click.option(
    "--target",
    type=OneOf(["natbib", "acl", "biblatex"]),
    help="For what the .bib is, where its styles print other fields than BibTeX's own.",
)
@click.option(
    "--prefer",
    type=OneOf(["published", "preprint"]),
    help="Of versions of one paper only this one; eprint and keys stay.",
)
@click.option("-o", "--output", metavar="FILE", default="-", show_default=True, help="Where to write; - is stdout.")
@click.option("--contact", metavar="MAIL-OR-URL", default="", help="Whom a site can reach; goes into the User-Agent.")
@click.option("--offline", is_flag=True, help="Ask nobody; say what URLs and files tell.")
@click.option("--allow-private", metavar="HOST", multiple=True, help="A private host that may be asked, by name.")
@click.option("--strict", is_flag=True, help=f"Exit with {UNRESOLVED} when something could not be learnt.")
@click.option("-s", "--silent", is_flag=True, help="No progress.")
def command(
    texts: tuple[str, ...],
    tex: Path | None,
    target: str | None,
    prefer: Version | None,
    output: str,
    contact: str,
    offline: bool,
    allow_private: tuple[str, ...],
    strict: bool,
    silent: bool,
) -> None:
    """Print a .bib of what URLs or files cite, without a project: nothing is kept.

    FILE is a note of any kind or a list of URLs, “-” a list on stdin. What could not be reached is told on stderr.
    With --tex the .bib has what the paper cites by keys and URLs, its \\input files too; keys that a .bib beside it
    gives stay as they are.

    \b
    Examples:
      litdb bib https://arxiv.org/abs/1706.03762 > refs.bib
      litdb bib reading.md --tex main.tex -o refs.bib
      pbpaste | litdb bib - --target natbib > refs.bib
    """
    from litdb.commands.exports import bib_text, write_own
    from litdb.commands.manner import Manner
    from litdb.commands.passing import look_up, look_up_again, passing
    from litdb.commands.printing import tell

    if not texts and tex is None:
        raise UsageError("Nothing to look up: name URLs, a file, - for a list on stdin, or --tex main.tex.")
    with passing(texts, [tex] if tex else []) as made:
        found = look_up(made, Manner(contact, frozenset(allow_private), offline, silent), prefer)
        found = look_up_again(made, found, prefer)
    text = bib_text("bibtex", found.works, target or "")
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_own(Path(output), [text])
    for fault in found.faults:
        tell(fault)
    tell(f"Works: {len(found.works)}; to look at: {len(found.faults)}.")
    if found.summary.interrupted:
        raise click.exceptions.Exit(INTERRUPTED)
    if strict and found.faults:
        raise click.exceptions.Exit(UNRESOLVED)
