"""litdb forget: a note or a work, with all that was kept of it."""

from __future__ import annotations

import sys

import click

from litdb.commands import offering
from litdb.commands.options import json_option, own_db_option
from litdb.commands.printing import print_json, say, tell
from litdb.errors import UsageError
from litdb.files.place import Place


@click.command("forget")
@click.argument("name", metavar="NOTE|KEY|URL", shell_complete=offering.keys)
@click.option("--dry-run", is_flag=True, help="Only say what would go and what would stay.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@own_db_option
@json_option
def command(name: str, dry_run: bool, yes: bool, place: Place, as_json: bool) -> None:
    """Forget a work, or a note and the works that it alone cites: library, answers, attempts and keys.

    Nothing of it is left in the files of library and journal, and nothing brings it back but asking the web again.
    What stays is said with the reason: an answer that tells of other works too, a note that still stands in its folder.

    \b
    Examples:
      litdb forget notes/private.md --dry-run
      litdb forget https://example.org/never-mind --yes
    """
    from litdb.commands.forgetting import carry_out, plan

    found = plan(place, name)
    if not as_json:
        for line in found.goes:
            say(line)
        for line in found.stays:
            say(f"Stays: {line}")
    if not (dry_run or yes) and (as_json or not sys.stdin.isatty()):
        raise UsageError("Forgetting cannot be undone: say --yes, or look first with --dry-run.")
    is_done = not dry_run and (yes or click.confirm("Forget this for good?", err=True))
    problems = carry_out(place, found) if is_done else []
    if as_json:
        print_json(found.data() | {"forgotten": is_done, "problems": problems})
        return
    for problem in problems:
        tell(problem)
    tell("Forgotten." if is_done else "Nothing was forgotten.")
