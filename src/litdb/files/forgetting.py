"""Taking lines out of litdb's own lists beside the library."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from litdb.errors import NoteError
from litdb.files.own_words import FILE, Row, read_rows
from litdb.files.place import Place
from litdb.files.replacing import replace_file


def drop_own_words(place: Place, is_dropped: Callable[[Row], bool]) -> None:
    """Take what litdb wrote into notes out of its list, where it is to go. Raises `LitdbError`."""
    rows = read_rows(place)
    kept = [row for row in rows if not is_dropped(row)]
    if len(kept) < len(rows):
        replace_file(place.folder / FILE, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in kept))


def read_lines(path: Path) -> list[str]:
    """The lines of a list, none where there is none. Raises `NoteError`."""
    try:
        return path.read_text("utf-8").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise NoteError(f"{path} cannot be read ({error}). Mend it or move it away.") from error


def drop_lines(path: Path, is_dropped: Callable[[str], bool]) -> None:
    """Take lines out of a list. Raises `LitdbError`."""
    lines = read_lines(path)
    kept = [line for line in lines if not is_dropped(line)]
    if len(kept) < len(lines):
        replace_file(path, "".join(f"{line}\n" for line in kept))
