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


def _own_place(ctx: click.Context, param: click.Parameter, value: str) -> Place:
    from litdb.files.lock import Lock

    place = _place(ctx, param, value)
    ctx.with_resource(Lock(place.library))
    return place


def db_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--db` option; the command gets a `Place`."""
    return _db_option(_place)(command)


def own_db_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--db` option of a command that writes: it waits for its turn, then has the library to itself."""
    return _db_option(_own_place)(command)


def _db_option(callback: Callable[..., Place]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--db",
        "place",
        metavar="DIR-OR-FILE",
        envvar="LITDB_DB",
        default="db/litdb.db",
        show_default=True,
        show_envvar=True,
        callback=callback,
        help="The library: a file, or the folder that holds litdb.db.",
    )


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--json` option: data for programs, as `docs/json.md` describes it."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, as docs/json.md describes it.")(command)
