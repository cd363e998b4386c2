"""What a reader sees: the headline, the byline and the date beside it, found in the body of a page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element

from litdb.model import Claim, Field
from litdb.pages.addresses import slug_words
from litdb.pages.headline import (
    Hints,
    beginning,
    find_headline,
    heading_text,
    headings_of,
    headline_claims,
    home_links,
    quick_headline,
    site_headings,
)
from litdb.pages.shown_dates import NEAR, date_claims
from litdb.pages.shown_people import author_claims
from litdb.pages.sitename import beginning_of
from litdb.pages.tree import Surroundings, parse, surroundings
from litdb.text.titles import fold
from litdb.text.urls import Url

FAR = 600
"""Places from the headline within which its date and authors stand."""

NEXT = (2_000, 10_000)
"""Characters before and behind the headline that are read first."""

BEYOND = (10_000, 80_000)
"""Characters before and behind the headline that are read where those do not answer."""

MOST = 400_000
"""Characters of the body that are read where it has no headline to begin at."""

BARS = (" | ", " - ", " : ")
"""What stands in `<title>` between a title and the site's name."""


@dataclass(frozen=True, slots=True)
class Body:
    """The visible part of a page: its h1 headings, which of them lead home, what headline, byline and dates claim."""

    headings: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


def read_shown(
    source: str,
    said: Sequence[Claim],
    address: Url,
    language: str,
    missing: Callable[[Sequence[Claim]], Collection[Field]],
) -> Body:
    """What the body shows, given the page without its scripts, what its head said and its address.

    The neighbourhood of the headline first, the rest where day or authors are `missing` then.
    """
    hints = _hints([str(claim.value) for claim in said if claim.field == "title"], address)
    start = quick_headline(source, hints)
    if start is None:
        whole = _look(source[: max(source.find("<body"), 0) + MOST], hints, FAR)
        return _body(whole, author_claims(whole.around), language)
    near = _look(source[max(0, start - NEXT[0]) : start + NEXT[1]], hints, NEAR)
    people = [*author_claims(near.around)]
    body = _body(near, people, language)
    fields = missing([*said, *body.claims])
    if not fields:
        return body
    far = _look(source[max(0, start - BEYOND[0]) : start + BEYOND[1]], hints, FAR)
    return _body(far, author_claims(far.around) if "authors" in fields else people, language)


def _hints(titles: Sequence[str], address: Url) -> Hints:
    folded = frozenset(filter(None, map(fold, titles)))
    beginnings = frozenset(map(fold, map(beginning_of, titles))) - {""}
    openings = frozenset(fold(title.rpartition(bar)[0]) for title in titles for bar in BARS) - {""}
    return Hints(folded, slug_words(address), address.host.removeprefix("www."), address.path, beginnings, openings)


class _Look(NamedTuple):
    """A part of the page: its h1 headings, those of the site, the headline, and what stands around it."""

    headings: Sequence[_Element]
    sites: Sequence[str]
    titles: Sequence[Claim]
    around: Surroundings


def _look(source: str, hints: Hints, far: int) -> _Look:
    root = parse(source)
    if root is None:
        return _Look((), (), (), Surroundings((), (), 0))
    headings = headings_of(root)
    headline = find_headline(root, headings, hints)
    around = surroundings(root, beginning(headline), headings if headline is None else [*headings, headline], far)
    sites = site_headings(headings, hints)
    if headline is None:
        sites += tuple(home_links((place.element for place in around.places), hints))
    return _Look(headings, sites, [*headline_claims(headline, hints)], around)


def _body(look: _Look, people: Iterable[Claim], language: str) -> Body:
    headings = tuple(map(heading_text, look.headings))
    return Body(headings, tuple(look.sites), (*look.titles, *people, *date_claims(look.around, language)))
