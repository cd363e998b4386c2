"""The bibliography of a paper that LaTeXML has made a page of: its entries, where they link to, and who needs them.

Facts: LaTeXML's `LaTeXML-bib-xhtml.xsl` (`ltx_bibitem`, `ltx_bibblock`, `ltx_bib_cited` for the places that cite an
entry) and arXiv's own HTML, which links to entries by `…#bib.bib7`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree
from lxml.etree import _Element

from litdb.pages.charset import decode
from litdb.pages.links import said_of
from litdb.pages.markup import without_scripts
from litdb.pages.tree import parse

MARK = b"ltx_bibitem"
_BESIDE = frozenset("ltx_tag ltx_bib_cited".split())
"""Parts of an entry that are not the reference: its number, the places that cite it. So is the block of its links."""
_LONGEST = 1000
"""Characters that are kept of an entry."""


class Entry(NamedTuple):
    """A reference as one reads it, the addresses that it links to, and the sentence that first cites it."""

    text: str
    urls: tuple[str, ...]
    words: str


def bibliography(body: bytes, headers: Mapping[str, str], url: str) -> Iterator[Entry]:
    """The entries of the bibliography of the paper at `url`, in their order; none on any other page.

    >>> page = b'''<p>As shown <a href="#b1">[1]</a>. So.</p><li id="b1" class="ltx_bibitem"><span class="ltx_tag">[1]
    ... </span><span class="ltx_bibblock">Ek, <a href="https://a.org/x">On trees</a>.</span></li>'''
    >>> list(bibliography(page, {}, "https://arxiv.org/html/2209.00626"))
    [Entry(text='Ek, On trees.', urls=('https://a.org/x',), words='As shown [1].')]
    """
    root = parse(without_scripts(decode(body, headers))) if MARK in body else None
    if root is None:
        return
    etree.strip_elements(root, "annotation", "annotation-xml", with_tail=False)
    entries = [each for each in root.iter() if "ltx_bibitem" in _classes(each)]
    words = _sentences(root, entries)
    for entry in entries:
        hrefs = (each.get("href") or "" for each in entry.iter("a"))
        addresses = (_joined(url, href.strip()) for href in hrefs if "#" not in href.removeprefix(url))
        urls = dict.fromkeys(each for each in addresses if each.startswith(("http://", "https://")))
        text = " ".join("".join(_texts(entry)).split())[:_LONGEST]
        yield Entry(text, tuple(urls), words.get(entry.get("id") or "", ""))


def _joined(base: str, href: str) -> str:
    """The address that a link leads to; empty for what is none."""
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _sentences(root: _Element, entries: list[_Element]) -> dict[str, str]:
    """By the name of an entry the sentence that first cites it."""
    wanted = {name for each in entries if (name := each.get("id"))}
    inside = {anchor for each in entries for anchor in each.iter("a")}
    first: dict[str, _Element] = {}
    for anchor in root.iter("a"):
        name = (anchor.get("href") or "").rpartition("#")[2]
        if name in wanted and anchor not in inside:
            first.setdefault(name, anchor)
    found = said_of(first.values())
    return {name: found[anchor][1] for name, anchor in first.items()}


def _texts(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if not _BESIDE & _classes(each) and not any("ltx_bib_links" in _classes(part) for part in each):
            yield from _texts(each)
        yield each.tail or ""


def _classes(element: _Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())
