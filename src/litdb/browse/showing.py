"""What pages share: what was asked of them, and how they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from litdb.browse.asked import Asked, number_in
from litdb.browse.rendering import page

if TYPE_CHECKING:
    from datasette import Response
    from datasette.utils.asgi import Request

    from litdb.browse.serving import Served


def pairs_asked(request: Request) -> list[tuple[str, str]]:
    """The pairs of the query, in their order."""
    return [(name, value) for name in request.args for value in request.args.getlist(name)]


def number_asked(request: Request, name: str, usual: int = 1) -> int:
    """A number of the query; the usual one where there is none."""
    return number_in(request.args.get(name) or "", usual)


async def missing(library: Served, request: Request, sentence: str) -> Response:
    """The page of what is not there."""
    return await shown(library, request, "litdb_unknown.html", {"sentence": sentence, "near": []}, 404)


async def shown(
    library: Served, request: Request, template: str, found: Mapping[str, Any], status: int = 200
) -> Response:
    """A page with what every page knows."""
    always = {"asked": Asked(), "links": library.links, "library": library.name, "local": library.local}
    return await page(library.datasette, request, template, {**always, **found}, status)
