"""Names that a reader sees near the headline: bylines, marked authors, links to the pages of authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile

from lxml import etree
from lxml.etree import _Element

from litdb.model import Claim, Name
from litdb.pages.bylines import Piece, at_bars, label_end, label_of, people, people_of, read_people, without_label
from litdb.pages.tree import Place, Run, Surroundings, short_text, word
from litdb.text.given_names import has_given_name
from litdb.text.names import authors_claim, is_person

_LINKS = re.compile(
    r"/(?:(?:authors?|staff|people|contributors?|editors|writers?|reporters?|by|profiles?)/(?P<author>[^/?#]{3,})/?\Z"
    r"|(?:users?|members?|u|profile)/(?!log|sign|regist|join|new|search)[^/?#]{2,}/?(?:[?#].*)?\Z|user-\d+|~[\w.-]+/?\Z"
    r"|member\.php\?(?!action=[lr])|memberlist\.php\?mode=viewprofile)",
    re.IGNORECASE,
)
"""Addresses of the pages of authors, and of users."""
_BESIDE_NAMES = word("title|role|position|job|bio|description|avatar|image|photo|social|count|follow")

BYLINES: Sequence[tuple[str, str, re.Pattern[str]]] = (
    ("itemprop:author", "itemprop", word("author|creator")),
    ("rel:author", "rel", word("author")),
    ("byline", "class", word("by-?lines?|byline-?name|authors?|author-?name|person-?name|writer|contributors?")),
    ("username", "class", word(r"user-?name|nickname|poster")),
)
"""How names are marked: the claim's `how`, the attribute, what it says. Besides, links lead to the pages of authors."""

LOOSE = frozenset(("byline", "author-link", "written-by", "written-below", "beneath"))
"""Ways that other texts are marked by too."""

_OF_OTHERS = re.compile(r"(?:\bby|:)\s*\Z", re.IGNORECASE)
"""What stands before the names of people who did something else: "Photo by", "Editor:"."""

_HINT = re.compile("line|author|person|creator|writer|contributor|user|nick|poster")
"""What every mark has in it, in lower case: most elements need no closer look."""
_LONGEST_LINK = 200
_LONGEST = 240
"""Characters of an element that holds names and little else."""
_SHORT = 30
"""Characters behind "By" that may not be the whole byline."""
_MOST_PIECES = 120
_BESIDE = 12
"""Places between two authors of one list."""
_BEHIND = 12
"""Pieces behind "By" among which the names are."""
_UNDER = 25
"""Places behind the headline among which an unmarked name can be the author's."""
_PROSE = 150
"""Characters of a text with which the article begins."""
_SUMMARY = 3
"""Places behind the headline at which a summary stands."""
_NEAR = 60
"""Places from the headline within which a name that is no person's full name counts."""


def author_claims(near: Surroundings) -> Iterator[Claim]:
    """The people nearest to the headline, for each way of marking them."""
    marked: dict[str, list[Place]] = {}
    for place in near.places:
        if place.marks or place.tag == "a" or place.itemprop:
            for how in _ways(place):
                marked.setdefault(how, []).append(place)
    for how, places in marked.items():
        able = (place for place in places if not _BESIDE_NAMES.search(place.marks))
        yield from _claim(how, ((place.distance, _pieces(place.element, how)) for place in _in_order(able)))
    labelled = [at for at, run in enumerate(near.runs) if label_end(run.text)]
    for how, is_there in (("written-by", _is_near), ("written-below", _is_far)):
        here = sorted(
            (at for at in labelled if is_there(near.runs[at].place)), key=lambda at: near.runs[at].place.distance
        )
        yield from _claim(how, ((near.runs[at].place.distance, _behind(near.runs, at)) for at in here))
    yield from _beneath(near)


def _beneath(near: Surroundings) -> Iterator[Claim]:
    """The person named at the beginning of a short text under the headline: "Ann Bee | Editor | May 3"."""
    before = ""
    for run in takewhile(_is_above_article, near.runs[near.behind :]):
        names = _unmarked(run)
        if names and not _OF_OTHERS.search(before) and not _BESIDE_NAMES.search(run.place.marks):
            yield authors_claim(names, "beneath")
            return
        before = run.text


def _unmarked(run: Run) -> tuple[Name, ...]:
    """Who is named at the beginning of a text that nothing marks as a name.

    In a paragraph right under the headline that is whoever looks like a person, else whoever has a common given name;
    of several most have to have one.
    """
    parts = map(_undated, at_bars(" ".join(run.text[:_LONGEST].split())))
    text = next(filter(None, parts), "").removesuffix(" in").rstrip(" ,")
    if not run.place.distance or len(text) >= 2 * _SHORT or label_of(text):
        return ()
    if " and " in text or "," in text:
        names = read_people(text)
        named = sum(map(has_given_name, names))
        return names if all(name.family for name in names) and 1 < len(names) < 2 * named else ()
    if len(text) >= _SHORT or not is_person(text):
        return ()
    names = read_people(text)
    is_first = run.place.tag == "p" and run.place.distance < _SUMMARY and not run.place.linked
    return names if is_first or any(map(has_given_name, names[:1])) else ()


