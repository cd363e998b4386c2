"""litdb sources: who is asked, and how politely."""

from __future__ import annotations

from dataclasses import asdict

import click

from litdb.commands.options import json_option
from litdb.commands.printing import print_json, print_table
from litdb.model import Policy
from litdb.sources.protocol import Source


@click.command("sources")
@json_option
def command(as_json: bool) -> None:
    """List the sources in the order in which they claim a URL, with their lanes and intervals.

    \b
    Examples:
      litdb sources
      litdb sources --json
    """
    from litdb.sources import sources

    if as_json:
        print_json([_source_json(source) for source in sources()])
        return
    print_table(
        ("source", "about", "asks"),
        [(source.name, _about(source), "; ".join(_lane(policy) for policy in source.policies)) for source in sources()],
    )


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
