"""The head of a page: its title, meta tags and links, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from litdb.pages.tree import parse

_END_OF_HEAD = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?\s*([A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*)", re.IGNORECASE
)
_REFRESH = re.compile(r"^\s*[0-5]?\s*[;,]?\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
_MOST = 400_000
"""Characters of a head that are read, where it does not end."""
_BEGINNING = 10_000
_LONGEST = 100_000
"""Characters that are kept of a title or of what a meta tag says: more than the longest list of authors has."""
_NAMING = ("property", "name", "itemprop", "http-equiv")
"""Attributes that say what a meta tag tells."""
_QUALIFIERS = frozenset("datesubmitted issue inventor assignee".split())
"""What Dublin Core of patents says in `scheme`: of which kind a date or a contributor is."""
_BEPRESS = "bepress_"
"""What Digital Commons writes before the names of Highwire's tags."""
_TITLE = re.compile("<title", re.IGNORECASE)
_STREAMED = re.compile(r"<title\b[^<>]{0,200}>[^<]{1,500}</title>\s*<(?:meta|link)\b", re.IGNORECASE)
"""Where the rest of the head stands that a server sent after the head was closed, as React and Next.js do."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the head.

    `metas` are contents by lower-case name; `links` are (rel, href); `language` is `<html lang>`; `refresh` is the
    address that a `<meta http-equiv=refresh>` sends the reader to.
    """

    title: str
    metas: Mapping[str, Sequence[str]]
    links: tuple[tuple[str, str], ...]
    language: str
    refresh: str

    def all(self, *names: str) -> tuple[str, ...]:
        """The contents of the meta tags with these names, in the order of the names."""
        return tuple(content for name in names for content in self.metas.get(name, ()))

    def first(self, *names: str) -> str:
        """The first content by the order of these names, or empty."""
        for name in names:
            if name in self.metas:
                return self.metas[name][0]
        return ""

    def link(self, rel: str) -> str:
        """The address of the first link of this kind, or empty."""
        return next((href for each, href in self.links if rel in each.split()), "")


def read_head(text: str) -> Head:
    """The head of a page given without its scripts; a page without a head has an empty one."""
    elements = [*_elements(_source(text))]
    language = _LANGUAGE.search(text[:_BEGINNING])
    metas: dict[str, list[str]] = {}
    for name, content in (pair for element in elements if element.tag == "meta" for pair in _meta(element)):
        metas.setdefault(name, []).append(content)
    titles = ("".join(map(str, element.itertext())) for element in elements if element.tag == "title")
    refreshes = (found[1].strip() for content in metas.get("refresh", ()) if (found := _REFRESH.match(content)))
    return Head(
        title=next(filter(None, titles), "")[:_LONGEST],
        metas=metas,
        links=tuple(
            ((element.get("rel") or "").lower(), (element.get("href") or "").strip())
            for element in elements
            if element.tag == "link"
        ),
        language=language[1] if language else "",
        refresh=next(refreshes, ""),
    )


def _source(text: str) -> str:
    """The head as it is written, with what was sent of it later where it has no title."""
    ending = _END_OF_HEAD.search(text)
    end = min(ending.start() if ending else len(text), _MOST)
    head = text[:end]
    late = None if _TITLE.search(head) else _STREAMED.search(text, end)
    return head + text[late.start() : late.start() + _BEGINNING] if late else head


def _elements(head: str) -> Iterator[_Element]:
    root = parse(f"<head>{head}")
    return iter(()) if root is None else root.iter("title", "meta", "link")


def _meta(element: _Element) -> Iterator[tuple[str, str]]:
    """The names of a meta tag, each with what it says; some pages write `value` for `content`."""
    content = (element.get("content") or element.get("value") or "")[:_LONGEST].strip()
    names = {name.strip().lower().removeprefix(_BEPRESS) for key in _NAMING if content and (name := element.get(key))}
    scheme = (element.get("scheme") or "").lower()
    ending = f".{scheme}" if scheme in _QUALIFIERS else ""
    return ((name + ending, content) for name in sorted(names) if name)
