"""litdb sources: who is asked, and how politely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from litdb.commands.options import json_option
from litdb.commands.printing import print_json, print_table, say
from litdb.commands.slips import did_you_mean, near
from litdb.errors import UsageError
from litdb.model import Policy
from litdb.sources.protocol import Source


@click.command("sources")
@click.argument("names", metavar="[SOURCE…]", nargs=-1)
@click.option("--check", is_flag=True, help="Ask each source for one work that is known, and compare what it says.")
@click.option("--cases", metavar="DIR", type=click.Path(path_type=Path), help="Write what came as cases for a test.")
@click.option("--contact", metavar="MAIL-OR-URL", default="", help="Whom a site can reach; goes into the User-Agent.")
@json_option
def command(names: tuple[str, ...], check: bool, cases: Path | None, contact: str, as_json: bool) -> None:
    """List the sources (or each SOURCE) in the order in which they claim a URL, with their lanes and intervals.

    With --check every source (or each SOURCE) is asked over the web for one work that is known for good; it ends with
    1 where one no longer says what it said. --cases keeps each answer as a folder that a test can read, without
    headers and contact, to send along with a report.

    \b
    Examples:
      litdb sources
      litdb sources --check
      litdb sources --check forum arxiv --cases broken/
    """
    from litdb.sources import sources

    known = {source.name: source for source in sources()}
    for name in names:
        if name not in known:
            meant = did_you_mean(near(name, known)) or "“litdb sources” lists them."
            raise UsageError(f"There is no source “{name}”. {meant}")
    if check or cases:
        _check(names, contact, cases, as_json)
        return
    listed = [known[name] for name in names or known]
    if as_json:
        print_json([_source_json(source) for source in listed])
        return
    print_table(
        ("source", "about", "asks"),
        [(source.name, _about(source), "; ".join(_lane(policy) for policy in source.policies)) for source in listed],
    )


def _check(wanted: Sequence[str], contact: str, cases: Path | None, as_json: bool) -> None:
    from litdb.asking import Asking
    from litdb.canary import case_files, sightings
    from litdb.commands.reaching import pace
    from litdb.files.replacing import replace_file
    from litdb.sources.known import KNOWN
    from litdb.text.times import utc_now
    from litdb.web.client import Client

    found = []
    for each in sightings(
        [known for known in KNOWN if not wanted or known.source in wanted],
        lambda: Asking(Client(contact=contact), pace()),
        utc_now,
    ):
        found.append(each)
        if not as_json:
            say(f"{each.known.source}: {'; '.join(each.complaints) or 'as known'}")
        for name, content in case_files(each) if cases else ():
            replace_file(Path(cases or ".", each.known.source, name), content)
    if as_json:
        print_json([{"source": s.known.source, "url": s.known.url, "complaints": list(s.complaints)} for s in found])
    if not all(each.is_well for each in found):
        raise click.exceptions.Exit(1)


def _about(source: Source) -> str:
    return (type(source).__doc__ or "").strip().partition("\n")[0]


def _lane(policy: Policy) -> str:
    return f"{', '.join(policy.hosts)} every {policy.interval:g} s, {policy.batch} a request"


def _source_json(source: Source) -> dict[str, object]:
    return {
        "name": source.name,
        "about": _about(source),
        "lanes": [asdict(policy) for policy in source.policies],
    }
