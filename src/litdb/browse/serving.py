"""The library that a request is about: found, allowed, and asked in Datasette's own threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote
from weakref import WeakSet

from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, NotFound

from litdb.browse.current import catalogue_of
from litdb.browse.links import Links
from litdb.browse.local import Local, local_of
from litdb.database import browsing

if TYPE_CHECKING:
    from sqlite3 import Connection

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    from litdb.browse.catalogue import Catalogue

Found = TypeVar("Found")

NO_LIBRARY = "is no litdb library, or one of an older litdb, which “litdb crawl --offline” brings up to date."

_libraries: WeakSet[Any] = WeakSet()


@dataclass(frozen=True, slots=True)
class Served:
    """A library among Datasette's databases, and the addresses of its pages."""

    datasette: Datasette
    database: Database
    links: Links

    @property
    def name(self) -> str:
        """What the library is called."""
        return str(self.database.name)

    @property
    def local(self) -> Local | None:
        """How it is served to the user of this machine; None on a published copy."""
        return local_of(self.database.path)

    async def ask(self, question: Callable[[Connection], Found]) -> Found:
        """What a question to the open library answers."""
        found: Found = await self.database.execute_fn(question)
        return found

    async def catalogue(self) -> Catalogue:
        """What its list is narrowed and counted by."""
        return await catalogue_of(self.database)


async def served(datasette: Datasette, request: Request) -> Served:
    """The library that a request names. Raises Datasette's errors, with a sentence."""
    route = given(request, "database")
    try:
        database = datasette.get_database(route=route)
    except KeyError:
        raise NotFound(f"There is no database “{route}” here.") from None
    if not await is_allowed(datasette, request, database.name):
        raise Forbidden("view-database")
    if not await is_library(database):
        raise NotFound(f"“{database.name}” {NO_LIBRARY}")
    return Served(datasette, database, Links.of(datasette, database))


async def is_library(database: Database) -> bool:
    """Whether one of Datasette's databases is a litdb library; once it is, it stays one."""
    if database not in _libraries and await database.execute_fn(browsing.is_library):
        _libraries.add(database)
    return database in _libraries


async def is_allowed(datasette: Datasette, request: Request, database: str) -> bool:
    """Whether who asks may see a database: asked in the way of Datasette 1.0, else in that of 0.65."""
    actor = request.actor
    if hasattr(datasette, "allowed"):
        from datasette.resources import DatabaseResource

        return bool(await datasette.allowed(action="view-database", resource=DatabaseResource(database), actor=actor))
    return bool(
        await datasette.permission_allowed(actor, "view-instance", default=True)
        and await datasette.permission_allowed(actor, "view-database", resource=database, default=True)
    )


def given(request: Request, name: str) -> str:
    """A part of the address: written by Datasette's tildes, or by anybody's percent signs."""
    return str(tilde_decode(unquote(request.url_vars[name] or "")))
