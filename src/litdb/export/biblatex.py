"""The dialect of BibLaTeX and biber: `@online` for the web, ISO dates, Unicode as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from litdb.export.bibtex import TYPES as BIBTEX_TYPES
from litdb.export.entries import NO_KEYS, Dialect, Kind, lines, write
from litdb.export.escape import linked
from litdb.export.writing import Writing
from litdb.model import Work
from litdb.text.dates import cited_day

_DATE, _READ = lines("date", "urldate")


def _dates(date: str, accessed: str) -> str:
    """The date and the day of reading; an undated entry with a `urldate` would be printed with the year of that."""
    day, read = cited_day(date), cited_day(accessed)
    if not day:
        return ""
    written = f"{_DATE}{day}}},\n"
    return f"{written}{_READ}{read}}},\n" if read else written


TYPES = BIBTEX_TYPES | frozenset(
    "bookinbook collection dataset electronic inreference mvbook mvcollection mvproceedings mvreference online patent "
    "periodical reference report set software suppbook suppcollection suppperiodical thesis www".split()
)
"""The entry types that biblatex has a driver for (its manual, 2.1.1 and 2.1.2)."""

_IN_BOOKS = "booktitle volume pages publisher", "volume pages publisher"
_MADE_BY = ("publisher", "container")
_TYPE = lines("type")[0]

BIBLATEX = Dialect(
    name="biblatex",
    web=Kind.of("online", ("container", "publisher"), "organization"),
    kinds={
        "article-journal": Kind.of("article", ("container",), "journaltitle volume number pages", "volume issue pages"),
        "paper-conference": Kind.of("inproceedings", ("container",), *_IN_BOOKS),
        "chapter": Kind.of("incollection", ("container",), *_IN_BOOKS),
        "book": Kind.of("book", _MADE_BY, "publisher volume", "volume"),
        "dataset": Kind.of("dataset", ("container", "publisher"), "organization version", "version"),
        "report": Kind.of("report", _MADE_BY, "institution number", "number", f"{_TYPE}Report}},\n"),
        "thesis": Kind.of("thesis", _MADE_BY, "institution", fixed=f"{_TYPE}Thesis}},\n"),
    },
    writing=Writing(),
    dates=_dates,
    link=linked,
    eprint=lines("eprint", "eprinttype", "eprintclass"),
    archive="arxiv",
    types=TYPES,
    is_biblatex=True,
    relates=True,
)


def write_biblatex(works: Iterable[Work], keys: Collection[str] = NO_KEYS) -> Iterator[str]:
    """A `.bib` file for biber, Zotero, pandoc and Quarto, piece by piece. The caller passes the works sorted by key.

    With the `keys` of all of them, works of the file that relate to each other say so in `related`.
    """
    return write(works, BIBLATEX, keys)
