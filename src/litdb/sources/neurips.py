"""NeurIPS proceedings: papers by year and hash, or by number and slug in the addresses of before 2019.

A paper's page leads to its BibTeX, which has pages, volume and publisher; the editors in it are those of the whole
series of years at times (zotero/translators, NeurIPS Proceedings) and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from litdb.errors import InvalidUrl
from litdb.model import Answer, Claim, Identifier, Identity, Policy, Reading, Record, Request
from litdb.sources.locators import locator
from litdb.sources.protocol import OWN_PAGE, UrlsOnly
from litdb.sources.venue_bib import claims_of, read_entry
from litdb.text.urls import Url, read_url

MAIN = ("proceedings.neurips.cc", "papers.neurips.cc", "papers.nips.cc")
DATASETS = "datasets-benchmarks-proceedings.neurips.cc"
SERIES = "Advances in Neural Information Processing Systems"
BEFORE_THE_FIRST = 1987
"""The proceedings of a year are the volume that is so many years smaller."""

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_FILE = re.compile(r"([0-9a-f]{32})(?:-[A-Za-z]+((?:-[A-Za-z0-9_]+)?))?(?:\.[a-z]{2,5})?", re.ASCII)
_NUMBERED = re.compile(r"(\d{1,5}-[a-z0-9_-]+?)(?:-supplemental|-metadata)?(?:\.(?:pdf|zip|json|bib))?", re.ASCII)
_BIBTEX = re.compile(
    rb"""<a\b[^<>]{0,300}\bhref=["']([^"'<>]{1,300}(?:-Bibtex[\w-]*\.bib|/bibtex))["']""", re.IGNORECASE
)
_OF_THE_ENTRY = frozenset(("pages", "publisher", "volume"))
"""What the BibTeX adds to a page, whose tags have the names and the day."""


class Neurips(UrlsOnly):
    """Papers of the main and the datasets proceedings: abstract page, PDF, supplement, reviews are one work."""

    name = "neurips"
    policies = (Policy((*MAIN, DATASETS), "proceedings.neurips.cc", interval=2.0, fresh_days=180),)

    def identify(self, url: Url) -> Identity | None:
        """What a paper's page or file URL means; a year's list is no work.

        >>> address = "https://papers.nips.cc/paper/2017/file/3f5ee243547dee91fbd053c1c4a845aa-Paper.pdf"
        >>> found = NEURIPS.identify(read_url(address))
        >>> found.identifier.value, found.url.removeprefix("https://proceedings.neurips.cc/paper_files/paper/")
        ('2017/3f5ee243547dee91fbd053c1c4a845aa', '2017/hash/3f5ee243547dee91fbd053c1c4a845aa-Abstract.html')
        """
        if not url.on(*MAIN, DATASETS):
            return None
        path = url.segments[1:] if url.segments[:1] == ("paper_files",) else url.segments
        match path:
            case ("paper", year, "hash" | "file", name) if _YEAR.fullmatch(year) and (found := _FILE.fullmatch(name)):
                root = f"{DATASETS}/paper" if url.on(DATASETS) else "proceedings.neurips.cc/paper_files/paper"
                address = f"https://{root}/{year}/hash/{found[1]}-Abstract{found[2] or ''}.html"
                return _paper(f"{year}/{found[1]}", address, url)
            case ("paper", name) | ("paper", name, "reviews" | "bibtex" | "metadata") if found := _NUMBERED.fullmatch(
                name
            ):
                return _paper(found[1], f"https://papers.nips.cc/paper/{found[1]}", url)
        return None

    def owns(self, page: Answer) -> bool:
        """Whether the page is a paper's, by its address: live, saved or from an archive."""
        return self.identify(read_url(page.url)) is not None

    def read(self, answer: Answer) -> Reading:
        """Of a page: series, volume, and the request for its BibTeX. Of that: pages and publisher."""
        identifier = answer.request.asked[0].identifier
        if answer.request.step == OWN_PAGE:
            same = self.identify(read_url(answer.url))
            other = (same.identifier,) if same and same.identifier != identifier else ()
            claims = tuple(_series(other[0] if other else identifier))
            return Reading(
                (Record(self.name, identifier, claims, same=other),),
                {identifier: ("ok", ""), **dict.fromkeys(other, ("ok", ""))},
                tuple(_bibtex_request(answer)),
            )
        entry = read_entry(answer.body.decode("utf-8", "replace"))
        if entry is None:
            return Reading(outcomes={identifier: ("partial", "the paper's BibTeX cannot be read")})
        claims = tuple(claim for claim in claims_of(entry, "neurips.bib") if claim.field in _OF_THE_ENTRY)
        return Reading((Record(self.name, identifier, claims),), {identifier: ("ok", "")})


def _paper(value: str, address: str, url: Url) -> Identity:
    return Identity(Identifier("neurips", value), address, locator(url), (Claim("type", "paper-conference", "url"),))


NEURIPS = Neurips()


def _series(identifier: Identifier) -> Iterator[Claim]:
    """What the place of a page says: the series, and for a year the volume."""
    yield Claim("container", SERIES, "neurips:site")
    yield Claim("type", "paper-conference", "neurips:site")
    year = identifier.value.partition("/")[0]
    if _YEAR.fullmatch(year):
        yield Claim("volume", str(int(year) - BEFORE_THE_FIRST), "neurips:year")


def _bibtex_request(page: Answer) -> Iterator[Request]:
    """The request for the BibTeX that the page links to, on its own hosts only."""
    found = _BIBTEX.search(page.body)
    if not found:
        return
    try:
        address = read_url(urljoin(page.url, found[1].decode("utf-8", "replace")))
    except (InvalidUrl, ValueError):
        return
    if address.on(*MAIN, DATASETS):
        yield Request("neurips", str(address), page.request.asked, step="bibtex")
