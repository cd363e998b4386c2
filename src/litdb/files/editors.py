"""Opening notes in the user's editor: the addresses that editors listen to, and the editor that fits a note."""

from __future__ import annotations

from collections.abc import Mapping
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


def editor_address(note: Path, line: int, column: int, editor: str = "") -> str:
    """The address that opens a note at a line in one of `EDITORS`; empty where the note is not there.

    Without an editor Obsidian is asked in its vaults, else VS Code.
    """
    path = note.resolve()
    if not path.is_file():
        return ""
    pattern = EDITORS[editor or ("obsidian" if _is_in_vault(path) else "vscode")]
    safe = "" if "path={" in pattern else "/"
    return pattern.format(path=quote(path.as_posix(), safe=safe), line=line, column=column)


def _is_in_vault(path: Path) -> bool:
    return any((folder / ".obsidian").is_dir() for folder in path.parents)
