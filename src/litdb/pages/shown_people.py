"""Names that a reader sees near the headline: bylines, marked authors, links to the pages of authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile

from lxml import etree
from lxml.etree import _Element

from litdb.model import Claim, Name
from litdb.pages.byline_labels import EDITED, label_end, label_of
from litdb.pages.bylines import (
    Piece,
    at_bars,
    is_joint,
    people,
    people_of,
    read_people,
    without_label,
)
from litdb.pages.tree import Place, Run, Surroundings, marks_of, short_text, word
from litdb.text.given_names import has_given_name
from litdb.text.names import authors_claim, is_person

_LINKS = re.compile(
    r"/(?:(?:authors?|staff|people|contributors?|editors|writers?|reporters?|by|profiles?)/(?:\d+/)?"
    r"(?P<author>[^/?#]{3,})/?\Z"
    r"|(?:users?|members?|u|profile)/(?!log|sign|regist|join|new|search)[^/?#]{2,}/?(?:[?#].*)?\Z|user-\d+|~[\w.-]+/?\Z"
    r"|member\.php\?(?!action=[lr])|memberlist\.php\?mode=viewprofile)",
    re.IGNORECASE,
)
"""Addresses of the pages of authors, and of users."""
_BESIDE_NAMES = word("title|role|position|job|bio|description|avatar|image|photo|social|count|follow")

BYLINES: Sequence[tuple[str, str, re.Pattern[str]]] = (
    ("itemprop:author", "itemprop", word("author|creator")),
    ("rel:author", "rel", word("author")),
    (
        "byline",
        "class",
        word(
            "by-?lines?|byline-?name|authors?|author-?name|au-name|person[-_]?name|creatibutors?|writer|contributors?"
        ),
    ),
    ("username", "class", word(r"user-?name|nickname|poster|postleft")),
)
"""How names are marked: the claim's `how`, the attribute, what it says. Besides, links lead to the pages of authors."""

LOOSE = frozenset(("byline", "author-link", "author-links", "written-under", "written-by", "written-below", "beneath"))
"""Ways that other texts are marked by too."""

_OF_OTHERS = re.compile(r"(?:\bby|:)\s*\Z", re.IGNORECASE)
"""What stands before the names of people who did something else: "Photo by", "Editor:"."""

_HINT = re.compile("line|author|au-name|person|creator|creatib|writer|contributor|user|nick|poster|postleft")
"""What every mark has in it, in lower case: most elements need no closer look."""
_BELONGING = word("affil(?:iation)?s?|institutions?|orcid|role|job|job-?title|position|author-title")
"""Classes of what authors are and where they work, which stands between their names."""
_FAMILY_NAME = word("surname|family-?name|last-?name")
"""Classes of one half of a name whose other half is marked too."""
_LISTS = word("authors|author-?list|contributors|creators|creatibutors")
"""Classes of lists with an author in each item."""
_FROM = frozenset(("From", "From:"))
"""Terms of lists of facts behind which it stands from whom a document is."""
_LONGEST_LINK = 200
_SHORTEST_NAME, _LONGEST_NAME = 5, 60
"""Characters of one name."""
_LONGEST = 240
"""Characters of an element that holds names and little else."""
_IN_SMALL_LETTERS = re.compile(r"\b[a-z]{4}")
"""A word that a list of names has none of."""
_ENDS_OPEN = re.compile(r"\s(?:a|and|at|by|for|in|of|on|the|to|with)\Z")
"""How a phrase ends that goes on behind a tag."""
_SHORT = 30
"""Characters behind "By" that may not be the whole byline."""
_MOST_PIECES = 120
_BESIDE = 12
"""Places between two authors of one list."""
_BEHIND = 12
"""Pieces behind "By" among which the names are."""
_UNDER = 25
"""Places behind the headline among which an unmarked name can be the author's."""
_TITLES = frozenset("em i cite".split())
"""Elements of the titles of works that a text speaks of."""
_QUOTED = frozenset("cite dd blockquote q".split())
"""Elements of people who are quoted, or named for another reason."""
_PROSE = 150
"""Characters of a text with which the article begins."""
_RIGHT_UNDER = 16
"""Places behind the headline among which a labelled name is surely the author's."""
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
    yield from _labelled(near.runs)
    yield from _together(near.runs)
    yield from _beneath(near)


