"""The library in Datasette: a plugin with pages for references, notes and people, and files of any list.

Datasette finds it by the entry point in the group `datasette`. It adds pages to libraries and leaves other databases
as they are. Everything is imported when Datasette asks for it, so litdb's own commands do not pay for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from pluggy import HookimplMarker

if TYPE_CHECKING:
    from datasette.app import Datasette
    from jinja2 import Environment

hookimpl = HookimplMarker("datasette")
"""What `datasette.hookimpl` is (docs.datasette.io, “Writing plugins”), without Datasette."""


@hookimpl
def register_routes() -> Sequence[tuple[str, Callable[..., Awaitable[Any]]]]:
    """The pages."""
    from litdb.browse.routes import ROUTES

    return ROUTES


@hookimpl
def register_output_renderer() -> Sequence[dict[str, Any]]:
    """The files of any list."""
    from litdb.browse.tables import renderers

    return renderers()


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """What templates make of texts from outside, and which pictures there can be."""
    from litdb.browse.pictures.drawing import charts_are_there
    from litdb.browse.pictures.network import graphs_are_there
    from litdb.browse.rendering import FILTERS

    env.filters.update(FILTERS)
    env.globals["litdb_draws"] = {"charts": charts_are_there(), "graphs": graphs_are_there()}


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Read the catalogues of the libraries and start what draws, so that the first page need not wait."""
    from litdb.browse.pictures.starting import warm_up
    from litdb.browse.stock import read_catalogues

    warm_up()
    return lambda: read_catalogues(datasette)


@hookimpl
def render_cell(value: object, column: str, database: str, datasette: Datasette) -> Callable[[], Awaitable[Any]] | None:
    """In Datasette's own tables a citation key leads to the reference."""
    from litdb.browse.stock import linked_key

    return (lambda: linked_key(datasette, database, value)) if column == "key" and isinstance(value, str) else None


@hookimpl
def menu_links(datasette: Datasette) -> Callable[[], Awaitable[list[dict[str, str]]]]:
    """From Datasette's own pages to those of the libraries."""
    from litdb.browse.stock import links_home

    return lambda: links_home(datasette)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """Where a library is all there is, it is the first page; files come without what only pages show."""
    from litdb.browse.stock import home_first, only_rows

    return lambda app: home_first(datasette, only_rows(app))
