"""The list of what was added by hand: a note like any other, one URL a line, for people to edit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from litdb.errors import NoteError
from litdb.files.replacing import replace_file


def add_lines(path: Path, lines: Iterable[str]) -> int:
    """Put lines at the end of the list, each once; how many were new."""
    try:
        there = path.read_text("utf-8").splitlines() if path.exists() else ["# Added by litdb add, one URL a line."]
    except (OSError, UnicodeDecodeError) as error:
        raise NoteError(f"{path} cannot be read ({error}). Mend it or move it away; nothing was added.") from error
    known = set(there)
    new = [line for line in dict.fromkeys(each.strip() for each in lines) if line and line not in known]
    if new:
        replace_file(path, "\n".join([*there, *new]) + "\n")
    return len(new)
