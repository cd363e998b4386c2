"""HTML inside Markdown: what a tag, a block of HTML and a link in HTML look like (CommonMark 0.31, 4.6 and 6.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from litdb.notes.found import Found, Scan, decode_entities, web_url

_VALUE = r"""(?:[^\s"'=<>`]+|'[^'<]*'|"[^"<]*")"""
_OPENING = rf"<(?P<name>[A-Za-z][A-Za-z0-9-]*)(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*{_VALUE})?)*\s*/?>"
_CLOSING = r"</(?P<closed>[A-Za-z][A-Za-z0-9-]*)\s*>"
TAG = re.compile(rf"{_OPENING}|{_CLOSING}")
"""A tag. Unlike CommonMark's, its attributes hold no `<`: that keeps a page full of `<a x="` linear."""

_LONE_TAG = re.compile(rf"(?:{_OPENING}|{_CLOSING})[ \t]*$")
_HREF = re.compile(rf"(?<![\w-])href\s*=\s*(?P<value>{_VALUE})", re.IGNORECASE)
_BLOCK_NAMES = """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir
    div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend
    li link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th
    thead title tr track ul"""


class HtmlStart(NamedTuple):
    """How a block of HTML begins, how it ends (None: at a blank line) and whether links are read in it."""

    begin: re.Pattern[str]
    end: re.Pattern[str] | None
    has_links: bool


_STARTS = (
    HtmlStart(
        re.compile(r"<(?:pre|textarea)(?:[\s>]|$)", re.IGNORECASE),
        re.compile(r"</(?:pre|textarea)>", re.IGNORECASE),
        True,
    ),
    HtmlStart(
        re.compile(r"<(?:script|style)(?:[\s>]|$)", re.IGNORECASE),
        re.compile(r"</(?:script|style)>", re.IGNORECASE),
        False,
    ),
    HtmlStart(re.compile(r"<\?"), re.compile(r"\?>"), False),
    HtmlStart(re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>"), False),
    HtmlStart(re.compile(r"<![A-Za-z]"), re.compile(r">"), False),
    HtmlStart(re.compile(rf"</?(?:{'|'.join(_BLOCK_NAMES.split())})(?:\s|/?>|$)", re.IGNORECASE), None, True),
)
_LONE = HtmlStart(_LONE_TAG, None, True)


def html_start(text: str, position: int, end: int, *, in_paragraph: bool) -> HtmlStart | None:
    """The block of HTML that begins here, if one does. Any lone tag begins one, but not within a paragraph."""
    for start in _STARTS:
        if start.begin.match(text, position, end):
            return start
    return _LONE if not in_paragraph and _LONE_TAG.match(text, position, end) else None


def link_of(tag: re.Match[str]) -> Found | None:
    """What `<a href="http://…">` cites."""
    if (tag["name"] or "").lower() != "a" or not (href := _HREF.search(tag[0])):
        return None
    target = href["value"].strip("\"'")
    url = web_url(decode_entities(target))
    return Found(tag.start(), tag.end(), target, url, "html") if url else None


def scan_html(text: str) -> Scan:
    """Every `<a href>` of a piece of HTML with the text up to its `</a>`.

    >>> [(each.url, each.text) for each in scan_html("<p><a href='http://a.example/x'>a <b>b</b></a>").found]
    [('http://a.example/x', 'a b')]
    """
    scan = Scan()
    opened: Found | None = None
    for tag in _tags(text, scan):
        closes = opened is not None and (tag["closed"] or "").lower() == "a"
        link = link_of(tag)
        if opened and (closes or link):
            scan.found.append(until(opened, tag, text) if closes else opened)
            opened = None
        opened = link or opened
    return scan if opened is None else replace(scan, found=[*scan.found, opened])


def _tags(text: str, scan: Scan) -> Iterator[re.Match[str]]:
    """The tags of a piece of HTML; tags and comments are noted in the scan."""
    position = 0
    while (start := text.find("<", position)) >= 0:
        position = start + 1
        if text.startswith("<!--", start) and (end := text.find("-->", start + 2)) >= 0:
            position = end + 3
            scan.comments.append((start, position))
        elif tag := TAG.match(text, start):
            position = tag.end()
            scan.atoms.append(tag.span())
            yield tag


def until(link: Found, closing: re.Match[str], text: str) -> Found:
    """A link with its text, now that `</a>` is there."""
    inner = TAG.sub("", text[link.end : closing.start()])
    return link._replace(end=closing.end(), text=" ".join(decode_entities(inner).split()))
