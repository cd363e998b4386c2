"""The text that a file's bytes are: UTF-8, UTF-16 with its byte-order mark, or what the file itself says that it is."""

from __future__ import annotations

import codecs
import re

from litdb.errors import NoteError

_UNICODE_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4096
"""Bytes in which a file says how it is encoded."""

_SAYS = re.compile(
    rb"""^[%\s]*Encoding:[ ]*(?P<jabref>[\w.-]+)[ \t\r]*$
       | ^%+[ ]Saved[ ]with[ ]string[ ]encoding[ ](?P<bibdesk>[\w() -]+)
       | ^%[ ]?!TEX[ ]+encoding[ ]*=[ ]*(?P<tex>[\w -]+)
       | -\*-(?:[^\n]*;)?[ ]*coding:[ ]*(?P<emacs>[\w.-]+)
       | \\usepackage\[(?P<latex>[\w-]+)\]\{inputenc\}
       | <meta[ ][^<>]*\bcharset=["']?(?P<html>[\w.:-]+)
       | ^<\?xml[ ][^<>]*\bencoding=["'](?P<xml>[\w.-]+)
       | ^Content:[ ]*text/plain;[ ]*charset=["']?(?P<ris>[\w.-]+)""",
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
_CODECS = {
    "ansinew": "cp1252",
    "applemac": "mac-roman",
    "isolatin": "cp1252",
    "isolatin2": "iso8859-2",
    "isolatin9": "iso8859-15",
    "macosroman": "mac-roman",
    "westernisolatin1": "cp1252",
    "westernmacosroman": "mac-roman",
    "westernwindowslatin1": "cp1252",
    "xmacroman": "mac-roman",
}
"""Names of LaTeX, TeXShop, BibDesk and Java, letters and digits only, that Python calls otherwise."""
_CHARSETS = re.compile(r"big5|cp\d+|euc_(?:jp|kr)|gb(?:k|2312|18030)|iso8859-\d+|koi8-[ru]|mac-\w+|shift_jis")
"""Encodings of text that programs save in; other names of Python's are no such thing."""


def decode(path: str, content: bytes) -> str:
    r"""The text of a file. What is UTF-8 is read so, whatever the file says.

    Raises `NoteError` where it is no text, or neither UTF-8 nor in an encoding that its first lines name.

    >>> decode("a.bib", b"% Encoding: ISO-8859-1\n@misc{a, title={\xdcber}}")[-7:]
    '{Über}}'
    """
    mark, encoding = _marked(content)
    body = content[len(mark) :]
    if encoding == "utf-8" and b"\0" in body:
        place = len(mark) + body.index(b"\0")
        raise NoteError(f"{path} is not text: byte {place} is NUL. Name it in .litdbignore if it lies among the notes.")
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        text = None if mark else _as_it_says(body)
        if text is not None:
            return text
        place = len(mark) + error.start
        line = content.count(b"\n", 0, place) + 1
        raise NoteError(
            f"{path} is not {encoding.upper()}: byte {place} (0x{content[place]:02x}, in line {line}) cannot be read. "
            "Save the file as UTF-8 and run again."
        ) from error


def beginning(content: bytes, length: int) -> str:
    r"""The text of so many bytes, for a look at what a file is; what cannot be read stands as `\ufffd`.

    >>> beginning("title,url".encode("utf-16"), 12)
    'title'
    """
    mark, encoding = _marked(content)
    return content[len(mark) : length].decode(encoding, "replace")


def _marked(content: bytes) -> tuple[bytes, str]:
    """The byte-order mark, or nothing, and what it says."""
    return next((each for each in _UNICODE_MARKS if content.startswith(each[0])), (b"", "utf-8"))


def _as_it_says(content: bytes) -> str | None:
    """The text by the encoding that the first lines name, or None where they name none that fits."""
    said = _SAYS.search(content, 0, _HEAD)
    codec = _codec(said[said.lastgroup or 0].decode()) if said else ""
    try:
        return content.decode(codec) if codec else None
    except UnicodeDecodeError:
        return None


def _codec(name: str) -> str:
    """Python's name for an encoding of text, or empty. Latin-1 is Windows-1252, as browsers take it.

    >>> _codec("Cp1252"), _codec("ISO-8859-1"), _codec("Western (Mac OS Roman)"), _codec("zip"), _codec("nothing")
    ('cp1252', 'cp1252', 'mac-roman', '', '')
    """
    known = _CODECS.get(re.sub(r"[\W_]", "", name.lower()), name.strip())
    try:
        codec = codecs.lookup(known).name
    except LookupError:
        return ""
    return "cp1252" if codec == "iso8859-1" else codec if _CHARSETS.fullmatch(codec) else ""
