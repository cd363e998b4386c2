"""The files of the site: pages, feed, picture, what the search looks into. The same library gives the same bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, TypeVar

from litdb.browse.rendering import asset
from litdb.export.bibtex import BIBTEX
from litdb.export.entries import entry
from litdb.export.shown import json_line, people, shown_title
from litdb.publish.rendering import Shown, own_asset
from litdb.publish.sheets import OTHER, Sheet, letter_of, plain_letters, sheets
from litdb.publish.site import Person, Site
from litdb.publish.timeline import timeline

T = TypeVar("T")

PER_SHEET = 200
NEWEST = 20
IN_FEED = 50
MOST_ADDRESSES = 50_000
LONGEST_TITLE = 5000
"""Of works with longer titles the entry is only in the files."""

UNDATED = "undated"

DOWNLOADS: Mapping[str, str] = {
    "references.bib": "BibTeX",
    "references.biblatex.bib": "BibLaTeX",
    "references.json": "CSL-JSON",
}
"""The whole list for other tools, by the names of the files, which are written elsewhere."""

_IN_XML = str.maketrans({"\ufffe": None, "\uffff": None})


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """Every file with its path in the site."""
    persons = sheets(_by_letter(site.people, lambda each: each.letter), PER_SHEET)
    place_of = {each.name: f"people/{sheet.name}.html#{each.anchor}" for sheet in persons for each in sheet.items}
    show = Shown({"site": site, "place_of": place_of, "downloads": DOWNLOADS})
    yield ".nojekyll", ""  # docs.github.com: files are served as they are
    yield "style.css", asset("style.css") + own_asset("site.css")
    yield "site.js", asset("litdb.js") + own_asset("search.js")
    yield "search.json", search_index(site)
    yield from _front(site, show)
    yield from _lists(site, show, persons)
    for reference in site.references.values():
        bib = entry(reference.work, BIBTEX) if len(reference.work.title) <= LONGEST_TITLE else ""
        known = {"reference": reference, "work": reference.work, "bib": bib}
        yield f"works/{reference.page}.html", show("work.html", "../", **known)
    for note in site.notes:
        yield f"notes/{note.page}.html", show("note.html", "../", note=note)


def search_index(site: Site) -> str:
    """What the search looks into, as JSON: of every work its page, title, people, date, venue and quotes."""
    rows = [
        [
            each.page,
            shown_title(each.work),
            ", ".join([*people(each.work.authors), *people(each.work.editors)]),
            each.work.date,
            each.work.container,
            " ".join(said.words for said in each.quotes),
        ]
        for each in site.references.values()
    ]
    lines = ",\n".join(map(json_line, rows))
    return f'{{"works": [\n{lines}\n]}}\n'


def sitemap(names: Iterable[str], base: str) -> str:
    """The addresses of the pages, for search engines (sitemaps.org).

    The format ends at 50,000: the lists stand first, and they lead to all other pages.
    """
    shown = [name for name in names if name.endswith(".html") and name != "404.html"]
    places = "".join(f"<url><loc>{escape(base + name)}</loc></url>\n" for name in shown[:MOST_ADDRESSES])
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}\n{places}</urlset>\n"


def _front(site: Site, show: Shown) -> Iterator[tuple[str, str]]:
    picture = timeline(site)
    yield "index.html", show("home.html", "", newest=site.news[:NEWEST], picture=picture)
    if picture.svg:
        yield "timeline.svg", picture.svg
    yield "404.html", show("404.html", site.path or "../")
    if news := site.news[:IN_FEED]:
        yield "feed.xml", show("feed.xml", site.base, news=news).translate(_IN_XML)


def _lists(site: Site, show: Shown, persons: Sequence[Sheet[Person]]) -> Iterator[tuple[str, str]]:
    """The lists by year, by title and by person, each with a page that leads to its parts, and that of the notes."""
    years = sheets(_by(site.references.values(), lambda each: each.work.date[:4] or UNDATED), PER_SHEET)
    titled = sorted(site.references.values(), key=lambda each: (plain_letters(shown_title(each.work)), each.page))
    titles = sheets(_by_letter(titled, lambda each: letter_of(shown_title(each.work))), PER_SHEET, "titles_")
    yield from _list(show, "years", "By year", "works.html", years)
    yield from _list(show, "works", "By title", "works.html", titles)
    yield from _list(show, "people", "People", "people.html", persons)
    if site.notes:
        yield "notes/index.html", show("notes.html", "../")


def _list(
    show: Shown, folder: str, title: str, template: str, sheets: Sequence[Sheet[Any]]
) -> Iterator[tuple[str, str]]:
    yield f"{folder}/index.html", show("list.html", "../", title=title, sheets=sheets)
    for sheet in sheets:
        yield f"{folder}/{sheet.name}.html", show(template, "../", title=title, sheets=sheets, sheet=sheet)


def _by(items: Iterable[T], group_of: Callable[[T], str]) -> dict[str, list[T]]:
    """The items under their groups, in the order in which these come."""
    groups: dict[str, list[T]] = defaultdict(list)
    for each in items:
        groups[group_of(each)].append(each)
    return groups


def _by_letter(items: Iterable[T], letter: Callable[[T], str]) -> dict[str, list[T]]:
    groups = _by(items, letter)
    return {each: groups[each] for each in sorted(groups, key=lambda each: (each == OTHER, each))}