def _undated(text: str) -> str:
    """A text without the day at its end, nothing of a day alone."""
    return without_label(text) if text[-4:].isdecimal() else text


def _is_above_article(run: Run) -> bool:
    """Whether this stands before the article; right under the headline there may be a summary."""
    return run.place.distance < _UNDER and (len(run.text) < _PROSE or run.place.distance < _SUMMARY)


def _claim(how: str, found: Iterable[tuple[int, Sequence[Piece]]]) -> Iterator[Claim]:
    """The first that names somebody, and what full names stand beside it; `found` are pieces by their distance."""
    names: list[Name] = []
    nearest = 0
    for distance, pieces in found:
        if names and distance > nearest + _BESIDE:
            break
        here = _able(people_of(pieces), how, distance)
        if here and not names:
            nearest, names = distance, list(here)
        elif names and names[0].family:
            names.extend(name for name in here if name.family)
    if names:
        yield authors_claim(people(names), how)


def _in_order(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: place.distance)


def _is_near(place: Place) -> bool:
    return place.distance < _NEAR


def _is_far(place: Place) -> bool:
    return place.distance >= _NEAR


def _ways(place: Place) -> tuple[str, ...]:
    """How an element is marked as one of names."""
    itemprop = place.itemprop[:_LONGEST]
    if place.tag != "a":
        return _ways_said(place.marks, itemprop, "")
    ways = _ways_said(place.marks, itemprop, place.element.get("rel", "")[:_LONGEST])
    link = _leads_to_somebody(place.element)
    return (*ways, "author-link" if link["author"] else "user-link") if link else ways


def _leads_to_somebody(link: _Element) -> re.Match[str] | None:
    return _LINKS.search(f"/{link.get('href', '')}"[-_LONGEST_LINK:])


@lru_cache(maxsize=4096)
def _ways_said(marks: str, itemprop: str, rel: str) -> tuple[str, ...]:
    if not _HINT.search(f"{marks} {itemprop} {rel}".lower()):
        return ()
    said = {"class": marks, "itemprop": itemprop, "rel": rel}
    return tuple(how for how, attribute, pattern in BYLINES if pattern.search(said[attribute]))


def _pieces(element: _Element, how: str) -> list[Piece]:
    """The texts in an element, of a byline those that lead to authors; nothing where they are too long for names."""
    if how == "itemprop:author":
        named = next(element.iterfind(".//*[@itemprop='name']"), element)
        if content := named.get("content"):
            return [Piece(content, False)]
        element = named
    pieces: list[Piece] = []
    for text, linked in islice(_texts(element), _MOST_PIECES):
        if bare := _on_one_line(text):
            pieces.append(Piece(bare, linked))
        if sum(len(piece.text) for piece in pieces) > _LONGEST:
            return pieces[:1] if is_person(pieces[0].text) else []
    return (_links(element) if how == "byline" else []) or pieces


def _links(element: _Element) -> list[Piece]:
    """What the links in an element say that lead to the pages of authors."""
    links = filter(_leads_to_somebody, element.iter("a"))
    return [Piece(text, True) for link in links if (text := short_text(link, _LONGEST))]


def _texts(element: _Element) -> Iterator[tuple[str, bool]]:
    """The texts in an element in their order, and whether each is in a link."""
    links = 0
    for event, node in etree.iterwalk(element, ("start", "end")):
        if event == "start":
            links += node.tag == "a"
            yield node.text or "", links > 0
        else:
            links -= node.tag == "a"
            if node is not element:
                yield node.tail or "", links > 0


def _behind(runs: Sequence[Run], at: int) -> list[Piece]:
    """The texts behind a label: the rest of its own, and where that is short the next ones."""
    run = runs[at]
    rest = _on_one_line(run.text[label_end(run.text) :])
    if len(rest) > _LONGEST:
        return []
    next_runs = runs[at + 1 : at + 1 + _BEHIND] if len(rest) < _SHORT else ()
    behind = (Piece(_on_one_line(each.text), each.place.linked) for each in next_runs)
    return _until_prose([Piece(f"by {rest}", run.place.linked), *behind])


def _on_one_line(text: str) -> str:
    """The text with single blanks; of a long one no more than shows that it is long."""
    return " ".join(text[: 2 * _LONGEST].split())


def _until_prose(pieces: Sequence[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    for piece in pieces:
        if len(piece.text) > 120:
            break
        kept.append(piece)
    return kept


def _able(names: Sequence[Name], how: str, distance: int) -> tuple[Name, ...]:
    """The names that count: where the way is loose, a handle or an organisation only near the headline."""
    anything = how not in LOOSE or distance < _NEAR
    return tuple(name for name in names if name.family or (anything and _may_be_whole(name.literal)))


def _may_be_whole(literal: str) -> bool:
    """Whether this can be a handle or an organisation: "By continuing, you agree" is none."""
    return len(literal) < 40 and not (literal[:1].islower() and literal.count(" ") > 2)
