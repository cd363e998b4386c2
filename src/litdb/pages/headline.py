"""The headline: the heading of a page that its own head says to be its title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lxml.etree import _Element

from litdb.model import Claim
from litdb.pages.tree import is_left_out, marks_of, short_text, word
from litdb.text.titles import clean_title, fold

LONGEST_TITLE = 500
"""Characters; what is longer is no title."""
_MOST_HEADINGS = 30
_MOST_LINKS = 300
_FEWEST = 3
"""Characters that a title has more of."""
_HEADLINE = word("entry-title|post-title|p-name|headline|article-title|topic-title")
_HOME_LINK = re.compile(
    r"(?:(?:https?:)?//(?:www\.)?(?P<host>[^/]*))?/?(?:index\.(?:html?|php))?\Z|\.\./?\Z|\./\Z", re.IGNORECASE
)
_HOST = re.compile(r"\Ahttps?://[^/]*", re.IGNORECASE)
_OF_SITE = word("logo|site-?title|site-?name|blog-?title|banner-?header")
"""Classes of the heading that is the site's name."""
_FIRST_POST = word("first-?post")
_H1 = re.compile(r"<h1\b[^<>]{0,2000}>", re.IGNORECASE)
_H1_END = re.compile(r"</h1", re.IGNORECASE)
_LESSER = re.compile(r"<h[23]\b[^<>]{0,2000}>", re.IGNORECASE)
_LESSER_END = re.compile(r"</h[23]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BESIDE = word(
    "label|badge|prefix|posted-on|date|byline|comments?|edit|editsection|anchor|headerlink|sr-only|visually-hidden"
    "|screen-reader-text"
)
"""Classes of what stands in a headline but is none of its words."""
_ADDED = re.compile(r"\A[^\W\d_]+:\s+|\s+#\d+\Z")
"""What forums and trackers write before a title, or behind it: "Thread: On graphs", "On graphs #42"."""
_INLINE = frozenset("a abbr b bdi code em font i mark s small span strong sub sup u".split())
"""Elements at whose edges no word ends."""
_EDGE = re.compile(r"([^\0]?)(\0+)([^\0]?)")
_PERMALINK = re.compile(r"\A[#¶§🔗]\s+|\s+[#¶§🔗]\Z")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of the headline before the body is read.

    That is the titles of the head, folded, and how those begin that go on like a path ("On graphs / Talk / A forum");
    the words of the address, its host without the `www` and its path; what stands in the titles before their last bar.
    """

    titles: frozenset[str]
    slug: tuple[str, ...]
    host: str = ""
    path: str = ""
    beginnings: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()


def quick_headline(source: str, hints: Hints) -> int | None:
    """Where the headline begins, found without parsing the page.

    That is the h1 that agrees best with a title of the head or with the address, else a lesser heading that has most
    of a title, else the only h1.
    """
    found = [*_until_a_title(_headings(source, _H1, _H1_END), hints.titles)]
    able = [(letters, -at) for at, folded in found if 3 * (letters := agreement(folded, hints)) > len(folded)]
    if able:
        return -max(able)[1]
    lesser = (at for at, folded in _headings(source, _LESSER, _LESSER_END) if _is_most_of(folded, hints.titles))
    return next(lesser, found[0][0] if len(found) == 1 else None)


def _until_a_title(found: Iterable[tuple[int, str]], titles: Collection[str]) -> Iterator[tuple[int, str]]:
    """The headings up to the first that is a title of the head: behind it the page need not be searched."""
    for at, folded in found:
        yield at, folded
        if folded in titles:
            return


def _headings(source: str, start: re.Pattern[str], end: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Where headings begin, and what they say, folded."""
    for opening in islice(start.finditer(source), _MOST_HEADINGS):
        closing = end.search(source, opening.end(), opening.end() + 4000)
        inner = source[opening.end() : closing.start()] if closing else ""
        yield opening.start(), fold(clean_title(_TAG.sub(" ", inner))[:LONGEST_TITLE])


def site_headings(headings: Sequence[_Element], hints: Hints) -> tuple[str, ...]:
    """What those headings say that lead to the front page, or to a folder above: they are the site's name."""
    return tuple(heading_text(each) for each in headings if _leads_home(each, hints))


def headings_of(root: _Element) -> list[_Element]:
    """The h1 headings of a page that can be a title."""
    return [each for each in islice(root.iter("h1"), _MOST_HEADINGS) if short_text(each, LONGEST_TITLE)]


def find_headline(root: _Element, headings: Sequence[_Element], hints: Hints) -> _Element | None:
    """The heading that agrees most with the head or the address, else the only h1; never the site's with its link.

    Where there is none, as where people share links, it is the link that says what a title of the head begins with.
    """
    for able in (chain(headings, _marked(root)), _lesser(root, hints)):
        free = [element for element in able if not _leads_home(element, hints)]
        agreed = [agreement(fold(short_text(element, LONGEST_TITLE)), hints) for element in free]
        if any(agreed):
            return free[agreed.index(max(agreed))]
    own = [heading for heading in headings if not _leads_home(heading, hints)]
    return own[0] if len(own) == 1 else next(_shared_links(root, hints), None)


