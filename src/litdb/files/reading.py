"""Finding the files under a folder that may be notes, and reading them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from litdb.errors import UnreadFile, UsageError
from litdb.files.place import may_be_there

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from litdb.files.place import Place

SKIPPED_FOLDERS = frozenset({".git", ".ipynb_checkpoints", ".obsidian", ".trash", "_site", "node_modules"})
IGNORE_FILES = (".gitignore", ".litdbignore")

IsNote = Callable[[str], object]
"""True, or anything that is not nothing, for the name of a note."""


def names_file(text: str) -> bool:
    """Whether a text is the path of a file.

    What is too long for a path is none, nor is what stands where nobody may look; at both `Path.is_file` raises.
    """
    return os.path.isfile(text)  # noqa: PTH113


def is_there(text: str) -> bool:
    """Whether something lies at a path, be it a link that leads nowhere; nothing at what is too long for a path."""
    return os.path.lexists(text)


def read_stdin() -> str:
    """All of standard input, as UTF-8; what is none is replaced."""
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace")


def note_files(paths: Iterable[Path], is_note: IsNote, patterns: Sequence[str] = ()) -> list[Path]:
    """The files under these paths whose name says note, in order of their names.

    Left out: `SKIPPED_FOLDERS`, what `.gitignore` and `.litdbignore` name, the `patterns` of litdb.toml. A file named
    outright is taken whatever they say, and a folder that cannot be looked into stands for what it holds. Raises
    `UsageError` for a path that is not there.
    """
    paths = list(paths)
    require(paths)
    found: dict[Path, None] = {}
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - `Path.is_dir` raises where nobody may look
            specs = [(path, _spec(patterns))] if patterns else []
            found.update(dict.fromkeys(_walk(path, is_note, specs)))
        else:
            found[path] = None
    return list(found)


def library_files(
    place: Place, paths: Iterable[Path], known: Iterable[str], is_note: IsNote, patterns: Sequence[str]
) -> dict[str, Path]:
    """The files that may be notes, by their names: those asked for, those known already, what was added or imported."""
    own = [path for path in (place.added, *sorted(place.imports.glob("*"))) if path.is_file()]
    found = place.names([*note_files(paths, is_note, patterns), *own])
    before = [place.path(name) for name in known if name not in found and place.has(name)]
    return dict(sorted({**place.names(before), **found}.items()))


def require(paths: Iterable[Path]) -> None:
    """Nothing, if all these files and folders are there; else a `UsageError` about the first that is not."""
    missing = next((path for path in paths if not may_be_there(path)), None)
    if missing is not None:
        raise UsageError(f"There is no file or folder {missing}. Name the folder that holds your notes.")


def any_names(paths: Iterable[Path], words: Iterable[str]) -> bool:
    """Whether one of these words stands anywhere in one of these files. Raises `UnreadFile` for one that is gone."""
    texts = [word.encode() for word in words]
    return any(text in content for content in map(read_file, paths) for text in texts)


def read_file(path: Path) -> bytes:
    """The bytes of a note. Raises `UnreadFile` with the reason."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadFile(f"{path} cannot be read: {error.strerror or error}.") from error


def _walk(folder: Path, is_note: IsNote, specs: Sequence[tuple[Path, GitIgnoreSpec]]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # whoever reads it is told why it cannot be read
        return
    specs = [*specs, *_specs(folder)]
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir():
            if entry.name not in SKIPPED_FOLDERS and not entry.is_symlink() and not _is_ignored(path, specs, "/"):
                yield from _walk(path, is_note, specs)
        elif entry.is_file() and is_note(entry.name) and not _is_ignored(path, specs, ""):
            yield path


def _specs(folder: Path) -> list[tuple[Path, GitIgnoreSpec]]:
    files = (folder / name for name in IGNORE_FILES)
    return [(folder, _spec(file.read_text("utf-8", "replace").splitlines())) for file in files if names_file(str(file))]


def _spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    """What these lines of a `.gitignore` leave out; most folders have none, and reading pathspec takes a while."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _is_ignored(path: Path, specs: Sequence[tuple[Path, GitIgnoreSpec]], end: str) -> bool:
    return any(spec.match_file(path.relative_to(base).as_posix() + end) for base, spec in specs)
