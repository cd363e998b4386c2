"""The Journal of Machine Learning Research: articles by volume and key, and the line in which its pages cite them.

The pages of the first volumes have no tags, only `3(Jan):993-1022, 2003` behind the names; the later ones have both,
`21(74):1−26, 2020`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from litdb.model import Answer, Claim, Identifier, Identity, Policy, Reading, Record
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.dates import date_claim
from litdb.text.months import MONTHS
from litdb.text.names import authors_claim, read_names
from litdb.text.urls import Url, read_url

if TYPE_CHECKING:
    from lxml.etree import _Element

_VOLUME = re.compile(r"v(?:olume)?(\d{1,3})", re.ASCII)
_KEY = re.compile(r"([a-z0-9][a-z0-9-]*\d[a-z]?)(?:\.old)?(?:\.(?:html|pdf|bib))?", re.ASCII)
_LINE = re.compile(
    r"""(?P<names>[^;]{3,2000}?)\s*;\s*
        (?P<volume>\d{1,3})\s*\(\s*(?P<issue>\w{1,4})\s*\)\s*:\s*
        (?P<first>\d{1,5})\s*[-–—−]+\s*(?P<last>\d{1,5})\s*,\s*(?P<year>(?:19|20)\d\d)\b""",
    re.VERBOSE | re.ASCII,
)


class Jmlr(UrlsOnly):
    """Articles; volumes, topics and the sister journals are no works of this scheme."""

    name = "jmlr"
    policies = (Policy(("jmlr.org", "jmlr.csail.mit.edu"), "jmlr.org", interval=2.0, fresh_days=180),)

    def identify(self, url: Url) -> Identity | None:
        """What an article's page or PDF URL means.

        >>> found = JMLR.identify(read_url("http://www.jmlr.org/papers/volume3/blei03a/blei03a.pdf"))
        >>> str(found.identifier), found.url
        ('jmlr:v3/blei03a', 'https://jmlr.org/papers/v3/blei03a.html')
        """
        if not url.on("jmlr.org", "jmlr.csail.mit.edu"):
            return None
        path = url.segments[1:] if url.segments[:1] == ("beta",) else url.segments
        match path:
            case ("papers", volume, key, *_) if (within := _VOLUME.fullmatch(volume)) and (
                found := _KEY.fullmatch(key)
            ):
                article = f"v{within[1]}/{found[1]}"
                address = f"https://jmlr.org/papers/{article}.html"
                claims = (Claim("type", "article-journal", "url"), Claim("volume", within[1], "url"))
                return Identity(Identifier("jmlr", article), address, locator(url), claims)
        return None

    def owns(self, page: Answer) -> bool:
        """Whether the page is an article's, by its address: live, saved or from an archive."""
        return self.identify(read_url(page.url)) is not None

    def read(self, answer: Answer) -> Reading:
        """What the line behind the headline says: names, issue, pages, year, and the month of the first volumes."""
        from litdb.sources.elements import root_of

        root = root_of(answer)
        claims = tuple(_claims(root)) if root is not None else ()
        if not claims:
            return Reading()
        identifier = answer.request.asked[0].identifier
        return Reading((Record(self.name, identifier, claims),), {identifier: ("ok", "")})


JMLR = Jmlr()


def _claims(root: _Element) -> Iterator[Claim]:
    from litdb.sources.elements import text_of

    headlines = [element for element in root.iter("h1", "h2", "h3") if text_of(element)]
    for headline in headlines:
        line = next((found for each in headline.itersiblings("p") if (found := _LINE.search(text_of(each)))), None)
        if line:
            yield Claim("title", text_of(headline), "jmlr:headline")
            yield from _told(line)
            return


def _told(line: re.Match[str]) -> Iterator[Claim]:
    yield authors_claim(read_names(line["names"]), "jmlr:line")
    yield Claim("container", "Journal of Machine Learning Research", "jmlr:site")
    yield Claim("type", "article-journal", "jmlr:site")
    yield Claim("volume", line["volume"], "jmlr:line")
    yield Claim("issue", line["issue"], "jmlr:line")
    yield Claim("pages", f"{line['first']}-{line['last']}", "jmlr:line")
    month = MONTHS.get(line["issue"].lower())
    yield date_claim(f"{line['year']}-{month:02}" if month else line["year"], "posted", "jmlr:line")
