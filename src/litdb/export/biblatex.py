"""The dialect of BibLaTeX and biber: `@online` for the web, ISO dates, Unicode as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litdb.export.entries import IN_A_BOOK, IN_A_JOURNAL, Dialect, Fields, Kind, braced, write
from litdb.model import Work
from litdb.text.dates import cited_day


def _dates(work: Work) -> Fields:
    """The date and the day of reading; an undated entry with a `urldate` would be printed with the year of that."""
    if not work.date:
        return
    yield "date", braced(cited_day(work.date))
    if work.accessed:
        yield "urldate", braced(cited_day(work.accessed))


BIBLATEX = Dialect(
    name="biblatex",
    web=Kind("online", "organization", ("container", "publisher")),
    kinds={
        "article-journal": Kind("article", "journaltitle", ("container",), IN_A_JOURNAL),
        "paper-conference": Kind("inproceedings", "booktitle", ("container",), IN_A_BOOK),
        "chapter": Kind("incollection", "booktitle", ("container",), IN_A_BOOK),
        "book": Kind("book", "publisher", ("publisher", "container"), (("volume", "volume"),)),
        "report": Kind(
            "report", "institution", ("publisher", "container"), (("number", "number"),), (("type", "Report"),)
        ),
        "thesis": Kind("thesis", "institution", ("publisher", "container"), fixed=(("type", "Thesis"),)),
    },
    letters=str,
    dates=_dates,
    eprint=("eprint", "eprinttype", "arxiv", "eprintclass"),
    sort_key=False,
    former_keys="ids",
)


def write_biblatex(works: Iterable[Work]) -> Iterator[str]:
    """A `.bib` file for biber, Zotero, pandoc and Quarto, piece by piece. The caller passes the works sorted by key."""
    return write(works, BIBLATEX)
