"""A work in plain words, for formats that are neither TeX nor Markdown: title, people, remarks, what is safe."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from litdb.export.escape import one_line
from litdb.export.remarks import KINDS, ties
from litdb.export.tex import pieces
from litdb.model import Name, Work
from litdb.text.others import named

ARCHIVES = {"web.archive.org": "Wayback Machine", "archive.today": "archive.today", "perma.cc": "Perma.cc"}
"""How archives are called, by host; others by their host."""

_WEB = re.compile(r"https?://", re.IGNORECASE)
_encoded = json.JSONEncoder(ensure_ascii=False).encode
_UNSEEN = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def plain_title(work: Work) -> str:
    r"""The title on one line; of TeX the formulas stay, and groups and their commands go. Empty for titleless works.

    >>> from litdb.model import Identifier
    >>> print(plain_title(Work(Identifier("url", "u"), (), "k", "post", "", r"An \emph{$L_1$} norm", markup="tex")))
    An $L_1$ norm
    """
    title = one_line(work.title)
    if work.markup == "plain":
        return title
    return "".join(piece.value for piece in pieces(title) if piece.kind != "live")


def shown_title(work: Work) -> str:
    """The title, or what is shown in its place."""
    return plain_title(work) or one_line(work.label) or one_line(work.url)


def people(names: tuple[Name, ...]) -> list[str]:
    """The names as one reads them aloud, without empty ones; `et al.` for others."""
    shown = [text for name in named(names) if (text := one_line(name.display))]
    return [*shown, "et al."] if len(names) > len(named(names)) else shown


def remarks(work: Work) -> list[str]:
    """What is to be said of a work beside its fields: what became of it, what it belongs to, its note.

    What is shown in the place of a title is not said again.

    >>> from litdb.model import Identifier, Related
    >>> post = Related("comment-on", "A post", "https://a.example")
    >>> remarks(Work(Identifier("url", "u"), (), "k", "comment", "", status="retracted", note="Long.", related=(post,)))
    ['Retracted', 'Comment on “A post”', 'Long.']
    """
    said = "" if work.title else one_line(work.label)
    return [each for each in dict.fromkeys(map(one_line, _remarks(work))) if each not in ("", said)]


def kind(work: Work) -> str:
    """The kind of work in a word, where types of other tools do not tell (`Tweet`), else empty."""
    return KINDS.get(work.type, "")


def archive(work: Work) -> str:
    """Who keeps the copy of a work: the archive's name, else its host; empty where nobody does."""
    host = urlsplit(work.archived).hostname or ""
    return ARCHIVES.get(host, host)


def web_address(url: str) -> str:
    """The address if it leads to the web, else empty: `javascript:` and its like never become links.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    address = one_line(url).replace(" ", "%20")
    return address if _WEB.match(address) else ""


def json_line(value: object) -> str:
    r"""A value as JSON in which what could steer a terminal or reverse a line is written by its number (RFC 8259, 7).

    >>> print(json_line("\x9b2J"))
    "\u009b2J"
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", _encoded(value))


def _remarks(work: Work) -> Iterator[str]:
    yield work.status.capitalize()
    for words, other in ties(work):
        if other.label and other.kind != "version-of":
            yield f"{words} “{other.label}”"
        elif other.url:
            yield f"{words}: {other.url}"
    yield work.note
