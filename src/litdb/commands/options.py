"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from litdb.files.place import Place, place_of


def _place(ctx: click.Context, _param: click.Parameter, value: str) -> Place:
    place = place_of(value)
    ctx.find_root().obj = place
    return place


def db_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--db` option; the command gets a `Place`."""
    return click.option(
        "--db",
        "place",
        metavar="DIR-OR-FILE",
        envvar="LITDB_DB",
        default="db/litdb.db",
        show_default=True,
        show_envvar=True,
        callback=_place,
        help="The library: a file, or the folder that holds litdb.db.",
    )(command)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--json` option: data for programs, as `docs/json.md` describes it."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, as docs/json.md describes it.")(command)
