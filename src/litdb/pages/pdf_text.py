"""Texts of a PDF's Info dictionary as they were meant: many programs write them in a charset that the format has not.

Facts: ISO 32000-2, 7.9.2.2 (a text is UTF-16 or UTF-8 with a byte order mark, else in PDFDocEncoding) and annex D.3,
the table of that encoding, which differs from Windows' own between 80 and 9F.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF8)
_OUT_OF_PLACE = re.compile(r"(?<=\w)™(?=\w)|ﬁ(?![a-z])|ﬂ(?![a-z])|(?<!\w)[ŒŠ](?!\w)")
"""Quotation marks and dashes of Windows, as PDFDocEncoding reads them: `It™s`, `ﬁQuotedﬂ`, `tea Œ pots`."""
_LEAST_ASCII = 1 / 2
"""Of a text's letters, in any language that PDFDocEncoding can write."""


def meant(text: str, raw: bytes) -> str:
    """A text as its writer meant it; empty where it is in a charset that nobody names.

    `text` is what the format says that the bytes are. Bytes that are UTF-8 are that, also without the mark.

    >>> meant("Ãœber", "Über".encode()), meant("It™s", "It’s".encode("cp1252")), meant("Tee", b"Tee")
    ('Über', 'It’s', 'Tee')
    >>> meant("Î ïàðå", "О паре".encode("cp1251")), meant("Zoë Ñúñez", "Zoë Ñúñez".encode("latin-1"))
    ('', 'Zoë Ñúñez')
    """
    if raw.isascii() or raw.startswith(_MARKS):
        return text
    try:
        return raw.decode()
    except UnicodeDecodeError:
        western = raw.decode("cp1252", "replace") if _OUT_OF_PLACE.search(text) else text
    letters = [*filter(str.isalpha, western)]
    return western if sum(map(str.isascii, letters)) >= len(letters) * _LEAST_ASCII else ""
