"""Property lines: what the head of a note says of its work in lines `key:: value`, in place of front matter.

So write Dataview's inline fields, Logseq's page properties, Roam's attributes and Readwise's exports to them. With one
colon they count where nothing else can be meant: in a first section headed `Metadata` or `Properties` (Readwise's
default), and as a whole paragraph behind the title, one line of which is but a key and an address (Notion's export).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from litdb.model import Claim, Mention
from litdb.notes.found import Found, unescape
from litdb.notes.front_matter import NAMING, PICTURE, named_identifier, people_in, without_links
from litdb.notes.lines import Lines
from litdb.text.dates import date_claim, read_written
from litdb.text.names import authors_claim

LARGEST = 64_000
"""Characters. What stands further from the head of the note is no property of it."""

HOW = "note:properties"
"""How its claims were read."""

_TITLES = ("full title", "original title", "title")
"""The surest first: a page that Logseq keeps for a work may have a `title` of its own."""
_NO_TITLE = re.compile(r"^@|(?:\.\.\.|…)$")
"""A key in its place, or the beginning of one."""
_TITLELESS = frozenset(("tweets", "#tweets"))
"""What Readwise files as these has words in the place of a title."""
_PEOPLE = ("author", "authors", "author(s)")
_DAYS = ("published", "published date", "publication date", "date published", "publish date", "published on")
_SAME_KEYS = {"source url": "url", "arxiv id": "arxiv"}

_APART = r"(?:[ \t]*\n|(?:[-*+][ \t]+)?!\[[^\n]*\n)*"
_HEAD = re.compile(
    rf"{_APART}(?P<title>#[ \t][^\n]*\n{_APART})?(?:(?P<heading>#{{1,6}}[ \t][^\n]*\n){_APART})?(?:>[ \t]*\[![^\n]*\n)?"
)
"""What may stand before property lines: blank lines, pictures, the title, a heading of theirs, that of a callout."""
_OWN_HEADING = re.compile(r"#+[ \t].*\b(?:metadata|properties)\s*\Z", re.IGNORECASE)
_BEGINS = re.compile(r"(?![ ]{4}|\t)[^\n:]*::?[*_]*(?:\s|\Z)")
"""How the first property line looks from afar, so that other notes are soon known."""

_MARK = r"[*_]{0,3}"
_KEY = rf"{_MARK}(?P<key>[^\s:\-+*_>#|\[\](){{}}<>`!\\\"'][^:\n\[\]{{}}<>|`]{{0,60}}?){_MARK}[ \t]*"
_ITEM = r"[ \t]*(?:>[ \t]*)?(?:[-*+][ \t]+)?"
_VALUE = r"(?:[ \t]+(?P<value>[^\n]*))?$"
_FIELD = re.compile(rf"{_ITEM}{_KEY}::{_MARK}{_VALUE}", re.MULTILINE)
_IN_SECTION = re.compile(rf"{_ITEM}{_KEY}::?{_MARK}{_VALUE}", re.MULTILINE)
_PLAIN = re.compile(rf"[ ]{{0,3}}{_KEY}:{_VALUE}", re.MULTILINE)
_BEFORE_BRACKET = re.compile(_ITEM + r"(?=[\[(])")
_NESTED = r"(?:[^\[\]()\n]|\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]|\([^()\n]*\))*"
_BRACKETED = re.compile(rf"[\[(]{_KEY}::[ \t]+(?P<value>{_NESTED})[\])][ \t]*")
_BLANK = re.compile(r"[ \t]*$", re.MULTILINE)

_ADDRESS = re.compile(r"<?https?://[^\s<>]+>?|\[[^\[\]]*\]\([^()\s]+\)|10\.\d{4,9}/\S+", re.IGNORECASE)
_PAGE_OF_ITS_OWN = re.compile(r"\s*\([^()\s]*\.md\)")
"""What Notion's export writes behind the name of a page."""
_QUOTED = re.compile(r"\A\"([^\"]*)\"\Z")
_HOST = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_IDENTIFIER = re.compile(
    r"arxiv(?:\.org/[a-z]+/|\.)(\d{4}\.\d{4,5})|(10\.\d{4,9}/[^\s?#]+?)(?:/(?:e?pdf|full|abstract))?(?:[?#]|\Z)",
    re.IGNORECASE,
)
"""An identifier in an address: of a paper at arXiv, or a DOI."""
_UNCITED = ("comment", "ignored")


class Property(NamedTuple):
    """A key in small letters with blanks between its words, its value; where both stand, and where the value begins."""

    key: str
    value: str
    start: int
    at: int
    end: int


def read_properties(text: str, start: int) -> tuple[Property, ...]:
    r"""The property lines that a note has at an offset, behind its front matter.

    >>> [(each.key, each.value) for each in read_properties("url:: http://a.example/\n- author:: [[Bob Smith]]\n", 0)]
    [('url', 'http://a.example/'), ('author', '[[Bob Smith]]')]
    """
    head = _HEAD.match(text, start)
    if not head or not _BEGINS.match(text, head.end()):
        return ()
    title, heading = (head["title"] or "").partition("\n")[0], head["heading"] or ""
    if _OWN_HEADING.match(heading or title):
        return tuple(_block(text, head.end(), _IN_SECTION))
    if heading:
        return ()
    return tuple(_block(text, head.end(), _FIELD)) or (_paragraph(text, head.end()) if title else ())


def identifiers_in(text: str, properties: Iterable[Property]) -> Iterator[Found]:
    """The citations that only the keys of properties tell: `doi:: 10.1000/xyz`."""
    for each in properties:
        line = text[each.start : each.at + len(each.value)]
        if found := named_identifier(line, each.at - each.start, each.key):
            yield found._replace(start=each.start + found.start, end=each.start + found.end)


