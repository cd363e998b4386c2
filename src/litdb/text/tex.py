"""TeX in titles and names: accents and ligatures become Unicode, mathematics stays mathematics.

An own table, because what is not known has to stay: `$x^2$` and `\\emph{…}` are kept letter by letter.
"""

from __future__ import annotations

import re
import unicodedata

from litdb.model import Markup

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "d": "\u0323",
    "b": "\u0331",
    "k": "\u0328",
    "r": "\u030a",
}
"""TeX's accents as combining characters (The TeXbook, chapter 9; `k` and `r` are LaTeX's)."""

_LETTERS = {
    "ss": "ß",
    "SS": "ẞ",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "th": "þ",
    "TH": "Þ",
    "dh": "ð",
    "DH": "Ð",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "S": "§",
    "P": "¶",
    "copyright": "©",
    "pounds": "£",
    "dots": "…",
    "ldots": "…",
    "textellipsis": "…",
    "textendash": "–",
    "textemdash": "—",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textdegree": "°",
    "texttrademark": "™",
    "textregistered": "®",
    "texteuro": "€",
    "euro": "€",
    "textexclamdown": "¡",
    "textquestiondown": "¿",
    "guillemotleft": "«",
    "guillemotright": "»",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "relax": "",
}
_ESCAPED = {"&": "&", "%": "%", "#": "#", "_": "_", " ": " ", "\n": " ", "\\": " ", "-": "", "/": "", ",": " ", "@": ""}
_SYNTAX = {r"\$": "$", r"\{": "{", r"\}": "}", r"\textbackslash": "\\", r"\textdollar": "$"}
_SYNTAX |= {r"\textbraceleft": "{", r"\textbraceright": "}", r"\lbrace": "{", r"\rbrace": "}"}
_DECLARED = {"em": "emph", "bf": "textbf", "bfseries": "textbf", "it": "textit", "itshape": "textit", "rm": "textrm"}
_DECLARED |= {"rmfamily": "textrm", "sc": "textsc", "scshape": "textsc", "sf": "textsf", "sffamily": "textsf"}
_DECLARED |= {"sl": "textsl", "slshape": "textsl", "tt": "texttt", "ttfamily": "texttt"}
"""What changes the font until its group ends, by the command that does the same to an argument."""
_PUNCTUATION = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("`", "‘"), ("~", " "))

_LETTER = r"[^\W\d_]"
_ACCENTED = re.compile(
    rf"""\\(?P<accent>[`'^"~=.]|[uvHcdbkr](?![A-Za-z]))\s*
        (?:\{{\s*(?:\\(?P<inner>[ij])(?![A-Za-z])\s*|(?P<braced>{_LETTER}))\s*\}}
        |\\(?P<dotless>[ij])(?![A-Za-z])(?:\{{\}}|[ ]?)
        |(?P<bare>{_LETTER}))""",
    re.VERBOSE,
)
_FONT = re.compile(rf"\{{\s*\\(?P<declared>{'|'.join(_DECLARED)})(?![A-Za-z])\s*")
_SPECIAL = re.compile(r"[\\${}~`'-]")
_MATHEMATICS = re.compile(r"(\$(?:\\.|[^$\\]){1,1000}\$)")
_TOKEN = re.compile(
    r"""(?P<math>\$\$[^$]+\$\$|\$(?:\\.|[^$\\]){1,1000}\$|\\\((?:(?!\\\)).){0,500}\\\))
       |\\(?P<command>[A-Za-z]+\*?)(?P<end>\s*\{\}|\s*)
       |\\(?P<symbol>.)
       |(?P<open>\{)|(?P<close>\})
       |(?P<text>[^\\${}]+|.)""",
    re.VERBOSE | re.DOTALL,
)


def read_tex(text: str) -> tuple[str, Markup]:
    r"""The text in Unicode, and whether TeX is left in it: `tex` where mathematics or an unknown command remains.

    Where TeX remains, an escaped dollar, brace or back slash stays escaped, so that it is not read as TeX.

    >>> read_tex(r"Costs of \$100"), read_tex(r"{\'E}tude of $\mathcal{O}(n)$ for \$100")
    (('Costs of $100', 'plain'), ('Étude of $\\mathcal{O}(n)$ for \\$100', 'tex'))
    """
    if not _SPECIAL.search(text):
        return text, "plain"
    pieces = _pieces(text)
    markup: Markup = "tex" if any(kind in ("math", "command") for kind, _ in pieces) else "plain"
    if markup == "tex":
        return "".join(piece for _, piece in pieces), markup
    return "".join(_SYNTAX[piece] if kind == "syntax" else piece for kind, piece in pieces), markup


def from_tex(text: str) -> str:
    r"""TeX's accents, ligatures and dashes in Unicode, without protecting braces.

    `$…$` and unknown commands with their arguments are kept as they are.

    >>> from_tex(r"G{\"o}del, {\L}ukasiewicz \& {GPT}-3 --- \emph{na{\"\i}ve} $x_1$")
    'Gödel, Łukasiewicz & GPT-3 — \\emph{naïve} $x_1$'
    """
    return read_tex(text)[0]


def _pieces(text: str) -> list[tuple[str, str]]:
    """The text in parts: (`text`, …), (`math`, …), (`command`, …) and (`syntax`, a command that prints a special)."""
    pieces: list[tuple[str, str]] = []
    kept: list[bool] = []
    argument = False
    for token in _TOKEN.finditer(_compose(text)):
        if token["open"]:
            kept.append(argument)
            piece = ("text", "{" if argument else "")
            argument = False
        elif token["close"]:
            argument = kept.pop() if kept else False
            piece = ("text", "}" if argument else "")
        else:
            piece = _piece(token)
            argument = piece[0] == "command"
        pieces.append(piece)
    return pieces


def _piece(token: re.Match[str]) -> tuple[str, str]:
    if token["math"]:
        return "math", token["math"]
    if token["command"]:
        return _command(token["command"], token[0])
    if token["symbol"]:
        name = token[0]
        return ("syntax", name) if name in _SYNTAX else ("text", _ESCAPED.get(token["symbol"], token["symbol"]))
    plain = token["text"]
    for written, printed in _PUNCTUATION:
        plain = plain.replace(written, printed)
    return "text", plain


def _command(name: str, whole: str) -> tuple[str, str]:
    if f"\\{name}" in _SYNTAX:
        return "syntax", f"\\{name}"
    return ("text", _LETTERS[name]) if name in _LETTERS else ("command", whole)


def _compose(text: str) -> str:
    r"""Accents and their letters made one, from the inside out (Vietnamese has two on a letter), and `{\em …}` made
    `\emph{…}`; not in mathematics.
    """
    parts = _MATHEMATICS.split(text) if "\\" in text else [text]
    for index in range(0, len(parts), 2):
        parts[index] = _FONT.sub(lambda font: f"\\{_DECLARED[font['declared']]}{{", parts[index])
        for _ in range(3):
            parts[index] = _ACCENTED.sub(_accent, parts[index])
    return "".join(parts)


def _accent(match: re.Match[str]) -> str:
    letter = match["inner"] or match["braced"] or match["dotless"] or match["bare"]
    return unicodedata.normalize("NFC", letter + _ACCENTS[match["accent"]])
