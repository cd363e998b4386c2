"""Citation keys: Better BibTeX's pattern `auth.lower + shorttitle(3,3) + year`, made once and never recomputed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, product
from string import ascii_lowercase
from urllib.parse import unquote

from litdb.model import Identifier, Work

SKIPPED = frozenset(
    "a ab aboard about above across after against al along amid among an and anti around as at before behind below "
    "beneath beside besides between beyond but by d da das de del dell dello dei degli della delle dem den der des "
    "despite die do down du during ein eine einem einen einer eines el en et except for from gli i il in inside into "
    "is l la las le les like lo los near nor of off on onto or over past per plus round save since so some sur than "
    "the through to toward towards un una unas under underneath une unlike uno unos until up upon versus via von "
    "while with within without yet zu zum".split()
)
"""Words that a short title leaves out, as in Better BibTeX's preferences."""

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
                          "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"})  # fmt: skip
_BETWEEN_WORDS = re.compile(r"[-_+()\s]+")
_APOSTROPHE = re.compile("['’]")
_ENDING = re.compile(r"\.[a-z]{2,5}\Z")
_WORD = re.compile(r"[^\W\d_][^\W\d_A-Z]{2,}|[A-Z]{3,}")
"""A word of three letters, none of them large in the middle as in numbers that are written with letters."""

VALID = re.compile(r"[^\W_][\w:+./-]*\Z")
"""Keys that BibTeX, biber and pandoc all take; letters beyond ASCII are the user's own, as no key is made with them."""


def base_key(work: Work) -> str:
    """The key that the pattern makes, before clashes are settled.

    >>> from litdb.model import Name
    >>> base_key(Work(Identifier("arxiv", "2209.00626"), (), "", "preprint", "", date="2022-08-30",
    ...     title="The Alignment Problem from a Deep Learning Perspective", authors=(Name("Ngo", "Richard"),)))
    'ngoAlignmentProblemDeep2022'
    """
    words = work.title or ("" if work.authors or _is_address(work) else work.label)
    if not (words or work.authors or work.editors):
        return _from_identifier(work.identifier)
    key = _author(work) + _short_title(words) + work.date[:4]
    return key if key.strip("0123456789") else _from_identifier(work.identifier) + work.date[:4]


def _from_identifier(identifier: Identifier) -> str:
    """A key for what nothing else is known of: the scheme or the host, and the first words of the path.

    Without words it is the end of the value, or how an address begins.

    >>> _from_identifier(Identifier("wikipedia", "en/Reinforcement_learning"))
    'wikipediaReinforcementLearning'
    >>> _from_identifier(Identifier("url", "https://example.org/x")), _from_identifier(Identifier("isbn", "013110"))
    ('exampleorgx', 'isbn013110')
    """
    is_address = identifier.scheme == "url"
    address = identifier.value.rpartition("://")[2]
    host, _, path = address.partition("/") if is_address else (identifier.scheme, "", identifier.value)
    if words := _short_title(_words_of(path)):
        return _ascii(host)[:24] + words
    return (_ascii(address)[:24] or "url") if is_address else _ascii(host) + _ascii(path)[-17:]


def _words_of(path: str) -> str:
    """The last part of a path that is words: two at least, numbers and an ending aside; empty without one.

    >>> _words_of("2023/06/how-hedges-grow.html"), _words_of("d/1AbC-x/edit")
    ('how hedges grow', '')
    """
    for part in reversed(_APOSTROPHE.sub("", unquote(path)).partition("?")[0].split("/")):
        words = [word for word in _BETWEEN_WORDS.split(_ENDING.sub("", part)) if not word.isdigit()]
        if sum(bool(_WORD.fullmatch(word)) for word in words) > 1:
            return " ".join(words)
    return ""


def assign(
    works: Iterable[Work], taken: Mapping[str, Identifier], wished: Mapping[Identifier, str]
) -> dict[Identifier, str]:
    """New keys for works that have none: the key wished for (from a `.bib` among the notes), else the pattern's.

    Unique ignoring case beside the `taken` ones; clashes of one run are settled in the order of identifiers, the
    later one gets a letter.
    """
    used = {key.lower() for key in taken}
    untried: dict[str, Iterator[str]] = {}
    assigned: dict[Identifier, str] = {}
    for work in sorted(works, key=lambda each: (each.identifier not in wished, each.identifier)):
        wish = wished.get(work.identifier, "")
        base = wish if VALID.match(wish) else base_key(work)
        spellings = untried.setdefault(base, _spellings(base))
        key = next(each for each in spellings if each.lower() not in used)
        used.add(key.lower())
        assigned[work.identifier] = key
    return assigned


def _spellings(base: str) -> Iterator[str]:
    yield base
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield base + "".join(letters)


def _is_address(work: Work) -> bool:
    """Whether what is shown of a work is but its address, that of a whole site too."""
    label = work.label
    return "/" in label or ":" in label or work.url.partition("://")[2].startswith(label)


def _author(work: Work) -> str:
    names = work.authors or work.editors
    first = (names[0].family or names[0].literal) if names else (work.container or work.publisher)
    return _ascii(first).lower()


def _short_title(title: str) -> str:
    words = (_ascii(word) for word in re.split(r"[\s/–—]+", re.sub(r"\$[^$]*\$", " ", title)))
    telling = [word for word in words if word and word.lower() not in SKIPPED]
    return "".join(word[:1].upper() + word[1:] for word in telling[:3])


def _ascii(text: str) -> str:
    """Letters and digits only, accents off."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return re.sub(r"[^A-Za-z0-9]", "", plain.encode("ascii", "ignore").decode())
