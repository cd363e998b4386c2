"""Pages as HTML: everything from outside is text, and nothing on a page comes from elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from datasette import Response
from markupsafe import Markup, escape

from litdb.browse.said import spoken
from litdb.export.escape import one_line
from litdb.export.shown import shown_title, web_address
from litdb.model import Work, WorkType
from litdb.notes.others import authors, editors
from litdb.text.others import named

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: what a page may load (w3.org/TR/CSP3). Nothing inline, nothing from another host."""

HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
}

ASSETS = {
    "style.css": "text/css; charset=utf-8",
    "litdb.js": "text/javascript; charset=utf-8",
    "picture.css": "text/css; charset=utf-8",
    "picture.js": "text/javascript; charset=utf-8",
}
"""What pages load, with the type of each."""

HIT, END = "\ue000", "\ue001"
"""Round a word that was searched for: of Unicode's private use, so no text has a meaning for them."""

MOST = 20_000
"""So many characters of a text are looked at for a page; the files have all of it."""

_MARKS = re.compile(f"[{HIT}{END}]")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


async def page(
    datasette: Datasette,
    request: Request,
    template: str,
    context: Mapping[str, object],
    status: int = 200,
) -> Response:
    """One of the pages in `templates/`, which Datasette renders with what other plugins add."""
    body = await datasette.render_template(template, dict(context), request)
    return Response.html(body, status=status, headers=dict(HEADERS))


@cache
def asset(name: str) -> str:
    """The text of a style sheet or script."""
    return (files("litdb.browse") / "assets" / name).read_text("utf-8")


@cache
def version(name: str) -> str:
    """A hash of an asset for its address, so that browsers may keep it for ever."""
    return sha256(asset(name).encode()).hexdigest()[:10]


def line(text: object) -> str:
    """The beginning of a text on one line, without what steers terminals or reverses the reading."""
    return one_line("" if text is None else str(text)[:MOST])


def paragraphs(text: object) -> str:
    """The beginning of a text with its line breaks, without what steers or reverses."""
    return unicodedata.normalize("NFC", _STEERING.sub("", str(text or "")[:MOST])).strip()


def marked(snippet: object) -> Markup:
    """A snippet whose hits stand between `HIT` and `END`, as HTML, of links in Markdown their text.

    >>> str(marked(f"<b> {HIT}inner{END} alignment"))
    '&lt;b&gt; <mark>inner</mark> alignment'
    """
    pieces = [line_with_spaces(piece) for piece in _MARKS.split(spoken(str(snippet or "")))]
    shown = (
        Markup("<mark>{}</mark>").format(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces)
    )
    return Markup("").join(shown)


def line_with_spaces(text: str) -> str:
    """A piece of a line: as `line`, but what stands at its ends stays apart from its neighbours.

    >>> line_with_spaces(" a  b ")
    ' a b '
    """
    inner = line(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def title_of(work: Work) -> str:
    """The beginning of what a work is called on pages."""
    return shown_title(replace(work, title=work.title[:MOST], label=work.label[:MOST])) or str(work.identifier)


TYPES: Mapping[WorkType, str] = {
    "article-journal": "article",
    "paper-conference": "conference paper",
    "post-weblog": "blog post",
    "motion_picture": "video",
    "entry-encyclopedia": "encyclopaedia entry",
    "webpage": "web page",
}
"""How types are called where CSL's word is not the usual one."""


def type_name(name: str) -> str:
    """A type of works as people call it.

    >>> type_name("post-weblog"), type_name("tweet")
    ('blog post', 'tweet')
    """
    return next((usual for type_, usual in TYPES.items() if type_ == name), name)


FILTERS: Mapping[str, Callable[..., object]] = {
    "litdb_line": line,
    "litdb_paragraphs": paragraphs,
    "litdb_marked": marked,
    "litdb_web": lambda url: web_address(str(url or "")),
    "litdb_title": title_of,
    "litdb_type": type_name,
    "litdb_authors": authors,
    "litdb_editors": editors,
    "litdb_named": named,
    "litdb_spoken": lambda text: spoken(str(text or "")[:MOST]),
}
"""What templates make of texts from outside, by name."""
