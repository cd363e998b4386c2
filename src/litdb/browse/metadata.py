"""Datasette's metadata and configuration from one source: 0.65 reads queries in the first, 1.0 in the second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import TypeAlias

from litdb.database.canned import QUERIES

Setting: TypeAlias = "str | int | bool | Sequence[Setting] | Mapping[str, Setting]"

TABLES: Mapping[str, Mapping[str, Setting]] = {
    "reference_list": {
        "description": "The works that the notes cite, the newest first.",
        "facets": ["type", "site", "year", {"array": "notes"}, "outcome"],
        "sortable_columns": ["key", "title", "people", "date", "type", "site", "mentions", "outcome"],
        "size": 100,
    },
    "note_references": {
        "description": "Every mention in every note, with the sentence round it.",
        "facets": ["note", "found"],
        "sortable_columns": ["note", "line", "key", "title", "date"],
    },
    "needs_attention": {
        "description": "What is not as good as it should be, with the reason.",
        "facets": ["outcome", "reason"],
        "sortable_columns": ["key", "title", "outcome"],
    },
    "changed_since_cited": {
        "description": "What has changed since a note cited it: a newer version, a revision, another title.",
        "facets": ["change", "note"],
        "sortable_columns": ["key", "title", "note"],
    },
    "provenance": {
        "description": "Every claim about every work: who said it, how it was read, which was chosen.",
        "facets": ["field", "source", "chosen"],
        "sortable_columns": ["key", "field", "source"],
    },
    "works": {
        "label_column": "label",
        "facets": ["type", "container", "year", "outcome", "cited"],
        "sort_desc": "date",
        "fts_table": "works_fts",
        "fts_pk": "id",
    },
    "people": {"label_column": "name", "sort": "name"},
    "notes": {"label_column": "path", "sort": "path", "facets": ["kind"]},
    "mentions": {"label_column": "text", "facets": ["note", "found"], "fts_table": "mentions_fts", "fts_pk": "id"},
    "passed_over": {"description": "Links in comments and those to be ignored: kept, but not counted as citations."},
    "identifiers": {"facets": ["scheme"]},
    "relations": {"facets": ["kind", "source"]},
    "authorships": {"facets": ["role"]},
    "records": {"label_column": "identifier", "facets": ["source"]},
    "claims": {"facets": ["field", "how", "chosen"]},
    "attempts": {"facets": ["source", "outcome"]},
    "addresses": {"description": "Whether the addresses that the notes cite are alive.", "facets": ["state"]},
    "references_in_words": {"description": "References of which only the words are known.", "facets": ["source"]},
    "kept_apart": {"description": "What somebody calls the same, and is two works by the rules or by your word."},
    "wanted": {"hidden": True},
    "works_fts": {"hidden": True},
    "mentions_fts": {"hidden": True},
    "projected": {"hidden": True},
    "_sqlite_migrations": {"hidden": True},
}


SETTINGS: Mapping[str, int] = {
    "sql_time_limit_ms": 10_000,
    "facet_time_limit_ms": 5_000,
    "suggest_facets": False,
}
"""Datasette's own pages of a large library: it leaves out facets that are not counted in time, and does not say so.

Every table has its facets; to suggest others Datasette counts all rows, and gives the page up where that takes long.
"""


def metadata(database: str) -> dict[str, Setting]:
    """`metadata.json`: what Datasette 0.65 reads whole, and 1.0 reads titles and descriptions from."""
    return {
        "title": "litdb",
        "description": "What the notes cite, with who said so.",
        "databases": {database: {"tables": TABLES, "queries": QUERIES}},
    }


def configuration(database: str) -> dict[str, Setting]:
    """`datasette.json`: where Datasette 1.0 looks for settings, queries and tables' settings; 0.65 passes it over."""
    return {"settings": SETTINGS, "databases": {database: {"tables": TABLES, "queries": QUERIES}}}


def reads_configuration() -> bool:
    """Whether the Datasette that is installed is one that reads a configuration."""
    return int(version("datasette").partition(".")[0]) >= 1
