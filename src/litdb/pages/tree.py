"""The body of a page as a reader goes through it: its places and pieces of text, in order, without the menus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD_ENDS = re.compile(r"[\s_-]+")
_SKIPPED = frozenset("script style nav footer form svg noscript iframe template select head textarea".split())
_WHOLES = frozenset("html body main article".split())
_OF_OTHERS = frozenset("comment answer suggestedAnswer acceptedAnswer".split())
"""Microdata properties of what others wrote below a work."""
_LONGEST_MARKS = 300
"""Characters of a class list that are looked at."""


def word(pattern: str) -> re.Pattern[str]:
    """The pattern as a whole word of a class list: between blanks, hyphens and underscores.

    >>> bool(word("author").search("post_author-name")), bool(word("author").search("authority"))
    (True, False)
    """
    return re.compile(rf"(?:^|[\s:_-])(?:{pattern})(?:$|[\s_-])", re.IGNORECASE)


NOISE = frozenset("comment comments related sidebar footer recommended menu nav navigation trending".split())
"""Words of the class or the id of what belongs to the site or to other works."""


class Place(NamedTuple):
    """An element, the words of its class and id, its microdata or RDFa property, and its way from the headline.

    That is the number of elements behind the headline, or three times the number before it.
    """

    element: _Element
    tag: str
    marks: str
    itemprop: str
    distance: int


class Run(NamedTuple):
    """A piece of text between tags, the place whose own text it is, and whether it is part of a link."""

    text: str
    place: Place
    linked: bool


class Surroundings(NamedTuple):
    """The places and runs near the headline, in the order of the page; `behind` is the first run that follows it."""

    places: Sequence[Place]
    runs: Sequence[Run]
    behind: int


def parse(text: str) -> _Element | None:
    """The root of the page, or None for a body without any element."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def surroundings(root: _Element, headline: _Element | None, kept: Iterable[_Element], far: int) -> Surroundings:
    """What stands less than `far` from the headline (or from the top), without what belongs to the site.

    A part that holds one of the elements `kept` is never left out.
    """
    holding = {above for each in kept for above in (each, *each.iterancestors())}
    start = None if headline in holding else 0
    found: list[tuple[_Element, str, str, str]] = []
    texts: list[tuple[str, int, bool]] = []
    waiting: list[tuple[_Element | None, str, int, bool]] = [(root, "", 0, False)]
    while waiting:
        element, text, owner, linked = waiting.pop()
        if element is None:
            texts.append((text, owner, linked))
            continue
        tag, marks, itemprop, is_noise = _read(element)
        if is_noise and element not in holding and not _ends_article(element):
            continue
        here = len(found)
        if element is headline:
            start = here
        elif start is not None and here > start + far:
            break
        found.append((element, tag, marks, itemprop))
        linked = linked or tag == "a"
        for child in reversed(list(element)) if len(element) else ():
            if (after := child.tail) and not after.isspace():
                waiting.append((None, after, here, linked))
            waiting.append((child, "", here, linked))
        if (inner := element.text) and not inner.isspace():
            waiting.append((None, inner, here, linked))
    return _near(found, texts, start or 0, far)


def _read(element: _Element) -> tuple[str, str, str, bool]:
    """An element's tag, marks and property, and whether it belongs to the site or to others."""
    tag = element.tag
    if not len(element.attrib):
        return tag, "", "", tag in _SKIPPED
    itemprop = element.get("itemprop") or element.get("property") or ""
    marks, is_noise = _read_marks(tag, element.get("class"), element.get("id"))
    return tag, marks, itemprop, is_noise or itemprop in _OF_OTHERS


def _near(
    found: Sequence[tuple[_Element, str, str, str]], texts: Sequence[tuple[str, int, bool]], start: int, far: int
) -> Surroundings:
    first = max(0, start - far // 3)
    places = [
        Place(*parts, at - start if at >= start else 3 * (start - at)) for at, parts in enumerate(found[first:], first)
    ]
    kept = [(text.strip(), at, linked) for text, at, linked in texts if at >= first]
    runs = [Run(bare, places[at - first], linked) for bare, at, linked in kept]
    behind = next((index for index, (_, at, _) in enumerate(kept) if start and at >= start), len(kept))
    return Surroundings(places, runs, behind)


def marks_of(element: _Element) -> str:
    """The class list and the id of an element as words; humps are word ends too.

    >>> from lxml.html import fromstring
    >>> marks_of(fromstring('<p class="authorName x" id="y">'))
    'author-Name x y'
    """
    return _read_marks(element.tag, element.get("class"), element.get("id"))[0]


def is_left_out(element: _Element) -> bool:
    """Whether an element belongs to the site or to others: menus, forms, comments, related posts."""
    return _read(element)[3] and not _ends_article(element)


@lru_cache(maxsize=8192)
def _read_marks(tag: str, classes: str | None, name: str | None) -> tuple[str, bool]:
    """The words of class and id, and whether the element belongs to the site or to other works."""
    marks = _HUMPS.sub("-", f"{classes or ''} {name or ''}"[:_LONGEST_MARKS]).strip()
    is_noise = tag not in _WHOLES and not NOISE.isdisjoint(_WORD_ENDS.split(marks.lower()))
    return marks, is_noise or tag in _SKIPPED


def _ends_article(element: _Element) -> bool:
    """Whether this is the footer of an article: blogs put date and author there."""
    is_footer = element.tag == "footer" or "footer" in (element.get("class") or "")
    return is_footer and next(element.iterancestors("article"), None) is not None


def short_text(element: _Element, longest: int) -> str:
    """The element's text on one line, or nothing where it is too long; a long one is not read to its end."""
    pieces: list[str] = []
    for piece in islice(element.itertext(), longest):
        pieces.extend(str(piece).split())
        if sum(map(len, pieces)) > longest:
            return ""
    return " ".join(pieces)
