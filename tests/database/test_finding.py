"""Words that are searched for: nothing is an operator, and what is written without blanks is found within its run."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from litdb.database.finding import match_expression, matching
from litdb.database.schema import library_schema

TITLES = {
    1: "强化学习与人类反馈",
    2: "人間のフィードバックからの強化学習",
    4: "Learning from human feedback",
    5: "GPT模型的对齐",
    6: "C++ AND Rust",
}


@pytest.fixture
def library():
    db = Database(memory=True)
    library_schema.apply(db)
    db.table("works").insert_all({"id": row, "key": f"k{row}", "title": title} for row, title in TITLES.items())
    db.table("mentions").insert({"id": 1, "sentence": "见强化学习一书。", "text": "书"})
    return db.conn


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("强化学习与人类反馈", [1]),
        ("学习", [1]),
        ("強化学習", [2]),
        ("フィードバック", [2]),
        ("gpt模型", [5]),
        ("对齐", [5]),
        ("学习 反馈", [1]),
        ("学习 对齐", []),
        ("鲸", []),
        ("learned feedback", [4]),
        ("feed", []),
        ("C++ AND", [6]),
        ('"', []),
    ],
)
def test_words_are_found_in_titles(library, words, found):
    expression = match_expression(library, words)
    assert (matching(library, "works", expression) if expression else []) == found


def test_words_are_found_in_sentences(library):
    assert matching(library, "mentions", match_expression(library, "学习")) == [1]


def test_a_letter_of_very_many_words_asks_for_no_more_than_can_be_asked(library):
    rows = ({"id": 100 + row, "key": f"x{row}", "title": f"鲸{chr(0x4E00 + row)}"} for row in range(3000))
    Database(library).table("works").insert_all(rows)
    assert len(matching(library, "works", match_expression(library, "鲸"))) >= 500
