"""The body of a page as a reader goes through it: its places and pieces of text, in order, without the menus."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Container, Iterable, MutableSequence, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SKIPPED = frozenset("script style nav footer form svg noscript iframe template select head textarea".split())
_WHOLES = frozenset("html body main article".split())
_OF_OTHERS = frozenset("comment answer suggestedAnswer acceptedAnswer".split())
"""Microdata properties of what others wrote below a work."""
_REPLIES = ("/Comment", "/Answer")
_PARENT = "meta[@itemprop='parentItem']"
"""Types of replies, and how the microdata of one names what it replies to: some forums type the first post so too."""
_OF_ARTICLE = re.compile(r"\b(?:post|entry|article)[-_]+(?:(?:[a-z]+[-_]+)?footer|info|meta)")
_OF_POST = "md-post"
_ARTICLE = re.compile(r"(?:^|\s)(?:h-?entry|article|post)(?:\s|$)", re.IGNORECASE)
"""Classes of the footer of a work, and of what holds a work where no `article` does."""
_made = tuple.__new__
"""Makes a named tuple in a third of the time that a call of it takes."""
_LONGEST_MARKS = 300
"""Characters of a class list that are looked at."""


def word(pattern: str) -> re.Pattern[str]:
    """The pattern as a whole word of a class list: between blanks, hyphens and underscores.

    >>> bool(word("author").search("post_author-name")), bool(word("author").search("authority"))
    (True, False)
    """
    return re.compile(rf"(?:^|[\s:_-])(?:{pattern})(?:$|[\s_-])", re.IGNORECASE)


NOISE = frozenset(
    "comment comments related footer recommended menu nav navigation trending reviews testimonial testimonials".split()
)
"""Words of the class or the id of what belongs to the site or to other works."""


class Place(NamedTuple):
    """An element, the words of its class and id, its microdata or RDFa property, and its way from the headline.

    That is the number of elements behind the headline, or three times the number before it. `linked` is whether it is
    a link or part of one.
    """

    element: _Element
    tag: str
    marks: str
    itemprop: str
    linked: bool
    distance: int


class Run(NamedTuple):
    """A piece of text between tags, and the place whose own text it is."""

    text: str
    place: Place


class Surroundings(NamedTuple):
    """The places and runs near the headline, in the order of the page; `behind` is the first run that follows it."""

    places: Sequence[Place]
    runs: Sequence[Run]
    behind: int


def parse(text: str) -> _Element | None:
    """The root of the page, or None for a body without any element.

    lxml's table of ids, which nobody asks, would cost time, and the ids would stay in memory.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def surroundings(root: _Element, headline: _Element | None, kept: Iterable[_Element], far: int) -> Surroundings:
    """What stands less than `far` from the headline (or from the top), without what belongs to the site.

    A part that holds one of the elements `kept` is never left out.
    """
    holding = {above for each in kept for above in (each, *each.iterancestors())}
    is_met = headline not in holding
    places: MutableSequence[Place] = [] if is_met else deque(maxlen=far // 3)
    runs: list[Run] = []
    behind: int | None = None
    here = 0
    within = [Place(root, root.tag, "", "", False, 0)]
    walk = etree.iterwalk(root, ("start", "end"))
    for event, element in walk:
        if event == "end":
            within.pop()
            text = element.tail
        else:
            tag, marks, itemprop, is_noise = _read(element)
            if is_noise and element not in holding and not _ends_article(element):
                within.append(within[-1])
                walk.skip_subtree()
                continue
            if element is headline:
                places, runs, within = _counted_back(places, runs, within, here, far)
                is_met, behind, here = True, len(runs), 0
            elif is_met and here > far:
                break
            within.append(_made(Place, (element, tag, marks, itemprop, within[-1].linked or tag == "a", here)))
            places.append(within[-1])
            here += 1
            text = element.text
        if text and (bare := text.strip()):
            runs.append(_made(Run, (bare, within[-1])))
    near = [run for run in runs if run.place.distance <= far]
    return Surroundings(places, near, len(near) if behind is None else behind)


def _counted_back(
    places: Iterable[Place], runs: Iterable[Run], within: Iterable[Place], here: int, far: int
) -> tuple[list[Place], list[Run], list[Place]]:
    """What was counted from the top, counted back from `here`: the places, the runs that are near, and all above."""

    def back(place: Place) -> Place:
        return _made(Place, (*place[:-1], 3 * (here - place.distance)))

    near = (run for run in runs if run.place.distance >= here - far // 3)
    return [*map(back, places)], [_made(Run, (run.text, back(run.place))) for run in near], [*map(back, within)]


def _read(element: _Element) -> tuple[str, str, str, bool]:
    """An element's tag, marks and property, and whether it belongs to the site or to others."""
    tag, named = element.tag, element.keys()
    if not named:
        return tag, "", "", tag in _SKIPPED
    has_property = "itemprop" in named or "property" in named
    itemprop = (element.get("itemprop") or element.get("property") or "") if has_property else ""
    marks, is_noise = _read_marks(tag, _said(element, named))
    is_of_others = itemprop in _OF_OTHERS or (tag == "article" and _is_reply(element))
    return tag, marks, itemprop, is_noise or is_of_others


def _is_reply(element: _Element) -> bool:
    return element.get("itemtype", "").endswith(_REPLIES) and element.find(_PARENT) is not None


def marks_of(element: _Element) -> str:
    """The class list and the id of an element as words; humps are word ends too.

    >>> from lxml.html import fromstring
    >>> marks_of(fromstring('<p class="authorName x" id="y">'))
    'author-Name x y'
    """
    return _read_marks(element.tag, _said(element, element.keys()))[0]


def is_left_out(element: _Element) -> bool:
    """Whether an element belongs to the site or to others: menus, forms, comments, related posts."""
    return _read(element)[3] and not _ends_article(element)


def _said(element: _Element, named: Container[object]) -> str:
    """The class list and the id of an element with these attributes, no more of them than is looked at."""
    classes = element.get("class", "") if "class" in named else ""
    return f"{classes} {element.get('id', '')}"[:_LONGEST_MARKS] if "id" in named else classes[:_LONGEST_MARKS]


@lru_cache(maxsize=4096)
def _read_marks(tag: str, said: str) -> tuple[str, bool]:
    """The words of class and id, and whether the element belongs to the site or to other works."""
    marks = (said if said.islower() else _HUMPS.sub("-", said)).strip()
    words = marks.lower().replace("-", " ").replace("_", " ").split()
    is_noise = tag not in _WHOLES and not NOISE.isdisjoint(words)
    return marks, is_noise or tag in _SKIPPED


def _ends_article(element: _Element) -> bool:
    """Whether this is the footer of an article, or its navigation in Material for MkDocs: date and author are there."""
    marks = (element.get("class") or "").lower()
    if element.tag == "nav":
        return any(_OF_POST in (above.get("class") or "") for above in islice(element.iterancestors(), 1))
    is_footer = element.tag == "footer" or "footer" in marks
    return is_footer and (bool(_OF_ARTICLE.search(marks)) or any(map(_is_article, element.iterancestors())))


def _is_article(element: _Element) -> bool:
    return element.tag == "article" or (element.tag == "div" and bool(_ARTICLE.search(element.get("class") or "")))


def short_text(element: _Element, longest: int) -> str:
    """The element's text on one line, or nothing where it is too long; a long one is not read to its end."""
    pieces: list[str] = []
    for piece in islice(element.itertext(), longest):
        pieces.extend(str(piece)[: 4 * longest].split())
        if sum(map(len, pieces)) > longest:
            return ""
    return " ".join(pieces)
