"""litdb check: what is wrong with links, works and keys, by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from litdb.commands import INTERRUPTED
from litdb.commands.manner import Manner
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, tell
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.checks.codes import Code
    from litdb.checks.findings import Finding
    from litdb.commands.checking import Scope
    from litdb.commands.summary import Summary

FOUND = 3

_DONE = {"links": "Links", "archive": "Copies in the archive"}


@click.command("check")
@click.argument("names", metavar="[PATH|KEY…]", nargs=-1)
@db_option
@click.option("--select", metavar="CODES", multiple=True, help="Only these: codes, names, or how codes begin (L,W001).")
@click.option("--ignore", metavar="CODES", multiple=True, help="All but these.")
@click.option("--links", is_flag=True, help="First look at the links for which nothing that is kept vouches.")
@click.option("--archive", is_flag=True, help="First ask the Wayback Machine for copies of what is dead or dying.")
@click.option("--strict", is_flag=True, help=f"Exit with {FOUND} for warnings too, not only for errors.")
@click.option("--explain", metavar="CODE", help="Say what a code means and what to do, and check nothing.")
@click.option("--contact", metavar="MAIL-OR-URL", default="", help="Whom a site can reach; goes into the User-Agent.")
@click.option("--allow-private", metavar="HOST", multiple=True, help="A private host that may be asked, by name.")
@click.option("-s", "--silent", is_flag=True, help="No progress.")
@json_option
def command(
    names: tuple[str, ...],
    place: Place,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    links: bool,
    archive: bool,
    strict: bool,
    explain: str | None,
    contact: str,
    allow_private: tuple[str, ...],
    silent: bool,
    as_json: bool,
) -> None:
    """Find dead links, missing dates, doubtful titles and more, in the whole library or in what PATH or KEY names.

    Without --links and --archive nobody is asked: links are judged by all looks at them that are kept, over the days.
    A link is dead only after failing on three different days, so run --links now and then. It ends with 3 where there
    is an error, with --strict also for a warning; hints never count.

    \b
    Examples:
      litdb check
      litdb check notes/reading.md --select L
      litdb check --links --archive
      litdb check --strict --ignore W006,stale --json
      litdb check --explain L002
    """
    from litdb.checks.codes import chosen, code_named
    from litdb.commands.checking import findings, scope_of

    if explain:
        _explain(code_named(explain), as_json)
        return
    wanted = chosen(select, ignore)
    scope = scope_of(place, names)
    manner = Manner(contact, frozenset(allow_private), silent=silent)
    asked = _ask(place, scope, manner, [kind for kind, is_on in (("links", links), ("archive", archive)) if is_on])
    found = [each for each in findings(place, scope) if each.code.code in wanted]
    if as_json:
        print_json([_as_json(each) for each in found])
    else:
        _print(found)
    if any(summary.interrupted for summary in asked):
        raise click.exceptions.Exit(INTERRUPTED)
    levels = ("error", "warning") if strict else ("error",)
    if any(each.code.level in levels for each in found):
        raise click.exceptions.Exit(FOUND)


def _ask(place: Place, scope: Scope, manner: Manner, kinds: Sequence[str]) -> list[Summary]:
    """Look at links, ask for copies, as far as is wanted; what each run did."""
    from litdb.commands.checking import addresses
    from litdb.commands.looking import Archiving, Looking
    from litdb.commands.session import learn
    from litdb.files.lock import Lock

    runs = {"links": Looking, "archive": Archiving}
    asked: list[Summary] = []
    for kind in kinds:
        with Lock(place.library), runs[kind](place, addresses(place, scope)) as run:
            asked.append(learn(run, manner))
        summary = asked[-1]
        tell(f"{_DONE[kind]}: {summary.requests} requests, {summary.answered} answered.")
        if summary.interrupted:
            break
    return asked


def _explain(code: Code, as_json: bool) -> None:
    if as_json:
        print_json(asdict(code))
        return
    for line in (f"{code.code} {code.name} ({code.level})", code.meaning, f"Example: {code.example}", code.advice):
        say(line)


def _print(found: Sequence[Finding]) -> None:
    for each in found:
        copy = f"; a copy: {each.archived}" if each.archived else ""
        say(f"{f'{each.place}: ' if each.place else ''}{each.code.code} {each.code.name}: {each.sentence}{copy}")
    levels = Counter(each.code.level for each in found)
    if not found:
        say("Nothing found.")
        return
    counts = ", ".join(f"{count} {level}{'' if count == 1 else 's'}" for level, count in sorted(levels.items()))
    tell(f"{counts}. What a code means and what to do: litdb check --explain {found[0].code.code}")


def _as_json(finding: Finding) -> dict[str, object]:
    place, health = finding.place, finding.health
    return {
        "code": finding.code.code,
        "name": finding.code.name,
        "level": finding.code.level,
        "sentence": finding.sentence,
        "do": finding.do,
        "note": place.note if place else None,
        "line": (place.line if place else 0) or None,
        "column": (place.column if place else 0) or None,
        "key": finding.key or None,
        "identifier": finding.identifier or None,
        "url": finding.url or None,
        "reason": (health.reason if health else "") or None,
        "since": (health.since if health else "") or None,
        "looked_at": (health.looked_at if health else "") or None,
        "moved_to": (health.moved_to if health else "") or None,
        "archived": finding.archived or None,
    }
