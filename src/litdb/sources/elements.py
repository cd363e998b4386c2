"""The elements of a page, for sources that know how their sites mark them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from litdb.model import Answer
from litdb.pages.charset import decode
from litdb.pages.markup import without_scripts
from litdb.pages.tree import parse
from litdb.text.titles import clean_title


def root_of(page: Answer) -> _Element | None:
    """The root of a page without its scripts, or None for a body without any element."""
    return parse(without_scripts(decode(page.body, page.headers)))


def marked(root: _Element, pattern: re.Pattern[str], *tags: str) -> Iterator[_Element]:
    """The elements with one of these tags (any where none is named) whose class the pattern finds something in."""
    return (element for element in root.iter(*tags) if pattern.search(element.get("class") or ""))


def text_of(element: _Element) -> str:
    """The words of an element as one reads them."""
    return clean_title(" ".join(map(str, element.itertext())))
