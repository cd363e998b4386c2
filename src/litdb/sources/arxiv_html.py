"""What papers of arXiv cite, from the pages that arXiv and ar5iv have made of them: one paper at a time.

Facts: arXiv's HTML was made anew for all of its papers in August 2026; a paper without TeX has none (404), and some
bibliographies are empty. ar5iv has the papers up to a month, and sends its reader to arXiv for those it could not make.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from litdb.errors import InvalidUrl
from litdb.model import Answer, Identifier, Outcome, Policy, Reading, Reference, Request, Rung, Target
from litdb.sources.arxiv import ARXIV
from litdb.sources.doi import DOI
from litdb.sources.protocol import KindOfSource, Source
from litdb.text.urls import Url, read_url


class ArxivHtml(Source):
    """The bibliographies of papers as their pages have them, with the sentence that first needs each entry."""

    kind: KindOfSource = "references"
    policies: Sequence[Policy] = ()

    def __init__(self, name: str, address: str, rung: Rung) -> None:
        """`address` is where the page of a paper stands, with `{}` for its number."""
        self.name = name
        self._address = address
        self._rung = rung

    def identify(self, url: Url) -> None:
        """None: arXiv itself knows its addresses."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """Behind all that tell of many papers at once."""
        return self._rung if ARXIV.rung(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for each paper."""
        for each in wanted:
            yield Request(self.name, self._address.format(each.identifier.value), (each,))

    def read(self, answer: Answer) -> Reading:
        """Whether the page has a bibliography."""
        empty: tuple[Outcome, str] = "partial", "the page has no bibliography"
        is_there = any(True for _ in self.references(answer))
        return Reading(outcomes=dict.fromkeys(answer.request.identifiers, ("ok", "") if is_there else empty))

    def references(self, answer: Answer) -> Iterator[Reference]:
        """The entries of the bibliography, named by what they link to: a paper at arXiv or a DOI before all else."""
        from litdb.pages.bibliography import bibliography

        (asked,) = answer.request.asked
        for entry in bibliography(answer.body, answer.headers, answer.url):
            if entry.text or entry.urls:
                yield Reference(asked.identifier, _best(entry.urls), "latexml:bibitem", entry.text, entry.words)


def _best(addresses: Iterable[str]) -> str:
    """Of the addresses in an entry that of a paper at arXiv, of a DOI, or the first; empty where it has none."""
    urls = list(_urls(addresses))
    named = (url for source in (ARXIV, DOI) for url in urls if source.identify(url))
    return str(next(named, next(iter(urls), "")))


def _urls(addresses: Iterable[str]) -> Iterator[Url]:
    for each in addresses:
        with suppress(InvalidUrl):
            yield read_url(each)


ARXIV_HTML = ArxivHtml("arxiv-html", "https://arxiv.org/html/{}", Rung.PAGE)
AR5IV = ArxivHtml("ar5iv", "https://ar5iv.labs.arxiv.org/html/{}", Rung.ARCHIVE)
