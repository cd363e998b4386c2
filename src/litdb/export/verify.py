"""An export read back before it replaces the old one: every entry is there, its key and addresses are untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from litdb.errors import ExportError
from litdb.export.bibtex import BIBTEX
from litdb.export.entries import Dialect, doi, url
from litdb.export.escape import one_line, verbatim
from litdb.model import Work
from litdb.text.others import named

_HEAD = re.compile(r"@\w+\{([^,\s]*),")


def verify_bib(text: str, works: Sequence[Work], dialect: Dialect = BIBTEX) -> None:
    """Nothing, if pybtex reads the file strictly and finds these works in it; otherwise an `ExportError`.

    Compared are the entries' number, keys and order, their number of authors, and byte by byte `url`, `doi`, `eprint`.
    Of these, `dialect` says which URLs were left out; BibTeX's and BibLaTeX's leave out none.
    """
    entries = _read(text)
    keys = [work.key for work in works]
    _compare_keys(list(entries), keys)
    for work in works:
        for field, written, read in _addresses(work, entries[work.key], dialect):
            if written != read:
                raise ExportError(f"The entry {work.key} reads back with the {field} {read!r} instead of {written!r}.")


def _read(text: str) -> Mapping[str, Any]:
    from pybtex.database.input.bibtex import Parser
    from pybtex.errors import capture

    with capture() as problems:
        entries: Mapping[str, Any] = Parser().parse_string(text).entries
    for problem in problems:
        raise ExportError(f"The export cannot be read back{_place(text, problem)}: {problem}.")
    return entries


def _place(text: str, problem: Exception) -> str:
    """Where a syntax error began: pybtex keeps the position of the `@` with it."""
    start, *_ = getattr(problem, "error_context_info", None) or (None,)
    head = _HEAD.match(text, start) if isinstance(start, int) else None
    return f" from the entry {head[1]} on" if head else ""


def _compare_keys(read: Sequence[str], written: Sequence[str]) -> None:
    if list(read) == list(written):
        return
    lost, added = set(written) - set(read), set(read) - set(written)
    raise ExportError(
        f"The export reads back with {len(read)} entries instead of {len(written)}; "
        f"missing: {_named(lost)}; not expected: {_named(added)}."
    )


def _named(keys: set[str]) -> str:
    return ", ".join(sorted(keys)[:5]) or "none (their order or number differs)"


def _addresses(work: Work, entry: Any, dialect: Dialect) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401
    """Field, what was to be written, what was read; what only the user's own entry has is theirs."""
    expected = {"url": url(work, dialect), "doi": doi(work), "eprint": work.identifier_of("arxiv")}
    for field, written in expected.items():
        if written or not work.entries:
            yield field, verbatim(written), entry.fields.get(field, "")
    authors = sum(1 for name in named(work.authors) if one_line(name.display))
    read = [person for person in entry.persons.get("author", ()) if str(person) != "others"]
    yield "number of authors", str(authors), str(len(read))
