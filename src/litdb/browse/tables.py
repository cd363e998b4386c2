"""Files of whatever Datasette lists: any table, view, search, row or query, however long.

Datasette gives a renderer one page of rows and stops queries at `max_returned_rows`. So the query itself is asked
again, without its limit, for the one column that tells which work a row is about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

from datasette import Response
from datasette.utils import sqlite_timelimit

from litdb.browse.forms import FORMS
from litdb.browse.links import Links
from litdb.browse.serving import Served, is_library
from litdb.browse.streaming import file_of
from litdb.database import telling

if TYPE_CHECKING:
    from sqlite3 import Connection

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Query: TypeAlias = tuple[str, Mapping[str, Any]]

MOST_MS = 20_000
"""So many milliseconds a query may take that is asked again."""

NOTHING_TO_CITE = "These rows name no works: a column “key”, “work”, “identifier” or “url” would tell which.\n"
NO_LIBRARY = "This is no litdb library, so litdb has nothing to cite from it.\n"

_LIMIT = re.compile(r"\s+limit\s+\d+(\s+offset\s+\d+)?\s*\Z", re.IGNORECASE)
_OF_THE_PAGE = frozenset({"_next", "_size", "_shape", "_extra", "_labels", "_col", "_nocol", "_facet", "_dl"})
"""Parameters that say how a page of a table looks, and not which rows belong to it."""


def renderers() -> list[dict[str, Any]]:
    """What Datasette is told about the forms of files."""
    return [{"extension": form, "render": partial(_render, form), "can_render": can_render} for form in FORMS]


async def can_render(datasette: Datasette, columns: Sequence[str], database: str, table: str | None) -> bool:
    """Whether rows tell which works they are about."""
    return bool(telling.telling_column(table or "", columns)) and await is_library(datasette.get_database(database))


async def _render(  # Datasette passes what the names of the parameters ask for
    form: str,
    datasette: Datasette,
    request: Request,
    database: str,
    table: str | None,
    sql: str | None,
    columns: Sequence[str],
    rows: Sequence[Any],
) -> Response:
    served = datasette.get_database(database)
    if not await is_library(served):
        return Response.text(NO_LIBRARY, status=400)
    column = telling.telling_column(table or "", columns)
    if not column:
        return Response.text(NOTHING_TO_CITE, status=400)
    library = Served(datasette, served, Links.of(datasette, served))
    if "pks" in request.url_vars:
        values = [row[columns.index(column)] for row in rows]
    elif table:
        values = await library.ask(_column(column, *await _table_query(datasette, request, database, table)))
    else:
        values = await library.ask(
            _column(column, sql or "", Given({name: request.args.get(name) for name in request.args}))
        )
    works = await library.ask(partial(telling.told, table=table or "", column=column, values=values))
    return await file_of(library, request, form, works, table or request.url_vars.get("table") or "query")


class Given(dict[str, str]):
    """The parameters of a query as the reader has given them; what is not given is empty, as Datasette has it."""

    def __missing__(self, name: str) -> str:
        return ""


def _column(column: str, sql: str, values: Mapping[str, Any]) -> Callable[[Connection], list[Any]]:
    """A question for one column of all rows of a query."""

    def question(connection: Connection) -> list[Any]:
        quoted = column.replace('"', '""')
        whole = f'SELECT "{quoted}" FROM ({sql.strip().rstrip(";")}\n)'  # noqa: S608 - the query is Datasette's
        with sqlite_timelimit(connection, MOST_MS):
            return [row[0] for row in connection.execute(whole, values)]

    return question


async def _table_query(datasette: Datasette, request: Request, database: str, table: str) -> Query:
    """The query behind a page of a table or view, without the page's limit."""
    kept = [(name, value) for name in request.args for value in request.args.getlist(name) if name not in _OF_THE_PAGE]
    plain = [("_size", "1"), ("_extra", "query"), ("_shape", "objects"), ("_nofacet", "1"), ("_nocount", "1")]
    path = datasette.urls.table(database, table, format="json") + "?" + urlencode([*kept, *plain])
    headers = {name: request.headers[name] for name in ("authorization", "cookie") if name in request.headers}
    answer = await datasette.client.get(path, headers=headers)
    query = json.loads(answer.text)["query"]
    return _LIMIT.sub("", query["sql"]), query["params"]
