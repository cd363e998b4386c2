"""The headline: the heading of a page that its own head says to be its title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lxml.etree import _Element

from litdb.model import Claim
from litdb.pages.tree import marks_of, short_text, word
from litdb.text.titles import clean_title, fold

LONGEST_TITLE = 500
"""Characters; what is longer is no title."""
_MOST_HEADINGS = 30
_HEADLINE = word("entry-title|post-title|p-name|headline|article-title|topic-title")
_HOME_LINK = re.compile(r"(?:https?://[^/]*)?/?(?:index\.(?:html?|php))?\Z|\.\./?\Z|\./\Z", re.IGNORECASE)
_H1 = re.compile(r"<h1\b[^<>]{0,2000}>", re.IGNORECASE)
_H1_END = re.compile(r"</h1", re.IGNORECASE)
_LESSER = re.compile(r"<h[23]\b[^<>]{0,2000}>", re.IGNORECASE)
_LESSER_END = re.compile(r"</h[23]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_PERMALINK = re.compile(r"\A[#¶§🔗]\s+|\s+[#¶§🔗]\Z")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of the headline before the body is read: the titles of the head, folded; the address's words."""

    titles: frozenset[str]
    slug: tuple[str, ...]


def quick_headline(source: str, hints: Hints) -> int | None:
    """Where the headline begins, found without parsing the page.

    That is the h1 that agrees best with a title of the head or with the address, else a lesser heading that has most
    of a title, else the only h1.
    """
    found = [*_headings(source, _H1, _H1_END)]
    able = [(letters, -at) for at, folded in found if 3 * (letters := agreement(folded, hints)) > len(folded)]
    if able:
        return -max(able)[1]
    lesser = (at for at, folded in _headings(source, _LESSER, _LESSER_END) if _is_most_of(folded, hints.titles))
    return next(lesser, found[0][0] if len(found) == 1 else None)


def _headings(source: str, start: re.Pattern[str], end: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Where headings begin, and what they say, folded."""
    for opening in islice(start.finditer(source), _MOST_HEADINGS):
        closing = end.search(source, opening.end(), opening.end() + 4000)
        inner = source[opening.end() : closing.start()] if closing else ""
        yield opening.start(), fold(clean_title(_TAG.sub(" ", inner))[:LONGEST_TITLE])


def site_headings(headings: Sequence[_Element]) -> tuple[str, ...]:
    """What those headings say that lead to the front page: they are the site's name."""
    return tuple(heading_text(each) for each in headings if _leads_home(each))


def headings_of(root: _Element) -> list[_Element]:
    """The h1 headings of a page that can be a title."""
    return [each for each in islice(root.iter("h1"), _MOST_HEADINGS) if short_text(each, LONGEST_TITLE)]


def find_headline(root: _Element, headings: Sequence[_Element], hints: Hints) -> _Element | None:
    """The heading that agrees most with the head or the address, else the only h1; never the site's with its link."""
    for able in (chain(headings, _marked(root)), _lesser(root, hints.titles)):
        free = [element for element in able if not _leads_home(element)]
        agreed = [agreement(fold(short_text(element, LONGEST_TITLE)), hints) for element in free]
        if any(agreed):
            return free[agreed.index(max(agreed))]
    return headings[0] if len(headings) == 1 and not _leads_home(headings[0]) else None


def _marked(root: _Element) -> Iterator[_Element]:
    """The lesser headings whose class says that they are the headline."""
    return (element for element in islice(root.iter("h2", "h3"), _MOST_HEADINGS) if _HEADLINE.search(marks_of(element)))


def _lesser(root: _Element, titles: Collection[str]) -> Iterator[_Element]:
    return (element for element in islice(root.iter("h2", "h3"), _MOST_HEADINGS) if _is_a_title(element, titles))


def _is_a_title(element: _Element, titles: Collection[str]) -> bool:
    """Whether a lesser heading has most letters of a title of the head."""
    return _is_most_of(fold(short_text(element, LONGEST_TITLE)), titles)


def _is_most_of(folded: str, titles: Collection[str]) -> bool:
    return any(folded in title and 2 * len(folded) > len(title) for title in titles)


def headline_claims(headline: _Element | None, hints: Hints) -> Iterator[Claim]:
    """The headline as a title: `headline` where the head or the address agrees, else `h1`."""
    if headline is not None:
        text = heading_text(headline)
        agreed = agreement(fold(text), hints) or _words_shared(text, hints.titles)
        yield Claim("title", text, "headline" if agreed else "h1")


def heading_text(heading: _Element) -> str:
    """What a heading says, without the sign for its own address that programs for documentation put beside it."""
    return _PERMALINK.sub("", clean_title(short_text(heading, LONGEST_TITLE)))


def agreement(heading: str, hints: Hints) -> int:
    """How many letters of a folded heading a title of the head has too, or two thirds of the address's words."""
    words = [word for word in hints.slug if word in heading]
    of_slug = sum(map(len, words)) if len(hints.slug) > 2 and 3 * len(words) >= 2 * len(hints.slug) else 0
    return max(_shared(heading, hints.titles), of_slug)


def _shared(heading: str, titles: Collection[str]) -> int:
    """How many letters a heading and a title have in common, where one holds the other; all are folded.

    A small part of a title that does not begin it is no sign: a section or the site is called so.
    """
    within = (min(len(heading), len(title)) for title in titles if title in heading or _begins_or_fills(heading, title))
    return max(within, default=0) if len(heading) > 3 else 0


def _begins_or_fills(heading: str, title: str) -> bool:
    return heading in title and (title.startswith(heading) or 4 * len(heading) > len(title))


def _words_shared(heading: str, titles: Collection[str]) -> bool:
    """Whether most words of a heading stand in one title, in whatever order."""
    words = [folded for word in heading.split() if len(folded := fold(word)) > 2]
    return len(words) > 1 and any(2 * sum(word in title for word in words) > len(words) for title in titles)


def _leads_home(heading: _Element) -> bool:
    links = (*islice(heading.iterancestors("a"), 1), *islice(heading.iter("a"), _MOST_HEADINGS))
    return any(_HOME_LINK.match(link.get("href") or "#") for link in links)
