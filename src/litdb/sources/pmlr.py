"""Proceedings of Machine Learning Research: papers by volume and key."""

from __future__ import annotations

import re

from litdb.model import Claim, Identifier, Identity
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

_VOLUME = re.compile(r"[vr]\d{1,4}", re.ASCII)
_KEY = re.compile(r"([a-z][a-z0-9_-]*\d{2}[a-z]{0,2})(?:\.(?:html|pdf|bib))?", re.ASCII)


class Pmlr(UrlsOnly):
    """Papers on proceedings.mlr.press, where its PDFs are kept, and where the series began (jmlr.org/proceedings)."""

    name = "pmlr"

    def identify(self, url: Url) -> Identity | None:
        """What a paper's page or PDF URL means; volumes are no works of this scheme.

        >>> from litdb.text.urls import read_url
        >>> found = PMLR.identify(read_url("http://proceedings.mlr.press/v97/guez19a/guez19a.pdf"))
        >>> str(found.identifier), found.url
        ('pmlr:v97/guez19a', 'https://proceedings.mlr.press/v97/guez19a.html')
        """
        match _place(url):
            case (volume, key, *_) if _VOLUME.fullmatch(volume) and (found := _KEY.fullmatch(key)):
                paper = f"{volume}/{found[1]}"
                address = f"https://proceedings.mlr.press/{paper}.html"
                claims = (Claim("type", "paper-conference", "url"),)
                return Identity(Identifier("pmlr", paper), address, locator(url), claims)
        return None


def _place(url: Url) -> tuple[str, ...]:
    """The path from the volume on."""
    if url.on("proceedings.mlr.press"):
        return url.segments
    match url.segments:
        case ("proceedings", "papers", *place) if url.on("jmlr.org", "jmlr.csail.mit.edu"):
            return tuple(place)
        case ("mlresearch", volume, _, "assets", *place) if url.on("raw.githubusercontent.com"):
            return (volume, *place)
    return ()


PMLR = Pmlr()
