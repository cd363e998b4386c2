"""The references that a publisher writes into the head of a page: Highwire's `citation_reference`.

Google Scholar's inclusion guidelines name the tag and leave its form open: publishers write pairs such as
`citation_title=…; citation_doi=…`, or the reference as one reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from litdb.pages.charset import decode
from litdb.pages.head import read_head
from litdb.pages.markup import without_scripts
from litdb.text.titles import clean_title

_PAIR = re.compile(r"(?:\A|;)\s*citation_(?P<name>[a-z_]+)\s*=\s*(?P<value>[^;]*)")
_WORDS = ("author", "title", "journal_title", "conference_title", "inbook_title", "publication_date", "year")


def references_in_head(body: bytes, headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What identifies each work that the head of a page says it cites, or empty, and the reference as one reads it.

    >>> told = b'<meta name="citation_reference" content="citation_title=On trees; citation_doi=10.1000/x">'
    >>> list(references_in_head(told, {}))
    [('doi:10.1000/x', 'On trees')]
    """
    if b"citation_reference" not in body:
        return
    head = read_head(without_scripts(decode(body, headers)))
    for content in head.all("citation_reference", "citation_references"):
        pairs: dict[str, str] = {}
        for found in _PAIR.finditer(content):
            pairs.setdefault(found["name"], clean_title(found["value"]))
        words = ". ".join(filter(None, (pairs.get(name, "") for name in _WORDS)))
        yield _name(pairs), words if pairs else clean_title(content)


def _name(pairs: Mapping[str, str]) -> str:
    if doi := pairs.get("doi"):
        return f"doi:{doi.removeprefix('doi:')}"
    return f"arXiv:{pairs['arxiv_id']}" if pairs.get("arxiv_id") else ""
