"""The files that any list of works can be had as."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import write_bibtex
from litdb.export.csl_json import write_csl_json
from litdb.export.references import MARK, ListStyle, item
from litdb.model import Work


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: what readers see it called, its type for the web, how it is written, whether sorted by key."""

    title: str
    media_type: str
    write: Callable[[Iterable[Work]], Iterator[str]]
    by_key: bool = False


def write_list(works: Iterable[Work]) -> Iterator[str]:
    """A dated list in Markdown, in the order given, piece by piece."""
    yield f"{MARK}\n"
    style = ListStyle()
    for number, work in enumerate(works, 1):
        yield f"{item(work, number, style)}\n"


FORMS: Mapping[str, Form] = {
    "bib": Form("BibTeX", "application/x-bibtex; charset=utf-8", write_bibtex, by_key=True),
    "biblatex": Form("BibLaTeX", "application/x-bibtex; charset=utf-8", write_biblatex, by_key=True),
    "csljson": Form("CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", write_csl_json),
    "markdown": Form("Markdown list", "text/markdown; charset=utf-8", write_list),
}
"""By the end of the address. Of `.bib` those works are written that have a key."""
