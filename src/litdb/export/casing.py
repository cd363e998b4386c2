"""Which words of a title must keep their capitals when a bibliography style changes its case."""

from __future__ import annotations

import re
from functools import lru_cache

from litdb.export.escape import CLOSE, OPEN

_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
_JOINT = re.compile(r"[-‐‑–—/'’.:,]+")
_AFTER_STOP = re.compile(r"[:?!][^\w\s]{0,9}\s+[^\w\s]*")
_TELLING = re.compile(r"[^\W\d_]{4,}")


def is_sentence_case(title: str) -> bool:
    """Whether a title is written like a sentence, so that a capital inside it begins a name.

    Of the words of four letters and more behind the first, at least half are lower case.

    >>> is_sentence_case("What Richard Ngo thinks about risk"), is_sentence_case("Learning from Human Preferences")
    (True, False)
    """
    words: list[str] = _TELLING.findall(title)[1:]
    lower = sum(map(str.islower, words))
    return 0 < len(words) <= 2 * lower


def protect(title: str, *, sentence_case: bool) -> str:
    """The title with marks (`OPEN`, `CLOSE`) round the words whose capitals must stay.

    These are words with capitals inside, capitals beside digits, single capitals, the first word after `: ? !`, and in
    sentence case every capitalised word but the first.

    >>> def shown(title):
    ...     return protect(title, sentence_case=is_sentence_case(title)).replace(OPEN, "{").replace(CLOSE, "}")
    >>> shown("Training GPT-3 (not ChatGPT): An Overview of Brain-Like Learning")
    'Training {GPT-3} (not {ChatGPT}): {An} Overview of Brain-Like Learning'
    >>> shown("Why I think that Richard Ngo's views matter")
    "Why {I} think that {Richard} {Ngo's} views matter"
    """
    first = _WORD.search(title)
    if not first or title.islower():
        return title
    after_stop = {stop.end() for stop in _AFTER_STOP.finditer(title)}

    def protected(found: re.Match[str]) -> str:
        word, start = found[0], found.start()
        if word == word.lower():
            return word
        is_name = sentence_case and start > first.start()
        keeps = _is_fixed(word) or ((is_name or start in after_stop) and word[0].isupper())
        return f"{OPEN}{word}{CLOSE}" if keeps else word

    return _WORD.sub(protected, title)


@lru_cache(maxsize=8192)
def _is_fixed(word: str) -> bool:
    """Whether the word's own form shows that its capitals matter: ChatGPT, GPT-3, 3D, I'm; not Brain-Like."""
    parts = _JOINT.split(word)
    return (
        any(character.isdigit() for character in word)
        or any(part[1:] != part[1:].lower() for part in parts)
        or any(len(part) == 1 and part.isupper() and part != "A" for part in parts)
    )
