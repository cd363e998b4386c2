"""litdb import: bibliographies of other tools, and the library of a running Zotero."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litdb.commands.options import json_option, own_db_option
from litdb.commands.printing import print_json, say, short_json, tell
from litdb.errors import LitdbError, UsageError
from litdb.files.place import Place
from litdb.zotero import ADDRESS

if TYPE_CHECKING:
    from litdb.checks.imported import Arrival
    from litdb.commands.importing import Imported
    from litdb.model import Work

_STANDINGS = {
    "known": "known from other notes",
    "new": "new",
    "own": "without DOI, arXiv number, ISBN or address: works of their own",
}
_MOST = 20
"""So many works are named; `--json` names all."""


@click.command("import")
@click.argument("files", metavar="[FILE…]", nargs=-1)
@own_db_option
@click.option(
    "--zotero",
    metavar="[ADDRESS]",
    is_flag=False,
    flag_value=ADDRESS,
    default="",
    help=f"The library of the Zotero that runs here (at {ADDRESS}), which is only read.",
)
@click.option("--dry-run", is_flag=True, help="Say what would come of it; change nothing.")
@json_option
def command(files: tuple[str, ...], place: Place, zotero: str, dry_run: bool, as_json: bool) -> None:
    """Take in bibliographies: .bib, CSL-JSON or RIS, as Zotero, Better BibTeX, JabRef, papis and others write them.

    Your keys stay. Entries are matched to works by DOI, arXiv number, ISBN and address; likely twins are offered,
    never merged. A copy of FILE is kept in imports/ beside the library and read like a note from then on, so that the
    fields that litdb does not know come back out. Importing a file of the same name again replaces the copy. Nobody
    on the web is asked: that is what “litdb crawl” does.

    With --zotero: what your library lacks of Zotero's, and Zotero's of yours.

    \b
    Examples:
      litdb import My\\ Library.bib
      litdb import export.json --dry-run
      litdb import --zotero --dry-run
    """
    from litdb.commands.importing import bring_in, read_bibliography, read_zotero, require_own_name

    if not (files or zotero):
        raise UsageError("Nothing to import: name a .bib, CSL-JSON or RIS file, or --zotero.")
    found = [read_zotero(place, zotero)] if zotero else []
    failed = False
    for file in files:
        try:
            bibliography = read_bibliography(place, Path(file))
            require_own_name(bibliography, found)
            found.append(bibliography)
        except LitdbError as error:
            failed = True
            tell(f"Error: {error}")
    imported = bring_in(place, found, dry_run) if found else []
    if as_json:
        print_json([_as_json(each) for each in imported])
    else:
        for each in imported:
            _print(each)
    if failed:
        raise click.exceptions.Exit(1)


def _print(imported: Imported) -> None:
    for problem in (*(imported.problems if imported.is_dry else ()), *imported.clashes):
        tell(problem)
    count = len(imported.arrivals)
    entries = f"{count} {'entry' if count == 1 else 'entries'}"
    say(f"{'Would import' if imported.is_dry else 'Imported'} {imported.file}: {entries}{_kept(imported)}")
    for standing, words in _STANDINGS.items():
        those = [each for each in imported.arrivals if each.standing == standing]
        if those:
            say(f"  {len(those)} {words}")
        if standing == "own":
            _list([_named(each) for each in those])
    for each in imported.twins:
        keys = each.one.key, each.other.key
        say(f"  {' and '.join(keys)}: {each.reason}. One work: litdb same {' '.join(keys)}")
    if imported.lacking is not None:
        _print_lacking(imported, imported.lacking)


def _kept(imported: Imported) -> str:
    if imported.is_dry:
        return ""
    if not imported.kept_as:
        return "; it lies among your notes and is read there"
    gone = f"; gone since the last time: {', '.join(imported.gone)}" if imported.gone else ""
    return f", kept as {imported.kept_as}{' (replaced)' if imported.replaced else ''}{gone}"


def _print_lacking(imported: Imported, lacking: Sequence[Work]) -> None:
    new = [each for each in imported.arrivals if each.standing != "known"]
    say(f"Your notes lack {len(new)} of {len(imported.arrivals)} in Zotero")
    _list([_named(each) for each in new if each.standing == "new"])
    say(f"Zotero lacks {len(lacking)} works of your notes")
    _list([f"{work.key}: {work.label}" for work in lacking])
    if lacking:
        say("  To take them over: litdb export csl-json --keys KEY,… and, in Zotero, File → Import")


def _list(lines: Sequence[str]) -> None:
    for line in lines[:_MOST]:
        say(f"    {line}")
    if len(lines) > _MOST:
        say(f"    … and {len(lines) - _MOST} more (--json names all)")


def _named(arrival: Arrival) -> str:
    return f"{_key(arrival)}: {arrival.title}" if _key(arrival) else arrival.title or str(arrival.identifier)


def _key(arrival: Arrival) -> str:
    return arrival.work.key if arrival.work and arrival.work.key else arrival.key


def _as_json(imported: Imported) -> dict[str, object]:
    found: dict[str, object] = {
        "file": imported.file,
        "kept_as": imported.kept_as or None,
        "replaced": imported.replaced,
        "arrivals": [
            {
                "line": each.line,
                "key": each.key or None,
                "now": _key(each) or None,
                "title": each.title,
                "identifier": str(each.identifier),
                "standing": each.standing,
            }
            for each in imported.arrivals
        ],
        "gone": list(imported.gone),
        "twins": [
            {"works": [short_json(each.one), short_json(each.other)], "reason": each.reason} for each in imported.twins
        ],
        "problems": list(imported.problems),
        "clashes": list(imported.clashes),
    }
    if imported.lacking is not None:
        found["zotero_lacks"] = [short_json(work) for work in imported.lacking]
    return found
