"""The list of what was added by hand: a note like any other, one URL a line, for people to edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from litdb.errors import NoteError
from litdb.files.replacing import replace_file
from litdb.text.secrets import without_secrets


def read_lines(path: Path) -> list[str]:
    """The lines of the list, none where there is none. Raises `NoteError` where it cannot be read."""
    try:
        return path.read_text("utf-8").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise NoteError(f"{path} cannot be read ({error}). Mend it or move it away; it is as it was.") from error


def add_lines(path: Path, lines: Iterable[str]) -> int:
    """Put lines at the end of the list, each once and without logins; how many were new. Raises `LitdbError`."""
    there = read_lines(path) if path.exists() else ["# Added by litdb add, one URL a line."]
    known = set(there)
    open_ones = (without_secrets(each).strip() for each in lines)
    new = [line for line in dict.fromkeys(open_ones) if line and line not in known]
    if new:
        replace_file(path, "\n".join([*there, *new]) + "\n")
    return len(new)


def drop_lines(path: Path, is_dropped: Callable[[str], bool]) -> None:
    """Take lines out of the list. Raises `LitdbError`."""
    lines = read_lines(path)
    kept = [line for line in lines if not is_dropped(line)]
    if len(kept) < len(lines):
        replace_file(path, "".join(f"{line}\n" for line in kept))
