"""Works as entries of a `.bib` file: which fields they have, in which order, and how these are printed.

What the dialects share is here; `bibtex` and `biblatex` are tables and dates. An entry has three blocks: texts, whose
letters a dialect writes in its own way; dates and addresses, which nobody may touch; and remarks, texts again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from litdb.export.escape import escape, is_verbatim, verbatim
from litdb.export.remarks import has_remarks, remarks, tied
from litdb.export.writing import Writing
from litdb.model import Work, WorkType
from litdb.text.dates import cited_day

NO_KEYS: Collection[str] = frozenset()

COMMON = ("isbn", "doi", "url", "ids")
"""The fields of addresses that all dialects have."""

PUBLISHED: Collection[WorkType] = ("article-journal", "paper-conference", "chapter", "book")
"""What appeared elsewhere than on arXiv: the DOI that arXiv gave is another version's."""

_WIDTH = len("archivePrefix")
_ARXIV_DOI = "10.48550/arxiv."


def lines(*fields: str) -> tuple[str, ...]:
    """What stands before the values of these fields, aligned.

    >>> lines("url")
    ('  url           = {',)
    """
    return tuple(f"  {field:{_WIDTH}} = {{" for field in fields)


_REMARKS = lines("note", "related", "relatedstring", "key")


@dataclass(frozen=True, slots=True)
class Kind:
    """An entry type. `venue` names what tells where a work appeared: the first of these attributes that is known.

    `lines` begin its fields: people and title, the venue, the attributes in `extras`. `fixed` is a line that all have.
    """

    name: str
    venue: tuple[str, ...]
    lines: tuple[str, ...]
    extras: tuple[str, ...] = ()
    fixed: str = ""

    @classmethod
    def of(cls, name: str, venue: tuple[str, ...], fields: str, extras: str = "", fixed: str = "") -> Kind:
        """A kind whose fields for the venue and for the extras are named in order."""
        return cls(name, venue, lines("author", "editor", "title", *fields.split()), tuple(extras.split()), fixed)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One dialect of `.bib`, or what it is for one family of styles.

    A work gets the entry type of its own type in `kinds` if its venue is known, else `web`. `writing` writes its texts,
    `dates` makes the lines for the day to cite and the day of reading (either may be empty), `link` writes an address
    inside a text. `addresses` begin the lines of arXiv's number, of the archive (which is called `archive`), of arXiv's
    class, and of what is `COMMON`.

    `relates`: there is a field for relations to works of the same file. `sorts`: a work without names says in `key`
    where it is sorted. `prints_eprints`: styles print the eprint of what is on the web, so its venue would be said
    twice. `prints_dois`: styles print the DOI of everything else, so a URL that leads through it would be said twice;
    but no eprint there, which goes to the note.
    """

    name: str
    web: Kind
    kinds: Mapping[WorkType, Kind]
    writing: Writing
    dates: Callable[[str, str], str]
    link: Callable[[str], str]
    addresses: tuple[str, ...]
    archive: str
    relates: bool = False
    sorts: bool = False
    prints_eprints: bool = False
    prints_dois: bool = False


def write(works: Iterable[Work], dialect: Dialect, keys: Collection[str] = NO_KEYS) -> Iterator[str]:
    """The file piece by piece: a comment, then every work in the order given, so the same works give the same bytes.

    `keys` are those of the works in the file, where relations between them shall have a field of their own.
    """
    yield f"% litdb export: {dialect.name}. Written anew by every export, so change the notes or corrections instead.\n"
    for work in works:
        yield f"\n{entry(work, dialect, keys)}"


def entry(work: Work, dialect: Dialect, keys: Collection[str] = NO_KEYS) -> str:
    """One work as an entry, ending in a line break."""
    kind, venue = _kind(work, dialect)
    writing = dialect.writing
    extras = [_extra(work, each, writing) for each in kind.extras]
    texts = (writing.people(work.authors), writing.people(work.editors), writing.title(work), venue, *extras)
    return (
        f"@{kind.name}{{{work.key},\n{_block(kind.lines, texts)}{kind.fixed}"
        f"{dialect.dates(cited_day(work.date), cited_day(work.accessed))}"
        f"{_addresses(work, dialect)}{_remarks(work, dialect, kind, keys)}}}\n"
    )


def doi(work: Work) -> str:
    """The DOI to print: the publisher's, else for a preprint the one that arXiv gives to every paper (10.48550).

    >>> from litdb.model import Identifier
    >>> paper = Identifier("arxiv", "2209.00626")
    >>> doi(Work(paper, (paper,), "", "preprint", ""))
    '10.48550/arXiv.2209.00626'
    """
    for each in work.identifiers:
        if each.scheme == "doi" and not each.value.lower().startswith(_ARXIV_DOI):
            return each.value
    if work.type in PUBLISHED:
        return ""
    arxiv = _value(work, "arxiv")
    return f"10.48550/arXiv.{arxiv}" if arxiv else _value(work, "doi")


def url(work: Work, dialect: Dialect) -> str:
    """The URL to print: none where the styles print the DOI, and it leads through that."""
    if (
        dialect.prints_dois
        and work.url == f"https://doi.org/{doi(work)}"
        and _kind(work, dialect)[0] is not dialect.web
    ):
        return ""
    return work.url


def _block(lines: Iterable[str], values: Iterable[str]) -> str:
    """The lines whose values are not empty."""
    return "".join([f"{line}{value}}},\n" for line, value in zip(lines, values, strict=False) if value])


def _kind(work: Work, dialect: Dialect) -> tuple[Kind, str]:
    """The entry type and the venue."""
    kind = dialect.kinds.get(work.type)
    if kind and (venue := _venue(work, kind, dialect)):
        return kind, venue
    if dialect.prints_eprints and _value(work, "arxiv"):
        return dialect.web, ""
    return dialect.web, _venue(work, dialect.web, dialect)


def _venue(work: Work, kind: Kind, dialect: Dialect) -> str:
    for attribute in kind.venue:
        if venue := getattr(work, attribute):
            return dialect.writing.text(venue)
    return ""


def _extra(work: Work, attribute: str, writing: Writing) -> str:
    return writing.pages(work.pages) if attribute == "pages" else writing.text(getattr(work, attribute))


def _addresses(work: Work, dialect: Dialect) -> str:
    """What machines read: never escaped, byte by byte what the work says."""
    arxiv = _value(work, "arxiv")
    archive, archive_class = (dialect.archive, work.archive_class) if arxiv else ("", "")
    former = ",".join(work.former_keys)
    values = (arxiv, archive, archive_class, _value(work, "isbn"), doi(work), url(work, dialect), former)
    return _block(dialect.addresses, values if is_verbatim("".join(values)) else map(verbatim, values))


def _value(work: Work, scheme: str) -> str:
    """The value of a work's first identifier of a scheme, or empty: `Work.identifier_of` for haste."""
    for each in work.identifiers:
        if each.scheme == scheme:
            return each.value
    return ""


def _remarks(work: Work, dialect: Dialect, kind: Kind, keys: Collection[str]) -> str:
    """What people read behind the rest, and what BibTeX sorts a work by that has no names."""
    inside = keys if dialect.relates else NO_KEYS
    note = remarks(work, inside, dialect.link) if has_remarks(work) else ""
    if dialect.prints_dois and kind is not dialect.web and (arxiv := _value(work, "arxiv")):
        note = f"arXiv:{escape(arxiv)}{note and '. '}{note}"
    relation, others = tied(work, inside) if work.related else ("", [])
    sorted_by = ""
    if dialect.sorts and not (work.authors or work.editors):
        sorted_by = dialect.writing.text(work.container or work.title or work.label)
    if not (note or others or sorted_by):
        return ""
    return _block(_REMARKS, (dialect.writing.letters(note), ",".join(others), relation, sorted_by))
