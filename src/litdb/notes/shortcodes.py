"""Shortcodes: what Hugo and Jekyll put in a text to show a video or a post by its number."""

from __future__ import annotations

import re

from litdb.notes.bare import read_bare
from litdb.notes.found import Found

_SHOWN = {
    **dict.fromkeys(("youtube",), (re.compile(r"[\w-]{11}", re.ASCII), "https://youtu.be/{}")),
    **dict.fromkeys(("vimeo",), (re.compile(r"\d{5,12}", re.ASCII), "https://vimeo.com/{}")),
    **dict.fromkeys(("tweet", "twitter", "x"), (re.compile(r"\d{2,19}", re.ASCII), "https://twitter.com/i/status/{}")),
}
"""What a shortcode's number looks like, and the address of what it shows, by its name."""

_SHORTCODE = re.compile(
    rf"\{{(?:\{{[<%]|%-?)\s*(?P<name>{'|'.join(_SHOWN)})\s+(?P<arguments>[^{{}}\n]*?)\s*(?:/?[%>]\}}\}}|-?%\}})"
)
_ID = re.compile(r"(?:(?:^|\s)id\s?=\s?|^)[\"']?(?P<id>[\w-]+)[\"']?(?=\s|$)")
"""The argument named `id`, or the first where none has a name."""


def shortcode_at(text: str, start: int) -> Found | None:
    """The work that a shortcode shows which begins at an offset; None where it shows none, or one by its address.

    >>> shortcode_at('{{< tweet user="x" id="1603862969276051457" >}}', 0).url
    'https://twitter.com/i/status/1603862969276051457'
    >>> shortcode_at("{% youtube zkbPdEHEyEI %}", 0).url, shortcode_at("{{< ref zkbPdEHEyEI >}}", 0)
    ('https://youtu.be/zkbPdEHEyEI', None)
    """
    code = _SHORTCODE.match(text, start)
    named = _ID.search(code["arguments"]) if code else None
    url = address_of(code["name"], named["id"]) if code and named else ""
    return Found(start, code.end(), named["id"], url, "shortcode") if code and named and url else None


def address_of(kind: str, ident: str) -> str:
    """The address of what an identifier of a kind names: a video, a post, a paper, a book; empty for what is none.

    >>> address_of("vimeo", "146022717"), address_of("doi", "10.1000/x"), address_of("youtube", "short")
    ('https://vimeo.com/146022717', 'https://doi.org/10.1000/x', '')
    """
    if kind in _SHOWN:
        form, address = _SHOWN[kind]
        return address.format(ident) if form.fullmatch(ident) else ""
    bare = read_bare(f"{kind}:{ident}", 0)
    return bare.url if bare and bare.end == len(kind) + 1 + len(ident) else ""
