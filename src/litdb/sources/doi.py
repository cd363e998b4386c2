"""DOIs: the resolver, and publishers whose addresses have the DOI in them."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from litdb.model import Identifier, Identity
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

RESOLVERS = tuple("doi.org dx.doi.org doi.acm.org hdl.handle.net oadoi.org sci-hub.se sci-hub.st sci-hub.ru".split())
"""Hosts whose whole path is a DOI, or may be one: every DOI is a handle."""

PUBLISHERS = tuple(
    """ahajournals.org aip.scitation.org annualreviews.org api.crossref.org biorxiv.org degruyter.com dl.acm.org
    emerald.com epubs.siam.org frontiersin.org iopscience.iop.org journals.aps.org journals.sagepub.com
    journals.uchicago.edu liebertpub.com link.aps.org link.springer.com medrxiv.org mitpressjournals.org
    nature.com nejm.org onlinelibrary.wiley.com .onlinelibrary.wiley.com pnas.org psycnet.apa.org pubs.acs.org
    pubsonline.informs.org royalsocietypublishing.org science.org .sciencemag.org tandfonline.com
    worldscientific.com""".split()
)
"""Hosts that write the DOI into the path, behind a word or two and before the name of a view."""

PREPRINT_SERVERS = ("biorxiv.org", "medrxiv.org")
"""Publishers that write the version behind the DOI: `10.1101/2020.01.01.123456v2.full.pdf`."""

ARTICLE_NUMBERS = (
    (
        "nature.com",
        re.compile(r"/articles/([a-z0-9.-]+?)(?:_reference)?(?:\.e?pdf)?(?:/.*)?", re.IGNORECASE),
        "10.1038/",
    ),
    ("elifesciences.org", re.compile(r"/articles/(\d+)(?:v\d+)?(?:/.*)?", re.ASCII), "10.7554/elife."),
    *(
        (
            host,
            re.compile(r"/content/(?:\w+/)?early/\d{4}/\d\d/\d\d/((?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})(?:[.v].*)?"),
            "10.1101/",
        )
        for host in PREPRINT_SERVERS
    ),
    ("psyarxiv.com", re.compile(r"/([a-z0-9]{5})(?:_v\d+)?(?:/.*)?"), "10.31234/osf.io/"),
    ("osf.io", re.compile(r"/preprints/psyarxiv/([a-z0-9]{5})(?:_v\d+)?(?:/.*)?"), "10.31234/osf.io/"),
    ("osf.io", re.compile(r"/preprints/socarxiv/([a-z0-9]{5})(?:_v\d+)?(?:/.*)?"), "10.31235/osf.io/"),
    *((host, re.compile(r"/abstract=(\d{3,9})", re.ASCII), "10.2139/ssrn.") for host in ("ssrn.com", ".ssrn.com")),
)
"""Hosts whose article number becomes the DOI by a fixed prefix."""

SSRN_KEYS = ("abstract_id", "abstractid", "abstractId")
QUERY_KEYS = (
    ("journals.plos.org", "id", re.compile(r"(10\.\S+)"), ""),
    *(("dl.acm.org", key, re.compile(r"(\d{4,9}\.\d{4,9})"), "10.1145/") for key in ("doid", "id")),
    *(("papers.ssrn.com", key, re.compile(r"(\d{3,9})"), "10.2139/ssrn.") for key in SSRN_KEYS),
)
"""Hosts that have a DOI, or the number that ends it, in the query."""

_DATAVERSE = re.compile(r"/(?:dataset|file)\.xhtml|/citation")
"""Pages of Dataverse, which many archives of data run: their DOI is in the query (guides.dataverse.org)."""

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_LISTS = re.compile(r"/(?:action|author|journal|keyword|loi|toc|topic)/")
_VIEW = re.compile(
    r"""(?:/(?:abs|abstract|asset|citations|epdf|epub|figures|full|fulltext|fulltext\.html|html|media|meta|pdf|pdfdirect
        |references|summary|suppl_file|tables)(?:/.*)?
        |\.e?pdf)\Z""",
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
        """
        written, version = _read(url)
        found = written.strip("/").rstrip(".,;").lower().removeprefix("doi:")
        if not _DOI.fullmatch(found) or not found.isprintable() or found.startswith("10.48550/arxiv."):
            return None
        address = "https://doi.org/" + quote(found, safe="/:;()!$&'*,=~@")
        return Identity(Identifier("doi", found), address, locator(url, version))


def _read(url: Url) -> tuple[str, str]:
    """What stands where a DOI is expected, as written, and the version cited; both empty for nothing."""
    path = unquote(url.path)
    if url.on(*RESOLVERS) or _DATAVERSE.fullmatch(path):
        return url.get("persistentId") or path, ""
    for host, key, pattern, prefix in QUERY_KEYS:
        if url.on(host) and (match := pattern.fullmatch(url.get(key))):
            return prefix + match[1], ""
    for host, pattern, prefix in ARTICLE_NUMBERS:
        if url.on(host) and (match := pattern.fullmatch(path)):
            return prefix + match[1], ""
    start = path.find("/10.")
    if start < 0 or not url.on(*PUBLISHERS) or _LISTS.match(path):
        return "", ""
    found = path[start + 1 :]
    if url.on(*PREPRINT_SERVERS):
        match = _VERSION.fullmatch(found)
        return (match["doi"], f"v{match['version']}" if match["version"] else "") if match else ("", "")
    return _VIEW.sub("", found), ""


DOI = Doi()
