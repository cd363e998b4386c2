"""What litdb adds to Datasette's own pages, where they show a library."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from datasette import Response
from markupsafe import Markup

from litdb.browse.current import catalogue_of
from litdb.browse.forms import FORMS
from litdb.browse.links import Links
from litdb.browse.serving import is_library

if TYPE_CHECKING:
    from datasette.app import Datasette

Scope: TypeAlias = Mapping[str, Any]
App: TypeAlias = Callable[[Scope, Any, Any], Awaitable[None]]

FILES = tuple(f".{form}" for form in FORMS)
PAGE_ONLY = b"_nofacet=1&_nocount=1"
"""Leave out what a file does not show."""

INNER = "_"
"""How the names of Datasette's own databases begin."""


async def libraries(datasette: Datasette) -> list[Any]:
    """The databases that are litdb libraries."""
    return [each for name, each in datasette.databases.items() if not name.startswith(INNER) and await is_library(each)]


async def read_catalogues(datasette: Datasette) -> None:
    """Read what the lists are narrowed by."""
    for database in await libraries(datasette):
        await catalogue_of(database)


async def linked_key(datasette: Datasette, database: str, key: str) -> Markup | None:
    """A key as a link to its reference; None in other databases."""
    served = datasette.get_database(database)
    if not await is_library(served):
        return None
    return Markup('<a href="{}">{}</a>').format(Links.of(datasette, served).reference(key), key)


async def links_home(datasette: Datasette) -> list[dict[str, str]]:
    """Links to the libraries."""
    return [
        {"href": Links.of(datasette, each).home, "label": f"Library: {each.name}"}
        for each in await libraries(datasette)
    ]


def home_first(datasette: Datasette, app: App) -> App:
    """Where a library is the only database, the first page of all leads to its own."""

    async def wrapped(scope: Scope, receive: object, send: object) -> None:
        if scope["type"] == "http" and scope["path"] == datasette.setting("base_url") and scope["method"] == "GET":
            there = [each for name, each in datasette.databases.items() if not name.startswith(INNER)]
            if len(there) == 1 and await is_library(there[0]):
                await Response.redirect(Links.of(datasette, there[0]).home).asgi_send(send)
                return
        await app(scope, receive, send)

    return wrapped


def only_rows(app: App) -> App:
    """A file of a list is asked for without the counts and facets of its page, which may take too long."""

    async def wrapped(scope: Scope, receive: object, send: object) -> None:
        if scope["type"] == "http" and scope["path"].endswith(FILES):
            scope = {**scope, "query_string": b"&".join(filter(None, (scope["query_string"], PAGE_ONLY)))}
        await app(scope, receive, send)

    return wrapped
