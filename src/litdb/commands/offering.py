"""What a shell offers where a command wants a work, a note or a field: those of the library, read as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from litdb.errors import LitdbError

if TYPE_CHECKING:
    from sqlite3 import Connection

    from click import Context, Parameter
    from click.shell_completion import CompletionItem

MOST = 100
"""So many are offered at once."""


def keys(ctx: Context, _param: Parameter, begun: str) -> list[CompletionItem]:
    """The citation keys that begin so, case aside, with what they stand for."""
    from click.shell_completion import CompletionItem

    from litdb.database.browsing import keys_beginning

    with _library(ctx) as library:
        found = keys_beginning(library, begun, MOST) if library else []
    return [CompletionItem(row["key"], help=_short(row["label"])) for row in found]


def further_keys(ctx: Context, param: Parameter, begun: str) -> list[CompletionItem]:
    """The same for the last key of a list (`a,b`)."""
    from click.shell_completion import CompletionItem

    before, comma, last = begun.rpartition(",")
    return [CompletionItem(f"{before}{comma}{each.value}", help=each.help) for each in keys(ctx, param, last)]


def notes(ctx: Context, _param: Parameter, begun: str) -> list[CompletionItem]:
    """The notes whose paths begin so."""
    from click.shell_completion import CompletionItem

    from litdb.database.queries import note_paths

    with _library(ctx) as library:
        found = [path for path in note_paths(library) if path.startswith(begun)] if library else []
    return [CompletionItem(path) for path in found[:MOST]]


def fields(_ctx: Context, _param: Parameter, begun: str) -> list[CompletionItem]:
    """The fields of works that begin so."""
    from click.shell_completion import CompletionItem

    from litdb.corrections import FIELDS

    return [CompletionItem(field) for field in FIELDS if field.startswith(begun)]


@contextmanager
def _library(ctx: Context) -> Iterator[Connection | None]:
    """The library that is named or lies here; None where none can be read, as a shell has no room for errors."""
    from litdb.commands.opening import library_of
    from litdb.files.place import place_of

    try:
        with library_of(ctx.params.get("place") or place_of("db/litdb.db")) as connection:
            yield connection
    except LitdbError:
        yield None


def _short(label: str) -> str:
    from litdb.commands.printing import plain

    return plain(label)[:60]
