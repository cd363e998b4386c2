"""What SQLite refuses, as sentences: which file, what is wrong with it, what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from litdb.errors import LibraryError, LockedLibrary, NotALibrary, ReadOnlyLibrary


class _Refusal(NamedTuple):
    """A kind of refusal: how SQLite's codes for it begin, its words for it, and what to say of the file."""

    codes: tuple[str, ...]
    words: tuple[str, ...]
    error: type[LibraryError]
    sentence: str


_DAMAGE = _Refusal(
    ("SQLITE_NOTADB", "SQLITE_CORRUPT"),
    ("not a database", "image is malformed", "malformed database schema", "unsupported file", "Could not decode"),
    NotALibrary,
    "{file} is not a litdb library, or it is damaged ({reason}). Move a library aside and “litdb rebuild” makes it "
    "anew; of a journal bring back a copy.",
)

_REFUSALS = (
    _DAMAGE,
    _Refusal(
        ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"),
        ("is locked", "locking protocol"),
        LockedLibrary,
        "{file} is being written by another process. Try again when it has ended.",
    ),
    _Refusal(
        ("SQLITE_READONLY",),
        ("readonly", "read-only"),
        ReadOnlyLibrary,
        "{file} cannot be written: it or its folder is read-only ({reason}). Make it writable, or name another place "
        "with --db.",
    ),
    _Refusal(
        ("SQLITE_CANTOPEN", "SQLITE_PERM"),
        ("unable to open", "access permission denied"),
        LibraryError,
        "{file} cannot be opened ({reason}): it or its folder may not be read or written, or something else is in its "
        "place.",
    ),
    _Refusal(
        ("SQLITE_FULL",),
        ("is full",),
        LibraryError,
        "The disk that holds {file} is full. What was kept before is safe. Make room, and run it again.",
    ),
    _Refusal(
        ("SQLITE_IOERR",),
        ("disk I/O",),
        LibraryError,
        "{file} cannot be written or read ({reason}): its disk is full, broken or gone, or files may not grow that "
        "large. What was kept before is safe.",
    ),
)
"""All kinds that are told apart, by the names of SQLite's result codes (sqlite.org/rescode.html)."""

_OTHER = _Refusal(
    (),
    (),
    LibraryError,
    "{file} cannot be used: SQLite says “{reason}”. If that comes again, move a library aside and “litdb rebuild” "
    "makes it anew.",
)


def damaged(path: Path, reason: str) -> LibraryError:
    """What to say of a file that is none of ours or not as we left it, and what to do."""
    return _said(_DAMAGE, path, reason)


def refusal(file: Path | str, error: sqlite3.Error) -> LibraryError:
    """What to say of a file of which SQLite says this.

    >>> print(refusal("db/litdb.db", sqlite3.OperationalError("database is locked")))
    db/litdb.db is being written by another process. Try again when it has ended.
    """
    code = str(getattr(error, "sqlite_errorname", ""))  # from Python 3.11 on; before there are but its words
    text = str(error)
    for each in _REFUSALS:
        if code.startswith(each.codes) or any(words in text for words in each.words):
            return _said(each, file, text)
    return _said(_OTHER, file, text)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors as sentences about the file. Raises `LibraryError`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise refusal(path, error) from error
    except UnicodeDecodeError as error:  # SQLite quotes a damaged schema, which may be no text any more
        raise damaged(path, "malformed database schema") from error
    except OSError as error:
        raise ReadOnlyLibrary(f"{path} cannot be used: {error.strerror or error}.") from error


def _said(kind: _Refusal, file: Path | str, reason: str) -> LibraryError:
    return kind.error(kind.sentence.format(file=file, reason=reason))