def beginning(headline: _Element | None) -> _Element | None:
    """Where the part begins that the headline stands in: itself, or the first post of a thread."""
    if headline is None or headline.tag == "h1":
        return headline
    posts = (above for above in headline.iterancestors() if _FIRST_POST.search(marks_of(above)))
    return next(posts, headline)


def _marked(root: _Element) -> Iterator[_Element]:
    """The lesser headings whose class says that they are the headline."""
    return (element for element in islice(root.iter("h2", "h3"), _MOST_HEADINGS) if _HEADLINE.search(marks_of(element)))


def _lesser(root: _Element, hints: Hints) -> Iterator[_Element]:
    return (element for element in islice(root.iter("h2", "h3"), _MOST_HEADINGS) if _is_a_title(element, hints))


def _shared_links(root: _Element, hints: Hints) -> Iterator[_Element]:
    """The links of several words outside the menus that say what stands in a title of the head before its last bar."""
    for link in islice(root.iter("a"), _MOST_LINKS):
        text = short_text(link, LONGEST_TITLE)
        if " " in text and fold(text) in hints.openings and not (_is_home(link, hints) or _is_beside(link)):
            yield link


def _is_beside(link: _Element) -> bool:
    """Whether a link stands in a part of the page that belongs to the site or to others."""
    return any(map(is_left_out, link.iterancestors()))


def _is_a_title(element: _Element, hints: Hints) -> bool:
    """Whether a lesser heading has most letters of a title of the head, or begins it."""
    folded = fold(short_text(element, LONGEST_TITLE))
    return folded in hints.beginnings or _is_most_of(folded, hints.titles)


def _is_most_of(folded: str, titles: Collection[str]) -> bool:
    return any(folded in title and 2 * len(folded) > len(title) for title in titles)


def headline_claims(headline: _Element | None, hints: Hints) -> Iterator[Claim]:
    """The headline as a title: `headline` where the head or the address agrees, else `h1`."""
    if headline is not None:
        text = _without_added(heading_text(headline), hints.titles)
        agreed = agreement(fold(text), hints) or _words_shared(text, hints.titles)
        yield Claim("title", text, "headline" if agreed else "h1")


def heading_text(heading: _Element) -> str:
    """What a heading says, without a label, a date or the sign for its own address that programs put into it."""
    whole = short_text(heading, LONGEST_TITLE)
    own = " ".join(_EDGE.sub(_at_edge, _own_words(heading)).split()) if whole and len(heading) else whole
    return _PERMALINK.sub("", clean_title(own if len(own) > _FEWEST else whole))


def _own_words(element: _Element) -> str:
    """The text of a heading without the parts that stand beside its words, with a mark at the edges of the others."""
    parts = [element.text or ""]
    for part in element:
        is_own = part.tag != "time" and not _BESIDE.search(marks_of(part))
        edge = "\0" if part.tag in _INLINE else " "
        parts.append(f"{edge}{_own_words(part) if is_own else ' '}{edge}{part.tail or ''}")
    return "".join(parts)


def _at_edge(edge: re.Match[str]) -> str:
    """What stands at the edge of a part of a heading: nothing in a word, but a blank between two parts."""
    before, marks, behind = edge.groups()
    return f"{before} {behind}" if len(marks) > 1 or (before.islower() and behind.isupper()) else f"{before}{behind}"


def _without_added(text: str, titles: Collection[str]) -> str:
    """The text without what it adds to the beginning of a title of the head."""
    bare = _ADDED.sub("", text)
    folded, whole = (fold(bare), fold(text)) if bare != text else ("", "")
    begun = [title for title in titles if folded and title.startswith(folded)]
    return bare if begun and not any(title.startswith(whole) for title in begun) else text


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


def home_links(elements: Iterable[_Element], hints: Hints) -> Iterator[str]:
    """What the links to the front page say: the site's name, where no headline tells the title from it."""
    home = (each for each in elements if each.tag == "a" and _is_home(each, hints))
    return filter(None, (short_text(link, LONGEST_TITLE) for link in islice(home, _MOST_HEADINGS)))


def _leads_home(heading: _Element, hints: Hints) -> bool:
    if _OF_SITE.search(marks_of(heading)):
        return True
    links = (*islice(heading.iterancestors("a"), 1), *islice(heading.iter("a"), _MOST_HEADINGS))
    return any(_is_home(link, hints) or _is_folder(link.get("href") or "", hints.path) for link in links)


def _is_home(link: _Element, hints: Hints) -> bool:
    home = _HOME_LINK.match(link.get("href") or "#")
    return home is not None and home["host"] in (None, hints.host)


def _is_folder(href: str, path: str) -> bool:
    """Whether an absolute address is that of a folder in which this path stands."""
    folder = _HOST.sub("", href)
    return len(folder) > 1 and folder[0] == "/" == folder[-1] and path != folder and path.startswith(folder)
