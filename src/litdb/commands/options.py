"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from litdb.errors import UsageError
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


def own_db_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--db` option of a command that writes: it waits for its turn, then has the library to itself.

    A wrong call is told before that, and makes no file.
    """

    @wraps(command)
    def alone(*args: Any, place: Place, **more: Any) -> Any:  # noqa: ANN401 - whatever the command takes and gives
        from litdb.commands.printing import tell
        from litdb.files.lock import Lock

        with Lock(place.library, tell=tell):
            return command(*args, place=place, **more)

    return db_option(alone)


def paths_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `[PATH…]` of the notes. An empty one is a slip (a shell's variable that is not set), not this folder."""
    return click.argument("paths", metavar="[PATH…]", nargs=-1, callback=_no_empty)(command)


def _no_empty(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    if "" in values:
        raise UsageError("A PATH is empty. Name the folder that holds your notes, or “.” for this one.")
    return values


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--json` option: data for programs, as `docs/json.md` describes it."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, as docs/json.md describes it.")(command)
