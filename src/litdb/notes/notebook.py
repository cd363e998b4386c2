"""Jupyter notebooks: their Markdown cells are the note; code, what it printed, and raw cells cite nothing.

nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

from dataclasses import replace

from litdb.errors import NoteError
from litdb.model import Note
from litdb.notes.json_places import Joined, member, members, read_json, texts, word
from litdb.notes.lines import one_character_line_ends
from litdb.notes.markdown import read_markdown


def read_notebook(path: str, text: str) -> Note:
    """The note that the Markdown cells make, one below another; lines and columns are those of the file.

    Raises `NoteError` for what is no notebook, or one from before 2015, whose cells lie in worksheets.
    """
    source = one_character_line_ends(text)
    notebook = read_json(path, source)
    cells = member(notebook, "cells")
    if notebook is not None and not isinstance(cells, list):
        raise NoteError(
            f"{path} is no notebook of today: it has no list of cells. Open it in Jupyter and save it anew."
        )
    markdown = [each for each in members(cells) if word(each, "cell_type") == "markdown"]
    joined = Joined(source, [texts(member(each, "source")) for each in markdown])
    return replace(read_markdown(path, joined.text, joined), kind="notebook")
