"""The pages: each asks the library once, and is shown by a template of its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from datasette import Response

from litdb.browse import rendering
from litdb.browse.asked import Asked
from litdb.browse.links import Links
from litdb.browse.listing import list_page, rows_asked
from litdb.browse.looking import (
    attention_page,
    home_page,
    note_page,
    notes_page,
    person_page,
    reference_page,
    unknown_page,
)
from litdb.browse.rendering import ASSETS
from litdb.browse.serving import given, served
from litdb.browse.showing import missing, number_asked, pairs_asked, shown
from litdb.browse.streaming import file_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request


async def asset(request: Request) -> Response:
    """The style sheet or the script; its address changes with its content."""
    name = request.url_vars["name"]
    headers = {"cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff"}
    return Response(rendering.asset(name), headers=headers, content_type=ASSETS[name])


async def home(request: Request, datasette: Datasette) -> Response:
    """Search, what there is, and what needs attention."""
    library = await served(datasette, request)
    catalogue = await library.catalogue()
    found = await library.ask(partial(home_page, catalogue=catalogue))
    return await shown(library, request, "litdb_home.html", found)


async def references(request: Request, datasette: Datasette) -> Response:
    """The cited works, searched, narrowed and sorted; as a page or a file."""
    library = await served(datasette, request)
    asked, catalogue = Asked.of(pairs_asked(request)), await library.catalogue()
    if form := request.url_vars.get("form"):
        rows = await library.ask(partial(rows_asked, catalogue=catalogue, asked=asked))
        return await file_of(library, request, form, rows, "references")
    found = await library.ask(partial(list_page, catalogue=catalogue, asked=asked))
    links = library.links
    found["page_link"] = lambda number: links.references(asked.at(number))
    found["file_link"] = lambda form: links.references(asked.at(1), form)
    return await shown(library, request, "litdb_references.html", found)


async def reference(request: Request, datasette: Datasette) -> Response:
    """One work with all that is known about it; an unknown key gets those near it."""
    library, name, number = await served(datasette, request), given(request, "key"), number_asked(request, "page")
    found = await library.ask(partial(reference_page, name=name, number=number))
    if found is None:
        near = await library.ask(partial(unknown_page, name=name))
        return await shown(library, request, "litdb_unknown.html", near, 404)
    if form := request.url_vars.get("form"):
        return await file_of(library, request, form, [found["row"]], name)
    here = library.links.work(found["work"])
    if found["work"].key not in ("", name):
        return Response.redirect(here)
    return await shown(library, request, "litdb_reference.html", found | _pages(here, number))


async def note(request: Request, datasette: Datasette) -> Response:
    """One note: its dated list, and every mention in it."""
    library, path = await served(datasette, request), given(request, "note")
    number, line = number_asked(request, "page"), number_asked(request, "line")
    found = await library.ask(partial(note_page, path=path, number=number, line=line))
    if found is None:
        return await missing(library, request, f"The library has no note “{path}”.")
    if form := request.url_vars.get("form"):
        return await file_of(library, request, form, found["all_works"], path)
    links = library.links
    found["file_link"] = lambda form: links.note(path, form=form)
    return await shown(library, request, "litdb_note.html", _pages(links.note(path), number) | found)


async def person(request: Request, datasette: Datasette) -> Response:
    """What someone wrote or edited."""
    library, name = await served(datasette, request), given(request, "person")
    number = number_asked(request, "page")
    found = await library.ask(partial(person_page, name=name, number=number))
    if found is None:
        return await missing(library, request, f"The library has no work by “{name}”.")
    if form := request.url_vars.get("form"):
        return await file_of(library, request, form, found["all_works"], name)
    links = library.links
    found["file_link"] = lambda form: links.person(name, form)
    return await shown(library, request, "litdb_person.html", found | _pages(links.person(name), number))


async def notes(request: Request, datasette: Datasette) -> Response:
    """The notes that were read."""
    library, number = await served(datasette, request), number_asked(request, "page")
    catalogue = await library.catalogue()
    found = await library.ask(partial(notes_page, catalogue=catalogue, number=number))
    return await shown(library, request, "litdb_notes.html", found | _pages(library.links.notes, number))


async def attention(request: Request, datasette: Datasette) -> Response:
    """What is not as good as it should be."""
    library, number = await served(datasette, request), number_asked(request, "page")
    catalogue = await library.catalogue()
    found = await library.ask(partial(attention_page, catalogue=catalogue, number=number))
    return await shown(library, request, "litdb_attention.html", found | _pages(library.links.attention, number))


def _pages(path: str, number: int) -> dict[str, Any]:
    """The page of a list that is shown, and the way to the others."""
    return {"number": number, "page_link": lambda other: Links.page(path, other)}
