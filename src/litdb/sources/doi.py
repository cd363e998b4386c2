"""DOIs: the resolver, and publishers whose addresses have the DOI in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from litdb.model import Identifier, Identity
from litdb.sources.acl import paper_of
from litdb.sources.doi_places import PAGES, PLACES, PREPRINT_SERVERS, PUBLISHERS
from litdb.sources.locators import locator
from litdb.sources.page_rules import by_rule, page_of
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url, clean, read_url

RESOLVERS = tuple(
    """data.crosscite.org doi.acm.org doi.ieeecomputersociety.org doi.org doi.pangaea.de doi.wiley.com dx.doi.org
    dx.plos.org hdl.handle.net libkey.io oadoi.org sci-hub.ru sci-hub.se sci-hub.st unpaywall.org""".split()
)
"""Hosts whose whole path is a DOI, or may be one: every DOI is a handle."""

_DATAVERSE = re.compile(r"/(?:dataset|file)\.xhtml|/citation")
"""Pages of Dataverse, which many archives of data run: their DOI is in the query (guides.dataverse.org)."""

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_IN_A_PATH = re.compile(r"(?:/|doi:)(?=10\.\d{4,9}/)", re.ASCII)
_LISTS = re.compile(r"/(?:action|author|journal|keyword|loi|toc|topic)/")
_VIEW = re.compile(
    r"""(?:/(?:-|abs|abstract|ampdf|asset|citations|epdf|epub|figures|full|fulltext|fulltext\.html|html|media|meta|pdf
        |pdfdirect|references|s\d|summary|suppl_file|tables|transform)(?:/.*)?
        |\.(?:e?pdf|full|short|svg))\Z""",
    re.VERBOSE | re.DOTALL,
)
_VERSION = re.compile(r"(?P<doi>10\.\d{4,9}/[\d.]*\d)(?:v(?P<version>\d+))?(?:[./].*)?", re.ASCII)


class Doi(UrlsOnly):
    """The DOI of resolver links and of publishers' pages; arXiv's own DOIs are left to arXiv."""

    name = "doi"

    def identify(self, url: Url) -> Identity | None:
        """What a URL means, if a DOI stands in it. DOIs ignore case (DOI Handbook, 2.4).

        >>> from litdb.text.urls import read_url
        >>> found = DOI.identify(read_url("https://dx.doi.org/10.1016%2F0004-3702(94)90041-8"))
        >>> str(found.identifier), found.url
        ('doi:10.1016/0004-3702(94)90041-8', 'https://doi.org/10.1016/0004-3702(94)90041-8')
        >>> DOI.identify(read_url("https://www.nature.com/articles/nature14539.pdf")).identifier.value
        '10.1038/nature14539'
        >>> [str(each) for each in DOI.identify(read_url("https://doi.org/10.18653/v1/P19-1001")).same]
        ['acl:P19-1001']
        """
        written, version = _read(page_of(url, PLACES) or url)
        found = _without_brackets(written.strip("/ ").rstrip(".,;").lower().removeprefix("doi:"))
        if not _DOI.fullmatch(found) or not found.isprintable() or found.startswith("10.48550/arxiv."):
            return None
        address = "https://doi.org/" + quote(found, safe="/:;()!$&'*,=~@")
        return Identity(Identifier("doi", found), address, locator(url, version), same=tuple(_named(found, address)))


def _read(url: Url) -> tuple[str, str]:
    """What stands where a DOI is expected, as written, and the version cited; both empty for nothing."""
    path = unquote(clean(url).path)
    if url.on(*RESOLVERS) or _DATAVERSE.fullmatch(path):
        return url.get("persistentId") or path, ""
    beginning = _IN_A_PATH.search(path)
    if not beginning or not url.on(*PUBLISHERS) or _LISTS.match(path):
        return "", ""
    found = path[beginning.end() :]
    if url.on(*PREPRINT_SERVERS):
        match = _VERSION.fullmatch(found)
        return (match["doi"], f"v{match['version']}" if match["version"] else "") if match else ("", "")
    return _VIEW.sub("", found), ""


def _named(doi: str, address: str) -> Iterator[Identifier]:
    """The other names of the work that stand in its DOI."""
    if paper := paper_of(doi):
        yield Identifier("acl", paper)
    if page := by_rule(read_url(address), PAGES):
        yield page.identifier


def _without_brackets(doi: str) -> str:
    """The DOI without a bracket at its end that it did not open: that is of the text around it.

    >>> _without_brackets("10.1000/a)"), _without_brackets("10.1016/0004-3702(94)")
    ('10.1000/a', '10.1016/0004-3702(94)')
    """
    too_many = doi.count(")") - doi.count("(")
    return doi[:-too_many] if too_many > 0 and doi.endswith(")" * too_many) else doi


DOI = Doi()
