"""What a reader sees: the headline, the byline and the date beside it, found in the body of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from litdb.model import Claim
from litdb.pages.headline import LONGEST_TITLE, Hints, find_headline, headings_of, headline_claims, quick_headline
from litdb.pages.shown_dates import NEAR, date_claims
from litdb.pages.shown_people import author_claims
from litdb.pages.tree import parse, short_text, surroundings
from litdb.text.titles import clean_title, fold

FAR = 600
"""Places from the headline within which its date and authors stand."""

NEXT = (2_000, 8_000)
"""Characters before and behind the headline that are read first."""

BEYOND = (10_000, 80_000)
"""Characters before and behind the headline that are read where those do not answer."""

MOST = 400_000
"""Characters of the body that are read where it has no headline to begin at."""


@dataclass(frozen=True, slots=True)
class Body:
    """The visible part of a page: its h1 headings, and what headline, byline and dates claim."""

    headings: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


def read_shown(
    source: str,
    said: Sequence[Claim],
    slug: Sequence[str],
    language: str,
    is_answered: Callable[[Sequence[Claim]], bool],
) -> Body:
    """What the body shows, given the page without its scripts, what its head said and the words of its address.

    The neighbourhood of the headline first; more of the page only until day and authors are known.
    """
    titles = frozenset(folded for claim in said if claim.field == "title" and (folded := fold(str(claim.value))))
    hints = Hints(titles, tuple(slug))
    start = quick_headline(source, hints)
    if start is None:
        return _read(source[: max(source.find("<body"), 0) + MOST], hints, language, FAR)
    body = _read(source[max(0, start - NEXT[0]) : start + NEXT[1]], hints, language, NEAR)
    if is_answered([*said, *body.claims]):
        return body
    return _read(source[max(0, start - BEYOND[0]) : start + BEYOND[1]], hints, language, FAR)


def _read(source: str, hints: Hints, language: str, far: int) -> Body:
    root = parse(source)
    if root is None:
        return Body()
    headings = headings_of(root)
    headline = find_headline(root, headings, hints)
    near = surroundings(root, headline, headings if headline is None else [*headings, headline], far)
    found = (*headline_claims(headline, hints), *author_claims(near), *date_claims(near, language))
    return Body(tuple(clean_title(short_text(each, LONGEST_TITLE)) for each in headings), found)
