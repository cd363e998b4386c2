"""A small library, made by hand so that every page has something to show, and a Datasette in this process on it."""

from __future__ import annotations

import asyncio
import json

import pytest
from datasette.app import Datasette
from datasette.plugins import pm

import litdb.browse
from litdb.browse.metadata import configuration, metadata, reads_configuration
from litdb.database.library import Library
from litdb.model import Name

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> \u202egnp.exe ' + "and so on " * 110_000

WORKS = (
    {"id": 1, "key": "roeHedges2022", "title": "Hedges, observed", "people": "Ada Roe, Ole van der Heide",
     "date": "2022-03-14", "year": 2022, "type": "preprint", "container": "arXiv", "url": "https://arxiv.org/abs/1",
     "outcome": "ok", "mentions": 3, "abstract": "A hedge that is paid by the metre grows long.", "version": "v2",
     "identifier": "arxiv:2203.00001", "archived": "https://web.archive.org/web/2022/https://arxiv.org/abs/1"},
    {"id": 2, "key": "oakesSoil2021", "title": "Soil and patience", "people": "Bram Oakes", "date": "2021-06-01",
     "year": 2021, "type": "post", "container": "The Tide Pool", "url": "https://tide.example/soil", "outcome": "ok",
     "mentions": 1, "identifier": "url:https://tide.example/soil"},
    {"id": 3, "key": "walled", "title": None, "people": None, "date": None, "year": None, "type": "webpage",
     "container": None, "url": "https://walled.example/", "outcome": "challenged", "reason": "it asks for a browser",
     "mentions": 1, "identifier": "url:https://walled.example/", "label": "walled.example"},
    {"id": 4, "key": None, "title": "Hedges, printed", "people": "Ada Roe", "date": "2023-01-05", "year": 2023,
     "type": "article-journal", "container": "Journal of Hedges", "url": "https://doi.org/10.1/h", "outcome": "ok",
     "mentions": 0, "cited": 0, "identifier": "doi:10.1/h"},
    {"id": 5, "key": "hostile", "title": HOSTILE, "people": "<b>Eve</b>", "date": "2020", "year": 2020,
     "type": "tweet", "container": "<i>X</i>", "url": "javascript:alert(3)", "outcome": "ok", "mentions": 1,
     "identifier": "url:javascript:alert(3)", "abstract": HOSTILE},
)  # fmt: skip
NOTES = (
    {"id": 1, "path": "notes/reading.md", "title": "Reading", "kind": "markdown", "date": "2022-05-01", "mentions": 4,
     "front_matter": json.dumps({"tags": ["garden", "soil"], "status": "read"}), "problems": "", "sha256": "a"},
    {"id": 2, "path": "notes/a b/meeting.md", "title": "", "kind": "markdown", "date": None, "mentions": 3,
     "front_matter": json.dumps({"tags": "soil, work"}), "problems": "line 3 is odd", "sha256": "b"},
)  # fmt: skip
SAID = (  # row, note, work, line, text, sentence, locator
    (1, 1, 1, 4, "Hedges", "[Hedges](https://arxiv.org/abs/1v1) begins with a hedge.", "v1"),
    (2, 1, 1, 9, "again", "And again the privet.", ""),
    (3, 1, 2, 12, "soil", "Patience with soil.", ""),
    (4, 2, 1, 2, "", "arXiv:2203.00001", ""),
    (5, 2, 3, 7, "wall", "A wall.", ""),
    (6, 1, 5, 20, "<u>evil</u>", HOSTILE, ""),
    (7, 2, None, 8, "me", "Mail me.", ""),
)
PEOPLE = ((1, "Roe", "Ada", ""), (2, "Heide", "Ole", "van der"), (3, "Oakes", "Bram", ""))
CLAIMS = (  # record, work, field, kind, value, chosen
    (1, 1, "title", "", "Hedges, observed", 1),
    (1, 1, "authors", "", json.dumps([{"family": "Roe", "given": "Ada"}]), 1),
    (1, 1, "date", "posted", "2022-03-14", 1),
    (2, 1, "date", "posted", "2022-04-01", 0),
    (1, 1, "date", "this-version", "2022-09-09", 0),
)


