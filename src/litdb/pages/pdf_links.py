"""The addresses that a PDF links to: LaTeX and word processors put them behind the entries of a bibliography.

Facts: ISO 32000-1, 12.5.6.5 (link annotations) and 12.6.4.7 (URI actions). pypdf reads them, which the extra `pdf`
brings; without it none are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from itertools import islice

from litdb.pages.pdf_faults import faults, opened

MOST_PAGES = 5000
"""Enough for a thesis, whose bibliography is at its end."""

MOST_LINKS = 5000
"""Of one page: no page has more that can be read."""


def links_of_pdf(body: bytes) -> tuple[str, ...]:
    """The addresses in the order of the pages, each once; those before the first fault of a broken file.

    >>> links_of_pdf(b"%PDF-1.4 and nothing more")
    ()
    """
    if find_spec("pypdf") is None:
        return ()
    from pypdf.errors import DependencyError

    found: dict[str, None] = {}
    with suppress(*faults(), DependencyError):
        for address in _addresses(body):
            found[address] = None
    return tuple(found)


def _addresses(body: bytes) -> Iterator[str]:
    from pypdf.generic import DictionaryObject

    for page in islice(opened(body).pages, MOST_PAGES):
        for annotation in islice(page.annotations or (), MOST_LINKS):
            each = annotation.get_object()
            action = each.get("/A") if isinstance(each, DictionaryObject) else None
            action = action.get_object() if action is not None else None
            address = action.get("/URI") if isinstance(action, DictionaryObject) else None
            if isinstance(address, str):
                yield address
