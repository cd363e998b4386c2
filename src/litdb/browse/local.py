"""What holds only where `litdb browse` serves a library to its own user: links to the lines of notes in an editor.

A library that is published knows none of this: nothing is kept in files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from litdb.files.editors import editor_address


@dataclass(frozen=True, slots=True)
class Local:
    """How a library is served on this machine: the project that its notes are named from, and the editor.

    `editor` is one of `litdb.files.editors`, empty for the one that fits a note.
    """

    project: Path
    editor: str = ""

    def editor_link(self, note: str, line: int, column: int) -> str:
        """The address that opens a note at a line in an editor; empty where the note is not there."""
        return editor_address(self.project / note, line, column, self.editor)


_served: dict[Path, Local] = {}


def serve_locally(library: Path, local: Local) -> None:
    """Say that this process serves a library to the user of this machine."""
    _served[library.resolve()] = local


def local_of(library: str | None) -> Local | None:
    """How the library at a path is served locally; None on a published copy."""
    return _served.get(Path(library).resolve()) if library else None
