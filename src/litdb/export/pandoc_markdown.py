"""Works as a Markdown list for pandoc: links with their citation keys, `- [Title](url) (Author) (2022-08) [@key]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litdb.export.references import ListStyle, item
from litdb.model import Work

STYLE = ListStyle(date_format="YYYY-MM-DD", marker="-", undated="n.d.", cite_keys=True)


def write_markdown(works: Iterable[Work]) -> Iterator[str]:
    """A list that pandoc makes citations of (`--citeproc --bibliography references.bib`), item by item."""
    yield "<!-- litdb export: markdown -->\n"
    for work in works:
        yield f"{item(work, 1, STYLE)}\n"
