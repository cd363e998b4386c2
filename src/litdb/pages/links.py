"""The links of an article: where the work itself points, without menus, comments and what to read next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
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
    "author|byline|bio|tags?|categor(?:y|ies)|share|sharing|social|toc|meta|subscribe|newsletter|breadcrumbs|header|ads?"
)
_MOST_LINKS = 2000
_TEXT_ENOUGH = 200
"""Characters of text that the body of an article has at least."""


def links_of(body: bytes, headers: Mapping[str, str], url: str) -> tuple[str, ...]:
    """The absolute http(s) URLs that the article at `url` links to, each once, in the order of the text.

    Links of menus, bylines, tags, comments and related posts are left out, and so are anchors on the page itself.

    >>> page = b'<nav><a href="/menu">m</a></nav><article>See <a href="/x">x</a> and <a href="#n">1</a></article>'
    >>> links_of(page, {}, "https://a.org/post")
    ('https://a.org/x',)
    """
    root = parse(without_scripts(decode(body, headers)))
    if root is None:
        return ()
    base = next((href for each in root.iter("base") if (href := each.get("href"))), "")
    here = _address(url, base) if base else url
    found = (_address(here or url, href) for href in islice(_hrefs(_article(root)), _MOST_LINKS))
    own = url.partition("#")[0]
    return tuple(dict.fromkeys(link for link in found if link and link.partition("#")[0] != own))


def _article(root: _Element) -> _Element:
    """The element that holds the article: the body of the text where it is marked, else the article, main or all."""
    marked = (each for each in root.iter("div", "section") if _is_body(each))
    for able in (marked, root.iter("article"), root.iter("main")):
        texts = [
            (len("".join(map(str, islice(each.itertext(), _MOST_LINKS)))), at, each)
            for at, each in enumerate(islice(able, 20))
        ]
        longest = max(texts, default=None, key=lambda each: (each[0], -each[1]))
        if longest and longest[0] >= _TEXT_ENOUGH:
            return longest[2]
    return root


def _is_body(element: _Element) -> bool:
    return element.get("itemprop") == "articleBody" or bool(_ARTICLE.search(marks_of(element)))


def _hrefs(article: _Element) -> Iterator[str]:
    """The addresses in the text, in its order."""
    walk = etree.iterwalk(article, ("start",))
    for _, element in walk:
        if element is not article and (is_left_out(element) or _BESIDE.search(marks_of(element))):
            walk.skip_subtree()
        elif element.tag == "a" and (href := element.get("href")) and not _is_of_authors(element):
            yield href


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
