"""What holds only where `litdb browse` serves a library to its own user: links to the lines of notes in an editor.

A library that is published knows none of this: nothing is kept in files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

EDITORS: Mapping[str, str] = {
    "obsidian": "obsidian://open?path={path}",
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
}
"""Addresses that open a file in an editor (help.obsidian.md, “Obsidian URI”; code.visualstudio.com, “URLs”)."""


@dataclass(frozen=True, slots=True)
class Local:
    """How a library is served on this machine: the project that its notes are named from, and the editor.

    `editor` is one of `EDITORS`, empty for the one that fits a note.
    """

    project: Path
    editor: str = ""

    def editor_link(self, note: str, line: int, column: int) -> str:
        """The address that opens a note at a line in an editor; empty where the note is not there."""
        path = (self.project / note).resolve()
        if not path.is_file():
            return ""
        editor = self.editor or ("obsidian" if _is_in_vault(path) else "vscode")
        pattern = EDITORS[editor]
        safe = "" if "path={" in pattern else "/"
        return pattern.format(path=quote(path.as_posix(), safe=safe), line=line, column=column)


_served: dict[Path, Local] = {}


def serve_locally(library: Path, local: Local) -> None:
    """Say that this process serves a library to the user of this machine."""
    _served[library.resolve()] = local


def local_of(library: str | None) -> Local | None:
    """How the library at a path is served locally; None on a published copy."""
    return _served.get(Path(library).resolve()) if library else None


def _is_in_vault(path: Path) -> bool:
    return any((folder / ".obsidian").is_dir() for folder in path.parents)
