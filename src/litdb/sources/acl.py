"""The ACL Anthology: papers by their anthology id."""

from __future__ import annotations

import re

from litdb.model import Identifier, Identity
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

HOSTS = ("aclanthology.org", "aclanthology.info", "aclanthology.coli.uni-saarland.de")
"""The Anthology and its former hosts; before them it was a folder of aclweb.org."""

LISTS = frozenset("attachments events people sigs venues volumes".split())
"""First words of paths that lead to no single paper."""

_PAPER = re.compile(
    r"""(?P<id>[A-Z]\d{2}-\d{4,5}                       # 1965-2019: P18-1001
        |\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d{1,4})         # since 2020: 2020.acl-main.1
        (?:v(?P<version>\d{1,2}))?(?:\.(?:pdf|bib|xml|endf))?""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)


class Acl(UrlsOnly):
    """Papers by either form of anthology id; volumes, venues and people are no works."""

    name = "acl"

    def identify(self, url: Url) -> Identity | None:
        """What a paper's page, PDF or BibTeX URL means.

        >>> from litdb.text.urls import read_url
        >>> found = ACL.identify(read_url("http://www.aclweb.org/anthology/p18-1001v2.pdf"))
        >>> str(found.identifier), found.url, found.locator
        ('acl:P18-1001', 'https://aclanthology.org/P18-1001/', 'v2')
        """
        path = url.segments
        if url.on("aclweb.org") and path[:1] == ("anthology",):
            path = path[1:]
        elif not url.on(*HOSTS):
            return None
        match = _PAPER.fullmatch(path[-1]) if path and path[0] not in LISTS else None
        if not match:
            return None
        paper = match["id"].upper() if match["id"][0].isalpha() else match["id"].lower()
        version = f"v{match['version']}" if match["version"] else ""
        return Identity(Identifier("acl", paper), f"https://aclanthology.org/{paper}/", locator(url, version))


ACL = Acl()
