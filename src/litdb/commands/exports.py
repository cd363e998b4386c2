"""Writing exports: read back before the old file is replaced, and never over a file that is somebody else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from litdb.commands.metadata import write_metadata
from litdb.commands.opening import library_of
from litdb.errors import LitdbError, UsageError
from litdb.files.place import Place
from litdb.files.replacing import replace_pieces
from litdb.files.settings import Settings
from litdb.model import Work
from litdb.notes import is_own_export

if TYPE_CHECKING:
    from litdb.export.references import ListStyle
    from litdb.export.templates import Template

FILES = {"bibtex": "references.bib", "biblatex": "references.biblatex.bib"}
REFERENCES = "references.md"

_READ_AT_ONCE = 1_000
"""So many new entries are read back together: pybtex takes ten times the memory of what it reads."""

LIST_OPTIONS = ("date", "order", "marker", "people", "headings", "undated", "archived", "cite-keys", "template")
"""What can be said of dated lists, in litdb.toml as on the command line."""

_OWN_DATA = re.compile(
    rb"""\[\]\n\Z  # CSL-JSON of no works
        |\{"(?:key|type)":\ "[^\n]*\],\ "cited":\ (?:true|false)\}\n  # JSON lines
        |\Z""",
    re.VERBOSE,
)
"""How exports begin that are no notes, or are empty."""


def write_all(place: Place, settings: Settings) -> list[str]:
    """Write every export beside the library; the names of those that changed."""
    from litdb.database import queries

    with library_of(place) as connection:
        works = queries.works(connection)
        by_note = list(queries.works_by_note(connection, works).items())
    written = [name for kind, name in FILES.items() if write_bib(place.folder / name, kind, works)]
    lists = _references(place, settings, works, by_note)
    written += [REFERENCES] if write_own(place.folder / REFERENCES, lists) else []
    written += write_metadata(place)
    return [str(place.folder / name) for name in written]


def bib_text(kind: str, works: Sequence[Work], target: str = "", there: str = "") -> str:
    """A `.bib` of the works, sorted by key, proven to read back. Raises `ExportError`.

    `there` is the file that it is to replace: an entry that stands there already was read back when it was written.
    """
    from litdb.export.biblatex import write_biblatex
    from litdb.export.bibtex import ACL, BIBTEX, NATBIB, write_bibtex
    from litdb.export.verify import verify_bib

    works = sorted((work for work in works if work.key), key=lambda work: work.key)
    dialect = {"natbib": NATBIB, "acl": ACL}.get(target, BIBTEX)
    if "biblatex" in (kind, target):
        head, *entries = write_biblatex(works, {work.key for work in works})
    else:
        head, *entries = write_bibtex(works, dialect)
    proven = {f"\n@{entry}\n" for entry in there.removesuffix("\n").split("\n\n@")}
    new = [(entry, work) for entry, work in zip(entries, works, strict=True) if entry not in proven]
    for start in range(0, len(new), _READ_AT_ONCE):
        some = new[start : start + _READ_AT_ONCE]
        verify_bib("".join(entry for entry, _ in some), [work for _, work in some], dialect)
    return "".join((head, *entries))


def write_bib(path: Path, kind: str, works: Sequence[Work]) -> bool:
    """Write a `.bib`; whether that changed the file."""
    there = path.read_text("utf-8", "replace") if path.is_file() else ""
    return write_own(path, [bib_text(kind, works, there=there)])


def write_own(path: Path, pieces: Iterable[str]) -> bool:
    """Replace a file that litdb wrote, or make it; whether that changed anything.

    Raises `LitdbError` rather than overwrite another's.
    """
    if path.is_dir():
        raise LitdbError(f"{path} is a folder. Name a file in it.")
    if not path.parent.is_dir():
        raise LitdbError(f"There is no folder {path.parent} for {path.name}. Make it, or choose another place.")
    if path.exists() and not _is_own(_beginning(path)):
        raise LitdbError(f"{path} was not written by litdb, so it stays as it is. Move it, or choose another place.")
    return replace_pieces(path, pieces)


def marked(text: str, kind: str, path: Path) -> str:
    """A text for a file, with a first line that says that litdb wrote it, where the format has room for one."""
    if kind not in ("references", "markdown", "html") or is_own_export(text[:100].encode()):
        return text
    is_tex = path.suffix.lower() in (".tex", ".ltx", ".bib", ".sty")
    return f"% litdb export: {kind}\n{text}" if is_tex else f"<!-- litdb export: {kind} -->\n{text}"


def list_style(options: Mapping[str, str | None], today: str = "") -> ListStyle:
    """How the dated lists look, from litdb.toml or the command line. Raises `UsageError`."""
    from litdb.export.list_dates import fault
    from litdb.export.references import Headings, ListStyle, Marker, Order, People

    given = {name: value for name, value in options.items() if value is not None}
    unknown = next((name for name in given if name not in LIST_OPTIONS), None)
    if unknown:
        raise UsageError(f"“{unknown}” is nothing that lists can do; they know: {', '.join(LIST_OPTIONS)}.")
    choices = {"order": Order, "people": People, "marker": Marker, "headings": Headings}
    for name, allowed in choices.items():
        if name in given and given[name] not in get_args(allowed):
            raise UsageError(f"“{given[name]}” is no {name} of a list; it can be: {', '.join(get_args(allowed))}.")
    usual = ListStyle()
    pattern = given.get("date", usual.date_format)
    if wrong := fault(pattern):
        raise UsageError(f"“{pattern}” is no way to write a date: {wrong}.")
    said = {name: given[name] for name in (*choices, "undated") if name in given}
    said |= {"date_format": pattern, "today": today}
    switched = {"archived": _is_yes(given, "archived"), "cite_keys": _is_yes(given, "cite-keys")}
    return replace(usual, **said, **switched)  # type: ignore[arg-type]


def read_template(path: Path) -> Template:
    """A template of the user's. Raises `UsageError` where it cannot be read."""
    from litdb.export.templates import Template

    try:
        return Template(str(path), _content(path, "template").decode())
    except UnicodeDecodeError as error:
        raise UsageError(f"The template {path} is not UTF-8. Save it so and run again.") from error


def styled(works: Sequence[Work], path: Path, is_html: bool) -> Iterator[str]:
    """The works in the CSL style of a file. Raises `UsageError`."""
    from litdb.export.styled import Style, write_styled

    return write_styled(works, Style(str(path), _content(path, "style")), "html" if is_html else "text")


def writers() -> Mapping[str, Callable[[Sequence[Work]], Iterator[str]]]:
    """The formats that need nothing but the works, by name."""
    from functools import partial

    from litdb.commands.printing import work_json
    from litdb.export import DATA, FORMATS
    from litdb.export.tabular import write_jsonl

    return {**FORMATS, **DATA, "jsonl": partial(write_jsonl, shape=work_json)}


def _references(
    place: Place, settings: Settings, works: Sequence[Work], by_note: Sequence[tuple[str, Sequence[Work]]]
) -> Iterable[str]:
    from litdb.export.references import ordered, references_document
    from litdb.export.templates import render
    from litdb.text.times import utc_now

    style = list_style(settings.lists, utc_now()[:10])
    name = settings.lists.get("template")
    if not name:
        return references_document(works, by_note, style)
    path = next((folder / name for folder in place.own_folders if (folder / name).is_file()), place.project / name)
    text = render(read_template(path), ordered(works, style.order), by_note, style)
    return [marked(text, "references", place.folder / REFERENCES)]


def _beginning(path: Path) -> bytes:
    """As much of a file as tells whose it is."""
    with path.open("rb") as opened:
        return opened.read(1 << 16)


def _is_own(content: bytes) -> bool:
    return is_own_export(content) or bool(_OWN_DATA.match(content))


def _is_yes(given: Mapping[str, str], name: str) -> bool:
    """Whether a switch is on; TOML's `true` comes as text."""
    value = given.get(name, "false").lower()
    if value not in ("true", "false"):
        raise UsageError(f"“{name}” of a list is true or false, not “{given[name]}”.")
    return value == "true"


def _content(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"The {what} {path} cannot be read: {error.strerror or error}.") from error
