"""Which address is answered by which page."""

from __future__ import annotations

from litdb.browse.forms import FORMS
from litdb.browse.pages import asset, attention, home, note, notes, person, reference, references

FORM = rf"(?:\.(?P<form>{'|'.join(FORMS)}))?"
"""The end of an address that asks for a file instead of a page: `.bib`."""

LIBRARY = r"/(?P<database>[^/]+)/-"

ROUTES = (
    (r"/-/litdb/(?P<name>style\.css|litdb\.js)$", asset),
    (rf"{LIBRARY}/home$", home),
    (rf"{LIBRARY}/references{FORM}$", references),
    (rf"{LIBRARY}/reference/(?P<key>[^/]+?){FORM}$", reference),
    (rf"{LIBRARY}/notes$", notes),
    (rf"{LIBRARY}/note/(?P<note>[^/]+?){FORM}$", note),
    (rf"{LIBRARY}/person/(?P<person>[^/]+?){FORM}$", person),
    (rf"{LIBRARY}/attention$", attention),
)
