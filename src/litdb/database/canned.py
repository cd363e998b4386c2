"""Queries that a reader of the library asks for by name, ready for Datasette."""

from __future__ import annotations

from collections.abc import Mapping

QUERIES: Mapping[str, Mapping[str, str]] = {
    "search": {
        "title": "Search works and the sentences that cite them",
        "sql": """
            WITH asked AS (SELECT '"' || replace(replace(:words, '"', ' '), ' ', '" "') || '"' AS words),
                 found AS (
              SELECT works_fts.rowid AS work, works_fts.rank, snippet(works_fts, -1, '[', ']', '…', 12) AS found
                FROM works_fts JOIN asked WHERE works_fts MATCH asked.words
               UNION ALL
              SELECT mentions.work, mentions_fts.rank, snippet(mentions_fts, -1, '[', ']', '…', 12)
                FROM mentions_fts JOIN asked JOIN mentions ON mentions.id = mentions_fts.rowid
               WHERE mentions_fts MATCH asked.words)
            SELECT works.key, works.label AS title, works.people, works.date, works.url, found.found
              FROM found JOIN works ON works.id = found.work
             WHERE works.cited GROUP BY works.id ORDER BY min(found.rank), works.key""",
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
    "several_answers": {
        "title": "Fields for which there is more than one answer",
        "sql": """
            WITH said AS (
              SELECT claims.work, claims.field, records.source,
                     CASE claims.field WHEN 'date' THEN substr(claims.value, 1, 10) ELSE claims.value END AS value
                FROM claims JOIN records ON records.id = claims.record
               WHERE NOT records.superseded AND (claims.field IN ('title', 'authors') OR (claims.field = 'date'
                     AND claims.kind IN ('posted', 'first-version', 'asserted-by-note')
                     AND NOT (records.source = 'url' AND claims.precision = 'month'))))
            SELECT works.key, one.field, count(DISTINCT one.value) AS answers,
                   json_group_array(DISTINCT one.source || ': ' || one.value) AS said
              FROM said AS one JOIN works ON works.id = one.work
             WHERE works.cited AND EXISTS (
                   SELECT 1 FROM said AS other WHERE other.work = one.work AND other.field = one.field
                      AND substr(lower(one.value), 1, min(length(one.value), length(other.value)))
                       <> substr(lower(other.value), 1, min(length(one.value), length(other.value))))
             GROUP BY works.id, one.field ORDER BY works.key, one.field""",
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
