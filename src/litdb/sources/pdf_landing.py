"""Addresses of PDFs whose landing page is known by rule: the rules of publishing software and of publishers.

A rule takes the addresses of a paper's PDF and of its page alike, so that both are one work, cited and asked for by the
page. Venues with identifiers of their own (arXiv, OpenReview, ACL, PMLR, NeurIPS, JMLR, DOIs) are their sources'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from litdb.model import Identity
from litdb.sources.page_rules import Rule, Rules, by_rule, rule
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

_PII = r"S(?P<id>\d{4})-?(?P<issn>\d{3}[\dX])\(?(?P<year>\d\d)\)?(?P<number>\d{5})-?(?P<check>[\dX])"
"""Elsevier's name of an article, as it is printed (`S0896-6273(17)30509-3`) and as it is asked for."""

_BY_PII = "www.sciencedirect.com/science/article/pii/S{id}{issn}{year}{number}{check}"

PUBLISHERS: Sequence[Rule] = (
    rule(
        "openaccess.thecvf.com cv-foundation.org",
        r"(?:/openaccess)?/(?P<at>content\w*(?:/\w+)?)/(?:papers|html)/(?P<id>\w[\w.-]*?)\.(?:pdf|html)",
        "openaccess.thecvf.com/{at}/html/{id}.html",
    ),
    rule(
        "ijcai.org", r"/proceedings/(?P<year>19\d\d|200\d|201[0-6])/0*(?P<id>\d+)(?:\.pdf)?", "/proceedings/{year}/{id}"
    ),
    rule("eprint.iacr.org ia.cr", r"/(?P<id>\d{4}/\d{3,4})(?:\.pdf|\.ps)?", "eprint.iacr.org/{id}"),
    rule(
        "eccc.weizmann.ac.il eccc.hpi-web.de",
        r"/report/(?P<id>\d{4}/\d{3})(?:/.*)?",
        "eccc.weizmann.ac.il/report/{id}/",
    ),
    rule("roboticsproceedings.org", r"/(?P<id>rss\d+/p\d+)\.(?:pdf|html)", "/{id}.html"),
    rule("isca-archive.org", r"/(?P<id>\w+_\d{4}/\w+)\.(?:pdf|html)", "/{id}.html"),
    rule(
        "nber.org",
        r"/(?:system/files/working_papers/\w+|papers)/(?P<id>[th]\d{1,4}|w\d{1,3})(?:\.pdf)?",
        "/papers/{id}",
    ),
    rule(
        "rand.org",
        r"(?:/content/dam/rand)?/pubs/(?P<kind>[a-z_]+)/(?:[\w-]+/)*(?:RAND_)?(?P<id>[A-Z]{2,3}\d+(?:-\d)?)\.(?:pdf|html)",
        "/pubs/{kind}/{id}.html",
    ),
    rule("ieeexplore.ieee.org", r"/(?:abstract/)?document/(?P<id>\d{4,9})(?:/.*)?", "/document/{id}"),
    rule(
        "ieeexplore.ieee.org", r"/stamp/stamp\.jsp|/stampPDF/getPDF\.jsp|/xpls?/.*\.jsp", "/document/{id}", "arnumber"
    ),
    rule("ieeexplore.ieee.org", r"/iel\w+/\d+/\d+/0*(?P<id>\d{4,9})\.pdf", "/document/{id}"),
    rule("sciencedirect.com", rf"/science/article/(?:abs/|am/)?pii/{_PII}(?:/.*)?", _BY_PII),
    rule("pdf.sciencedirectassets.com", rf"/\d+/[^/]+/1-s2\.0-{_PII}/.*", _BY_PII),
    rule("linkinghub.elsevier.com reader.elsevier.com", rf"/(?:retrieve|reader/sd)/pii/{_PII}(?:/.*)?", _BY_PII),
    rule("cell.com", rf"/[\w-]+/(?:abstract|fulltext|pdf|pdfExtended)/{_PII}(?:\.pdf)?", _BY_PII),
    rule("thelancet.com", rf"/(?:pdfs/)?journals/\w+/(?:article/)?PII{_PII}(?:\.pdf|/.*)?", _BY_PII),
    rule("cell.com thelancet.com", "/action/show(?:Pdf|FullText)", _BY_PII, "pii", _PII),
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
    rule(
        "academic.oup.com direct.mit.edu pubs.aip.org",
        r"/(?P<journal>[\w-]+(?:/[\w-]+)?)/article(?:-abstract)?/(?P<id>(?!doi/)[\w.-]+(?:/[\w.-]+){2,4})",
        "/{journal}/article/{id}",
    ),
    rule(
        "academic.oup.com",
        r"/book/(?P<id>\d+)",
        "/book/{id}",
    ),
    rule(
        "cambridge.org",
        r"/core/journals/(?P<journal>[\w-]+)/article/(?:abs/)?(?P<id>[^/]+/[0-9A-F]{32})(?:/core-reader)?",
        "/core/journals/{journal}/article/{id}",
    ),
    rule(
        "mdpi.com",
        r"/(?P<id>\d{4}-\d{3}[\dX]/\d+/\d+/\d+)(?:/(?:html?|pdf|xml|notes|review_report)(?:-\w+)?)?",
        "/{id}",
    ),
    rule(
        "researchgate.net",
        r"(?:/profile/[\w-]+)?/publication/(?P<id>\d{6,10})(?:_[\w-]+)?(?:/(?:citations|links?/.*))?",
        "/publication/{id}",
    ),
    rule("academia.edu", r"/(?P<id>\d{5,10})(?:/[^/]*)?", "/{id}"),
    rule(
        "figshare.com",
        r"/articles/(?P<kind>\w+)/(?P<name>[^/]+)/(?P<id>\d{5,9})(?:/\d+)?",
        "/articles/{kind}/{name}/{id}",
    ),
    rule(
        "jamanetwork.com",
        r"/journals/(?P<journal>\w+)/(?:article-abstract|articlepdf|fullarticle)/(?P<id>\d+)(?:/.*)?",
        "/journals/{journal}/fullarticle/{id}",
    ),
    rule("escholarship.org", r"/(?:uc/item/|content/qt)(?P<id>[0-9a-z]{8})(?:/.*)?", "/uc/item/{id}"),
    rule("zenodo.org", r"(?:/api)?/records?/(?P<id>\d{4,9})(?:/(?:export|files|preview)/.*)?", "/records/{id}"),
    rule("researchsquare.com", r"/article/(?P<id>rs-\d+/v\d+)(?:\.pdf)?", "/article/{id}"),
    rule(
        "assets.researchsquare.com",
        r"/files/(?P<id>rs-\d+/v\d+)/[^/]+\.pdf",
        "www.researchsquare.com/article/{id}",
    ),
    rule(
        "chemrxiv.org cambridge.org",
        r"/engage/(?:api-gateway/)?(?P<server>\w+)/(?:article-details|assets/orp/resource/item)/(?P<id>[0-9a-f]{24})(?:/original/.*)?",
        "/engage/{server}/article-details/{id}",
    ),
    rule(
        "osf.io",
        r"/(?P<id>(?:preprints/(?!(?:edarxiv|metaarxiv|osf|psyarxiv|socarxiv)/)\w+/)?[2-9a-hjkmnp-z]{5}(?:_v\d)?)(?:/download|/wiki/home)?",
        "/{id}",
    ),
)
"""Publishers and archives with software of their own."""

