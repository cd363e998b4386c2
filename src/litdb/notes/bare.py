"""Citations that stand in text without any markup: URLs, `www.` names, `doi:`, `arXiv:`, ISBN and PMID."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from litdb.notes.found import Found, decode_entities, encode_marks
from litdb.text.isbn import isbn13

_UNSEEN = "\u200b-\u200f\u2060\ufeff"
_NEVER = rf"\s<>`{_UNSEEN}“”—。，、；：！？（）「」『』《》【】"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_BETWEEN = r"[,;|](?!https?://|\d{4}-\d\d-\d\d)"
"""A separator, unless another URL or a day begins straight behind it."""

SICI = rf"<(?:\w{{0,9}}::|\d\w{{0,8}}:)[^{_NEVER}/]{{1,40}}>"
"""The `<page::title>` in a DOI that is made from a SICI (ANSI/NISO Z39.56); some have one colon."""

_REST = (
    rf"(?:[^{_NEVER}\[\]{{}},;|\"]+|\"(?![,;])|{_BETWEEN}"
    rf"|\[[^{_NEVER}\[\]{{}}]*\](?!\()|\{{[^{_NEVER}\[\]{{}}]*\}}|{SICI})*"
)
"""What a URL goes on with. Square and curly brackets belong to it only in pairs; a quote before a comma closes it."""

_DOI_REST = (
    rf"(?:(?-i:[^{_NEVER}{_IDEOGRAPHS}\\\[\]{{}},;|\"])+|(?![,;](?:19|20)\d\d(?!\S)){_BETWEEN}"
    rf"|\[[^{_NEVER}\[\]{{}}]*\](?!\()|{SICI})*"
)
"""What a DOI goes on with: no TeX, no quotes, no Chinese, Japanese or Korean."""

_AT_WORD = r"(?<![A-Za-z0-9_/])"
_IS = r"(?:\s?[:：]?\s?|\s{0,20}=\s?[{\"]?)"
"""What stands between the word for an identifier and the identifier; the last is BibTeX's and Wikipedia's."""

_ARXIV_ID = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z]{2,10}(?:-[a-z]{2,3})?(?:\.[a-z]{2})?/[0-9]{7})(?:v[0-9]{1,3})?"
_SHAPES = {
    "h": re.compile(rf"(?<![A-Za-z])https?://(?=\w){_REST}", re.IGNORECASE),
    "w": re.compile(rf"(?<![^\s*_~(\[\"'“‘{_UNSEEN}])www\.(?=\w){_REST}", re.IGNORECASE),
    "d": re.compile(
        rf"{_AT_WORD}doi(?:{_IS}|(?<![@-]doi)\.org/)(?P<id>10\.[0-9]{{4,9}}/{_DOI_REST})",
        re.IGNORECASE,
    ),
    "a": re.compile(
        rf"{_AT_WORD}arxiv(?:\s?[:：]\s?|\s{{0,20}}=\s?[{{\"]?|(?<![.@-]arxiv)\.org/(?:abs|html|pdf)/)"
        rf"(?P<id>{_ARXIV_ID})(?:(?<=\d)\.pdf)?(?![A-Za-z0-9_])",
        re.IGNORECASE,
    ),
    "e": re.compile(rf"{_AT_WORD}eprint\s{{0,20}}=\s{{0,4}}[{{\"]?(?P<id>{_ARXIV_ID})(?![A-Za-z0-9_])", re.IGNORECASE),
    "i": re.compile(
        rf"{_AT_WORD}ISBN(?:-1[03])?{_IS}(?P<id>(?:97[89][- ]?)?[0-9](?:[- ]?[0-9]){{8}}[- ]?[0-9X])(?![0-9A-Za-z])",
        re.IGNORECASE,
    ),
    "p": re.compile(
        rf"{_AT_WORD}PM(?:ID{_IS}(?P<id>[0-9]{{4,9}})|CID{_IS}(?P<pmc>PMC[0-9]{{4,9}}))(?![0-9A-Za-z])",
        re.IGNORECASE,
    ),
}
"""By first letter. After GFM 0.29, 6.9 (which also says what may stand before `www.`). The addresses of papers at arXiv
and of DOIs are citations without their scheme too: they end in an identifier, which no name of a file does.
"""

_ARXIV_NUMBER = re.compile(
    rf"{_AT_WORD}arxiv[\s\u00a0](?:preprint\s)?(?P<open>\()?(?P<id>\d\d(?:0[1-9]|1[0-2])\.\d{{4,5}}(?:v\d{{1,3}})?)(?!\w|\.\d)"
    r"(?(open)\)?)",
    re.IGNORECASE | re.ASCII,
)
"""An identifier of arXiv's, of which nothing but its form tells that it is one."""

