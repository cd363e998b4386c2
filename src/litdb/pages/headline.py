"""The headline: the heading of a page that its own head says to be its title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice

from lxml.etree import _Element

from litdb.model import Claim
from litdb.pages.tree import marks_of, short_text, word
from litdb.text.titles import clean_title, fold

LONGEST_TITLE = 500
"""Characters; what is longer is no title."""
_MOST_HEADINGS = 30
_HEADLINE = word("entry-title|post-title|p-name|headline|article-title|topic-title")
_HOME_LINK = re.compile(r"(?:https?://[^/]*)?/?(?:index\.html?)?\Z|\.\./?\Z|\./\Z", re.IGNORECASE)
_H1 = re.compile(r"<h1\b[^<>]{0,2000}>", re.IGNORECASE)
_H1_END = re.compile(r"</h1", re.IGNORECASE)
_LESSER = re.compile(r"<h[23]\b[^<>]{0,2000}>", re.IGNORECASE)
_LESSER_END = re.compile(r"</h[23]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def quick_headline(source: str, titles: Collection[str]) -> int | None:
    """Where the headline begins, found without parsing the page.

    That is the h1 that agrees best with a title of the head, else a lesser heading that has most of one, else the only
    h1.
    """
    found = [*_headings(source, _H1, _H1_END)]
    agreed = [(shared(folded, titles), at) for at, folded in found]
    able = [
        (letters, -at) for (letters, at), (_, folded) in zip(agreed, found, strict=True) if 2 * letters > len(folded)
    ]
    if able:
        return -max(able)[1]
    lesser = (at for at, folded in _headings(source, _LESSER, _LESSER_END) if _is_most_of(folded, titles))
    return next(lesser, found[0][0] if len(found) == 1 else None)


def _headings(source: str, start: re.Pattern[str], end: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Where headings begin, and what they say, folded."""
    for opening in islice(start.finditer(source), _MOST_HEADINGS):
        closing = end.search(source, opening.end(), opening.end() + 4000)
        inner = source[opening.end() : closing.start()] if closing else ""
        yield opening.start(), fold(clean_title(_TAG.sub(" ", inner)))


def headings_of(root: _Element) -> list[_Element]:
    """The h1 headings of a page that can be a title."""
    return [each for each in islice(root.iter("h1"), _MOST_HEADINGS) if short_text(each, LONGEST_TITLE)]


def find_headline(root: _Element, headings: Sequence[_Element], titles: Collection[str]) -> _Element | None:
    """The heading that shares most with a title of the head, else the only h1; never the site's name with its link."""
    for able in (chain(headings, _marked(root)), _lesser(root, titles)):
        free = [element for element in able if not _leads_home(element)]
        agreed = [shared(fold(short_text(element, LONGEST_TITLE)), titles) for element in free]
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


def headline_claims(headline: _Element | None, titles: Collection[str], slug: Sequence[str]) -> Iterator[Claim]:
    """The headline as a title: `headline` where the head or the words of the address agree, else `h1`."""
    if headline is not None:
        text = short_text(headline, LONGEST_TITLE)
        agreed = shared(fold(text), titles) or _words_shared(text, titles) or _has_words(text, slug)
        yield Claim("title", clean_title(text), "headline" if agreed else "h1")


def shared(heading: str, titles: Collection[str]) -> int:
    """How many letters a heading and a title have in common, where one holds the other; all are folded."""
    within = (min(len(heading), len(title)) for title in titles if heading in title or title in heading)
    return max(within, default=0) if len(heading) > 3 else 0


def _words_shared(text: str, titles: Collection[str]) -> bool:
    """Whether most words of a heading stand in one title, in whatever order."""
    words = [folded for word in text.split() if len(folded := fold(word)) > 2]
    return any(2 * sum(word in title for word in words) > len(words) for title in titles)


def _has_words(text: str, slug: Sequence[str]) -> bool:
    """Whether two thirds of the words of an address stand in a heading."""
    folded = fold(text)
    return len(slug) > 2 and 3 * sum(word in folded for word in slug) >= 2 * len(slug)


def _leads_home(heading: _Element) -> bool:
    links = (*islice(heading.iterancestors("a"), 1), *islice(heading.iter("a"), _MOST_HEADINGS))
    return any(_HOME_LINK.match(link.get("href") or "#") for link in links)
