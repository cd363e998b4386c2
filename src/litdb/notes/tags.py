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
_HREF, _SRC = (re.compile(rf"(?<![\w-]){name}\s*=\s*(?P<value>{_VALUE})", re.IGNORECASE) for name in ("href", "src"))
_COMPONENT = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")
"""The name of a component of MDX, which no tag of HTML has."""
_SHOWN_WORK = re.compile(
    r"""https?://(?:
        (?:(?:www|m)\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?|(?:embed|shorts|live)/(?!videoseries))|youtu\.be/)
      | (?:(?:www|mobile)\.)?(?:twitter|x)\.com/[^/?\#]+/status/
      | [^?\#]+\.pdf(?:[?\#]|\Z)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
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
    return _found(tag, "a", _HREF)


def shows_work(url: str) -> bool:
    """Whether a note that shows this address in itself shows a work: a video, a post or a PDF, and no mere picture.

    Obsidian writes videos and posts like images (help.obsidian.md, "Embed web pages").

    >>> shows_work("https://youtu.be/abcdefghijk"), shows_work("https://a.example/x.png"), shows_work("https://a.example/x")
    (True, False, False)
    """
    return _SHOWN_WORK.match(url) is not None


def embed_of(tag: re.Match[str]) -> Found | None:
    """The work that `<iframe src="http://…">` shows, or to which `<LinkCard href="http://…" />` of MDX leads."""
    if _COMPONENT.fullmatch(tag["name"] or ""):
        return _found(tag, tag["name"].lower(), _HREF)
    embed = _found(tag, "iframe", _SRC)
    return embed if embed and shows_work(embed.url) else None


def scan_html(text: str) -> Scan:
    """Every `<a href>` of a piece of HTML with the text up to its `</a>`, and the works that frames show.

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
        if embed := embed_of(tag):
            scan.found.append(embed)
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


def _found(tag: re.Match[str], name: str, attribute: re.Pattern[str]) -> Found | None:
    """The http(s) address that an attribute of such a tag has."""
    if (tag["name"] or "").lower() != name or not (written := attribute.search(tag[0])):
        return None
    target = written["value"].strip("\"'")
    url = web_url(decode_entities(target))
    return Found(tag.start(), tag.end(), target, url, "html") if url else None


def until(link: Found, closing: re.Match[str], text: str) -> Found:
    """A link with its text, now that `</a>` is there."""
    inner = TAG.sub("", text[link.end : closing.start()])
    return link._replace(end=closing.end(), text=" ".join(decode_entities(inner).split()))
