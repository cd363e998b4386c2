"""The dialect of classic BibTeX: `@misc` for the web, `year`, `month` and `day`, accents as TeX writes them.

`BIBTEX` is for every style and every reader of `.bib`; `NATBIB` and `ACL` are for what these styles print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from litdb.export.entries import Dialect, Kind, lines, write
from litdb.export.escape import linked, tex_letters, unlinked, whole_initials
from litdb.export.writing import MOST_KNOWN, Writing
from litdb.model import Work
from litdb.text.dates import cited_day

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every BibTeX style defines; written without braces."""

_YEAR, _MONTH, _DAY, _READ = lines("year", "month", "day", "urldate")
_MONTH_LINES = {f"{n:02}": f"{_MONTH.removesuffix('{')}{name},\n" for n, name in enumerate(MONTHS, 1)}
_DAY_LINES = {f"{n:02}": f"{_DAY}{n}}},\n" for n in range(1, 32)}


@lru_cache(MOST_KNOWN)
def _dates(date: str, accessed: str) -> str:
    """The date, and beside one the day of reading: styles pass over it, pandoc and Zotero keep it."""
    day, read = cited_day(date), cited_day(accessed)
    if not day:
        return ""
    written = f"{_YEAR}{day[:4]}}},\n{_MONTH_LINES.get(day[5:7], '')}{_DAY_LINES.get(day[8:10], '')}"
    return f"{written}{_READ}{read}}},\n" if read else written


def _dates_for_labels(date: str, accessed: str) -> str:
    """The date, for styles that cite by author and year and fail at two undated works of one author (acl_natbib)."""
    return _dates(date, accessed) or f"{_YEAR}n.d.}},\n"


TYPES = frozenset(
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings "
    "techreport unpublished".split()
)
"""The entry types of BibTeX's own styles (btxdoc, 3.1)."""

_IN_BOOKS = "booktitle volume pages publisher", "volume pages publisher"
_MADE_BY = ("publisher", "container")

BIBTEX = Dialect(
    name="bibtex",
    web=Kind.of("misc", ("container", "publisher"), "howpublished"),
    kinds={
        "article-journal": Kind.of("article", ("container",), "journal volume number pages", "volume issue pages"),
        "paper-conference": Kind.of("inproceedings", ("container",), *_IN_BOOKS),
        "chapter": Kind.of("incollection", ("container",), *_IN_BOOKS),
        "book": Kind.of("book", _MADE_BY, "publisher volume", "volume"),
        "report": Kind.of("techreport", _MADE_BY, "institution number", "number"),
        "thesis": Kind.of("phdthesis", _MADE_BY, "school", fixed=f"{lines('type')[0]}Thesis}},\n"),
    },
    writing=Writing(tex_letters, whole_initials),
    dates=_dates,
    link=unlinked,
    eprint=lines("eprint", "archivePrefix", "primaryClass"),
    archive="arXiv",
    types=TYPES,
    sorts=True,
)
"""A thesis says its type, as nothing tells whether it is a doctor's."""

NATBIB = replace(BIBTEX, name="bibtex for natbib", dates=_dates_for_labels, link=linked, prints_dois=True)
"""plainnat, abbrvnat and unsrtnat: they print DOI and URL side by side, no eprint, and miss the year of the undated."""

ACL = replace(BIBTEX, name="bibtex for acl", dates=_dates_for_labels, link=linked, prints_eprints=True)
"""acl_natbib: it prints the eprint itself (“Preprint, arXiv:…”) and links titles by DOI, eprint or URL."""


def write_bibtex(works: Iterable[Work], dialect: Dialect = BIBTEX) -> Iterator[str]:
    """A `.bib` file for BibTeX, piece by piece. The caller passes the works sorted by key."""
    return write(works, dialect)
