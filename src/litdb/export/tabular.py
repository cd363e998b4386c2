"""Works as rows: a CSV for spreadsheets, and one JSON object a line for programs."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from litdb.export.entries import doi
from litdb.export.escape import one_line
from litdb.export.shown import json_line, people, plain_title, remarks
from litdb.model import Work
from litdb.notes.others import authors, editors
from litdb.text.dates import cited_day

_TRIGGERS = "=+\\-@＝＋－＠"
_LIVE = re.compile(rf"(?:\A|;)\s*(?=[{_TRIGGERS}])")
"""Where a cell would begin with what spreadsheets take for a formula (OWASP, “CSV Injection”), also the full-width
signs, and also behind a semicolon, which is the separator where the comma is the decimal sign."""

COLUMNS: Mapping[str, Callable[[Work], str]] = {
    "key": lambda work: work.key,
    "type": lambda work: work.type,
    "title": plain_title,
    "label": lambda work: work.label,
    "authors": lambda work: ", ".join(people(authors(work))),
    "editors": lambda work: ", ".join(people(editors(work))),
    "date": lambda work: cited_day(work.date),
    "year": lambda work: work.date[:4],
    "container": lambda work: work.container,
    "publisher": lambda work: work.publisher,
    "volume": lambda work: work.volume,
    "issue": lambda work: work.issue,
    "pages": lambda work: work.pages,
    "number": lambda work: work.number,
    "url": lambda work: work.url,
    "doi": doi,
    "arxiv": lambda work: work.identifier_of("arxiv"),
    "isbn": lambda work: work.identifier_of("isbn"),
    "archived": lambda work: work.archived,
    "accessed": lambda work: cited_day(work.accessed),
    "language": lambda work: work.language,
    "status": lambda work: work.status,
    "note": lambda work: ". ".join(remarks(work)),
    "abstract": lambda work: work.abstract,
    "outcome": lambda work: work.outcome,
    "reason": lambda work: work.reason,
    "identifiers": lambda work: " ".join(map(str, work.identifiers)),
}
"""The columns of the CSV, in order."""


def write_csv(works: Iterable[Work]) -> Iterator[str]:
    """A CSV (RFC 4180) with a row for each work; no cell of it is a formula."""
    lines: list[str] = []
    writer = csv.writer(_Lines(lines))
    writer.writerow(COLUMNS)
    for work in works:
        cells = (value(work) for value in COLUMNS.values())
        writer.writerow([defused(one_line(cell)) if cell else "" for cell in cells])
        yield from lines
        lines.clear()
    yield from lines


def defused(text: str) -> str:
    """A text that no spreadsheet calculates: an apostrophe stands before what begins a formula.

    >>> defused("=HYPERLINK(1)"), defused("a-b"), defused("a;=b")
    ("'=HYPERLINK(1)", 'a-b', "a;'=b")
    """
    return _LIVE.sub(r"\g<0>'", text)


def write_jsonl(works: Iterable[Work], shape: Callable[[Work], Mapping[str, object]]) -> Iterator[str]:
    """One JSON object a line, in the `shape` that `litdb list --json` gives to a work."""
    for work in works:
        yield f"{json_line(shape(work))}\n"


class _Lines:
    """Where `csv` writes to."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, line: str) -> None:
        """Take a line with its end."""
        self._lines.append(line)
