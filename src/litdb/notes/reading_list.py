"""Reading lists that other programs export as CSV (Zotero, Pocket, Raindrop, Goodreads, Notion): a row cites a work.

Which columns there are differs. Addresses alone make no such list: logs and data have them too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from litdb.errors import NoteError
from litdb.model import Mention, Note
from litdb.notes.lines import one_character_line_ends
from litdb.notes.shortcodes import address_of
from litdb.notes.urllist import address, no_address

if TYPE_CHECKING:
    from _csv import Reader

ADDRESSES = ("doi", "url")
"""The columns that say which work a row cites, the surest first."""

BOOKS = ("isbn13", "isbn", "isbn/uid")
"""The columns of what a book may have alone."""

TITLES = ("title", "article title", "document title", "page title", "name")
FOLDERS = ("folder", "exclusive shelf")
REMARKS = ("note", "selection", "excerpt", "quote", "comment", "my review")
"""The columns of what people keep of a work: the first that says something stands as the sentence."""

_SHAPES = (
    *({title, address} for title in TITLES[:-1] for address in ADDRESSES),
    *({"name", "url", kept} for kept in ("author", "authors", "status", "tags")),  # Notion, Airtable
    {"url", "quote", "comment"},  # Hypothesis
    {"book id", "title", "isbn13", "exclusive shelf"},  # Goodreads
    {"title", "isbn/uid", "read status"},  # StoryGraph
)
"""Columns that only reading lists have together."""

_SEPARATORS = ",;\t"


class _Row(NamedTuple):
    """The cells of a row by the names of their columns, and the lines that it begins and ends in."""

    cells: Mapping[str, str]
    line: int
    end_line: int


def read_reading_list(path: str, text: str) -> Note:
    """A mention for every row with an address: the row's title is its text, the folder its heading.

    Raises `NoteError` where a cell has no end, or is larger than the `csv` module reads.
    """
    text = one_character_line_ends(text)
    lines = text.split("\n")
    mentions: list[Mention] = []
    problems: list[str] = []
    for row in _rows(path, text):
        target, url = _named(row.cells)
        if url:
            end_column = len(lines[row.end_line - 1].rstrip()) + 1
            mentions.append(_mention(path, row, target, url, end_column))
        elif wrong := _first_cell(row.cells, ADDRESSES):
            problems.append(no_address(path, row.line, wrong))
    return Note(path, "csv", "", mentions=tuple(mentions), problems=tuple(problems))


def is_reading_list(text: str) -> bool:
    """Whether the header of a CSV, its first line with anything in it, is that of a list of works.

    >>> is_reading_list("Title;URL\\n"), is_reading_list("time,url\\n"), is_reading_list("doi\\n")
    (True, False, True)
    """
    header = next(iter(text.replace("\0", "").lstrip().splitlines()), "")
    names = {name for row in _reader(header) for name in _names(row)}
    return any(shape <= names for shape in _SHAPES) or (len(names) == 1 and not names.isdisjoint(ADDRESSES))


def _named(cells: Mapping[str, str]) -> tuple[str, str]:
    """What says which work a row cites, and the address of that; an empty one where nothing does."""
    for column in ADDRESSES:
        if url := address(cells.get(column, "")):
            return cells[column], url
    isbns = (_first_word(cells, column) for column in BOOKS)
    return next(((isbn, url) for isbn in isbns if (url := address_of("isbn", isbn))), ("", ""))


def _first_word(cells: Mapping[str, str], column: str) -> str:
    """The first word of a cell; spreadsheets and Goodreads write `="9780131038059"` to keep it a text."""
    return cells.get(column, "").strip('="').partition(" ")[0]


def _first_cell(cells: Mapping[str, str], columns: Iterable[str]) -> str:
    """The first of these cells that says something, or empty."""
    return next((cell for column in columns if (cell := cells.get(column, ""))), "")


def _mention(path: str, row: _Row, target: str, url: str, end_column: int) -> Mention:
    return Mention(
        path,
        row.line,
        1,
        row.end_line,
        end_column,
        target,
        "list",
        url,
        _first_cell(row.cells, TITLES),
        headings=tuple(filter(None, [_first_cell(row.cells, FOLDERS)])),
        sentence=_first_cell(row.cells, REMARKS),
    )


def _rows(path: str, text: str) -> Iterator[_Row]:
    """The rows behind the header; blank ones are none."""
    reader = _reader(text)
    names: list[str] = []
    line = 1
    try:
        for row in reader:
            if names:
                cells = (" ".join(cell.split()) for cell in row)
                yield _Row(dict(zip(names, cells, strict=False)), line, reader.line_num)
            names = names or _names(row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise NoteError(
            f"{path} cannot be read from line {line} on: {error}. Does a quotation mark lack its other?"
        ) from error


def _reader(text: str) -> Reader:
    """The rows of a text whose cells are parted by what its header has most of."""
    header = text.lstrip("\n ").partition("\n")[0]
    return csv.reader(StringIO(text), delimiter=max(_SEPARATORS, key=header.count), skipinitialspace=True)


def _names(row: list[str]) -> list[str]:
    """The names of columns, in small letters; none for a blank row."""
    names = [name.strip().lower() for name in row]
    return names if any(names) else []
