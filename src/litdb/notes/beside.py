"""What a note says beside a link: `[Title](url) (Jan Leike) (27.01.2022)`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from litdb.model import Claim
from litdb.text.dates import date_claim, precision, read_written
from litdb.text.day_words import names_a_publication
from litdb.text.names import authors_claim, is_person, read_names

LONGEST = 200
HOW = "note"

ATTRIBUTES = r"(?:\{[^{}\n]{1,200}\})?"
"""What kramdown (`{:target="_blank"}`) and Pandoc (`{.external}`) write behind a link about how it is shown."""
_GROUP = re.compile(
    rf"{ATTRIBUTES}[*_~]{{0,3}},?(?:\s{{0,4}}[(（](?P<round>[^()（）]{{1,{LONGEST}}})[)）]"
    rf"|[^\S\n]{{0,4}}\[(?!\d+\])(?P<square>[^\[\]@^]{{1,{LONGEST}}})\](?![(\[:]))"
)
"""Brackets behind a link, full-width ones too; square ones in the same line, where a lone number may be anything."""
_LINE_START = re.compile(r"[\s>+-]{0,8}(?:\[[ xX]\]\s)?[*_~\"'“‘]{0,3}\Z")
_DAY = (
    r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}\S{0,2} [^\W\d_]{3,10}\.?,? \d{4}|[^\W\d_]{3,10}\.? \d{1,2}, \d{4}"
)
_LONE_DAY = re.compile(rf"[*_~\"'”’]{{0,3}}[ \t]?[,;:·|—–-]?[ \t]{{1,4}}(?P<day>{_DAY})\.?[ \t]*(?=\n|\Z)")
_CAME_OUT = re.compile(
    r"(?:publié|parue?|veröffentlicht|erschienen|publicado|pubblicato)(?:\s(?:le|am|el|il|em))?", re.IGNORECASE
)
_BY = re.compile(r"(?<=\d)\s(?:by|par|von|por|da|door)\s(?=[^\W\d_a-z])")
"""What stands between a day and a name."""
_VERSION = re.compile(r"\bv(?:er(?:sion)?)?\.?\s?\d", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
_WORD = r"[^\W\d_]+"
_BEFORE_DAY = re.compile(rf",\s*|\s+(?=\d|(?:{_WORD},\s+)?{_WORD}\.?\s+\d)")
"""What stands before a day in a text: a comma, or a blank before its first number, its month or its day of the week."""
_PINPOINT = re.compile(r",?\s(?:pp?|ch|chap|sec|vol)\.\s?[\d–-]+\Z")
_OF_THE_YEAR = re.compile(r"(?<=\d{4})\s?г(?:\.|ода)?\Z")
"""What Russian writes behind a year."""
_LETTERED = re.compile(r"(?<=[,.l]\s)(\d{4})[a-e]\Z")
"""A year with the letter by which a bibliography tells two works of it apart, behind a comma or `et al`."""
_ET_AL = re.compile(r"(?<=\w),?\s(?:u\.\s?a\.|et\scoll\.|и\sдр\.)")
"""“And others” in German, French and Russian."""
_OTHERS = re.compile(r".*\bet\sal\.?", re.DOTALL)
_FIRST_OF_MANY = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:-[^\W\d_]+)*,?\set\sal\.?")
"""A family name, or an organisation's, that stands for many."""
_HANDLE = re.compile(r"(?=.*[a-z])[a-z0-9_-]{3,30}(?<!ed)(?<!ing),")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{4}(?![\d/])")


def groups_beside(text: str, end: int, links: Container[int] = ()) -> tuple[str, ...]:
    """What the brackets right behind an offset hold, up to one that begins a link: `links` is where these do.

    >>> groups_beside("[x](u) (a b) (27.01.2022), (c) d (e)", 6)
    ('a b', '27.01.2022', 'c')
    """
    groups = []
    while group := _GROUP.match(text, end):
        inside = group.lastgroup or 0
        if group.start(inside) - 1 in links:
            break
        groups.append(group[inside].strip())
        end = group.end()
    return tuple(groups)


def day_behind(text: str, start: int, end: int) -> tuple[str, ...]:
    r"""The day that a line ends in which has nothing else but a citation: `[Title](url), 16/10/2019`; else nothing.

    >>> day_behind("[x](u) – 3 March 2021\nMore", 0, 6), day_behind("see [x](u), 16/10/2019", 4, 10)
    (('3 March 2021',), ())
    """
    day = _LONE_DAY.match(text, end)
    return (day["day"],) if day and _LINE_START.match(text, text.rfind("\n", 0, start) + 1, start) else ()


