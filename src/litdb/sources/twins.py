"""Sites whose pages have several addresses: old and new looks, former domains, short links, copies of a registry.

Each rule says which addresses are one page and by which of them it is cited. What belongs to a scheme of its own
(arXiv, tweets, videos, DOIs) has its own source, which knows its twins; `www`, `m` and `amp` hosts are one everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from litdb.model import Identity
from litdb.sources.page_rules import Rule, by_rule, rule
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

_REDDIT = "reddit.com *.reddit.com libreddit.* redlib.* teddit.*"
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
    rule("amazon.*", r"(?:/[^/]+)?/(?:dp|gp/product)/(?P<id>B[A-Z0-9]{9})(?:/.*)?", "/dp/{id}"),
    rule(
        "docs.google.com",
        r"/(?P<kind>document|spreadsheets|presentation)(?:/u/\d)?/d/(?P<id>[\w-]{20,})(?:/.*)?",
        "/{kind}/d/{id}/edit",
    ),
    rule("drive.google.com", r"/file(?:/u/\d)?/d/(?P<id>[\w-]{20,})(?:/.*)?", "/file/d/{id}/view"),
    rule("mailchi.mp", r"/(?P<id>[^/]+/[^/]+)", "/{id}"),
    rule("linkedin.com", r"/comm/(?P<id>(?:pulse|posts|feed)/.+)", "/{id}"),
    rule("bilibili.com", r"/video/(?P<id>BV[A-Za-z0-9]{10}|av\d{2,12})", "/video/{id}/"),
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
        return by_rule(url, TWINS)


TWINS_SOURCE = Twins()
