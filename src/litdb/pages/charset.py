"""The text of a page's bytes: which charset they are in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_WESTERN = "windows-1252"
_ALIASES = {"iso8859-1": _WESTERN, "cp1252": _WESTERN, "ascii": _WESTERN, "gb2312": "gb18030", "gbk": "gb18030"}
_NEVER = frozenset("utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-7 idna punycode undefined".split())
"""A declaration that could be read cannot be true of these, or they are no charsets of pages."""
_LOOKED_AT = 4096


def decode(body: bytes, headers: Mapping[str, str]) -> str:
    """The page as text; no byte sequence raises, what cannot be read becomes U+FFFD, NUL is dropped.

    The byte order mark decides, else the `content-type` header, else a `<meta charset>` in the first 4096 bytes
    (the order of the HTML standard, §13.2.3.2). A declared charset that does not fit gives way to the other one, or
    to UTF-8, where that does. `iso-8859-1` means windows-1252, as in the Encoding standard; it is so often declared
    by mistake that bytes which are valid UTF-8 are read as that. Undeclared bytes are UTF-8, else windows-1252.

    >>> decode("é".encode(), {})
    'é'
    >>> decode(b"\\x93caf\\xe9\\x94", {"content-type": "text/html; charset=ISO-8859-1"})
    '“café”'
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(charset, "replace"))
    body = body.replace(b"\0", b"")
    declared = _declared(body, headers)
    for charset in _tried(declared):
        try:
            text = body.decode(charset)
            return text if charset == "utf-8" else _clean(text)
        except UnicodeDecodeError:
            continue
    return _clean(body.decode(declared[0] if declared else _WESTERN, "replace"))


def _tried(declared: list[str]) -> list[str]:
    """The charsets that may fit, the likeliest first."""
    if not declared:
        return ["utf-8", _WESTERN]
    return ["utf-8", *declared] if declared[0] == _WESTERN else [*declared, "utf-8"]


def _declared(body: bytes, headers: Mapping[str, str]) -> list[str]:
    """Python's names of the charsets that the header and the page declare, without what cannot be one."""
    in_header = _IN_HEADER.search(headers.get("content-type", ""))
    in_meta = _IN_META.search(body[:_LOOKED_AT])
    named = [in_header[1]] if in_header else []
    if in_meta:
        named.append(in_meta[1].decode("ascii", "replace"))
    return [charset for charset in map(_python_name, named) if charset]


def _python_name(named: str) -> str:
    try:
        charset = codecs.lookup(named)
        "".encode(charset.name)
    except (LookupError, ValueError):
        return ""
    return "" if charset.name in _NEVER else _ALIASES.get(charset.name, charset.name)


def _clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
