"""What the pages of works, notes and people show: values for templates, read in one go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from litdb.browse.cataloguing import order_of
from litdb.browse.said import said_of
from litdb.database import browsing
from litdb.database.browsing import Row
from litdb.database.evidence import records_of
from litdb.database.works import works_by_id
from litdb.export.biblatex import BIBLATEX
from litdb.export.bibtex import BIBTEX
from litdb.export.entries import entry
from litdb.model import Work

if TYPE_CHECKING:
    from sqlite3 import Connection

    from litdb.browse.catalogue import Catalogue

Context = dict[str, Any]

PER_PAGE = 50
MOST_MENTIONS = 100
MOST_CLAIMS = 500
MOST_RELATIONS = 200
MOST_CHANGES = 50
FEW = 8
MOST_TITLE = 5000
"""Of works with longer titles the entries are only in the files."""


def home_page(connection: Connection, catalogue: Catalogue) -> Context:
    """How much there is, of which kinds if there are several, some of what needs attention, and the notes."""
    newest = order_of(connection, catalogue, "newest")
    return {
        "counts": catalogue.counts,
        "facets": [
            (facet, list(zip(facet.labels, facet.works.lengths, strict=True)))
            for name in ("type", "outcome")
            if (facet := catalogue.facets.get(name)) and len(facet.labels) > 1
        ],
        "attention": browsing.needing_attention(connection, FEW),
        "notes": browsing.latest_notes(connection, FEW),
        "newest": works_by_id(connection, [catalogue.ids[place] for place in newest[:FEW]]).values(),
    }


def reference_page(connection: Connection, name: str, number: int) -> Context | None:
    """One work: entries, mentions, relations, changes, claims, addresses, attempts; None where none has this name."""
    row = browsing.work_id(connection, name)
    if row is None:
        return None
    work = works_by_id(connection, [row])[row]
    claims = browsing.claims(connection, row, MOST_CLAIMS)
    return {
        "row": row,
        "work": work,
        "entries": entries(work),
        "mentions": browsing.mentions(connection, row, MOST_MENTIONS, (number - 1) * MOST_MENTIONS),
        "mention_count": browsing.mention_count(connection, row),
        "per_page": MOST_MENTIONS,
        "relations": grouped(browsing.relations(connection, row, MOST_RELATIONS)),
        "in_words": browsing.in_words(connection, row, MOST_RELATIONS),
        "changes": browsing.changes(connection, row, MOST_CHANGES),
        "fields": said_of(claims, records_of(connection, work.identifier)),
        "claims_left_out": len(claims) == MOST_CLAIMS,
        "addresses": browsing.identifiers(connection, row),
        "checked": browsing.checked_addresses(connection, row),
        "attempts": browsing.attempts(connection, row),
    }


def entries(work: Work) -> list[tuple[str, str, str]]:
    """The work in both dialects: how the dialect is called, the form of file, the entry; none of what is too long."""
    if not work.key or len(work.title) > MOST_TITLE:
        return []
    return [("BibTeX", "bib", entry(work, BIBTEX)), ("BibLaTeX", "biblatex", entry(work, BIBLATEX))]


def unknown_page(connection: Connection, name: str) -> Context:
    """What to say of a key that no work has."""
    return {
        "sentence": f"The library has no reference “{name[:200]}”.",
        "near": browsing.near_keys(connection, name[:200]),
    }


def note_page(connection: Connection, path: str, number: int, line: int) -> Context | None:
    """A note with the works that it cites, by date, and its mentions line by line."""
    note = browsing.note(connection, path)
    if note is None:
        return None
    works = browsing.works_in(connection, note["id"])
    number = max(number, browsing.mentions_before(connection, note["id"], line) // MOST_MENTIONS + 1)
    after = (number - 1) * MOST_MENTIONS
    return {
        "note": note,
        "front_matter": json.loads(note["front_matter"] or "{}"),
        "all_works": works,
        "works": works_by_id(connection, works[:MOST_MENTIONS]).values(),
        "mentions": browsing.mentions_in(connection, note["id"], MOST_MENTIONS, after),
        "number": number,
        "per_page": MOST_MENTIONS,
    }


def person_page(connection: Connection, name: str, number: int) -> Context | None:
    """A name with the works of who bears it."""
    works = browsing.works_of(connection, name)
    if not works:
        return None
    after = (number - 1) * PER_PAGE
    return {
        "name": name,
        "all_works": works,
        "works": works_by_id(connection, works[after : after + PER_PAGE]).values(),
        "orcids": browsing.orcids(connection, name),
        "colleagues": browsing.colleagues(connection, name, FEW),
        "per_page": PER_PAGE,
    }


def notes_page(connection: Connection, catalogue: Catalogue, number: int) -> Context:
    """The notes by path."""
    after = (number - 1) * MOST_MENTIONS
    return {
        "notes": browsing.notes(connection, MOST_MENTIONS, after),
        "count": catalogue.counts["notes"],
        "per_page": MOST_MENTIONS,
    }


def attention_page(connection: Connection, catalogue: Catalogue, number: int) -> Context:
    """What needs attention, with reasons."""
    after = (number - 1) * MOST_MENTIONS
    return {
        "rows": browsing.needing_attention(connection, MOST_MENTIONS, after),
        "count": catalogue.counts["attention"],
        "per_page": MOST_MENTIONS,
    }


def grouped(relations: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Relations under the words for them, as seen from the work."""
    words = ((RELATIONS[str(each["kind"])][0 if each["outward"] else 1], each) for each in relations)
    return [(word, [each for _, each in group]) for word, group in groupby(words, key=lambda pair: pair[0])]


RELATIONS: Mapping[str, tuple[str, str]] = {
    "version-of": ("Another version", "Another version"),
    "comment-on": ("Comment on", "Comments on it"),
    "part-of": ("Part of", "Its parts"),
    "linkpost-of": ("Links to", "Link posts"),
    "crosspost-of": ("Cross-post of", "Cross-posts"),
    "about": ("About", "About it"),
    "cites": ("Cites", "Cited by"),
}
"""What a relation is called, seen from its subject and from its object."""
