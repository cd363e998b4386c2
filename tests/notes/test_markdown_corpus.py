"""The tricky notes and the user's own, with their truth, where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litdb.model import Mention
from litdb.notes.markdown import is_cited, read_markdown

SHARED = Path(__file__).parents[2].parent / "shared"
OCCURRENCES = SHARED / "reference" / "occurrences.jsonl"
TRICKY = SHARED / "corpus" / "markdown.jsonl"


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def _seed(name: str) -> tuple[Mention, ...]:
    return read_markdown(name, (SHARED / "seeds" / name).read_bytes().decode()).mentions


@pytest.mark.skipif(not TRICKY.exists(), reason="the corpus of tricky notes is not beside this checkout")
@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in _rows(TRICKY)])
def test_every_link_of_a_tricky_note_is_found_and_no_other(row):
    note = read_markdown("note.md", row["markdown"])
    assert [mention.url for mention in note.mentions if is_cited(mention)] == row["links"]


def _by_note() -> list:
    rows: dict[str, list[dict]] = {}
    for row in _rows(OCCURRENCES):
        rows.setdefault(row["note"], []).append(row)
    return [pytest.param(name, expected, id=name[:3]) for name, expected in rows.items()]


def _expected(row: dict) -> dict:
    return {
        "place": (row["line"], row["col"], row["line"], row["end_col"]),
        "target": row["url_as_written"],
        "text": row["link_text"] or "",
        "headings": tuple(row["heading_path"]),
        "sentence": row["sentence"] or "",
        "date": row["annotated_date"],
        "authors": row.get("annotated_author"),
    }


def _seen(mention: Mention) -> dict:
    claims = {claim.field: claim for claim in mention.asserted}
    date, authors = claims.get("date"), claims.get("authors")
    return {
        "place": (mention.line, mention.column, mention.end_line, mention.end_column),
        "target": mention.target,
        "text": mention.text,
        "headings": mention.headings,
        "sentence": mention.sentence,
        "date": date and date.value,
        "authors": authors and " ".join(authors.value[0][part] for part in ("given", "family")),
    }


@pytest.mark.skipif(not OCCURRENCES.exists(), reason="the list of occurrences is not beside this checkout")
@pytest.mark.parametrize(("name", "rows"), _by_note())
def test_a_seed_note_is_read_to_the_letter(name, rows):
    assert [_seen(mention) for mention in _seed(name)] == [_expected(row) for row in rows]


@pytest.mark.skipif(not OCCURRENCES.exists(), reason="the seed notes are not beside this checkout")
def test_the_seeds_hold_39_mentions_of_35_urls():
    mentions = [mention for name in sorted({row["note"] for row in _rows(OCCURRENCES)}) for mention in _seed(name)]
    assert (len(mentions), len({mention.url for mention in mentions})) == (39, 35)


@pytest.mark.skipif(not OCCURRENCES.exists(), reason="the seed notes are not beside this checkout")
def test_the_fence_that_a_seed_never_closes_is_told():
    name = "000_1e9d6d55f9fdd502.txt"
    note = read_markdown(name, (SHARED / "seeds" / name).read_bytes().decode())
    assert note.mentions[-1].found == "inline-link:after-unclosed-fence"
    assert [problem.partition(" ")[0] for problem in note.problems] == [f"{name}:24:"]
