"""The headline: the heading of a page that its own head says to be its title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

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
_TAG = re.compile(r"<[^<>]*>")


def quick_headline(source: str, titles: Collection[str]) -> int | None:
    """Where the h1 begins that agrees best with a title of the head, found without parsing the page."""
    best, place = 0, None
    for opening in islice(_H1.finditer(source), _MOST_HEADINGS):
        end = _H1_END.search(source, opening.end(), opening.end() + 4000)
        inner = source[opening.end() : end.start()] if end else ""
        folded = fold(clean_title(_TAG.sub(" ", inner)))
        agreed = shared(folded, titles)
        if agreed > best and 2 * agreed > len(folded):
            best, place = agreed, opening.start()
    return place


def headings_of(root: _Element) -> list[_Element]:
    """The h1 headings of a page that can be a title."""
    return [each for each in islice(root.iter("h1"), _MOST_HEADINGS) if short_text(each, LONGEST_TITLE)]


def find_headline(root: _Element, headings: Sequence[_Element], titles: Collection[str]) -> _Element | None:
    """The heading that shares most with a title of the head, else the only h1; never the site's name with its link."""
    lesser = list(islice(root.iter("h2", "h3"), _MOST_HEADINGS))
    marked = [element for element in lesser if _HEADLINE.search(marks_of(element))]
    for able in ([*headings, *marked], [element for element in lesser if _is_a_title(element, titles)]):
        free = [element for element in able if not _leads_home(element)]
        agreed = [shared(fold(short_text(element, LONGEST_TITLE)), titles) for element in free]
        if any(agreed):
            return free[agreed.index(max(agreed))]
    return headings[0] if len(headings) == 1 and not _leads_home(headings[0]) else None


def _is_a_title(element: _Element, titles: Collection[str]) -> bool:
    """Whether a lesser heading has most letters of a title of the head."""
    folded = fold(short_text(element, LONGEST_TITLE))
    return any(folded in title and 2 * len(folded) > len(title) for title in titles)


def headline_claims(headline: _Element | None, titles: Collection[str]) -> Iterator[Claim]:
    """The headline as a title: `headline` where the head agrees, `h1` where it is only the one heading there is."""
    if headline is not None:
        text = short_text(headline, LONGEST_TITLE)
        agreed = shared(fold(text), titles) or _words_shared(text, titles)
        yield Claim("title", clean_title(text), "headline" if agreed else "h1")


def shared(heading: str, titles: Collection[str]) -> int:
    """How many letters a heading and a title have in common, where one holds the other; all are folded."""
    within = (min(len(heading), len(title)) for title in titles if heading in title or title in heading)
    return max(within, default=0) if len(heading) > 3 else 0


def _words_shared(text: str, titles: Collection[str]) -> bool:
    """Whether most words of a heading stand in one title, in whatever order."""
    words = [folded for word in text.split() if len(folded := fold(word)) > 2]
    return any(2 * sum(word in title for word in words) > len(words) for title in titles)


def _leads_home(heading: _Element) -> bool:
    links = (*islice(heading.iterancestors("a"), 1), *islice(heading.iter("a"), _MOST_HEADINGS))
    return any(_HOME_LINK.match(link.get("href") or "#") for link in links)
