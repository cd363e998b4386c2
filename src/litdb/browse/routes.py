"""Which address is answered by which page."""

from __future__ import annotations

from litdb.browse.forms import FORMS
from litdb.browse.pages import asset, attention, home, note, notes, person, reference, references
from litdb.browse.pictures.pages import graph, timeline

FORM = rf"(?:\.(?P<form>{'|'.join(FORMS)}))?"
"""The end of an address that asks for a file instead of a page: `.bib`."""

PICTURE = r"(?:\.(?P<form>svg))?"
"""The end of an address that asks for a picture alone."""

LIBRARY = r"/(?P<database>[^/]+)/-"

ROUTES = (
    (r"/-/litdb/(?P<name>style\.css|litdb\.js|picture\.css|picture\.js)$", asset),
    (rf"{LIBRARY}/home$", home),
    (rf"{LIBRARY}/references{FORM}$", references),
    (rf"{LIBRARY}/reference/(?P<key>[^/]+?){FORM}$", reference),
    (rf"{LIBRARY}/notes$", notes),
    (rf"{LIBRARY}/note/(?P<note>[^/]+?){FORM}$", note),
    (rf"{LIBRARY}/person/(?P<person>[^/]+?){FORM}$", person),
    (rf"{LIBRARY}/attention$", attention),
    (rf"{LIBRARY}/timeline{PICTURE}$", timeline),
    (rf"{LIBRARY}/graph{PICTURE}$", graph),
)
