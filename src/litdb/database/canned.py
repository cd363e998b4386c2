"""Queries that a reader of the library asks for by name, ready for Datasette."""

from __future__ import annotations

from collections.abc import Mapping

QUERIES: Mapping[str, Mapping[str, str]] = {
    "search": {
        "title": "Search works and the sentences that cite them",
        "sql": """
            SELECT works.key, works.label AS title, works.people, works.date, works.url,
                   snippet(works_fts, -1, '[', ']', '…', 12) AS found
              FROM works_fts JOIN works ON works.id = works_fts.rowid
             WHERE works_fts MATCH '"' || replace(:words, '"', '""') || '"' AND works.cited ORDER BY works_fts.rank""",
    },
    "references_of_a_note": {
        "title": "The dated references of a note",
        "sql": """
            SELECT DISTINCT works.key, works.label AS title, works.people, works.date, works.url
              FROM mentions JOIN notes ON notes.id = mentions.note JOIN works ON works.id = mentions.work
             WHERE notes.path LIKE '%' || :note || '%' ORDER BY notes.path, mentions.line""",
    },
    "works_of_a_person": {
        "title": "Works by a person",
        "sql": """
            SELECT works.key, works.label AS title, works.date, works.container AS site, works.url
              FROM authorships JOIN people ON people.id = authorships.person JOIN works ON works.id = authorships.work
             WHERE people.name LIKE '%' || :name || '%' AND works.cited ORDER BY works.date""",
    },
    "undated": {
        "title": "Works without a date",
        "sql": "SELECT key, label AS title, people, container AS site, url FROM works WHERE cited AND date IS NULL",
    },
    "conflicts": {
        "title": "Fields on which the sources disagree",
        "sql": """
            SELECT works.key, claims.field, count(DISTINCT claims.value) AS answers,
                   json_group_array(DISTINCT records.source || ': ' || claims.value) AS said
              FROM claims JOIN records ON records.id = claims.record JOIN works ON works.id = claims.work
             WHERE claims.field IN ('title', 'authors') OR (claims.field = 'date' AND claims.kind IN
                   ('posted', 'first-version', 'asserted-by-note'))
             GROUP BY works.id, claims.field HAVING answers > 1 ORDER BY works.key, claims.field""",
    },
    "cited_more_than_once": {
        "title": "Works that more than one note cites",
        "sql": """
            SELECT works.key, works.label AS title, count(DISTINCT mentions.note) AS notes, count(*) AS mentions,
                   works.url
              FROM mentions JOIN works ON works.id = mentions.work GROUP BY works.id HAVING notes > 1
             ORDER BY notes DESC, mentions DESC""",
    },
}
"""By name: a title, and SQL whose `:words` are asked of the reader."""