def tables():
    """The rows of the library."""
    works = [{"cited": 1, "label": work["title"], "markup": "plain", **work} for work in WORKS]
    return {
        "works": works,
        "notes": NOTES,
        "keys": [
            *({"key": work["key"], "work": work["id"], "current": 1} for work in works if work["key"]),
            {"key": "oldHedges", "work": 1, "current": 0},
        ],
        "people": [
            *(
                {"id": row, "name": Name(last, first, particle).display, "family": last, "given": first,
                 "particle": particle}
                for row, last, first, particle in PEOPLE
            ),
            {"id": 4, "name": "<b>Eve</b>", "literal": "<b>Eve</b>"},
        ],
        "authorships": [
            {"work": work, "role": "author", "position": place, "person": person}
            for work, place, person in ((1, 1, 1), (1, 2, 2), (2, 1, 3), (4, 1, 1), (5, 1, 4))
        ],
        "identifiers": [
            {"scheme": work["identifier"].partition(":")[0], "value": work["identifier"].partition(":")[2],
             "work": work["id"], "url": work["url"]}
            for work in works
        ],
        "relations": [
            {"id": 1, "subject": 1, "kind": "version-of", "object": 4, "source": "crossref", "how": "doi"},
            {"id": 2, "subject": 2, "kind": "about", "object": 1, "source": "page", "how": "text"},
        ],
        "references_in_words": [
            {"id": 1, "work": 1, "text": "Ek, A.: Of <i>walls</i>. 1901.", "source": "crossref", "how": "reference"},
        ],
        "mentions": [
            {"id": row, "note": note, "work": work, "line": line, "column": 1, "end_line": line, "end_column": 9,
             "target": "t", "url": "https://arxiv.org/abs/1", "text": text, "found": "inline-link", "headings": "[]",
             "sentence": sentence, "locator": locator, "problem": None if work else "mail is no work"}
            for row, note, work, line, text, sentence, locator in SAID
        ],
        "records": [
            {"id": 1, "work": 1, "source": "arxiv", "identifier": "arxiv:2203.00001", "at": "2026-01-01T00:00:00Z",
             "superseded": 0},
            {"id": 2, "work": 1, "source": "note", "identifier": "arxiv:2203.00001", "place": "notes/reading.md:4",
             "at": "2026-01-01T00:00:00Z", "superseded": 0},
        ],
        "claims": [
            {"id": row, "record": record, "work": work, "field": field, "kind": kind, "value": value,
             "precision": "day" if field == "date" else "", "how": "how", "markup": "plain", "position": row,
             "chosen": chosen}
            for row, (record, work, field, kind, value, chosen) in enumerate(CLAIMS)
        ],
        "addresses": [
            {"url": "https://arxiv.org/abs/1v1", "work": 1, "state": "moved", "since": "2026-01-01",
             "at": "2026-01-01T00:00:00Z", "moved_to": "https://arxiv.org/abs/1"},
        ],
    }  # fmt: skip


def large(count):
    """As many works as are asked for, all in one note."""
    numbers = range(1, count + 1)
    return {
        "works": [
            {"id": n, "key": f"key{n:05}", "title": f"Title {n}", "label": f"Title {n}", "type": "post", "cited": 1,
             "url": f"https://a.example/{n}", "outcome": "ok", "mentions": 1, "markup": "plain",
             "identifier": f"url:https://a.example/{n}"}
            for n in numbers
        ],
        "keys": [{"key": f"key{n:05}", "work": n, "current": 1} for n in numbers],
        "notes": [{"id": 1, "path": "long.md", "kind": "markdown", "mentions": count, "sha256": "c"}],
        "mentions": [
            {"id": n, "note": 1, "work": n, "line": n, "column": 1, "end_line": n, "end_column": 2, "target": "t",
             "found": "inline-link", "sentence": f"Number {n}."}
            for n in numbers
        ],
    }  # fmt: skip


def made(path, rows):
    """The library with these rows."""
    with Library(path) as library:
        library.replace(rows)
    return path


@pytest.fixture(autouse=True, scope="session")
def plugin():
    """The plugin, also where the package is not installed."""
    is_there = pm.is_registered(litdb.browse)
    if not is_there:
        pm.register(litdb.browse)
    yield
    if not is_there:
        pm.unregister(litdb.browse)


class Reader:
    """Datasette on some databases, asked in this process."""

    def __init__(self, *paths, **settings):
        more = {"config": configuration("library")} if reads_configuration() else {}
        self.datasette = Datasette(
            [str(path) for path in paths], metadata=metadata("library"), settings=settings, **more
        )
        asyncio.run(self.datasette.invoke_startup())

    def __call__(self, path, **headers):
        return asyncio.run(self.datasette.client.get(path, headers=headers))

    def page(self, path):
        answer = self(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def close(self):
        for database in self.datasette.databases.values():
            database.close()
        if self.datasette.executor:
            self.datasette.executor.shutdown()


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """The small library, to look at."""
    return made(tmp_path_factory.mktemp("small") / "library.db", tables())


@pytest.fixture(scope="session")
def reader(library):
    """A reader of the small library."""
    reader = Reader(library)
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def long_list(tmp_path_factory):
    """A reader of a library with more works than Datasette returns rows."""
    reader = Reader(made(tmp_path_factory.mktemp("long") / "library.db", large(2500)))
    yield reader
    reader.close()
