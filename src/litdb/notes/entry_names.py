"""What an entry of a bibliography is about: which of the identifiers that it gives names the work, and its ties."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from litdb.errors import InvalidUrl
from litdb.model import Identifier, Identify, Identity, Relation
from litdb.text.titles import fold

_ARXIV_ID = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
EPRINT = re.compile(rf"(?:arxiv:\s*)?({_ARXIV_ID})(?:\s*\[[\w.-]+\])?", re.IGNORECASE)
"""An arXiv id, alone in a field."""

IN_TEXT = re.compile(rf"\barxiv:\s*({_ARXIV_ID})", re.IGNORECASE)
"""An arXiv id that a text says."""


ARXIV = re.compile(r"(?:arxiv\b|corr\Z)", re.IGNORECASE)
"""How arXiv is named in place of a journal: `arXiv preprint arXiv:1706.03762`, DBLP's `CoRR`."""

_ISBN = re.compile(r"(?<![\d-])(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx](?!\d)", re.ASCII)

_NOT_YET_PRINTED = re.compile(
    r"\b(?:arxiv|(?:e-?|pre-?)prints?|submitted|under (?:review|submission)|in (?:preparation|submission)"
    r"|manuscript|unpublished|working paper)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Given:
    """All of an entry that can name its work.

    `eprint` is an arXiv id. `is_preprint`: its type says that the eprint is what is cited. `is_printed`: it says in
    what the work was printed (see `is_venue`), which only somebody says who means that. `is_book`: an ISBN names it;
    elsewhere it names the book that the entry is part of.
    """

    key: str
    title: str
    year: str
    eprint: str = ""
    doi: str = ""
    url: str = ""
    isbn: str = ""
    is_preprint: bool = False
    is_printed: bool = False
    is_book: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """What an entry is about: the identifier, the URL that leads to it, and its ties to others it names."""

    identifier: Identifier
    url: str = ""
    same: tuple[Identifier, ...] = ()
    relations: tuple[Relation, ...] = ()


def is_venue(container: str, place: str) -> bool:
    """Whether a container is what a work was printed in; `place` is the volume or the pages there, or empty.

    >>> [is_venue(name, "") for name in ("J. X", "arXiv:1706.03762 [cs]", "CoRR", "Submitted to J. X", "")]
    [True, False, False, False, False]
    """
    if not container or ARXIV.match(container):
        return False
    return bool(place) or not _NOT_YET_PRINTED.search(container)


def bare_isbn(text: str) -> str:
    """The first of the ISBNs of a text, without what stands round it.

    >>> bare_isbn("978-0-13-110362-7 (pbk.), 0-13-110362-8"), bare_isbn("ISBN 978 0 13 110362 7"), bare_isbn("1-2")
    ('978-0-13-110362-7', '9780131103627', '')
    """
    found = _ISBN.search(text)
    return re.sub(r"\s", "", found[0]) if found else ""


def name(given: Given, identify: Identify) -> Named:
    """The identifier of an entry among all that it gives.

    It is the arXiv eprint of what is a preprint, else the DOI, the URL, the eprint, the ISBN of a book; without any of
    them, and for a printed paper of which only the preprint has one, it is of the scheme `bib`. What cannot be a number
    of its kind, as its check digit says, names nothing.
    """
    found = {
        kind: (address, identity)
        for kind, address in _addresses(given).items()
        if (identity := _identity(address, identify)) and (kind == "url" or identity.identifier.scheme != "url")
    }
    book = None if given.is_book else found.pop("isbn", None)
    wholes = [Relation(_own(given), "part-of", book[1].identifier, "bib:isbn")] if book else []
    if given.is_printed and not given.is_preprint and _are_arxivs(found, "eprint", "doi", "url"):
        return _printed(_own(given), found, wholes)
    is_preprint = given.is_preprint or _are_arxivs(found, "doi", "url")
    order = ("eprint", "doi", "url", "isbn") if is_preprint else ("doi", "url", "eprint", "isbn")
    ranked = [found[kind] for kind in order if kind in found]
    chosen = ranked[0][1].identifier if ranked else _own(given)
    others = [identity.identifier for _, identity in ranked[1:] if identity.identifier != chosen]
    return Named(
        chosen,
        ranked[0][0] if ranked else "",
        tuple(other for other in others if other.scheme == "url"),
        (
            *filter(None, (_versions(chosen, other) for other in others)),
            *(Relation(chosen, each.kind, each.object, each.how) for each in wholes),
        ),
    )


def _printed(own: Identifier, found: Mapping[str, tuple[str, Identity]], wholes: list[Relation]) -> Named:
    preprints = dict.fromkeys(identity.identifier for _, identity in found.values())
    return Named(own, relations=(*(Relation(each, "version-of", own, "bib:eprint") for each in preprints), *wholes))


def _addresses(given: Given) -> dict[str, str]:
    """The addresses that an entry gives, by kind."""
    addresses = {
        "eprint": given.eprint and f"https://arxiv.org/abs/{given.eprint}",
        "doi": given.doi and f"https://doi.org/{given.doi}",
        "url": given.url,
        "isbn": given.isbn and f"https://openlibrary.org/isbn/{given.isbn}",
    }
    return {kind: address for kind, address in addresses.items() if address}


def _are_arxivs(found: Mapping[str, tuple[str, Identity]], *kinds: str) -> bool:
    """Whether all of these kinds that are given are arXiv's."""
    return all(found[kind][1].identifier.scheme == "arxiv" for kind in kinds if kind in found)


def _versions(chosen: Identifier, other: Identifier) -> Relation | None:
    """A preprint beside its publication is another work: the tie between them."""
    preprint, published = (chosen, other) if chosen.scheme == "arxiv" else (other, chosen)
    if preprint.scheme != "arxiv" or published.scheme in ("arxiv", "url", "isbn"):
        return None
    return Relation(preprint, "version-of", published, "bib:eprint")


def _identity(address: str, identify: Identify) -> Identity | None:
    try:
        return identify(address)
    except InvalidUrl:
        return None


def _own(given: Given) -> Identifier:
    """The name of an entry that has none in the world: its key, and what tells it from another one of that key."""
    content = fold(given.title + given.year)
    return Identifier("bib", f"{given.key}-{hashlib.sha256(content.encode()).hexdigest()[:8]}")