def _together(runs: Sequence[Run]) -> Iterator[Claim]:
    """The persons near the headline whose links stand in one list, with nothing but commas or "and" between them."""
    short = (at for at, run in enumerate(runs) if at and len(run.text) < _SHORTEST_NAME and run.place.distance < _NEAR)
    for at in short:
        if is_joint(runs[at].text) and _is_author(runs[at - 1]):
            listed = (runs[at - 1], *takewhile(_is_listed, runs[at:]))
            names = (name for each in listed if each.place.linked for name in read_people(each.text))
            yield authors_claim(people(names), "author-links")
            return


def _is_listed(run: Run) -> bool:
    return is_joint(run.text) or _is_author(run)


def _is_author(run: Run) -> bool:
    """Whether a text is a person's name and leads to a page of that author."""
    link = run.place.element if run.place.linked else None
    return link is not None and link.tag == "a" and bool(_leads_to_somebody(link)) and is_person(run.text)


def _labelled(runs: Sequence[Run]) -> Iterator[Claim]:
    """The people behind the label nearest to the headline (right under it, or near), and behind one farther away."""
    labels = sorted(
        (run.place.distance, at)
        for at, run in enumerate(runs)
        if (label_end(run.text) or (run.text in _FROM and _is_from(run)))
        and not (_is_of_editor(runs, at) or _is_credit(runs, at))
    )
    near = ((distance, at) for distance, at in labels if distance < _NEAR)
    far = ((distance, at) for distance, at in labels if distance >= _NEAR)
    for how, found in (("written-by", near), ("written-below", far)):
        named = ((at, names) for distance, at in found if (names := _able(people_of(_behind(runs, at)), how, distance)))
        for at, names in islice(named, 1):
            is_under = runs[at].place.distance < _RIGHT_UNDER
            yield authors_claim(people(names), "written-under" if is_under else how)


def _is_of_editor(runs: Sequence[Run], at: int) -> bool:
    """Whether a label says who changed the page: "Edited May 3 by Ann Bee"."""
    return runs[at].text.lower() == "by" and any(EDITED.search(run.text) for run in runs[max(0, at - 2) : at])


def _is_from(run: Run) -> bool:
    """Whether this is the term of a list of facts that says from whom a document is."""
    return run.place.tag == "dt" and run.text in _FROM


def _beneath(near: Surroundings) -> Iterator[Claim]:
    """The persons named at the beginning of short texts under the headline: "Ann Bee | Editor | May 3"."""
    lines = [*_lines(takewhile(_is_above_article, near.runs[near.behind :]))]
    before = ""
    for at, line in enumerate(lines):
        names = () if line.place.tag in _QUOTED else _unmarked(line)
        if names and not _OF_OTHERS.search(before) and not _BESIDE_NAMES.search(line.place.marks):
            yield authors_claim(people((*names, *_alike(line, lines[at + 1 :]))), "beneath")
            return
        before = line.text


def _alike(first: Run, behind: Iterable[Run]) -> Iterator[Name]:
    """The persons in the texts right behind another's that are made alike: a row of cells, of links."""
    kind = first.place.tag, first.place.marks
    for line in behind:
        names = _unmarked(line) if (line.place.tag, line.place.marks) == kind else ()
        if not names and not is_joint(line.text):
            return
        yield from names


