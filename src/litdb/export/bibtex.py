"""The dialect of classic BibTeX: `@misc` for the web, `year`, `month` and `day`, accents as TeX writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litdb.export.entries import IN_A_BOOK, IN_A_JOURNAL, Dialect, Fields, Kind, braced, write
from litdb.export.escape import tex_letters
from litdb.model import Work
from litdb.text.dates import cited_day

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every BibTeX style defines; written without braces."""


def _dates(work: Work) -> Fields:
    year, month, day = (*cited_day(work.date).split("-"), "", "")[:3]
    if year:
        yield "year", braced(year)
    if month:
        yield "month", MONTHS[int(month) - 1]
    if day:
        yield "day", braced(str(int(day)))


BIBTEX = Dialect(
    name="bibtex",
    web=Kind("misc", "howpublished", ("container", "publisher")),
    kinds={
        "article-journal": Kind("article", "journal", ("container",), IN_A_JOURNAL),
        "paper-conference": Kind("inproceedings", "booktitle", ("container",), IN_A_BOOK),
        "chapter": Kind("incollection", "booktitle", ("container",), IN_A_BOOK),
        "book": Kind("book", "publisher", ("publisher", "container"), (("volume", "volume"),)),
        "report": Kind("techreport", "institution", ("publisher", "container"), (("number", "number"),)),
        "thesis": Kind("phdthesis", "school", ("publisher", "container"), fixed=(("type", "Thesis"),)),
    },
    letters=tex_letters,
    dates=_dates,
    eprint=("eprint", "archivePrefix", "arXiv", "primaryClass"),
    sort_key=True,
)
"""A thesis says its type, as nothing tells whether it is a doctor's."""


def write_bibtex(works: Iterable[Work]) -> Iterator[str]:
    """A `.bib` file for BibTeX (plainurl, natbib), piece by piece. The caller passes the works sorted by key."""
    return write(works, BIBTEX)
