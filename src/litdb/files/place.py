"""Where the library is, and what lies beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from litdb.errors import UsageError

SETTINGS = "litdb.toml"
CORRECTIONS = "corrections.toml"
"""What the user writes; among the notes or in the project."""

ADDED = "added.txt"
"""The list beside the library of what `litdb add` was given: a note like any other."""

IMPORTS = "imports"
"""The folder beside the library of what `litdb import` was given: whole and unchanged, notes like any other."""

FACTS = "facts"
"""The folder beside the library of what `litdb facts import` was given: a folder for each commons."""


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one library: `library`, the `journal` beside it, and the folder they are in."""

    library: Path

    @property
    def journal(self) -> Path:
        """The journal: beside the library, with its own suffix, so that publishing leaves it behind."""
        return self.library.with_suffix(".journal")

    @property
    def readings(self) -> Path:
        """What was read from the journal's answers: made again wherever it is missing."""
        return self.library.with_suffix(".readings")

    @property
    def folder(self) -> Path:
        """The folder of library, exports and Datasette's metadata."""
        return self.library.parent

    @property
    def project(self) -> Path:
        """The folder that notes are named from: the one that holds `db/`, or the library's own."""
        return self.folder.parent if self.folder.name == "db" else self.folder

    @property
    def own_folders(self) -> tuple[Path, Path]:
        """Where settings, corrections and templates are looked for: the project's folder, then its `seeds/`."""
        return self.project, self.project / "seeds"

    @property
    def corrections(self) -> Path:
        """The file of corrections: the one that is there, else beside litdb.toml, else in the project's folder."""
        names = (CORRECTIONS, SETTINGS)
        there = (folder for name in names for folder in self.own_folders if (folder / name).is_file())
        return next(there, self.project) / CORRECTIONS

    @property
    def added(self) -> Path:
        """The list of what was added by hand."""
        return self.folder / ADDED

    @property
    def imports(self) -> Path:
        """The folder of imported bibliographies."""
        return self.folder / IMPORTS

    @property
    def facts(self) -> Path:
        """The folder of imported commons of facts."""
        return self.folder / FACTS

    @property
    def commons(self) -> list[Path]:
        """The folders of imported commons of facts, by name; none where nothing was imported."""
        inside = self.facts.iterdir() if self.facts.is_dir() else ()
        return sorted(each for each in inside if each.is_dir() and not each.name.startswith("."))

    def name(self, path: Path) -> str:
        """How a note is called in the library: its path seen from the project, with forward slashes."""
        return Path(os.path.relpath(path.resolve(), self.project.resolve())).as_posix()

    def names(self, paths: Iterable[Path]) -> dict[str, Path]:
        """Files by how they are called; a folder of many is looked up once."""
        folders: dict[Path, str] = {}
        found = {}
        for path in paths:
            if os.path.islink(path):  # noqa: PTH114 - `Path.is_symlink` raises in a folder that is shut
                found[self.name(path)] = path
                continue
            folder = path.parent
            if folder not in folders:
                folders[folder] = self.name(folder)
            before = folders[folder]
            found[path.name if before == "." else f"{before}/{path.name}"] = path
        return found

    def under(self, path: Path, names: Iterable[str]) -> set[str]:
        """Those of these notes that are the file at a path, or lie in the folder there: in the project or round it."""
        project, asked = self.project.resolve(), path.resolve()
        return {name for name in names if Path(os.path.normpath(project / name)).is_relative_to(asked)}

    def path(self, name: str) -> Path:
        """The file of a note of the library."""
        return self.project / name

    def has(self, name: str) -> bool:
        """Whether the file of a note of the library is still there, as far as one may look."""
        return may_be_there(self.path(name))


def may_be_there(path: Path) -> bool:
    """Whether something lies at a path, as far as one may look: nobody can say that of what is in a shut folder."""
    try:
        return path.exists()
    except PermissionError:
        return True


def place_of(text: str) -> Place:
    """The place that `--db` names: a library file, or a folder that holds (or will hold) `litdb.db`."""
    path = Path(text)
    if path.suffix == ".journal":
        raise UsageError(f"{path} is a journal; name the library beside it: {path.with_suffix('.db')}")
    is_folder = path.is_dir() or text.endswith(("/", os.sep)) or (not path.suffix and not path.exists())
    return Place(path / "litdb.db" if is_folder else path)
