"""Proceedings of Machine Learning Research: papers by volume and key, as their pages describe them in BibTeX.

A page's tags name the conference without its number and leave out volume and editors; its BibTeX has the days of the
conference, its tags the day on which the volume appeared (mlresearch/papersite).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litdb.model import Answer, Claim, Identifier, Identity, Policy, Reading, Record
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.sources.venue_bib import Entry, claims_of, date_of, read_entry
from litdb.text.dates import date_claim, read_iso
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url

_VOLUME = re.compile(r"[vr]\d{1,4}", re.ASCII)
_KEY = re.compile(r"([a-z][a-z0-9_-]*\d{2}[a-z]{0,2})(?:\.(?:html|pdf|bib))?", re.ASCII)
_BIBTEX = re.compile(r"""<code\b[^<>]{0,200}\bid=["']bibtex["'][^<>]{0,200}>(.*?)</code>""", re.DOTALL)
_APPEARED = re.compile(r"""<meta\s+name=["']citation_publication_date["']\s+content=["']([\d/-]{4,10})["']""")


class Pmlr(UrlsOnly):
    """Papers on proceedings.mlr.press, where its PDFs are kept, and where the series began (jmlr.org/proceedings)."""

    name = "pmlr"
    policies = (Policy(("proceedings.mlr.press",), "proceedings.mlr.press", interval=1.0, fresh_days=180),)

    def identify(self, url: Url) -> Identity | None:
        """What a paper's page or PDF URL means; volumes are no works of this scheme.

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

    def owns(self, page: Answer) -> bool:
        """Whether the page is a paper's, by its address: live, saved or from an archive."""
        return self.identify(read_url(page.url)) is not None

    def read(self, answer: Answer) -> Reading:
        """What the BibTeX in the page says, and the day on which the volume appeared."""
        identifier = answer.request.asked[0].identifier
        found = _BIBTEX.search(source := answer.body.decode("utf-8", "replace"))
        entry = read_entry(clean_title(found[1])) if found else None
        if entry is None:
            return Reading()
        return Reading((Record(self.name, identifier, tuple(_claims(entry, source))),), {identifier: ("ok", "")})


PMLR = Pmlr()


def _claims(entry: Entry, source: str) -> Iterator[Claim]:
    yield from (claim for claim in claims_of(entry) if claim.field != "date")
    appeared = _APPEARED.search(source)
    if day := (read_iso(appeared[1]) if appeared else None) or date_of(entry):
        yield date_claim(day, "posted", "citation:publication_date" if appeared else "bib:year")


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