def with_properties(mentions: Sequence[Mention], properties: Sequence[Property], lines: Lines) -> tuple[Mention, ...]:
    """The mentions; that of the work which the properties name has what they say of it. Pictures are ignored."""
    places = list(_places(mentions, properties, lines))
    mentions = [
        _as_picture(each) if at and PICTURE.fullmatch(at.key) else each
        for each, at in zip(mentions, places, strict=True)
    ]
    ranks = {
        at: NAMING[each.key] for at, each in enumerate(places) if each and each.key in NAMING and _names(mentions[at])
    }
    least = min(ranks.values(), default=None)
    surest = {at for at, rank in ranks.items() if rank == least}
    urls = {_paper(mentions[at].url): mentions[at].url for at in surest}
    claims = _claims(properties, *urls.values()) if len(urls) == 1 else ()
    told = (
        replace(each, asserted=(*each.asserted, *claims)) if at in surest else each for at, each in enumerate(mentions)
    )
    return tuple(told) if claims else tuple(mentions)


def _places(mentions: Iterable[Mention], properties: Sequence[Property], lines: Lines) -> Iterator[Property | None]:
    """The property in whose value each mention stands, or None."""
    spans = [(lines.place(each.start), lines.place(each.end)) for each in properties]
    starts = [start for start, _ in spans]
    for each in mentions:
        place = (each.line, each.column)
        before = bisect_right(starts, place) - 1
        yield properties[before] if before >= 0 and place < spans[before][1] else None


def _as_picture(mention: Mention) -> Mention:
    return replace(mention, found="ignored")


def _names(mention: Mention) -> bool:
    """Whether a mention can say what the note is about."""
    return bool(mention.url) and mention.found not in _UNCITED


def _paper(url: str) -> str:
    """What addresses of one paper have in common: its identifier, else all but the scheme and the fragment.

    >>> _paper("https://arxiv.org/pdf/1706.03762v5.pdf") == _paper("http://arxiv.org/abs/1706.03762")
    True
    """
    named = _IDENTIFIER.search(url)
    return named[named.lastindex or 0].lower() if named else _SCHEME.sub("", url).partition("#")[0].rstrip("/")


def _claims(properties: Sequence[Property], url: str) -> tuple[Claim, ...]:
    """What properties say of the work at an address. A handle and the name of the site are nobody."""
    has_title = _TITLELESS.isdisjoint(_values(properties, ("category",)))
    titles = [words for words in _values(properties, _TITLES)[:1] if has_title and not _NO_TITLE.search(words)]
    claims = [Claim("title", title, HOW) for title in titles]
    names = people_in(_PAGE_OF_ITS_OWN.sub("", words) for words in _values(properties, _PEOPLE))
    if people := [name for name in names if name.display[0] not in "@#" and not _is_site(name.display, url)]:
        claims.append(authors_claim(people, HOW))
    days = filter(None, map(read_written, _values(properties, _DAYS)[:1]))
    return (*claims, *(date_claim(day, "asserted-by-note", HOW) for day in days))


def _values(properties: Iterable[Property], keys: Sequence[str]) -> list[str]:
    """The words that stand under keys, in the order of the keys."""
    found = [(keys.index(each.key), each.value) for each in properties if each.key in keys]
    words = (unescape(without_links(value)).strip() for _, value in sorted(found, key=itemgetter(0)))
    return [each for each in (_QUOTED.sub(r"\1", each) for each in words) if each]


def _is_site(name: str, url: str) -> bool:
    """Whether a name is that of a page's site, as exports write it for want of an author.

    >>> _is_site("Example.org", "https://www.example.org/x"), _is_site("Example", "https://www.example.org/x")
    (True, False)
    """
    host = _HOST.match(url)
    return host is not None and f".{host[0].partition('//')[2]}".lower().endswith(f".{name.lower()}") and "." in name


def _block(text: str, start: int, pattern: re.Pattern[str]) -> Iterator[Property]:
    """The properties of consecutive lines and of what is in brackets there; blank lines do not part them."""
    for begin, end in _lines(text, start):
        line = pattern.match(text, begin, end)
        found = [_property(line)] if line else _bracketed(text, begin, end)
        if not found and not _BLANK.match(text, begin, end):
            return
        yield from found


def _bracketed(text: str, start: int, end: int) -> list[Property]:
    """The properties of a line that has nothing but such in brackets."""
    before = _BEFORE_BRACKET.match(text, start, end)
    found = []
    while before and before.end() < end:
        before = _BRACKETED.match(text, before.end(), end)
        if not before:
            return []
        found.append(_property(before))
    return found


def _paragraph(text: str, start: int) -> tuple[Property, ...]:
    """The properties of a paragraph that has nothing else, one of them an address."""
    found = []
    for begin, end in _lines(text, start):
        if _BLANK.match(text, begin, end):
            break
        line = _PLAIN.match(text, begin, end)
        if not line:
            return ()
        found.append(_property(line))
    is_about = any(each.key in NAMING and _ADDRESS.fullmatch(each.value) for each in found)
    return tuple(found) if is_about else ()


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the lines begin and end that are near enough to the head of the note."""
    last = min(len(text), start + LARGEST)
    while start < last:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _property(line: re.Match[str]) -> Property:
    key = " ".join(re.split(r"[\s_-]+", line["key"].strip().lower()))
    value = (line["value"] or "").strip()
    return Property(_SAME_KEYS.get(key, key), value, line.start(), max(line.start("value"), line.start()), line.end())