def _lines(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs, with those of one element joined between which there is but a sign that leads to a note."""
    line: Run | None = None
    noted = False
    for run in runs:
        if run.place.tag == "sup":
            noted = True
            continue
        if line and noted and run.place is line.place:
            line = Run(f"{line.text} {run.text}", run.place)
        else:
            yield from filter(None, (line,))
            line = run
        noted = False
    yield from filter(None, (line,))


def _unmarked(run: Run) -> tuple[Name, ...]:
    """Who is named at the beginning of a text that nothing marks as a name.

    That is whoever has a common given name, of several most; or who the text goes on to say published "in" a section.
    """
    parts = map(_undated, at_bars(" ".join(run.text[:_LONGEST].split())))
    written = next(filter(None, parts), "")
    text = written.removesuffix(" in").removesuffix(" on behalf of").rstrip(" ,")
    is_prose = len(text) >= 2 * _SHORT and _IN_SMALL_LETTERS.search(text)
    if not run.place.distance or is_prose or label_of(text):
        return ()
    if " and " in text or "," in text:
        names = read_people(text)
        named = sum(map(has_given_name, names))
        return names if all(name.family for name in names) and 1 < len(names) < 2 * named else ()
    if len(text) >= _SHORT or not is_person(text):
        return ()
    names = read_people(text)
    return names if written.endswith(" in") or any(map(has_given_name, names[:1])) else ()


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
    return (_links(element) or _halved(element) if how == "byline" else []) or pieces


def _links(element: _Element) -> list[Piece]:
    """What the links in an element say that lead to the pages of authors."""
    links = filter(_leads_to_somebody, element.iter("a"))
    return [Piece(text, True) for link in links if (text := short_text(link, _LONGEST))]


def _halved(element: _Element) -> list[Piece]:
    """The names in an element that are written in two halves, each marked as such."""
    halves = (half for half in islice(element.iter("span"), _MOST_PIECES) if _FAMILY_NAME.search(marks_of(half)))
    around = (half.getparent() for half in halves)
    return [Piece(text, True) for each in around if each is not None and (text := short_text(each, _LONGEST_NAME))]


def _texts(element: _Element) -> Iterator[tuple[str, bool]]:
    """The texts in an element in their order, and whether each is in a link, or the first of its item of a list."""
    links = 0
    is_first = False
    walk = etree.iterwalk(element, ("start", "end"))
    for event, node in walk:
        if event == "start" and node is not element and _is_beside_names(node):
            links += node.tag == "a"
            walk.skip_subtree()
        elif event == "start":
            links += node.tag == "a"
            is_first = is_first or (node.tag == "li" and _is_item(node))
            text = node.text or ""
            yield text, links > 0 or is_first
            is_first = is_first and not text.strip()
        else:
            links -= node.tag == "a"
            if node is not element:
                yield node.tail or "", links > 0


def _is_beside_names(node: _Element) -> bool:
    return node.tag == "sup" or bool(_BELONGING.search(marks_of(node)))


def _is_item(item: _Element) -> bool:
    around = item.getparent()
    return around is not None and bool(_LISTS.search(marks_of(around)))


def _begins_item(element: _Element) -> bool:
    """Whether an element is an item of a list or the first in one."""
    around = element.getparent()
    return element.tag == "li" or (around is not None and around.tag == "li" and element.getprevious() is None)


def _behind(runs: Sequence[Run], at: int) -> list[Piece]:
    """The texts behind a label: the rest of its own, and where that is short the next ones."""
    run = runs[at]
    rest = "" if _is_from(run) else _on_one_line(run.text[label_end(run.text) :])
    if len(rest) > _LONGEST:
        return []
    next_runs = runs[at + 1 : at + 1 + _BEHIND] if len(rest) < _SHORT else ()
    able = (each for each in next_runs if each.place.tag != "sup" and not _BELONGING.search(each.place.marks))
    is_list = run.text.strip(" :").endswith("uthors")
    behind = (
        Piece(_on_one_line(each.text), each.place.linked or (is_list and _begins_item(each.place.element)))
        for each in able
    )
    return _until_prose([Piece(f"by {rest}", run.place.linked), *behind])


def _is_credit(runs: Sequence[Run], at: int) -> bool:
    """Whether a text says whose another work is: the title before it ("The Bridge by Ann Bee"), or far below a link."""
    run, before = runs[at], runs[at - 1].place if at else runs[at].place
    is_work = before.tag in _TITLES or (before.linked and run.place.distance >= _NEAR)
    return is_work and run.text[:1].islower() and before.element.getparent() is run.place.element


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
    is_phrase = literal[:1].islower() and (literal.count(" ") > 2 or literal.startswith(("a ", "an ")))
    return len(literal) < 40 and not (is_phrase or _ENDS_OPEN.search(literal))
