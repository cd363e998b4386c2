"""The pages of the pictures, and the pictures alone as files."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette import Response
from markupsafe import Markup

from litdb.browse.pictures import svg
from litdb.browse.pictures.drawing import charts_are_there
from litdb.browse.pictures.graph import best, graph_of, graph_picture, named, page_of, start
from litdb.browse.pictures.look import COLOURS, VIEWS, Look
from litdb.browse.pictures.looked import Looked
from litdb.browse.pictures.neighbourhood import FEWEST, MOST, USUAL, neighbourhood
from litdb.browse.pictures.network import graphs_are_there
from litdb.browse.pictures.picture import Picture
from litdb.browse.pictures.reading import reading_over_time
from litdb.browse.pictures.timeline import works_by_date
from litdb.browse.rendering import HEADERS
from litdb.browse.serving import Served, served
from litdb.browse.showing import missing, number_asked, pairs_asked, shown
from litdb.database import browsing
from litdb.database.pictures import Spot

if TYPE_CHECKING:
    from sqlite3 import Connection

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

INSTALL = "Pictures need a part of litdb that is not installed: pip install 'litdb-notes[pictures]'."
NOTHING = "There is nothing to draw."
SVG_TYPE = "image/svg+xml; charset=utf-8"
MAKERS = {"works": works_by_date, "reading": reading_over_time}


async def timeline(request: Request, datasette: Datasette) -> Response:
    """Works by date, or reading over time; of the works that the reference list would show."""
    library = await served(datasette, request)
    look, catalogue = Look.of(pairs_asked(request)), await library.catalogue()

    def question(connection: Connection) -> Picture:
        return catalogue.once(look, lambda: MAKERS[look.view](Looked(connection, catalogue, look, library.links)))

    picture = await library.ask(question)
    if request.url_vars.get("form"):
        return await _file(picture, charts_are_there())
    found = {"asked": look.asked, "look": look, "views": VIEWS, "colours": COLOURS}
    found["file"] = library.links.timeline(look.query, "svg")
    return await _page(library, request, "litdb_timeline.html", picture, charts_are_there(), found)


async def graph(request: Request, datasette: Datasette) -> Response:
    """What is near a note or work; without one the best connected."""
    library = await served(datasette, request)
    note, work = (request.args.get(name) or "" for name in ("note", "of"))
    if not note and not work:
        return await _start(library, request)
    centre = await library.ask(partial(_spot, note=note, work=work))
    if centre is None:
        return await missing(library, request, f"The library has no note or reference “{(note or work)[:200]}”.")
    most = min(MOST, max(FEWEST, number_asked(request, "n", USUAL)))
    near = await library.ask(partial(neighbourhood, centre=centre, most=most))
    picture, facts = graph_picture(near, library.links), near.facts[centre]
    if request.url_vars.get("form"):
        return await _file(picture, graphs_are_there())

    def sized(size: int, form: str = "") -> str:
        return graph_of(facts, library.links, size, form)

    found = {
        "page": page_of(facts, library.links),
        "more": sized(min(MOST, 2 * most)) if near.goes_on and most < MOST else "",
        "fewer": sized(most // 2) if most // 2 >= FEWEST else "",
        "file": sized(most, "svg"),
    }
    return await _page(library, request, "litdb_graph.html", picture, graphs_are_there(), found)


async def _start(library: Served, request: Request) -> Response:
    catalogue = await library.catalogue()
    lists = await library.ask(partial(start, catalogue=catalogue))
    shown_best = await library.ask(partial(best, lists=lists))
    picture = graph_picture(shown_best, library.links)
    if request.url_vars.get("form"):
        return await _file(picture, graphs_are_there())
    found = {"lists": named(lists, shown_best.facts, library.links), "file": library.links.graph(form="svg")}
    return await _page(library, request, "litdb_graph.html", picture, graphs_are_there(), found)


def _spot(connection: Connection, note: str, work: str) -> Spot | None:
    """The node that an address names."""
    if note:
        found = browsing.note(connection, note)
        return Spot("note", found["id"]) if found else None
    row = browsing.work_id(connection, work)
    return None if row is None else Spot("work", row)


async def _page(
    library: Served, request: Request, template: str, picture: Picture, can_draw: bool, found: Mapping[str, Any]
) -> Response:
    text = svg.in_page(await asyncio.to_thread(picture.draw)) if can_draw and picture.rows else ""
    drawing = Markup(text)  # noqa: S704 - lxml has escaped what is in it
    always = {"picture": picture, "drawing": drawing, "lacking": "" if can_draw else INSTALL}
    return await shown(library, request, template, {**always, **found})


async def _file(picture: Picture, can_draw: bool) -> Response:
    """The picture alone; what cannot be drawn is said in words."""
    if not can_draw or not picture.rows:
        return Response.text(f"{NOTHING if can_draw else INSTALL}\n", status=404)
    text = svg.as_file(await asyncio.to_thread(picture.draw))
    return Response(text, headers={**HEADERS, "content-security-policy": svg.file_policy()}, content_type=SVG_TYPE)
