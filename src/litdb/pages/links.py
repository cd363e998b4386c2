"""The links of an article: where the work itself points, without menus, comments and what to read next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree
from lxml.etree import _Element

from litdb.errors import InvalidUrl
from litdb.pages.charset import decode
from litdb.pages.markup import without_scripts
from litdb.pages.tree import is_left_out, marks_of, parse, word
from litdb.text.urls import read_url

_ARTICLE = word(
    r"(?:article|post|entry|blog|story)-?(?:body|content|text)|(?:body|main)-content|e-content|postBody|post-full|prose|markdown"
)
_BESIDE = word(
    "author|byline|bio|tags?|categor(?:y|ies)|share|sharing|social|toc|meta|subscribe|newsletter|breadcrumbs|header|sidebar|ads?"
)
_BLOCKS = frozenset(
    "article body blockquote caption dd div dt figcaption h1 h2 h3 h4 h5 h6 html li main p section td th".split()
)
"""Elements beyond which no sentence goes."""
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z])|\n\s*\n")
_MOST_LINKS = 20_000
_MOST_PIECES = 2000
"""Pieces of text by which the longest of several bodies is told."""
_MOST_WORDS = 300
"""Characters that are kept of a link's text, and of its sentence on either side."""
_TEXT_ENOUGH = 200
"""Characters of text that the body of an article has at least."""


class Link(NamedTuple):
    """A link of an article: its absolute http(s) URL, its text, and the sentence in which it stands."""

    url: str
    text: str
    words: str


def links_of(body: bytes, headers: Mapping[str, str], url: str) -> tuple[Link, ...]:
    """The links of the article at `url`, each address once, in the order of the text.

    Links of menus, bylines, tags, comments and related posts are left out, and so are anchors on the page itself.

    >>> page = b'<nav><a href="/m">m</a></nav><article><p>Hi. See <a href="/x">X</a>, or <a href="#n">1</a>.</article>'
    >>> links_of(page, {}, "https://a.org/post")
    (Link(url='https://a.org/x', text='X', words='See X, or 1.'),)
    """
    root = parse(without_scripts(decode(body, headers)))
    if root is None:
        return ()
    base = next((href for each in root.iter("base") if (href := each.get("href"))), "")
    here = _address(url, base) if base else url
    own = url.partition("#")[0]
    anchors: dict[str, _Element] = {}
    for anchor in islice(_anchors(_article(root)), _MOST_LINKS):
        address = _address(here or url, anchor.get("href") or "")
        if address and address.partition("#")[0] != own:
            anchors.setdefault(address, anchor)
    said = said_of(anchors.values())
    return tuple(Link(address, *said[anchor]) for address, anchor in anchors.items())


def _article(root: _Element) -> _Element:
    """The element that holds the article: the body of the text where it is marked, else the article, main or all."""
    marked = (each for each in root.iter("div", "section") if _is_body(each))
    for able in (marked, root.iter("article"), root.iter("main")):
        texts = [
            (len("".join(map(str, islice(each.itertext(), _MOST_PIECES)))), at, each)
            for at, each in enumerate(islice(able, 20))
        ]
        longest = max(texts, default=None, key=lambda each: (each[0], -each[1]))
        if longest and longest[0] >= _TEXT_ENOUGH:
            return longest[2]
    return root


def _is_body(element: _Element) -> bool:
    return element.get("itemprop") == "articleBody" or bool(_ARTICLE.search(marks_of(element)))


def _anchors(article: _Element) -> Iterator[_Element]:
    """The links in the text, in its order."""
    walk = etree.iterwalk(article, ("start",))
    for _, element in walk:
        if element is not article and (is_left_out(element) or _BESIDE.search(marks_of(element))):
            walk.skip_subtree()
        elif element.tag == "a" and element.get("href") and not _is_of_authors(element):
            yield element


def _is_of_authors(element: _Element) -> bool:
    return bool(set((element.get("rel") or "").split()) & {"author", "tag", "category", "home"})


def _address(base: str, href: str) -> str:
    """The address made whole, or empty where it is none that can be asked."""
    if not re.match(r"(?:https?:|[^:]*(?:[/?#]|$))", href.strip(), re.IGNORECASE):
        return ""
    try:
        return str(read_url(urljoin(base, href.strip())))
    except (InvalidUrl, ValueError):
        return ""


def said_of(anchors: Iterable[_Element]) -> dict[_Element, tuple[str, str]]:
    """The text of each link and its sentence; every block is read once, however many links stand in it."""
    blocks: dict[_Element, list[_Element]] = defaultdict(list)
    for anchor in anchors:
        blocks[next((each for each in anchor.iterancestors() if each.tag in _BLOCKS), anchor)].append(anchor)
    said: dict[_Element, tuple[str, str]] = {}
    for block, within in blocks.items():
        text, places = _text_of(block)
        for anchor in within:
            start, end = places[anchor]
            said[anchor] = _plain(text[start:end][:_MOST_WORDS]), _sentence(text, start, end)
    return said


def _text_of(block: _Element) -> tuple[str, dict[_Element, tuple[int, int]]]:
    """The text of a block without the blocks inside it, and from where to where each link in it goes."""
    pieces: list[str] = []
    at = 0
    begun: dict[_Element, int] = {}
    places: dict[_Element, tuple[int, int]] = {}
    walk = etree.iterwalk(block, ("start", "end"))
    for event, element in walk:
        inner = element is not block and element.tag in _BLOCKS
        if event == "start":
            begun[element] = at
            piece = "\n\n" if inner else element.text
            if inner:
                walk.skip_subtree()
        else:
            places[element] = begun[element], at
            piece = element.tail if element is not block else None
        if piece:
            pieces.append(str(piece))
            at += len(piece)
    return "".join(pieces), places


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence round a place of a text, on one line."""
    first, last = max(0, start - _MOST_WORDS), end + _MOST_WORDS
    begins = [found.end() for found in _SENTENCE_ENDS.finditer(text, first, start)]
    ends = _SENTENCE_ENDS.search(text, end, last)
    return _plain(text[begins[-1] if begins else first : ends.start() if ends else last])


def _plain(text: str) -> str:
    return " ".join(text.split())
