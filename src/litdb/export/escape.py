r"""Text made safe for `.bib` files, for TeX and for the eye.

BibTeX counts braces without looking at back slashes, so a brace in a text is written by its name (`\textbraceleft{}`):
`\{` would be counted, and one of them would swallow the rest of the file.
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "-": "-{}",
    "'": "'{}",
    "`": "`{}",
    ",": ",{}",
    "?": "?{}",
    "!": "!{}",
}
"""What a character is written as where `_LIVE` finds it: always, or in front of one that TeX would join it with."""

_LIVE = re.compile(r"[\\{}$&#%_~^<>]|-(?=-)|'(?=')|`(?=`)|,(?=,)|[?!](?=`)")
_ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u ",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r ",
    "\u030b": "H ",
    "\u030c": "v ",
    "\u0323": "d ",
    "\u0327": "c ",
    "\u0328": "k ",
    "\u0331": "b ",
}
"""Combining characters as TeX's accents (The TeXbook, chapter 9; `k` and `r` are LaTeX's)."""

_NAMED = {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
"""Letters with a name in every TeX font. Þ, þ, Ð, ð and đ have none in the usual ones, and pandoc drops their names."""

_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))


def _tex_letters() -> dict[str, str]:
    letters = {letter: f"{{\\{name}}}" for letter, name in _NAMED.items()}
    for code in _LATIN:
        decomposed = unicodedata.normalize("NFD", chr(code))
        base, marks = decomposed[0], decomposed[1:]
        if base.isascii() and marks in _ACCENTS:
            letters[chr(code)] = f"{{\\{_ACCENTS[marks]}{base}}}"
    return letters


_LETTERS = _tex_letters()

_INITIAL = re.compile(r"(?<![^\s-])[^\x00-\x7f](?<=\w)")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_NOT_IN_URL = re.compile(r"[%#$]")
_BREAKING = re.compile(r"[{}\\^\x00-\x20\x7f]")
_BREAKING_BYTES = bytes(code for code in range(0x80) if _BREAKING.match(chr(code)))


def one_line(text: str) -> str:
    r"""The text on one line in NFC, without control characters and marks of direction.

    >>> one_line("An\n  a\u202eb\x1b[31m \ttitle")
    'An ab[31m title'
    """
    if text.isprintable() and "  " not in text and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text.strip()
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub("", " ".join(text.split())).split()))


def words(text: str) -> list[str]:
    r"""The words of `one_line`; plain ASCII has them without being copied first.

    >>> words("An\n  a\u202eb\x1b[31m \ttitle")
    ['An', 'ab[31m', 'title']
    """
    return text.split() if text.isascii() and text.isprintable() else one_line(text).split()


def escape(line: str) -> str:
    r"""A line (see `one_line`) as TeX that prints it letter by letter: no command, no ligature, balanced braces.

    >>> print(escape(r"R&D: 100% of $5 \input{x} a_b -- c"))
    R\&D: 100\% of \$5 \textbackslash{}input\textbraceleft{}x\textbraceright{} a\_b -{}- c
    """
    if line.replace(" ", "").isalnum():
        return line
    return _LIVE.sub(lambda found: _ESCAPES[found[0]], line)


def group(escaped: str) -> str:
    r"""Braces round an escaped text that keep its case and its words together.

    A brace with a back slash behind it would begin one of BibTeX's "special characters", whose case does change; a
    second pair of braces prevents that.

    >>> print(group("OpenAI"), group(r"\_x"))
    {OpenAI} {{\_x}}
    """
    return f"{{{{{escaped}}}}}" if escaped.startswith("\\") else f"{{{escaped}}}"


def tex_letters(escaped: str) -> str:
    r"""Accented Latin letters as TeX writes them, for the BibTeX that counts bytes; everything else as it is.

    >>> print(tex_letters("Gödel, Łukasz, Þór, 李"))
    G{\"o}del, {\L}ukasz, Þ{\'o}r, 李
    """
    if escaped.isascii():
        return escaped
    return _BEYOND_ASCII.sub(lambda found: _LETTERS.get(found[0], found[0]), escaped)


def whole_initials(given: str) -> str:
    r"""Given names whose first letters BibTeX can take for initials: of a letter beyond ASCII it would take a byte.

    What has a name in TeX is one letter to BibTeX already (see `tex_letters`), and so is a group that begins with a
    command. This command changes nothing, and pandoc and citation-js look through it.

    >>> print(whole_initials(r"Jo 明 {\'O}lafur"))
    Jo {\textrm{明}} {\'O}lafur
    """
    return given if given.isascii() else _INITIAL.sub(r"{\\textrm{\g<0>}}", given)


def verbatim(address: str) -> str:
    """A URL or DOI as it may stand between braces: itself, byte by byte.

    Only what no valid URL has (RFC 3986, section 2) and no `.bib` file survives is percent-encoded.

    >>> verbatim("https://example.org/a_b?x=1&y=%20z#frag~1(2)"), verbatim("https://example.org/{a b")
    ('https://example.org/a_b?x=1&y=%20z#frag~1(2)', 'https://example.org/%7Ba%20b')
    """
    return _BREAKING.sub(lambda found: f"%{ord(found[0]):02X}", address)


def is_verbatim(addresses: str) -> bool:
    """Whether `verbatim` leaves them as they are; bytes tell that in half the time that a pattern takes.

    >>> is_verbatim("https://example.org/a_b?x=1&y=%20z"), is_verbatim("https://example.org/{a b")
    (True, False)
    """
    written = addresses.encode(errors="replace")
    return len(written.translate(None, _BREAKING_BYTES)) == len(written)


def linked(address: str) -> str:
    r"""An address inside a text, for styles whose `\url` breaks it where a line ends.

    In an argument `\url` takes no `%` and no `#` (documentation of url.sty): such an address is written as text.

    >>> print(linked("https://example.org/a_b"), linked("https://example.org/a_b#c"))
    \url{https://example.org/a_b} https://example.org/a\_b\#c
    """
    written = verbatim(address)
    return escape(written) if _NOT_IN_URL.search(written) else rf"\url{{{written}}}"


def unlinked(address: str) -> str:
    """An address inside a text, for styles that may not know `\\url`."""
    return escape(verbatim(address))
