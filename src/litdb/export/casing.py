"""Which words of a title must keep their capitals when a bibliography style changes its case.

A title is looked at word by word (what stands between two blanks): words come back from title to title, so whoever
writes many of them can remember what is said of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import compress, count

from litdb.export.escape import escape

_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
_JOINT = re.compile(r"[-‐‑–—/'’.:,]+")
_CLAUSE_END = re.compile(r"[:?!][^\w\s]{0,2}\Z")
_TELLING = re.compile(r"[^\W\d_]{4,}")
_VOTES = {True: 101, False: -100}


def vote(token: str) -> int:
    """What a word says for sentence case, as a number to be added up: its parts of four letters and more count.

    Between equals lower case has it.

    >>> vote("thinks"), vote("Richard"), vote("Brain-like"), vote("on")
    (101, -100, 1, 0)
    """
    return sum(_VOTES[each.islower()] for each in _TELLING.findall(token))


def is_sentence_case(title: str) -> bool:
    """Whether a title is written like a sentence, so that a capital inside it begins a name.

    Of the words of four letters and more behind the first, at least half are lower case.

    >>> is_sentence_case("What Richard Ngo thinks about risk"), is_sentence_case("Learning from Human Preferences")
    (True, False)
    """
    return sum(map(vote, title.split(" ")[1:])) > 0


def as_word(token: str) -> str:
    """A word as TeX (see `escape`), in braces if its own form shows that its capitals must stay.

    >>> [as_word(each) for each in ("(ChatGPT)", "GPT-3:", "3D", "I'm", "Brain-Like", "R&D")]
    ['({ChatGPT})', '{GPT-3}:', '{3D}', "{I'm}", 'Brain-Like', '{R\\\\&D}']
    """
    return _written(token, _is_fixed)


def as_name(token: str) -> str:
    """The same for a word whose first capital counts too.

    >>> as_name("“Ngo's"), as_name("risk")
    ("“{Ngo's}", 'risk')
    """
    return _written(token, lambda word: word[0].isupper() or _is_fixed(word))


def protect(title: str, *, sentence_case: bool, begun: bool = False) -> str:
    """The title as TeX, with braces round the words whose capitals must stay.

    These are words with capitals inside, capitals beside digits, single capitals, the first word after `: ? !`, and in
    sentence case every capitalised word but the first; that one too if the title has `begun` before.

    >>> protect("Training GPT-3 (not ChatGPT): An Overview of Brain-Like Learning", sentence_case=False)
    'Training {GPT-3} (not {ChatGPT}): {An} Overview of Brain-Like Learning'
    >>> protect("Why I think that Richard Ngo's views matter", sentence_case=True)
    "Why {I} think that {Richard} {Ngo's} views matter"
    """
    words = title.split(" ")
    if begun and sentence_case:
        return " ".join(map(as_name, words))
    return as_sentence(words, as_word, as_name) if sentence_case else as_headline(title, words, as_word, as_name)


def as_sentence(words: Sequence[str], word: Callable[[str], str], name: Callable[[str], str]) -> str:
    """The words of a title in sentence case. `word` and `name` are the functions of this module, or remember them."""
    return " ".join([word(words[0]), *map(name, words[1:])])


def as_headline(title: str, words: Sequence[str], word: Callable[[str], str], name: Callable[[str], str]) -> str:
    """The same for the words of any other title, where only those that begin a clause are looked at like names."""
    written = list(map(word, words))
    if ":" in title or "?" in title or "!" in title:
        for place in compress(count(1), map(_ends_clause, words[:-1])):
            written[place] = name(words[place])
    return " ".join(written)


@lru_cache(1 << 14)
def _ends_clause(token: str) -> bool:
    return _CLAUSE_END.search(token) is not None


def _written(token: str, keeps: Callable[[str], bool]) -> str:
    """The token with braces from its first letter to its last one if its capitals must stay."""
    found = _WORD.search(token)
    if not found or found[0] == found[0].lower() or not keeps(found[0]):
        return escape(token)
    return f"{escape(token[: found.start()])}{{{escape(found[0])}}}{escape(token[found.end() :])}"


def _is_fixed(word: str) -> bool:
    """ChatGPT, GPT-3, 3D, I'm; not Brain-Like."""
    parts = _JOINT.split(word)
    return (
        any(character.isdigit() for character in word)
        or any(part[1:] != part[1:].lower() for part in parts)
        or any(len(part) == 1 and part.isupper() and part != "A" for part in parts)
    )
