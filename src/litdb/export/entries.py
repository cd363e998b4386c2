"""Works as entries of a `.bib` file: which fields they have, in which order, and how these are printed.

What the two dialects share is here; `bibtex` and `biblatex` are tables and a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from litdb.export.casing import is_sentence_case, protect
from litdb.export.escape import escape, group, one_line, verbatim
from litdb.export.tex import tex_title
from litdb.model import Name, Work, WorkType
from litdb.text.dates import cited_day

Fields = Iterator[tuple[str, str]]
"""Names and values; a value is what stands behind `=`, braces and all."""

KIND_NOTES: Mapping[WorkType, str] = {
    "tweet": "Tweet",
    "comment": "Comment",
    "sequence": "Sequence",
    "motion_picture": "Video",
}
"""What no entry type says. It stands in `note`: pandoc glues a `titleaddon` onto the title."""

IN_A_JOURNAL = (("volume", "volume"), ("number", "issue"), ("pages", "pages"))
IN_A_BOOK = (("volume", "volume"), ("pages", "pages"), ("publisher", "publisher"))
"""Fields of what is part of something else, each with the field of the work that it comes from."""

_WIDTH = len("archivePrefix")
_ARXIV_DOI = "10.48550/arxiv."
_RANGE = re.compile(r"(?<=\d)\s*[-–—]+\s*(?=\d)")
_JOINED = re.compile(r",|(?:\A|\s)and(?:\s|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """An entry type. `venue` is the field for where it appeared, filled from the first of `venue_from` that is known.

    `extras` are further fields, each from one of the work; `fixed` are fields that are always the same.
    """

    name: str
    venue: str
    venue_from: tuple[str, ...]
    extras: tuple[tuple[str, str], ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """One dialect of `.bib`.

    A work gets the entry type of its own type in `kinds` if its venue is known, else `web`. `letters` writes
    the letters beyond ASCII, `dates` the fields of dates. `eprint` are arXiv's fields: the number's, the archive's,
    what that one says, the class's. With `sort_key` a work without names says in `key` where it is sorted.
    `former_keys` is the field for keys that a work had before, where the dialect has one.
    """

    name: str
    web: Kind
    kinds: Mapping[WorkType, Kind]
    letters: Callable[[str], str]
    dates: Callable[[Work], Fields]
    eprint: tuple[str, str, str, str]
    sort_key: bool
    former_keys: str = ""


def write(works: Iterable[Work], dialect: Dialect) -> Iterator[str]:
    """The file piece by piece: a comment, then every work in the order given, so the same works give the same bytes."""
    yield f"% litdb export: {dialect.name}. Written anew by every export, so change the notes or corrections instead.\n"
    for work in works:
        yield f"\n{entry(work, dialect)}"


def entry(work: Work, dialect: Dialect) -> str:
    """One work as an entry, ending in a line break."""
    kind = dialect.kinds.get(work.type, dialect.web)
    if not (venue := _venue(work, kind)):
        kind = dialect.web
        venue = _venue(work, kind)
    lines = [f"  {name.ljust(_WIDTH)} = {value}," for name, value in _fields(work, kind, venue, dialect)]
    return "\n".join((f"@{kind.name}{{{work.key},", *lines, "}\n"))


def doi(work: Work) -> str:
    """The DOI to print: the publisher's, else the one that arXiv gives to every paper (DataCite, 10.48550).

    >>> from litdb.model import Identifier
    >>> paper = Identifier("arxiv", "2209.00626")
    >>> doi(Work(paper, (paper,), "", "preprint", ""))
    '10.48550/arXiv.2209.00626'
    """
    dois = (each.value for each in work.identifiers if each.scheme == "doi")
    published = next((value for value in dois if not value.lower().startswith(_ARXIV_DOI)), "")
    arxiv = work.identifier_of("arxiv")
    return verbatim(published or (f"10.48550/arXiv.{arxiv}" if arxiv else work.identifier_of("doi")))


def braced(value: str) -> str:
    """A value between the braces of a field.

    >>> braced("2022")
    '{2022}'
    """
    return f"{{{value}}}"


def people(names: Sequence[Name]) -> str:
    r"""Names as BibTeX parses them, `Family, Given`; what has no such parts in braces of its own.

    >>> print(people([Name(family="Merwijk", given="Chris", particle="van"), Name(literal="Center for AI and Safety")]))
    van Merwijk, Chris and {Center for AI and Safety}
    >>> print(people([Name(family="King", given="M.", suffix="Jr."), Name(literal="@a_b")]))
    King, Jr., M. and {@a\_b}
    """
    return " and ".join(filter(None, map(_person, names)))


def _venue(work: Work, kind: Kind) -> str:
    for attribute in kind.venue_from:
        if venue := getattr(work, attribute):
            return _text(venue)
    return ""


@lru_cache(maxsize=1 << 12)
def _text(text: str) -> str:
    """A text that many works share (a site, a publisher), escaped."""
    return escape(one_line(text))


def _fields(work: Work, kind: Kind, venue: str, dialect: Dialect) -> Fields:
    """The fields in their order, without the empty ones."""
    texts = (
        ("author", people(work.authors)),
        ("editor", people(work.editors)),
        ("title", _title(work)),
        (kind.venue, venue),
        *kind.fixed,
        *((field, _extra(work, attribute)) for field, attribute in kind.extras),
    )
    for name, text in texts:
        if text:
            yield name, braced(dialect.letters(text))
    yield from dialect.dates(work)
    for name, value in _addresses(work, dialect):
        if value:
            yield name, braced(value)
    if dialect.former_keys and work.former_keys:
        yield dialect.former_keys, braced(",".join(work.former_keys))
    for name, text in _remarks(work, dialect):
        if text:
            yield name, braced(dialect.letters(text))


def _addresses(work: Work, dialect: Dialect) -> Fields:
    """What machines read: never escaped, byte by byte what the work says."""
    arxiv = work.identifier_of("arxiv")
    eprint, archive, archive_name, archive_class = dialect.eprint
    if arxiv:
        yield eprint, verbatim(arxiv)
        yield archive, archive_name
        yield archive_class, verbatim(work.archive_class)
    yield "isbn", verbatim(work.identifier_of("isbn"))
    yield "doi", doi(work)
    yield "url", verbatim(work.url)


def _remarks(work: Work, dialect: Dialect) -> Fields:
    """What people read behind the rest, and what BibTeX sorts a work by that has no names."""
    kind = KIND_NOTES.get(work.type, "")
    known = work.note.casefold().startswith(kind.casefold())
    accessed = "" if work.date or not work.accessed else f"Accessed {cited_day(work.accessed)}"
    remarks = ("" if known else kind, accessed, one_line(work.note))
    yield "note", escape(". ".join(filter(None, remarks)))
    if dialect.sort_key and not (work.authors or work.editors):
        yield "key", _text(work.container or work.title or work.label)


def _title(work: Work) -> str:
    """The title with its capitals protected, or the label of a titleless work, which no style may touch."""
    title = one_line(work.title)
    if not title:
        label = _text(work.label)
        return group(label) if label else ""
    if work.markup == "tex":
        return tex_title(title)
    return escape(protect(title, sentence_case=is_sentence_case(title)))


def _extra(work: Work, attribute: str) -> str:
    value = one_line(getattr(work, attribute))
    return "--".join(map(escape, _RANGE.split(value))) if attribute == "pages" else escape(value)


@lru_cache(maxsize=1 << 14)
def _person(name: Name) -> str:
    if not (name.family and name.given):
        whole = _text(name.display)
        return group(whole) if whole else ""
    family = " ".join(part for part in (_text(name.particle), _part(name.family)) if part)
    return ", ".join(part for part in (family, _part(name.suffix), _part(name.given)) if part)


def _part(text: str) -> str:
    """A part of a name, in braces where a comma or an `and` in it would be read as syntax."""
    line = one_line(text)
    return group(escape(line)) if _JOINED.search(line) else escape(line)
