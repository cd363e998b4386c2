"""Sites whose pages have several addresses: old and new looks, former domains, short links, copies of a registry.

Each rule says which addresses are one page and by which of them it is cited. What belongs to a scheme of its own
(arXiv, tweets, videos, DOIs) has its own source, which knows its twins; `www`, `m` and `amp` hosts are one everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from litdb.model import Identity
from litdb.sources.locators import locator
from litdb.sources.page import PAGE
from litdb.sources.pdf_landing import Rule, page_of, rule
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

_REDDIT = "reddit.com *.reddit.com"
_SUBMISSION = r"(?:/(?:r|u|user)/[\w-]+)?/comments/(?P<id>[a-z0-9]{4,10})"
_PUBMED = "pubmed.ncbi.nlm.nih.gov/{id}/"

TWINS: Sequence[Rule] = (
    rule(_REDDIT, rf"{_SUBMISSION}/[^/]*/(?P<comment>[a-z0-9]{{4,10}})", "www.reddit.com/comments/{id}/_/{comment}/"),
    rule(_REDDIT, rf"{_SUBMISSION}(?:/[^/]*)?", "www.reddit.com/comments/{id}/"),
    rule("redd.it", r"/(?P<id>[a-z0-9]{4,10})", "www.reddit.com/comments/{id}/"),
    rule("pubmed.ncbi.nlm.nih.gov pubmed.gov", r"/(?P<id>\d{4,9})", _PUBMED),
    rule("ncbi.nlm.nih.gov", r"(?:/m)?/pubmed/(?P<id>\d{4,9})", _PUBMED),
    rule("europepmc.org", r"/(?:article|abstract)/(?i:med)/(?P<id>\d{4,9})", _PUBMED),
    rule(
        "semanticscholar.org",
        r"/(?:paper/(?:[^/]+/)?|reader/)(?P<id>[0-9a-f]{40})",
        "www.semanticscholar.org/paper/{id}",
    ),
    rule(
        "lesswrong.com greaterwrong.com",
        r"(?:/r/[\w-]+)?/lw/(?P<id>[a-z0-9]{1,4})(?:/[^/]*)?",
        "www.lesswrong.com/lw/{id}/",
    ),
    rule("jstor.org", r"/stable/(?:pdf/|pdfplus/|10\.2307/)?(?P<id>\d{3,12})(?:\.pdf)?", "/stable/{id}"),
    rule("goodreads.com", r"(?:/[a-z]{2})?/book/show/(?P<id>\d+)(?:[.-].*)?", "/book/show/{id}"),
    rule(
        "philpapers.org philarchive.org",
        r"/(?:rec|archive)/(?P<id>[A-Z]{3,8}(?:-\d{1,3})?)(?:v\d+)?(?:\.pdf)?",
        "philpapers.org/rec/{id}",
    ),
)
"""In the order in which they are tried."""


class Twins(UrlsOnly):
    """Pages of sites that show them under several addresses."""

    name = "twins"

    def identify(self, url: Url) -> Identity | None:
        """The page under the address that it is cited by; None where no rule knows it.

        >>> from litdb.text.urls import read_url
        >>> TWINS_SOURCE.identify(read_url("https://www.ncbi.nlm.nih.gov/pubmed/12345678")).url
        'https://pubmed.ncbi.nlm.nih.gov/12345678/'
        >>> TWINS_SOURCE.identify(read_url("https://www.reddit.com/r/MachineLearning/"))
        """
        page = page_of(url, TWINS)
        return replace(PAGE.identify(page), locator=locator(url)) if page else None


TWINS_SOURCE = Twins()