SOFTWARE: Sequence[Rule] = (
    # Open Journal Systems, with and without its script in the path; Open Conference Systems beside it
    rule(
        "*",
        r"(?P<base>(?:/[\w.-]+)*/index\.php(?:/[\w.-]+)?)/article/(?:view|download|viewFile)/(?P<id>(?!10\.\d{4})[\w.-]+)(?:/[\w.-]+){0,2}",
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
    # HighWire, where volume, issue and page name the article
    rule(
        "*",
        r"/content/(?P<id>\d{1,4}/[\w-]{1,12}/\w{1,12})"
        r"\.(?:abstract|extract|full|full\.pdf|full-text|long|short)(?:\+html)?",
        "/content/{id}",
    ),
    # HAL
    rule(
        "hal.science *.hal.science hal.inria.fr *.archives-ouvertes.fr",
        r"/(?P<id>[a-z]+-\d{6,9})(?:v\d+)?(?:/(?:bibtex|document|file/.*))?",
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

_RULES = Rules((*PUBLISHERS, *SOFTWARE))
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
        return by_rule(url, _RULES)


PDF_LANDING = PdfLanding()


def is_file(url: Url) -> bool:
    """Whether an address has the form of a file's, mostly a PDF's, and not of the page about it.

    >>> from litdb.text.urls import read_url
    >>> [is_file(read_url(f"https://x.org/{path}")) for path in ("a.pdf", "article/download/7/9", "pdf?id=x", "a/7")]
    [True, True, True, False]
    """
    return bool(_FILE.search(unquote(url.path)))