START = re.compile(
    rf"https?://|www\.|doi(?:{_IS}|\.org/)10\.|arxiv(?:[\s:：=]|\.org/)|eprint\s{{0,20}}=|ISBN|PMC?ID", re.IGNORECASE
)
"""Where a bare citation may begin."""

_PUNCTUATION = frozenset("?!.,:;*_~^'\"\\")
_LAST_ENTITY = re.compile(r"&[A-Za-z]+;\Z")
_HIGHLIGHT = re.compile(r"(?<![^\s*_~(\[\"'“‘>-])==(?=[^\s=])")
"""Where Obsidian begins to highlight."""

_LONGEST_HIGHLIGHT = 1000
"""How many characters before a URL its highlight is looked for."""

_NUMBERED = frozenset("ip")
_DOI_NEAR = re.compile(r"\b10\.[0-9]{4,9}/")
_LONGEST_ENTRY = 500
"""How many characters before and behind a number its line is looked through."""

_DOI_SAFE = "/:;().,_-+@!~*'=&$%[]"


def find_bare(text: str) -> Iterator[Found]:
    """Every bare citation of a text, in order.

    >>> [each.url for each in find_bare("see (http://a.example/w_(x)), www.b.example or doi:10.1000/xyz.")]
    ['http://a.example/w_(x)', 'http://www.b.example', 'https://doi.org/10.1000/xyz']
    """
    position = 0
    while start := START.search(text, position):
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
    if kind in _NUMBERED:
        return _read_number(kind, text, start)
    match = _SHAPES[kind].match(text, start) or (_ARXIV_NUMBER.match(text, start) if kind == "a" else None)
    if not match:
        return None
    if kind in "ae":
        url = "https://arxiv.org/abs/" + match["id"]
        return Found(start, match.end(), match[0], url, "bare-id")
    end = start + _length(text, start, match[0])
    target = text[start:end]
    if kind == "d":
        doi = text[match.start("id") : end]
        return Found(start, end, target, "https://doi.org/" + quote(decode_entities(doi), safe=_DOI_SAFE), "bare-id")
    url = encode_marks(decode_entities(target))
    return Found(start, end, target, url if kind == "h" else "http://" + url, "bare-url")


def _read_number(kind: str, text: str, start: int) -> Found | None:
    """The book or the paper that a catalogue's number names, unless a DOI in the same line names it better.

    >>> _read_number("i", "ISBN 0-13-110362-8", 0).url, _read_number("p", "doi:10.1000/x, PMID: 12345", 15)
    ('https://openlibrary.org/isbn/9780131103627', None)
    """
    match = _SHAPES[kind].match(text, start)
    if not match or _DOI_NEAR.search(_line_round(text, start)):
        return None
    if kind == "i":
        book = isbn13(match["id"])
        url = f"https://openlibrary.org/isbn/{book}" if book else f"isbn:{match['id']}"
    elif match["id"]:
        url = f"https://pubmed.ncbi.nlm.nih.gov/{match['id']}/"
    else:
        url = f"https://pmc.ncbi.nlm.nih.gov/articles/{match['pmc'].upper()}/"
    return Found(start, match.end(), match[0], url, "bare-id")


def _line_round(text: str, start: int) -> str:
    """The line that holds an offset, as far as it is near."""
    begin = text.rfind("\n", max(0, start - _LONGEST_ENTRY), start) + 1 or max(0, start - _LONGEST_ENTRY)
    end = text.find("\n", start, start + _LONGEST_ENTRY)
    return text[begin : end if end >= 0 else start + _LONGEST_ENTRY]


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
