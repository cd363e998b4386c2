"""What stands before the names in a byline: "By", "Written by", "Verfasst von", "作者："."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DONE = (
    "posts?|posted|written|published|words|story|article|text|reported|reporting|created|shared|submitted|started"
    "|asked|interview|essay|commentary|guest (?:post|blog|article|essay|column)"
)
_CAPITAL = "(?-i:[^\\W\\d_a-zß-öø-ÿ])"
_FULL_NAME = rf"\s+{_CAPITAL}\S*\s+(?:[a-z]+\s+){{0,3}}{_CAPITAL}"
_NAMED = rf"(?=\s*[:\-–—]|\s*\Z|\s+{_CAPITAL})"
"""What has to follow where a label begins other texts too."""

LABELS: Mapping[str, str] = {
    "English": rf"(?:this\s+\w+\s+(?:was|is)\s+|a\s+)?(?:{_DONE})\s+by|by"
    r"|authors?|author\(s\)|writers?|contributors?|from the desk of",
    "German": "(?:geschrieben|verfasst|veröffentlicht|publiziert|gepostet|erstellt|eingestellt|text"
    rf"|(?:ein )?(?:gast)?(?:beitrag|artikel|kommentar)) von{_NAMED}|von{_NAMED}|autor(?:in|en)?|verfasser(?:in)?",
    "French": rf"(?:écrit|publié|rédigé|posté|propos recueillis) par|par{_NAMED}|auteure?s?|autrice",
    "Spanish, Portuguese": rf"(?:escrito|publicado|postado|redactado|redigido) por|por{_NAMED}|autor(?:a|es)?",
    "Italian": rf"(?:scritto|pubblicato|postato) da|a cura di|autore|di(?={_FULL_NAME})",
    "Dutch": rf"(?:geschreven|gepubliceerd|geplaatst) door|(?-i:[Dd]oor)(?={_FULL_NAME})",
    "Scandinavian": "(?:skriven|skrivet|skrevet|publicerad|publicerat|publisert|publiceret) a[vf]"
    rf"|(?-i:[Aa][vf])(?={_FULL_NAME})",
    "Polish, Czech": "autor(?:ka|zy)|napisała?|napsala?",
    "Romanian": "(?:scris|publicat|postat) de",
    "Russian, Ukrainian, Bulgarian": "автор[иы]?",
    "of a text": rf"(?:words|text|texte|texto|testo|tekst|teksti)(?=:{_FULL_NAME})",
}
"""The labels of each language. Those that begin other texts too, such as "Door" and "AV", need a full name behind."""

_WITH_COLON = (
    "作者|撰文|记者|記者|著者|執筆者?|筆者|文責|penulis|oleh|yazar|yazan|szerző|írta|kirjoittaja|συντάκτης|συγγραφέας"
    "|tác giả|بقلم|מאת"
)
"""Labels that only a colon tells from names and other words."""
_LABEL = re.compile(
    rf"(?:{'|'.join(LABELS.values())})(?!\w)\s*[:\-–—]?(?:\s+|\Z)|(?:{_WITH_COLON})\s*[:：]\s*|文\s*[:：/／]\s*",
    re.IGNORECASE,
)
_BEGINNINGS = frozenset(
    "art ask aut com con cre ess fro gas ges gep gue int pos pub rep sha sta sto sub tex thi wor wri "
    "bei ein ers kom ver von écr par pro réd esc por red scr doo skr nap авт tek tes "
    "írt kir ole pen sze tác yaz συγ συν".split()
) | frozenset(("a a", "a c", "a e", "a g", "a i", "a p", "a r", "a s", "a t", "a w", "af ", "av ", "di "))
_SHORT_BEGINNINGS = frozenset("by 作者 撰文 记者 記者 著者 執筆 筆者 文責 文 文: 文： 文/ 文／ بق מא".split())
"""The first three letters of the labels, or the first two, in lower case: most texts begin with others."""

_BEHIND = re.compile(rf"(?:^|[^\w\s]\s*|\d\s*|\bago\s+|(?:{_DONE})\s+)by\s*:?\Z", re.IGNORECASE)
"""What stands at the end of a text behind which a name follows."""
_BEFORE = re.compile(r"[-–—|•·\d],?\s+")
_LONGEST_LINE = 160
"""Characters of a text that is but a line about the work: "May 3, 2021 | 5 min read | Author: Ann Bee"."""
_NO_SENTENCE = 4
"""Blanks that a byline behind a day has at most where it ends with a stop."""

EDITED = re.compile(r"\b(?:edited|modified)\b", re.IGNORECASE)
"""What a wiki says of who changed a page last."""


def label_of(text: str) -> re.Match[str] | None:
    """The label at the beginning of a byline."""
    return _LABEL.match(text) if _may_begin(text[:3].lower()) else None


def _may_begin(letters: str) -> bool:
    """Whether a label may begin with these three letters."""
    return letters in _BEGINNINGS or letters[:2] in _SHORT_BEGINNINGS


def label_end(text: str) -> int:
    """Where the label of a byline ends, be it the beginning of a text, its end, or behind a day or a bar; else 0.

    >>> label_end("Written by Ann Bee"), label_end("May 3, 2021 by Ann Bee"), label_end("3 by the sea")
    (11, 15, 0)
    """
    label = label_of(text)
    if not label and text[-4:].rstrip(": ")[-1:] in "yY":
        label = _BEHIND.search(text)
    if not label and len(text) < _LONGEST_LINE and _BEFORE.search(text):
        label = next(filter(None, map(_label_behind, _BEFORE.finditer(text))), None)
    return label.end() if label and not EDITED.search(text, 0, label.end()) else 0


def _label_behind(before: re.Match[str]) -> re.Match[str] | None:
    """The label behind a bar or a year; "4 von 5" is none."""
    text, at, end = before.string, before.start(), before.end()
    if text.endswith(".") and text.count(" ", end) > _NO_SENTENCE:
        return None
    is_able = not text[at].isdecimal() or (at > 2 and text[at - 3 : at + 1].isdecimal())
    return _LABEL.match(text, end) if is_able and _may_begin(text[end : end + 3].lower()) else None
