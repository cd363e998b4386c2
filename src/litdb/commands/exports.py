"""Writing exports: read back before the old file is replaced, and never over a file that is somebody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from litdb.commands.browse import write_metadata
from litdb.errors import LitdbError, UsageError
from litdb.files.place import Place
from litdb.files.replacing import replace_file
from litdb.files.settings import Settings
from litdb.model import Work
from litdb.notes import is_own_export

if TYPE_CHECKING:
    from litdb.export.references import ListStyle

FILES = {"bibtex": "references.bib", "biblatex": "references.biblatex.bib"}
REFERENCES = "references.md"


def write_all(place: Place, settings: Settings) -> list[str]:
    """Write every export beside the library; the names of those that changed."""
    from litdb.database import queries
    from litdb.database.connection import open_for_reading
    from litdb.export.references import references_document

    with closing(open_for_reading(place.library)) as connection:
        works = queries.works(connection)
        by_note = list(queries.works_by_note(connection).items())
    written = [name for kind, name in FILES.items() if write_bib(place.folder / name, kind, works)]
    document = references_document(works, by_note, list_style(settings.lists))
    written += [REFERENCES] if write_own(place.folder / REFERENCES, document) else []
    written += write_metadata(place)
    return [str(place.folder / name) for name in written]


def bib_text(kind: str, works: Sequence[Work]) -> str:
    """A `.bib` of the works, proven to read back. Raises `ExportError`."""
    from litdb.export import FORMATS
    from litdb.export.verify import verify_bib

    text = "".join(FORMATS[kind](works))
    verify_bib(text, works)
    return text


def write_bib(path: Path, kind: str, works: Sequence[Work]) -> bool:
    """Write a `.bib`; whether that changed the file."""
    return write_own(path, bib_text(kind, works))


def write_own(path: Path, text: str) -> bool:
    """Replace a file that litdb wrote, or make it. Raises `LitdbError` rather than overwrite another's."""
    if path.is_dir():
        raise LitdbError(f"{path} is a folder. Name a file in it.")
    if path.exists() and not is_own_export(path.read_bytes()):
        raise LitdbError(f"{path} was not written by litdb, so it stays as it is. Move it, or choose another place.")
    return replace_file(path, text)


def list_style(options: Mapping[str, str | None]) -> ListStyle:
    """How the dated lists look, from litdb.toml or the command line. Raises `UsageError`."""
    from litdb.export.references import ListStyle, Marker, Order, People

    choices = {"order": get_args(Order), "people": get_args(People), "marker": get_args(Marker)}
    given = {name: value for name, value in options.items() if value is not None}
    for name, allowed in choices.items():
        if name in given and given[name] not in allowed:
            raise UsageError(f"“{given[name]}” is no {name} of a list; it can be: {', '.join(allowed)}.")
    if "YYYY" not in given.get("date", "YYYY"):
        raise UsageError(f"“{given['date']}” is no way to write a date: YYYY is missing, as in DD.MM.YYYY.")
    usual = ListStyle()
    return ListStyle(
        date_format=given.get("date", usual.date_format),
        order=given.get("order", usual.order),  # type: ignore[arg-type]
        marker=given.get("marker", usual.marker),  # type: ignore[arg-type]
        people=given.get("people", usual.people),  # type: ignore[arg-type]
    )
