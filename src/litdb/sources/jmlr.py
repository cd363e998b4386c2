"""The Journal of Machine Learning Research: articles by volume and key."""

from __future__ import annotations

import re

from litdb.model import Claim, Identifier, Identity
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

_VOLUME = re.compile(r"v(?:olume)?(\d{1,3})", re.ASCII)
_KEY = re.compile(r"([a-z0-9][a-z0-9-]*\d[a-z]?)(?:\.old)?(?:\.(?:html|pdf|bib))?", re.ASCII)


class Jmlr(UrlsOnly):
    """Articles; volumes, topics and the sister journals are no works of this scheme."""

    name = "jmlr"

    def identify(self, url: Url) -> Identity | None:
        """What an article's page or PDF URL means.

        >>> from litdb.text.urls import read_url
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


JMLR = Jmlr()
