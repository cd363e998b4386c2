"""Works as entries of a `.bib` file: which fields they have, in which order, and how these are printed.

What the dialects share is here; `bibtex` and `biblatex` are tables and dates. An entry has three blocks: texts, whose
letters a dialect writes in its own way; dates and addresses, which nobody may touch; and remarks, texts again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from litdb.export.escape import escape, is_verbatim, verbatim
from litdb.export.own_entry import aliases, completed, is_of_type, is_untitled, named_already, own_bib, own_url
from litdb.export.remarks import has_remarks, remarks, tied
from litdb.export.writing import Writing
from litdb.model import Work, WorkType
from litdb.notes.bib_entries import BibEntry
from litdb.notes.others import authors as authors_of
from litdb.notes.others import editors as editors_of

NO_KEYS: Collection[str] = frozenset()

PUBLISHED: Collection[WorkType] = frozenset({"article-journal", "paper-conference", "chapter", "book"})
"""What appeared elsewhere than on arXiv: the DOI that arXiv gave is another version's."""

_WIDTH = len("archivePrefix")
_ARXIV_DOI = "10.48550/arxiv."


def lines(*fields: str) -> tuple[str, ...]:
    """What stands before the values of these fields, aligned.

    >>> lines("url")
    ('  url           = {',)
    """
    return tuple(f"  {field:{_WIDTH}} = {{" for field in fields)


_AUTHOR, _EDITOR, _TITLE = lines("author", "editor", "title")
_ISBN, _DOI, _URL, _IDS = lines("isbn", "doi", "url", "ids")
_NOTE, _RELATED, _RELATION, _KEY = lines("note", "related", "relatedstring", "key")


@dataclass(frozen=True, slots=True)
class Kind:
    """An entry type. `venue` names what tells where a work appeared: the first of these attributes that is known.

    `line` begins its field; `extras` are lines that begin others, each with an attribute. `fixed` is one that all have.
    """

    name: str
    venue: tuple[str, ...]
    line: str
    extras: tuple[tuple[str, str], ...] = ()
    fixed: str = ""

    @classmethod
    def of(cls, name: str, venue: tuple[str, ...], fields: str, extras: str = "", fixed: str = "") -> Kind:
        """A kind whose fields for the venue and for the extras are named in order."""
        line, *others = lines(*fields.split())
        return cls(name, venue, line, tuple(zip(others, extras.split(), strict=True)), fixed)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One dialect of `.bib`, or what it is for one family of styles.

    A work gets the entry type of its own type in `kinds` if its venue is known, else `web`. `writing` writes its texts,
    `dates` makes the lines for a date and the moment of reading (either may be empty), `link` writes an address inside
    a text. `eprint` begins the lines of arXiv's number, of the archive (which is called `archive`) and of its class
    there.

    `types` are all entry types that it knows, for entries of the user's; `is_biblatex`: so are biblatex's fields.
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
    eprint: tuple[str, ...]
    archive: str
    types: Collection[str] = frozenset()
    is_biblatex: bool = False
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
    if work.entries and (given := own_bib(work)):
        return _with_own(work, given, dialect, keys)
    kind, venue = _kind(work, dialect)
    return _written(work, kind, venue, dialect, keys)


def _written(work: Work, kind: Kind, venue: str, dialect: Dialect, keys: Collection[str]) -> str:
    return (
        f"@{kind.name}{{{work.key},\n{_texts(work, kind, venue, dialect.writing)}"
        f"{dialect.dates(work.date, work.accessed)}"
        f"{_addresses(work, dialect)}{_remarks(work, dialect, kind, keys)}}}\n"
    )


def _with_own(work: Work, given: BibEntry, dialect: Dialect, keys: Collection[str]) -> str:
    """The entry with the type and the fields of the user's own, as far as they are right and known to the dialect."""
    kind, venue = _kind(work, dialect)
    if given.type in dialect.types and is_of_type(given, work, on_the_web=kind is dialect.web):
        named = (each for each in (*dialect.kinds.values(), dialect.web) if each.name == given.type)
        kind = replace(next(named, kind), name=given.type, fixed="")
        is_named_by_eprint = given.type == dialect.web.name and "eprint" in given.fields
        venue = "" if is_named_by_eprint else _venue(work, kind, dialect)
    said = named_already(work, given)
    label = "" if is_untitled(work) else work.label
    work = replace(work, label=label, related=tuple(each for each in work.related if each not in said))
    written = _written(work, kind, venue, dialect, keys)
    return completed(written, given, dialect.writing.letters, is_biblatex=dialect.is_biblatex)


def doi(work: Work) -> str:
    """The DOI to print: the publisher's, else for a preprint the one that arXiv gives to every paper (10.48550).

    >>> from litdb.model import Identifier
    >>> paper = Identifier("arxiv", "2209.00626")
    >>> doi(Work(paper, (paper,), "", "preprint", ""))
    '10.48550/arXiv.2209.00626'
    """
    return _numbers(work)[2]


