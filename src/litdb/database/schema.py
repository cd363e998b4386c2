"""The tables and views, as migrations that are only ever added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from litdb.database.queries import PUBLISHED

if TYPE_CHECKING:
    from sqlite_utils import Database

journal_schema = Migrations("litdb.journal")
library_schema = Migrations("litdb.library")
readings_schema = Migrations("litdb.readings")


@journal_schema()
def m001_journal(db: Database) -> None:
    """Answers as they came, attempts and how they ended, citation keys as they were assigned."""
    db.table("answers").create(
        {
            "id": str,
            "source": str,
            "step": str,
            "method": str,
            "address": str,
            "sent": str,
            "sent_headers": str,
            "asked": str,
            "status": int,
            "headers": str,
            "content": bytes,
            "url": str,
            "hops": str,
            "at": str,
        },
        pk="id",
        not_null={"source", "method", "address", "status", "content", "at"},
    )
    db.table("answers").create_index(["address", "sent"])
    db.table("attempts").create(
        {
            "id": str,
            "scheme": str,
            "value": str,
            "source": str,
            "outcome": str,
            "reason": str,
            "answer": str,
            "at": str,
            "retry_at": str,
            "fresh_until": str,
        },
        pk="id",
        not_null={"scheme", "value", "source", "outcome", "at"},
    )
    db.table("attempts").create_index(["answer"])
    db.table("attempts").create_index(["scheme", "value"])
    db.table("assigned_keys").create({"key": str, "scheme": str, "value": str, "at": str}, pk="key")


@readings_schema()
def m001_readings(db: Database) -> None:
    """What was read from answers, by whom."""
    db.table("readings").create(
        {"answer": str, "at": str, "what": str, "program": str, "said": bytes}, pk=("answer", "at", "what")
    )


@library_schema()
def m001_library(db: Database) -> None:
    """Notes and their mentions, works and what is said about them, by whom."""
    _create_works(db)
    _create_notes(db)
    _create_evidence(db)
    for table, columns in SEARCHED.items():
        db.table(table).enable_fts(columns, create_triggers=True, tokenize="porter")
    for name, sql in VIEWS.items():
        db.create_view(name, sql)


@library_schema()
def m002_states(db: Database) -> None:
    """Copies in archives, withdrawn works, and from what the library was made."""
    db.table("works").add_column("archived", str)
    db.table("works").add_column("status", str)
    db.table("projected").create(
        {"id": int, "made_from": str, "journaled": str, "nothing_due_before": str, "told": str}, pk="id"
    )


@library_schema()
def m003_people(db: Database) -> None:
    """Who people are, by their ORCIDs; preprints that were published since they were cited."""
    db.table("people").add_column("orcid", str)
    db.create_view("changed_since_cited", VIEWS["changed_since_cited"], replace=True)


@library_schema()
def m004_health(db: Database) -> None:
    """What has become of the addresses that the notes cite."""
    columns = "url work state reason since at moved_to archived".split()
    db.table("addresses").create(
        {name: int if name == "work" else str for name in columns}, pk="url", foreign_keys=[("work", "works", "id")]
    )
    db.table("addresses").create_index(["work"])


@library_schema()
def m005_browsing(db: Database) -> None:
    """What pages and the reference list look things up by."""
    db.table("mentions").create_index(["note", "line", "column", "work"], "mentions_in_order", if_not_exists=True)
    db.table("people").create_index(["name"], if_not_exists=True)
    db.execute("CREATE INDEX IF NOT EXISTS works_by_date ON works (date IS NULL, date DESC, key) WHERE cited")


@library_schema()
def m006_graph(db: Database) -> None:
    """What works cite and in which words, references of which only words are known, what the user wants kept."""
    for name in ("address", "text", "words", "at"):
        db.table("relations").add_column(name, str)
    columns = "id work text words source how at".split()
    db.table("references_in_words").create(
        {name: int if name in ("id", "work") else str for name in columns},
        pk="id",
        foreign_keys=[("work", "works", "id")],
    )
    db.table("references_in_words").create_index(["work"])
    db.table("wanted").create({"name": str}, pk="name")


@library_schema()
def m007_sizes(db: Database) -> None:
    """What a large library looks a work up by."""
    db.table("works").create_index(["identifier"], if_not_exists=True)


@library_schema()
def m008_sorted_views(db: Database) -> None:
    """Views that begin at once, however much there is: read in the order that they are shown in."""
    db.table("notes").create_index(["path"], if_not_exists=True)
    for name in ("note_references", "provenance"):
        db.create_view(name, VIEWS[name], replace=True)


@library_schema()
def m009_quick_changes(db: Database) -> None:
    """What changed since it was cited, without a look at every mention."""
    db.create_view("changed_since_cited", VIEWS["changed_since_cited"], replace=True)


@library_schema()
def m010_view_by_key(db: Database) -> None:
    """Provenance begins at once in newer versions of SQLite too."""
    db.create_view("provenance", VIEWS["provenance"], replace=True)


@library_schema()
def m011_parts(db: Database) -> None:
    """What hangs together with a work without being it, so that a change looks at no other works."""
    columns = "one other work other_work".split()
    db.table("kept_apart").create(
        {name: int if "work" in name else str for name in columns},
        pk=("one", "other"),
        foreign_keys=[("work", "works", "id"), ("other_work", "works", "id")],
    )
    for column in ("work", "other_work"):
        db.table("kept_apart").create_index([column])
    for column in ("subject", "object"):
        db.execute(f"CREATE INDEX IF NOT EXISTS tied_by_{column} ON relations ({column}) WHERE kind <> 'cites'")


def _create_works(db: Database) -> None:
    db.table("works").create(
        {
            "id": int,
            "key": str,
            "title": str,
            "people": str,
            "date": str,
            "year": int,
            "type": str,
            "container": str,
            "url": str,
            "outcome": str,
            "reason": str,
            "mentions": int,
            "cited": int,
            "label": str,
            "markup": str,
            "publisher": str,
            "abstract": str,
            "language": str,
            "volume": str,
            "issue": str,
            "pages": str,
            "number": str,
            "archive_class": str,
            "version": str,
            "note": str,
            "accessed": str,
            "identifier": str,
        },
        pk="id",
    )
    db.table("works").create_index(["key"], unique=True)
    db.table("identifiers").create(
        {"scheme": str, "value": str, "work": int, "url": str},
        pk=("scheme", "value"),
        foreign_keys=[("work", "works", "id")],
    )
    db.table("keys").create({"key": str, "work": int, "current": int}, pk="key", foreign_keys=[("work", "works", "id")])
    db.table("people").create(
        {"id": int, "name": str, "family": str, "given": str, "particle": str, "suffix": str, "literal": str}, pk="id"
    )
    db.table("authorships").create(
        {"work": int, "role": str, "position": int, "person": int},
        pk=("work", "role", "position"),
        foreign_keys=[("work", "works", "id"), ("person", "people", "id")],
    )
    db.table("relations").create(
        {"id": int, "subject": int, "kind": str, "object": int, "source": str, "how": str},
        pk="id",
        foreign_keys=[("subject", "works", "id"), ("object", "works", "id")],
    )
    for table, column in (
        ("keys", "work"),
        ("identifiers", "work"),
        ("authorships", "person"),
        ("relations", "subject"),
        ("relations", "object"),
    ):
        db.table(table).create_index([column])


def _create_notes(db: Database) -> None:
    db.table("notes").create(
        {
            "id": int,
            "path": str,
            "title": str,
            "kind": str,
            "date": str,
            "mentions": int,
            "front_matter": str,
            "problems": str,
            "sha256": str,
        },
        pk="id",
    )
    db.table("mentions").create(
        {
            "id": int,
            "note": int,
            "work": int,
            "line": int,
            "column": int,
            "end_line": int,
            "end_column": int,
            "target": str,
            "url": str,
            "text": str,
            "found": str,
            "headings": str,
            "sentence": str,
            "locator": str,
            "asserted_date": str,
            "asserted_people": str,
            "problem": str,
        },
        pk="id",
        foreign_keys=[("note", "notes", "id"), ("work", "works", "id")],
    )
    db.table("passed_over").create(
        {"id": int, "note": int, "line": int, "column": int, "target": str, "text": str, "found": str},
        pk="id",
        foreign_keys=[("note", "notes", "id")],
    )
    db.table("mentions").create_index(["note"])
    db.table("mentions").create_index(["work"])


def _create_evidence(db: Database) -> None:
    db.table("records").create(
        {
            "id": int,
            "work": int,
            "source": str,
            "identifier": str,
            "place": str,
            "answer": str,
            "at": str,
            "superseded": int,
        },
        pk="id",
        foreign_keys=[("work", "works", "id")],
    )
    db.table("claims").create(
        {
            "id": int,
            "record": int,
            "work": int,
            "field": str,
            "kind": str,
            "value": str,
            "precision": str,
            "how": str,
            "markup": str,
            "position": int,
            "chosen": int,
        },
        pk="id",
        foreign_keys=[("record", "records", "id"), ("work", "works", "id")],
    )
    db.table("attempts").create(
        {
            "id": int,
            "work": int,
            "identifier": str,
            "source": str,
            "outcome": str,
            "reason": str,
            "answer": str,
            "at": str,
        },
        pk="id",
        foreign_keys=[("work", "works", "id")],
    )
    for table, column in (("records", "work"), ("claims", "record"), ("claims", "work"), ("attempts", "work")):
        db.table(table).create_index([column])


SEARCHED = {"works": ["title", "label", "people", "abstract", "key"], "mentions": ["sentence", "text"]}
"""The columns that full-text search looks into."""

VIEWS = {
    "reference_list": """
        SELECT works.key, works.label AS title, works.people, works.date, works.year, works.type,
               works.container AS site, works.url, works.mentions, works.outcome,
               (SELECT json_group_array(path) FROM (SELECT DISTINCT notes.path FROM mentions
                  JOIN notes ON notes.id = mentions.note WHERE mentions.work = works.id ORDER BY notes.path)) AS notes,
               (SELECT json_group_array(name) FROM (SELECT people.name FROM authorships
                  JOIN people ON people.id = authorships.person
                 WHERE authorships.work = works.id AND authorships.role = 'author'
                 ORDER BY authorships.position)) AS authors
          FROM works WHERE works.cited ORDER BY works.date IS NULL, works.date DESC, works.key""",
    "note_references": """
        SELECT notes.path AS note, mentions.line, mentions.text, works.key, works.label AS title, works.people,
               works.date, works.url, mentions.locator, mentions.sentence, mentions.headings, mentions.found
          FROM notes CROSS JOIN mentions ON mentions.note = notes.id LEFT JOIN works ON works.id = mentions.work
         ORDER BY notes.path, mentions.line, mentions.column""",
    "needs_attention": """
        SELECT works.key, works.label AS title, works.url, works.outcome,
               CASE WHEN works.outcome <> 'ok' THEN works.reason
                    WHEN works.date IS NULL THEN 'no date' ELSE 'no author' END AS reason,
               NULL AS note, NULL AS line
          FROM works WHERE works.cited AND (works.outcome <> 'ok' OR works.people IS NULL
               OR (works.date IS NULL AND works.type <> 'website'))
         UNION ALL
        SELECT NULL, mentions.target, mentions.url, 'unsupported', mentions.problem, notes.path, mentions.line
          FROM mentions JOIN notes ON notes.id = mentions.note WHERE mentions.work IS NULL""",
    "changed_since_cited": f"""
        SELECT works.key, works.label AS title, notes.path AS note, mentions.line, 'a newer version' AS change,
               mentions.locator AS cited, works.version AS now
          FROM mentions JOIN notes ON notes.id = mentions.note JOIN works ON works.id = mentions.work
         WHERE works.version IS NOT NULL AND mentions.locator GLOB 'v[0-9]*'
               AND mentions.locator NOT IN (works.version) AND mentions.locator NOT LIKE works.version || '#%'
         UNION
        SELECT works.key, works.label, notes.path, mentions.line, 'revised after the note', notes.date, revised.day
          FROM (SELECT work, substr(max(value), 1, 10) AS day FROM claims
                 WHERE field = 'date' AND kind IN ('this-version', 'modified') AND how NOT LIKE 'graphql:%'
                 GROUP BY work) AS revised
          JOIN works ON works.id = revised.work JOIN mentions ON mentions.work = works.id
          JOIN notes ON notes.id = mentions.note
         WHERE length(notes.date) = 10 AND revised.day > notes.date
         UNION
        SELECT works.key, works.label, notes.path, mentions.line, 'retitled', claims.value, works.title
          FROM mentions JOIN notes ON notes.id = mentions.note JOIN works ON works.id = mentions.work
          JOIN records ON records.work = works.id AND records.superseded
          JOIN claims ON claims.record = records.id AND claims.field = 'title' AND claims.value <> works.title
         WHERE works.title IS NOT NULL
         UNION
{PUBLISHED}""",  # noqa: S608
    "provenance": """
        SELECT works.key, claims.field, claims.value, claims.chosen, records.source, claims.how, claims.kind,
               claims.precision, records.identifier, records.place, records.answer, records.at
          FROM works INDEXED BY idx_works_key
         CROSS JOIN claims ON claims.work = works.id CROSS JOIN records ON records.id = claims.record
         ORDER BY works.key, claims.field, claims.chosen DESC, records.source, claims.how, claims.value""",
}
"""What a reader wants to see, by name. `authors` and `notes` are JSON lists, which Datasette can facet by.

`CROSS JOIN` keeps SQLite from another order of the tables, in which all rows would be sorted before the first is shown;
`INDEXED BY` keeps SQLite 3.53 from the order of the rows' numbers, for the same reason.
"""
