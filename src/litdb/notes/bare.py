"""Citations that stand in text without any markup: URLs, `www.` names, `doi:` and `arXiv:` identifiers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from litdb.notes.found import Found, decode_entities, encode_marks

_UNSEEN = "\u200b-\u200f\u2060\ufeff"
_NEVER = rf"\s<>`{_UNSEEN}“”—。，、；「」『』《》【】"
_BETWEEN = r"[,;|](?!https?://)"
"""A separator, unless another URL begins straight behind it."""

SICI = rf"<(?:\w{{0,9}}::|\d\w{{0,8}}:)[^{_NEVER}/]{{1,40}}>"
"""The `<page::title>` in a DOI that is made from a SICI (ANSI/NISO Z39.56); some have one colon."""

_REST = rf"(?:[^{_NEVER}\[\]{{}},;|]+|{_BETWEEN}|\[[^{_NEVER}\[\]{{}}]*\](?!\()|\{{[^{_NEVER}\[\]{{}}]*\}}|{SICI})*"
"""What a URL goes on with. Square and curly brackets belong to it only in pairs."""

_DOI_REST = rf"(?:[^{_NEVER}\\\[\]{{}},;|]+|{_BETWEEN}|\[[^{_NEVER}\[\]{{}}]*\](?!\()|{SICI})*"
"""What a DOI goes on with: no TeX."""

_SHAPES = {
    "h": re.compile(rf"(?<![A-Za-z])https?://(?=\w){_REST}", re.IGNORECASE),
    "w": re.compile(rf"(?<![^\s*_~(\[\"'“‘{_UNSEEN}])www\.(?=\w){_REST}", re.IGNORECASE),
    "d": re.compile(
        rf"(?<![\w/])doi(?:\s?:?\s?|(?<![@-]doi)\.org/)(?P<id>10\.[0-9]{{4,9}}/{_DOI_REST})", re.IGNORECASE
    ),
    "a": re.compile(
        r"(?<![\w/])arxiv(?:\s?:\s?|(?<![.@-]arxiv)\.org/(?:abs|html|pdf)/)"
        r"(?P<id>(?:[0-9]{4}\.[0-9]{4,5}|[a-z]{2,10}(?:-[a-z]{2,3})?(?:\.[a-z]{2})?/[0-9]{7})"
        r"(?:v[0-9]{1,3})?)(?:(?<=\d)\.pdf)?(?!\w)",
        re.IGNORECASE,
    ),
}
"""By first letter. After GFM 0.29, 6.9 (which also says what may stand before `www.`). The addresses of papers at arXiv
and of DOIs are citations without their scheme too: they end in an identifier, which no name of a file does.
"""

_ARXIV_NUMBER = re.compile(
    r"(?<![\w/])arxiv\s(?:preprint\s)?(?P<open>\()?(?P<id>\d\d(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,3})?)(?!\w|\.\d)"
    r"(?(open)\)?)",
    re.IGNORECASE | re.ASCII,
)
"""An identifier of arXiv's, of which nothing but its form tells that it is one."""

_START = re.compile(r"https?://|www\.|doi(?:\s?:?\s?|\.org/)10\.|arxiv(?:[\s:]|\.org/)", re.IGNORECASE)
_PUNCTUATION = frozenset("?!.,:;*_~^'\"\\")
_LAST_ENTITY = re.compile(r"&[A-Za-z]+;\Z")
_HIGHLIGHT = re.compile(r"(?<![^\s*_~(\[\"'“‘>-])==(?=[^\s=])")
"""Where Obsidian begins to highlight."""

_LONGEST_HIGHLIGHT = 1000
"""How many characters before a URL its highlight is looked for."""

_DOI_SAFE = "/:;().,_-+@!~*'=&$%[]"


def find_bare(text: str) -> Iterator[Found]:
    """Every bare citation of a text, in order.

    >>> [each.url for each in find_bare("see (http://a.example/w_(x)), www.b.example or doi:10.1000/xyz.")]
    ['http://a.example/w_(x)', 'http://www.b.example', 'https://doi.org/10.1000/xyz']
    """
    position = 0
    while start := _START.search(text, position):
        found = read_bare(text, start.start())
        if found:
            yield found
        position = found.end if found else start.end()


def read_bare(text: str, start: int) -> Found | None:
    """The bare citation that begins at an offset, without the punctuation of the sentence behind it.

    >>> read_bare("cf. arXiv:hep-th/9901001v2.", 4)
    Found(start=4, end=26, target='arXiv:hep-th/9901001v2', url='https://arxiv.org/abs/hep-th/9901001v2', \
found='bare-id', text='')
    """
    kind = text[start].lower()
    match = _SHAPES[kind].match(text, start) or (_ARXIV_NUMBER.match(text, start) if kind == "a" else None)
    if not match:
        return None
    if kind == "a":
        url = "https://arxiv.org/abs/" + match["id"]
        return Found(start, match.end(), match[0], url, "bare-id")
    end = start + _length(text, start, match[0])
    target = text[start:end]
    if kind == "d":
        doi = text[match.start("id") : end]
        return Found(start, end, target, "https://doi.org/" + quote(decode_entities(doi), safe=_DOI_SAFE), "bare-id")
    url = encode_marks(decode_entities(target))
    return Found(start, end, target, url if kind == "h" else "http://" + url, "bare-url")


def _length(text: str, start: int, url: str) -> int:
    """How long a URL is without what belongs to the sentence round it, and without the end of a highlight."""
    end = _without_tail(url, len(url))
    if url.endswith("==", 0, end) and _is_highlighted(text, start):
        return _without_tail(url, end - 2)
    return end


def _is_highlighted(text: str, start: int) -> bool:
    """Whether the last `==` before an offset begins a highlight."""
    mark = text.rfind("==", max(0, start - _LONGEST_HIGHLIGHT), start)
    return mark >= 0 and _HIGHLIGHT.match(text, mark) is not None


def _without_tail(url: str, end: int) -> int:
    """Where a URL ends without closing punctuation, entities and brackets that were opened before it (GFM 6.9).

    Beyond GFM, a genitive is English and no part of the address.
    """
    unopened = url.count(")", 0, end) - url.count("(", 0, end)
    while end:
        last = url[end - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
        elif last == ";" and (entity := _LAST_ENTITY.search(url, max(0, end - 34), end)):
            end = entity.start() + 1
        elif last == "s" and url[end - 2] in "'’":
            end -= 1
        elif last not in _PUNCTUATION and not _is_foreign_punctuation(last):
            break
        end -= 1
    return end


def _is_foreign_punctuation(character: str) -> bool:
    """Whether this is a full stop, a comma, a quote … of some script beyond ASCII."""
    return not character.isascii() and unicodedata.category(character).startswith("P")