def url(work: Work, dialect: Dialect) -> str:
    """The URL to print: none where the styles print the DOI, and it leads through that; the user's own before ours."""
    if work.entries and (given := own_url(work)):
        return given
    if (
        dialect.prints_dois
        and work.url == f"https://doi.org/{doi(work)}"
        and _kind(work, dialect)[0] is not dialect.web
    ):
        return ""
    return work.url


def _texts(work: Work, kind: Kind, venue: str, writing: Writing) -> str:
    """People, title, venue and what the kind has beside them."""
    written = ""
    if authors := writing.people(authors_of(work)):
        written += f"{_AUTHOR}{authors}}},\n"
    if work.editors and (editors := writing.people(editors_of(work))):
        written += f"{_EDITOR}{editors}}},\n"
    if title := writing.title(work):
        written += f"{_TITLE}{title}}},\n"
    if venue:
        written += f"{kind.line}{venue}}},\n"
    for line, attribute in kind.extras:
        if value := getattr(work, attribute):
            written += f"{line}{writing.pages(value) if attribute == 'pages' else writing.text(value)}}},\n"
    return written + kind.fixed


def _kind(work: Work, dialect: Dialect) -> tuple[Kind, str]:
    """The entry type and the venue."""
    if (kind := dialect.kinds.get(work.type)) and (venue := _venue(work, kind, dialect)):
        return kind, venue
    if dialect.prints_eprints and work.identifier_of("arxiv"):
        return dialect.web, ""
    return dialect.web, _venue(work, dialect.web, dialect)


def _venue(work: Work, kind: Kind, dialect: Dialect) -> str:
    for attribute in kind.venue:
        if venue := getattr(work, attribute):
            return dialect.writing.text(venue)
    return ""


def _numbers(work: Work) -> tuple[str, str, str]:
    """The first arXiv number, the first ISBN and the DOI to print (see `doi`), each empty where there is none."""
    arxiv = isbn = publishers = arxivs = ""
    for each in work.identifiers:
        scheme = each.scheme
        if scheme == "arxiv":
            arxiv = arxiv or each.value
        elif scheme == "isbn":
            isbn = isbn or each.value
        elif scheme == "doi" and each.value.lower().startswith(_ARXIV_DOI):
            arxivs = arxivs or each.value
        elif scheme == "doi":
            publishers = publishers or each.value
    if publishers or work.type in PUBLISHED:
        return arxiv, isbn, publishers
    return arxiv, isbn, f"10.48550/arXiv.{arxiv}" if arxiv else arxivs


def _addresses(work: Work, dialect: Dialect) -> str:
    """What machines read: never escaped, byte by byte what the work says."""
    (arxiv, isbn, printed_doi), address = _numbers(work), url(work, dialect)
    former = ",".join((*work.former_keys, *aliases(work))) if work.former_keys else ""
    archive_class = work.archive_class
    if not is_verbatim(f"{arxiv}{archive_class}{isbn}{printed_doi}{address}{former}"):
        values = (arxiv, archive_class, isbn, printed_doi, address, former)
        arxiv, archive_class, isbn, printed_doi, address, former = map(verbatim, values)
    written = _eprint(arxiv, archive_class, dialect) if arxiv else ""
    if isbn:
        written += f"{_ISBN}{isbn}}},\n"
    if printed_doi:
        written += f"{_DOI}{printed_doi}}},\n"
    if address:
        written += f"{_URL}{address}}},\n"
    return f"{written}{_IDS}{former}}},\n" if former else written


def _eprint(arxiv: str, archive_class: str, dialect: Dialect) -> str:
    number, archive, kind = dialect.eprint
    written = f"{number}{arxiv}}},\n{archive}{dialect.archive}}},\n"
    return f"{written}{kind}{archive_class}}},\n" if archive_class else written


def _remarks(work: Work, dialect: Dialect, kind: Kind, keys: Collection[str]) -> str:
    """What people read behind the rest, and what BibTeX sorts a work by that has no names."""
    if work.authors and not (dialect.prints_dois or has_remarks(work)):
        return ""
    inside = keys if dialect.relates else NO_KEYS
    note = remarks(work, inside, dialect.link)
    if dialect.prints_dois and kind is not dialect.web and (arxiv := work.identifier_of("arxiv")):
        note = f"arXiv:{escape(arxiv)}{note and '. '}{note}"
    relation, others = tied(work, inside) if inside and work.related else ("", [])
    sorted_by = ""
    if dialect.sorts and not (work.authors or work.editors):
        sorted_by = dialect.writing.text(work.container or work.title or work.label)
    written = f"{_NOTE}{dialect.writing.letters(note)}}},\n" if note else ""
    if others:
        written += f"{_RELATED}{','.join(others)}}},\n{_RELATION}{relation}}},\n"
    return f"{written}{_KEY}{sorted_by}}},\n" if sorted_by else written
