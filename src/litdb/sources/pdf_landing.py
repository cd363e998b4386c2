"""Addresses of PDFs whose landing page is known by rule: the rules of publishing software and of publishers.

A rule takes the addresses of a paper's PDF and of its page alike, so that both are one work, cited and asked for by the
page. Venues with identifiers of their own (arXiv, OpenReview, ACL, PMLR, NeurIPS, JMLR, DOIs) are their sources'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from litdb.model import Identity
from litdb.sources.page_rules import Rule, by_rule, rule
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

PUBLISHERS: Sequence[Rule] = (
    rule(
        "openaccess.thecvf.com",
        r"/(?P<at>content\w*(?:/\w+)?)/(?:papers|html)/(?P<id>\w[\w.-]*?)\.(?:pdf|html)",
        "/{at}/html/{id}.html",
    ),
    rule("ijcai.org", r"/proceedings/(?P<year>\d{4})/0*(?P<id>\d+)(?:\.pdf)?", "/proceedings/{year}/{id}"),
    rule("eprint.iacr.org", r"/(?P<id>\d{4}/\d{3,4})(?:\.pdf)?", "/{id}"),
    rule("eccc.weizmann.ac.il", r"/report/(?P<id>\d{4}/\d{3})(?:/.*)?", "/report/{id}/"),
    rule("roboticsproceedings.org", r"/(?P<id>rss\d+/p\d+)\.(?:pdf|html)", "/{id}.html"),
    rule("isca-archive.org", r"/(?P<id>\w+_\d{4}/\w+)\.(?:pdf|html)", "/{id}.html"),
    rule(
        "nber.org",
        r"/(?:system/files/working_papers/\w+|papers)/(?P<id>[wth]\d{3,6})(?:\.pdf)?",
        "/papers/{id}",
    ),
    rule(
        "rand.org",
        r"(?:/content/dam/rand)?/pubs/(?P<kind>[a-z_]+)/(?:[\w-]+/)*(?:RAND_)?(?P<id>[A-Z]{2,3}\d+(?:-\d)?)\.(?:pdf|html)",
        "/pubs/{kind}/{id}.html",
    ),
    rule("ieeexplore.ieee.org", r"/(?:abstract/)?document/(?P<id>\d{4,9})(?:/.*)?", "/document/{id}"),
    rule("ieeexplore.ieee.org", r"/stamp/stamp\.jsp|/xpls?/.*\.jsp", "/document/{id}", "arnumber"),
    rule("ieeexplore.ieee.org", r"/iel\w+/\d+/\d+/0*(?P<id>\d{4,9})\.pdf", "/document/{id}"),
    rule(
        "sciencedirect.com",
        r"/science/article/(?:abs/|am/)?pii/(?P<id>[SB][\dX()-]{10,25})(?:/.*)?",
        "/science/article/pii/{id}",
    ),
    rule(
        "linkinghub.elsevier.com reader.elsevier.com",
        r"/(?:retrieve|reader/sd)/pii/(?P<id>[SB][\dX()-]{10,25})(?:/.*)?",
        "www.sciencedirect.com/science/article/pii/{id}",
    ),
    rule("ncbi.nlm.nih.gov", r"/pmc/articles/(?P<id>PMC\d+)(?:/.*)?", "pmc.ncbi.nlm.nih.gov/articles/{id}/"),
    rule("pmc.ncbi.nlm.nih.gov", r"/articles/(?P<id>PMC\d+)(?:/.*)?", "/articles/{id}/"),
    rule(
        "europepmc.org",
        r"/(?:article/(?i:pmc)|articles)/(?i:pmc)(?P<id>\d{4,9})(?:/.*)?",
        "pmc.ncbi.nlm.nih.gov/articles/PMC{id}/",
    ),
    rule("mdpi.com", r"/(?P<id>\d{4}-\d{3}[\dX]/\d+/\d+/\d+)(?:/(?:htm|pdf|xml)(?:-\w+)?)?", "/{id}"),
    rule(
        "researchgate.net",
        r"(?:/profile/[\w-]+)?/publication/(?P<id>\d{6,10}_[\w-]+)(?:/links/.*)?",
        "/publication/{id}",
    ),
    rule("zenodo.org", r"/records?/(?P<id>\d{4,9})(?:/files/[^/]+(?:/.*)?)?", "/records/{id}"),
    rule("osf.io", r"/(?P<id>(?:preprints/\w+/)?[a-z0-9]{5}(?:_v\d)?)(?:/download)?", "/{id}"),
)
"""Publishers and archives with software of their own."""

SOFTWARE: Sequence[Rule] = (
    # Open Journal Systems, with and without its script in the path; Open Conference Systems beside it
    rule(
        "*",
        r"(?P<base>(?:/[\w.-]+)*/index\.php(?:/[\w.-]+)?)/article/(?:view|download|viewFile)/(?P<id>[\w.-]+)(?:/[\w.-]+){0,2}",
        "{base}/article/view/{id}",
    ),
    rule(
        "*",
        r"(?P<base>(?:/[\w.-]+){0,3})/article/(?:download|viewFile|view(?=/\d+\Z))/(?P<id>\d+)(?:/[\w.-]+){0,2}",
        "{base}/article/view/{id}",
    ),
    rule(
        "*",
        r"(?P<base>(?:/[\w.-]+)*/index\.php(?:/[\w.-]+)*)/paper/(?:view|download|viewFile|viewPaper)/(?P<id>\d+)(?:/\d+)?",
        "{base}/paper/view/{id}",
    ),
    # DSpace, to release 6
    rule(
        "*",
        r"(?P<base>(?:/(?:xmlui|jspui|dspace))?)/(?:bitstream/(?:handle/)?|handle/)(?P<id>\d[\d.]*/[\w.-]+)(?:/.*)?",
        "{base}/handle/{id}",
    ),
    # EPrints, with long and with short addresses
    rule("*", r"/id/eprint/(?P<id>\d+)(?:/.*)?", "/id/eprint/{id}/"),
    rule("eprints.* eprint.* philsci-archive.*", r"/(?P<id>\d+)(?:/\d+/[^/]+\.pdf)?", "/{id}/"),
    # HAL
    rule(
        "hal.science *.hal.science hal.inria.fr *.archives-ouvertes.fr",
        r"/(?P<id>[a-z]+-\d{6,9})(?:v\d+)?(?:/(?:document|file/.*))?",
        "hal.science/{id}",
    ),
    # InvenioRDM (Zenodo, CaltechDATA), before it Invenio
    rule(
        "*",
        r"/(?P<word>records?)/(?P<id>\d{4,9}|[0-9a-z]{5}-[0-9a-z]{5})(?:/files/[^/]+(?:/.*)?)?",
        "/{word}/{id}",
    ),
)
"""Software that many hosts run, told by the form of its paths."""

_FILE = re.compile(r"\.pdf/?\Z|/(?:bitstream|download|e?pdf|pdfdirect|viewFile)(?:/|\Z)", re.IGNORECASE)


class PdfLanding(UrlsOnly):
    """PDFs of journals, archives and publishers, and the pages about them."""

    name = "pdf-landing"

    def identify(self, url: Url) -> Identity | None:
        """The page that stands for a PDF's address; None where no rule knows it.

        >>> from litdb.text.urls import read_url
        >>> address = "https://ojs.aaai.org/index.php/AAAI/article/download/11741/11600#page=2"
        >>> found = PDF_LANDING.identify(read_url(address))
        >>> found.url, found.locator
        ('https://ojs.aaai.org/index.php/AAAI/article/view/11741', 'page=2')
        >>> PDF_LANDING.identify(read_url("https://example.org/files/paper.pdf"))
        """
        return by_rule(url, (*PUBLISHERS, *SOFTWARE))


PDF_LANDING = PdfLanding()


def is_file(url: Url) -> bool:
    """Whether an address has the form of a file's, mostly a PDF's, and not of the page about it.

    >>> from litdb.text.urls import read_url
    >>> [is_file(read_url(f"https://x.org/{path}")) for path in ("a.pdf", "article/download/7/9", "pdf?id=x", "a/7")]
    [True, True, True, False]
    """
    return bool(_FILE.search(unquote(url.path)))
