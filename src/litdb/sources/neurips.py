"""NeurIPS proceedings: papers by year and hash, or by number and slug in the addresses of before 2019."""

from __future__ import annotations

import re

from litdb.model import Claim, Identifier, Identity
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

MAIN = ("proceedings.neurips.cc", "papers.neurips.cc", "papers.nips.cc")
DATASETS = "datasets-benchmarks-proceedings.neurips.cc"

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_FILE = re.compile(r"([0-9a-f]{32})(?:-[A-Za-z]+((?:-[A-Za-z0-9_]+)?))?(?:\.[a-z]{2,5})?", re.ASCII)
_NUMBERED = re.compile(r"(\d{1,5}-[a-z0-9_-]+?)(?:-supplemental|-metadata)?(?:\.(?:pdf|zip|json|bib))?", re.ASCII)


class Neurips(UrlsOnly):
    """Papers of the main and the datasets proceedings: abstract page, PDF, supplement, reviews are one work."""

    name = "neurips"

    def identify(self, url: Url) -> Identity | None:
        """What a paper's page or file URL means; a year's list is no work.

        >>> from litdb.text.urls import read_url
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
            case ("paper", name) if found := _NUMBERED.fullmatch(name):
                return _paper(found[1], f"https://papers.nips.cc/paper/{found[1]}", url)
        return None


def _paper(value: str, address: str, url: Url) -> Identity:
    return Identity(Identifier("neurips", value), address, locator(url), (Claim("type", "paper-conference", "url"),))


NEURIPS = Neurips()
