"""Titles: cleaned for keeping, folded for comparing, freed from the name of their site."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_SEPARATOR = re.compile(r"\s+[-–—|·•:»«/~]{1,2}\s+|\s*[|»«]\s*|:\s+")
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Cn"))


def clean_title(text: str) -> str:
    """The title as one reads it: entities resolved (twice, for pages that escape twice), every run of blanks one blank.

    Control characters, soft hyphens, marks of direction and other unseen characters go; the joiners that Persian,
    Hindi and emoji are written with stay.

    >>> clean_title(" Goodhart&amp;#39;s\\u00a0 Law\\u200b &ndash; a\\n taxonomy ")
    "Goodhart's Law – a taxonomy"
    """
    unescaped = html.unescape(html.unescape(text)) if "&" in text else text
    if (plain := " ".join(unescaped.split())).isprintable():
        return plain
    seen = "".join(character for character in unescaped if character.isspace() or not _is_unseen(character))
    return " ".join(seen.split())


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """What of a text counts when two are compared: its letters and digits, whatever their case and form.

    >>> fold("The “Alignment” Problem: ﬁrst") == fold("the alignment problem - First")
    True
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def without_site(title: str, site: str) -> str:
    """The title without the name of its site before or behind it; a title that is the site's name stays.

    >>> without_site("AGI safety — LessWrong", "LessWrong"), without_site("LessWrong: AGI: safety", "lesswrong")
    ('AGI safety', 'AGI: safety')
    """
    folded = fold(site)
    if not folded:
        return title
    for separator in _SEPARATOR.finditer(title):
        before, after = title[: separator.start()].strip(), title[separator.end() :].strip()
        if before and _is_site(after, folded):
            return before
        if after and _is_site(before, folded):
            return after
    return title


def _is_site(text: str, folded: str) -> bool:
    return len(text) <= 2 * len(folded) + 20 and fold(text) == folded


def _is_unseen(character: str) -> bool:
    return character not in _JOINERS and unicodedata.category(character) in _UNSEEN