def claims_of(groups: Iterable[str], *, day_first: bool | None) -> tuple[Claim, ...]:
    """The date and the people that the brackets beside a link name; the first of each counts.

    >>> [(claim.field, claim.kind, claim.value) for claim in claims_of(["RLHF", "27.01.2022"], day_first=None)]
    [('date', 'asserted-by-note', '2022-01-27')]
    """
    claims: dict[str, Claim] = {}
    for group in groups:
        for claim in _claims_in(group, day_first):
            claims.setdefault(claim.field, claim)
    return tuple(claims.values())


def day_comes_first(text: str) -> bool | None:
    """How a note writes its dates with slashes, where one of them leaves no doubt and no other disagrees.

    >>> day_comes_first("03/04/2021, 25/12/2020"), day_comes_first("03/04/2021"), day_comes_first("12/25/2020")
    (True, None, False)
    """
    seen = {int(first) > 12 for first, second in _SLASHED.findall(text) if (int(first) > 12) != (int(second) > 12)}
    return seen.pop() if len(seen) == 1 else None


def unclear_day(groups: Iterable[str]) -> str:
    """The day that one of these groups would be, if only it were known whether it begins with the day; or empty.

    >>> unclear_day(["Ek, 3/4/2023"]), unclear_day(["13/4/2023"]), unclear_day(["accessed 3/4/2023"])
    ('3/4/2023', '', '')
    """
    for group in groups:
        if claims_of([group], day_first=True) != claims_of([group], day_first=False):
            return next((day[0] for day in _SLASHED.finditer(group)), "")
    return ""


def is_other_day(group: str, day_first: bool | None) -> bool:
    """Whether what a bracket holds ends in a day, and says that it is none of publication.

    >>> [is_other_day(group, None) for group in ("accessed May 1, 2024", "Smith, May 1, 2024", "see below")]
    [True, False, False]
    """
    before, date = _before_and_day(group, day_first)
    return bool(date) and not _tells_publication(before, date)


@lru_cache(1 << 12)
def _claims_in(group: str, day_first: bool | None) -> tuple[Claim, ...]:
    """The same names and days stand beside many links."""
    return tuple(_claims(_ET_AL.sub(" et al.", _OF_THE_YEAR.sub("", group)), day_first))


def _claims(group: str, day_first: bool | None) -> Iterator[Claim]:
    said, *by = _BY.split(group, maxsplit=1)
    before, date = _before_and_day(said, day_first)
    if date:
        ends = not before or before.endswith(",") or _OTHERS.fullmatch(before) or _CAME_OUT.fullmatch(before)
        if not ends or not _tells_publication(before, date):
            return
        yield date_claim(date, "asserted-by-note", HOW)
    people = by[0] if by and date else before.rstrip(", ")
    names = read_names(people) if _may_be_names(people) else ()
    if names and (_FIRST_OF_MANY.fullmatch(people) or all(is_person(name.display) for name in names)):
        yield authors_claim(names, HOW)


def _tells_publication(before: str, date: str) -> bool:
    """Whether a day behind these words can be one of publication; a handle (`gwern, 2023`) stands before years only.

    Where two works share a bracket (`Smith, 2021; Jones, 2020`) nobody knows which of their years it is. The day of a
    version (`v2, June 2020`) is not the work's.
    """
    if _VERSION.search(before) or (";" in before and _DIGIT.search(before)):
        return False
    is_handle = precision(date) == "year" and _HANDLE.fullmatch(before) is not None
    return names_a_publication(before.capitalize() if is_handle else before)


def _before_and_day(text: str, day_first: bool | None) -> tuple[str, str]:
    """The day that a text ends in, taken as a whole, and what stands before it; an empty day where there is none.

    A comma is part of a day only between it and its year, or where nothing is before: `May, 2019` ends a name too.
    A page behind a year, and the letter of a year, say nothing of the day.
    """
    text = _LETTERED.sub(r"\1", _PINPOINT.sub("", text.replace("，", ",")))
    for start in _starts(text) if _DIGIT.search(text) else ():
        date = read_written(text[start:], day_first)
        if date and (not start or precision(date) == "day" or "," not in text[start:]):
            return text[:start].strip(), date
    return text, ""


def _starts(text: str) -> Iterator[int]:
    """Where a day may begin, the longest first."""
    yield 0
    yield from (found.end() for found in _BEFORE_DAY.finditer(text))


def _may_be_names(text: str) -> bool:
    """Whether it is worth reading names: no word of names longer than `from` begins with a small letter."""
    return bool(text) and all(len(word) < 5 or not word[0].islower() for word in text.split())
