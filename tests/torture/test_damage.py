"""Damaged files: a sentence, never a traceback, and never something else than the truth without a word."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from torture.damage import DAMAGES, FILES, Patients, trials
from torture.kill import Torture

SHARE = len(DAMAGES) * len(FILES)


@pytest.fixture(scope="module")
def patients():
    """Projects to be damaged."""
    with Torture() as torture:
        yield Patients(torture)


def test_damage_is_told_in_a_sentence_and_never_taken_for_truth(patients):
    told = list(trials(patients, SHARE))
    assert [(each.file, each.damage, each.problems) for each in told if each.problems] == []
    assert {each.file for each in told if each.refused} >= {"library", "journal"}


def test_a_schema_that_is_no_text_is_damage(litdb, note):
    litdb.library.write_bytes(litdb.library.read_bytes().replace(b" IS NOT ", b" IS\xa0NOT "))
    for words in (("list",), ("crawl", note, "--offline"), ("status",)):
        litdb(*words, code=1)
        assert "it is damaged (malformed database schema" in litdb.told


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE attempts SET reason = CAST(reason AS BLOB)",
        "UPDATE attempts SET outcome = 'oj'",
        "UPDATE answers SET content = substr(content, 1, 40)",
        "UPDATE answers SET hops = '[[301'",
        "UPDATE answers SET headers = 'x'",
        "UPDATE answers SET status = 404",
    ],
)
def test_a_journal_that_changed_is_damage(litdb, note, tmp_path, change):
    page = tmp_path / "page.html"
    page.write_text("<html><title>A page</title><meta name=author content=Ann><p>Words of it</html>")
    litdb("add-page", "https://example.org/a", str(page))
    with closing(sqlite3.connect(litdb.library.with_suffix(".journal"))) as journal:
        assert journal.execute(change).rowcount
        journal.commit()
    litdb("rebuild", code=1)
    assert "litdb.journal is not a litdb library, or it is damaged" in litdb.told


@pytest.fixture
def note(litdb, tmp_path):
    """A crawled note."""
    (tmp_path / "n.md").write_text("<https://example.org/a>\n")
    litdb("crawl", str(tmp_path / "n.md"), "--offline")
    return str(tmp_path / "n.md")
