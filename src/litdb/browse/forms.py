"""The files that any list of works can be had as."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import write_bibtex
from litdb.export.csl_json import write_csl_json
from litdb.export.references import MARK, ListStyle, item
from litdb.model import Work


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: the end of its name, its type for the web, how works are written, and whether by their keys.

    The writer is also given the keys of all works of the file, if they are written by their keys.
    """

    suffix: str
    media_type: str
    write: Callable[[Iterable[Work], Collection[str]], Iterator[str]]
    by_key: bool = False


def write_list(works: Iterable[Work], _keys: Collection[str] = ()) -> Iterator[str]:
    """A dated list in Markdown, in the order given, piece by piece."""
    yield f"{MARK}\n"
    style = ListStyle()
    for number, work in enumerate(works, 1):
        yield f"{item(work, number, style)}\n"


BIB = "application/x-bibtex; charset=utf-8"
CSL_JSON = "application/vnd.citationstyles.csl+json; charset=utf-8"

FORMS: Mapping[str, Form] = {
    "bib": Form(".bib", BIB, lambda works, _: write_bibtex(works), by_key=True),
    "biblatex": Form(".biblatex.bib", BIB, write_biblatex, by_key=True),
    "csljson": Form(".csl.json", CSL_JSON, lambda works, _: write_csl_json(works)),
    "markdown": Form(".md", "text/markdown; charset=utf-8", write_list),
}
"""By the end of the address. Of `.bib` those works are written that have a key."""
