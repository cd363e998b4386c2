"""A manuscript in Pandoc's Markdown on disk: what its front matter says of bibliographies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from litdb.errors import NoteError
from litdb.model import Json
from litdb.notes import kind_of
from litdb.notes.front_matter import read_front_matter


def is_markdown(path: Path) -> bool:
    """Whether a file is Markdown by its name."""
    return kind_of(path.name) == "markdown"


def bibliographies(manuscript: Path) -> list[Path]:
    """The files that `bibliography` names, one or a list, whether they are there or not.

    Each is looked for beside the manuscript, then where Pandoc runs, which is here. Raises `NoteError` where the
    manuscript cannot be read.
    """
    named = _texts(_front_matter(manuscript).get("bibliography"))
    return [_found(name, manuscript.parent) for name in named if "://" not in name]


def cites_all(manuscript: Path) -> bool:
    """Whether `nocite` has Pandoc's `@*`: all that the bibliographies hold."""
    return any("@*" in text for text in _texts(_front_matter(manuscript).get("nocite")))


def _front_matter(manuscript: Path) -> Mapping[str, Json]:
    try:
        text = manuscript.read_text("utf-8-sig", "replace")
    except OSError as error:
        raise NoteError(f"{manuscript} cannot be read: {error.strerror or error}.") from error
    return read_front_matter(text).values


def _texts(value: Json) -> Sequence[str]:
    return [each.strip() for each in (value if isinstance(value, list) else [value]) if isinstance(each, str) and each]


def _found(name: str, folder: Path) -> Path:
    beside, here = folder / name, Path(name)
    return here if here.is_file() and not beside.is_file() else beside
