"""Jupyter notebooks: the Markdown cells are the note, and every place is one of the file."""

import json

import pytest

from litdb.errors import NoteError
from litdb.notes import read_note
from litdb.notes.notebook import read_notebook

X = "https://example.org/x"

SAVED = """{
 "cells": [
  {
   "cell_type": "markdown",
   "metadata": {},
   "source": [
    "# Reading\\n",
    "See \\"[the *paper*](https://example.org/a)\\" (03.04.2021).\\n"
   ]
  },
  {
   "cell_type": "code",
   "outputs": [{"text": ["https://example.org/no"]}],
   "source": ["get('https://example.org/no')"]
  },
  {"cell_type": "markdown", "source": "Z\\u00fcrich \\ud83d\\ude00 https://example.org/b\\nand arXiv:1706.03762"}
 ],
 "nbformat": 4,
 "nbformat_minor": 5
}"""


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": kind, "source": source} for kind, source in cells], "nbformat": 4})


def test_markdown_cells_are_read_and_nothing_else():
    note = read_notebook("a.ipynb", SAVED)
    assert (note.kind, note.title) == ("notebook", "Reading")
    assert [each.url for each in note.mentions] == [
        "https://example.org/a",
        "https://example.org/b",
        "https://arxiv.org/abs/1706.03762",
    ]


def test_a_mention_stands_where_the_file_has_it():
    lines = SAVED.split("\n")
    for each in read_notebook("a.ipynb", SAVED).mentions:
        assert each.line == each.end_line
        written = lines[each.line - 1][each.column - 1 : each.end_column - 1]
        assert written in ("[the *paper*](https://example.org/a)", "https://example.org/b", "arXiv:1706.03762")


def test_what_a_mention_says_is_what_the_reader_sees():
    first, second, _ = read_notebook("a.ipynb", SAVED).mentions
    assert (first.text, first.sentence) == ("the paper", 'See "[the *paper*](https://example.org/a)" (03.04.2021).')
    assert second.sentence == "Zürich 😀 https://example.org/b and arXiv:1706.03762"


def test_headings_hold_for_the_cells_below():
    note = read_notebook("a.ipynb", notebook(("markdown", "# A"), ("code", "1"), ("markdown", ["## B\n", X])))
    assert [each.headings for each in note.mentions] == [("A", "B")]


def test_cells_are_paragraphs_of_their_own():
    note = read_notebook("a.ipynb", notebook(("markdown", "One"), ("markdown", X), ("markdown", "two")))
    assert [each.sentence for each in note.mentions] == [X]


def test_a_problem_is_told_with_the_line_of_the_file():
    note = read_notebook("a.ipynb", '{"cells": [\n{"cell_type": "markdown", "source": ["a\\n", "```\\n", "b"]}]}')
    assert [each.split(": ")[0] for each in note.problems] == ["a.ipynb:2"]


def test_half_of_a_character_becomes_a_question_mark():
    note = read_notebook("a.ipynb", notebook(("markdown", f"a \ud83d: {X}")))
    assert [each.sentence for each in note.mentions] == [f"a ?: {X}"]


@pytest.mark.parametrize("text", ["", " \n", '{"cells": []}', '{"cells": [{"cell_type": "markdown"}, 1, []]}'])
def test_a_notebook_may_say_nothing(text):
    assert read_notebook("a.ipynb", text).mentions == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"cells": [\n{"cell_type"', "a.ipynb is no valid JSON: .* in line 2"),
        ("[" * 200_000, "a.ipynb is no valid JSON: it is nested too deeply"),
        ('{"worksheets": []}', "a.ipynb is no notebook of today"),
        ("[1]", "a.ipynb is no notebook of today"),
    ],
)
def test_a_broken_notebook_is_told_in_a_sentence(text, reason):
    with pytest.raises(NoteError, match=reason):
        read_note("a.ipynb", text.encode(), lambda _url: None)
