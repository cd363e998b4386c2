"""Reading lists that other programs export as CSV (Zotero, Instapaper, Pocket, Raindrop): a row cites a work.

Which columns there are differs; one of addresses, `doi` or `url`, tells that a file is such a list.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
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
"""The columns that say which work a row cites, the surest first; a book may have nothing but its `isbn`."""

REMARKS = ("note", "selection", "excerpt")
"""The columns of what people keep of a work: the first that says something stands as the sentence."""

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
        elif wrong := next(filter(None, map(row.cells.get, ADDRESSES)), ""):
            problems.append(no_address(path, row.line, wrong))
    return Note(path, "csv", "", mentions=tuple(mentions), problems=tuple(problems))


def is_reading_list(text: str) -> bool:
    """Whether the header of a CSV, its first line with anything in it, names a column of addresses.

    >>> is_reading_list("Title;URL\\n"), is_reading_list("title,isbn\\n")
    (True, False)
    """
    header = next(iter(text.replace("\0", "").lstrip().splitlines()), "")
    return any(column in ADDRESSES for row in _reader(header) for column in _names(row))


def _named(cells: Mapping[str, str]) -> tuple[str, str]:
    """What says which work a row cites, and the address of that; an empty one where nothing does."""
    for column in ADDRESSES:
        if url := address(cells.get(column, "")):
            return cells[column], url
    isbn = cells.get("isbn", "").partition(" ")[0]
    return isbn, address_of("isbn", isbn)


def _mention(path: str, row: _Row, target: str, url: str, end_column: int) -> Mention:
    remark = next((cell for column in REMARKS if (cell := row.cells.get(column, ""))), "")
    return Mention(
        path,
        row.line,
        1,
        row.end_line,
        end_column,
        target,
        "list",
        url,
        row.cells.get("title", ""),
        headings=tuple(filter(None, [row.cells.get("folder", "")])),
        sentence=remark,
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
