"""A citation found in a piece of text, before it is known where in the note that piece stands."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_WITHOUT_SCHEME = re.compile(
    r"www\.[\w-]+\.[\w-]|arxiv\.org/(?:abs|html|pdf)/\w|(?:dx\.)?doi\.org/10\.\d{4}", re.IGNORECASE
)
_WITHOUT_PROTOCOL = re.compile(r"//[\w-]+(?:\.[\w-]+)+(?:[:/?#]|\Z)")
_IDENTIFIER = re.compile(
    r"doi:(?P<doi>10\.\d{4,9}/\S+)|arxiv:(?P<arxiv>\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)",
    re.IGNORECASE,
)
_HOMES = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}
_HTTP = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)


class Found(NamedTuple):
    """One citation: where it starts and ends in the text scanned, and the fields of a `Mention` under their names."""

    start: int
    end: int
    target: str
    url: str
    found: str
    text: str = ""


@dataclass(slots=True)
class Scan:
    """What a block cites, and the spans of it that must not be split or shown.

    `atoms` are links, code and tags; `comments` whole comments; `failed` URLs that were meant as links and are none.
    """

    found: list[Found] = field(default_factory=list)
    atoms: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    failed: list[Found] = field(default_factory=list)


def decode_entities(text: str) -> str:
    """The text with its HTML entities decoded; only those that end in `;`, so `&copy=2` in a query is left alone.

    >>> decode_entities("x?a=1&amp;b=2&copy=2")
    'x?a=1&b=2&copy=2'
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def unescape(text: str) -> str:
    r"""The text that Markdown source stands for: backslash escapes and entities resolved (CommonMark 0.31, 2.4-2.5).

    >>> unescape(r"w_\(x&amp;y")
    'w_(x&y'
    """
    return decode_entities(_ESCAPE.sub(r"\1", text) if "\\" in text else text)


def web_url(destination: str) -> str:
    """The http(s) URL that a decoded link destination is, blanks percent-encoded; empty for all that is none.

    Who leaves the scheme out before `www.`, `//` and a host, or the address of a paper, means no file of theirs. A DOI
    or a number at arXiv stands for its address.

    >>> web_url("http://a.example/x y"), web_url("mailto:a@b.example"), web_url("../x.md"), web_url("www.a.example/x")
    ('http://a.example/x%20y', '', '', 'http://www.a.example/x')
    >>> web_url("doi:10.1000/a")
    'https://doi.org/10.1000/a'
    """
    bare = destination.strip()
    if _WITHOUT_SCHEME.match(bare):
        bare = f"http{'' if bare[0] in 'wW' else 's'}://{bare}"
    elif _WITHOUT_PROTOCOL.match(bare):
        bare = f"https:{bare}"
    if _HTTP.match(bare):
        return re.sub(r"\s", "%20", bare)
    identifier = _IDENTIFIER.fullmatch(bare)
    kind = identifier.lastgroup if identifier else None
    return _HOMES[kind] + identifier[kind] if identifier and kind else ""


def encode_marks(url: str) -> str:
    """The URL with its `<` and `>`, which none can have (RFC 3986, appendix C), percent-encoded.

    >>> encode_marks("https://doi.org/10.1175/1520-0469(1963)020<0130:DNF>2.0.CO;2")
    'https://doi.org/10.1175/1520-0469(1963)020%3C0130:DNF%3E2.0.CO;2'
    """
    return url.replace("<", "%3C").replace(">", "%3E")
