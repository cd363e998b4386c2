"""What a reference list says of a work against what a source says of it: field by field, as a librarian compares.

A comparison answers True, False, or None where the two cannot be held against each other: a handle against a full
name, a house against its people, an article number against pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from litdb.checks.agreement import (
    dates_agree,
    family,
    fits_month_of_number,
    is_same_person,
    people_agree,
    title_letters,
    titles_agree,
)
from litdb.checks.journals import journals_agree
from litdb.merge import Aliases, Statement, people
from litdb.model import Claim, Field, Name, WorkType
from litdb.text.names import is_organisation

PRINTED: frozenset[WorkType] = frozenset(("article-journal", "paper-conference", "chapter", "book"))
"""Types of works that appear online on one day and in print on another: only their years are compared."""

JOURNAL_FIELDS = frozenset(("bib:journal", "bib:journaltitle", "csl:container-title", "ris:JO", "ris:JF", "ris:T2"))
"""Fields that hold the name of a journal in the entry of an article."""

_PREPRINT_SERVERS = frozenset(("arxiv", "biorxiv", "chemrxiv", "corr", "medrxiv", "psyarxiv", "ssrn"))
_REMARK = re.compile(r"\s*(?:\[[^\[\]]*\]|\([^()]*\))\s*\Z")
"""What stands behind a title in brackets: `[Video]`, `(extended abstract)`."""

_AROUND = re.compile(
    r"\A\W*(?:retracted|withdrawn)\b(?: article| paper| chapter)?\s*[:\]]\s*|\A(?:the|an?)\s"
    r"|,?\s*\(?\d+(?:st|nd|rd|th) ed(?:ition|\.)\)?\Z",
    re.IGNORECASE,
)
"""What a publisher puts before the title of what was retracted, an article, which edition it is."""

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_NUMERAL = re.compile(rf"\b(?:{'|'.join(_ROMAN)})\b", re.IGNORECASE)
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe"})
_GROUP = re.compile(r"(?:team|collaboration|consortium|group)", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]")

_INITIALS = re.compile(r"(?:[A-Z]\.?[-\s]?){1,4}")
_PAGES = re.compile(r"0*(\d+)(?:\s*[-–—]+\s*0*(\d+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Own:
    """What a file says of a work: its claims, and whether the list of people says itself that it is cut (`others`).

    `until` is the end of a span of time, of which the date is the beginning.
    """

    claims: tuple[Claim, ...]
    is_abridged: bool = False
    until: str = ""

    def first(self, field: Field) -> Claim | None:
        """Its claim about a field; a day of access says nothing of the work."""
        return next((each for each in self.claims if each.field == field and each.kind != "accessed"), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What comparing needs beside the two values: who is who, the names of sites, what kind of work the source sees."""

    aliases: Aliases
    sites: tuple[str, ...] = ()
    type: WorkType = "webpage"
    is_abridged: bool = False
    until: str = ""


def compare(own: Claim, other: Statement, known: Known) -> bool | None:
    """Whether what the file says of a field agrees with a source's statement about it; None where nobody can tell."""
    return COMPARISONS[own.field](own, other, known)


def pages_agree(one: str, other: str) -> bool | None:
    """Whether two ranges of pages are the same: however long the dash, the last page cut short or left out.

    None where one counts its own pages from 1, and the other gives the number of an article.

    >>> [pages_agree(each, "436-444") for each in ("436--444", "436–44", "436", "437--444", "e436")]
    [True, True, True, False, None]
    >>> pages_agree("1--12", "61102")
    """
    first, second = _PAGES.fullmatch(one.strip()), _PAGES.fullmatch(other.strip())
    if not first or not second:
        return None
    if first[1] != second[1]:
        return None if _counts(first, second) or _counts(second, first) else False
    return not (first[2] and second[2]) or _last_page(first) == _last_page(second)


def is_one_work(one: Mapping[Field, Statement], other: Mapping[Field, Statement]) -> bool:
    """Whether what is chosen of two works lets them be versions of one: its title or its people are the same."""
    if "title" in one and "title" in other:
        titles = (str(each["title"].claim.value) for each in (one, other))
        if titles_agree(*titles):
            return True
    authors = [people(each.get("authors"), {}) for each in (one, other)]
    return all(authors) and people_agree(*authors)


def missing(names: Sequence[Name], among: Sequence[Name]) -> list[Name]:
    """The people of one list whom another does not name; thousands on both sides are no matter."""
    families: dict[str, list[Name]] = {}
    for each in among:
        families.setdefault(family(each), []).append(each)
    unknown = (name for name in names if not _is_among(name, families.get(family(name), ())))
    return [name for name in unknown if not _is_among(name, among)]


def _is_among(name: Name, names: Iterable[Name]) -> bool:
    return any(is_same_person(name, each) for each in names)


def _counts(one: re.Match[str], other: re.Match[str]) -> bool:
    return one[1] == "1" and bool(one[2]) and not other[2]


def _last_page(pages: re.Match[str]) -> str:
    first, last = pages[1], pages[2]
    return first[: max(0, len(first) - len(last))] + last


def _dates(own: Claim, other: Statement, known: Known) -> bool | None:
    """Nothing is older than its number on arXiv; a later day may be that of a version which nobody told of."""
    mine, theirs, until = str(own.value), str(other.claim.value), known.until
    if until and mine <= theirs[: len(mine)] and theirs[: len(until)] <= until:
        return True
    if other.claim.how == "url:arxiv-id":
        return fits_month_of_number(mine, theirs) or (False if mine < theirs[: len(mine)] else None)
    return dates_agree(mine[:4] if known.type in PRINTED else mine, theirs)


def _titles(own: Claim, other: Statement, known: Known) -> bool | None:
    mine, theirs = str(own.value), str(other.claim.value)
    if any(titles_agree(*pair, known.sites) for pair in _ways_of_writing(mine, theirs)):
        return True
    if _are_in_other_letters(mine, theirs):
        return None
    is_whole = not is_beside_a_link(own) or not title_letters(theirs)
    return not is_whole and title_letters(theirs) in title_letters(mine)


def _ways_of_writing(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Two titles as they are, with a remark behind one of them left out, and each of these as a catalogue has it."""
    for pair in ((one, other), (_REMARK.sub("", one) or one, other), (one, _REMARK.sub("", other) or other)):
        yield pair
        yield _catalogued(pair[0]), _catalogued(pair[1])


def _catalogued(title: str) -> str:
    """A title without what stands around it, numbers as figures and umlauts as two letters.

    >>> _catalogued("The Gärten, 2nd edition"), _catalogued("RETRACTED: Part II")
    ('Gaerten', 'Part 2')
    """
    bare = _AROUND.sub("", _AROUND.sub("", title)) or title
    return _NUMERAL.sub(lambda found: _ROMAN[found[0].lower()], bare).translate(_SPELLED)


def _are_in_other_letters(one: str, other: str) -> bool:
    """Whether one of two texts has Latin letters and the other has none, so that one may be the other's translation."""
    first, second = title_letters(one), title_letters(other)
    return bool(first and second) and bool(_LATIN.search(first)) != bool(_LATIN.search(second))


def _people(own: Claim, other: Statement, known: Known) -> bool | None:
    """Only a source that knows its site is taken at its word that it names everybody."""
    mine, theirs = _without_groups(names_of(own, known.aliases)), _without_groups(people(other, known.aliases))
    if not mine or not theirs or not _are_comparable(mine, theirs, known):
        return None
    if any(map(is_handle, (*mine, *theirs))):
        return _agree_but_for_handles(mine, theirs)
    if missing(mine, theirs) and missing(theirs, mine):
        return False
    if not people_agree(mine, theirs):
        return not missing(mine, theirs) and is_cut(own, known)
    is_complete = other.origin.startswith("site/")
    if len(mine) > len(theirs):
        return not is_complete
    return len(mine) == len(theirs) or is_cut(own, known) or not is_complete


def _are_comparable(mine: Sequence[Name], theirs: Sequence[Name], known: Known) -> bool:
    written = ("".join(name.display for name in names) for names in (mine, theirs))
    return _are_houses(mine, known) == _are_houses(theirs, known) and not _are_in_other_letters(*written)


def _agree_but_for_handles(mine: Sequence[Name], theirs: Sequence[Name]) -> bool | None:
    """Whether each handle can stand for somebody whom only the other list names; None where all names are handles."""
    my_people, their_people = ([name for name in names if not is_handle(name)] for names in (mine, theirs))
    if not my_people or not their_people:
        return None
    unexplained = len(missing(my_people, their_people)) - (len(theirs) - len(their_people))
    return unexplained <= 0 and len(missing(their_people, my_people)) <= len(mine) - len(my_people)


def is_cut(own: Claim, known: Known) -> bool:
    """Whether a list of people need not be whole: one with `others`, and one beside a link."""
    return known.is_abridged or is_beside_a_link(own)


def is_beside_a_link(own: Claim) -> bool:
    """Whether a claim is what a note says beside a link, and no field of an entry."""
    return own.how.partition(":")[0] == "note"


def names_of(own: Claim, aliases: Aliases) -> tuple[Name, ...]:
    """The names of a claim; whom an alias stands for."""
    named = (name for name in own.people if title_letters(name.display) != "etal")
    return tuple(aliases.get(name.display, _turned(name)) for name in named)


def _turned(name: Name) -> Name:
    """`LeCun Y.`, written without its comma, the right way round; `Team, Gemini`, which is no person, in one piece."""
    if name.given and _GROUP.fullmatch(name.family):
        return Name(literal=name.display)
    is_turned = len(name.given) > 1 and not _INITIALS.fullmatch(name.given) and _INITIALS.fullmatch(name.family)
    return Name(name.given, name.family, name.particle, name.suffix) if is_turned else name


def is_handle(name: Name) -> bool:
    """Whether a name is one that its bearer goes by on a site, which tells nothing of who it is.

    >>> [is_handle(Name(literal=text)) for text in ("evhub", "@goodside", "OpenAI", "Richard_Ngo")]
    [True, True, False, False]
    """
    return bool(name.literal) and not re.search(r"[ _]", name.literal.strip()) and not is_organisation(name)


def _without_groups(names: Sequence[Name]) -> list[Name]:
    """The people of a list; a collaboration beside them goes, one alone stays."""
    return [name for name in names if not is_organisation(name)] or list(names)


def _are_houses(names: Sequence[Name], known: Known) -> bool:
    """Whether organisations, or the site itself, stand in the place of people."""
    sites = set(map(title_letters, known.sites))
    return all(is_organisation(name) or title_letters(name.literal) in sites for name in names)


def _containers(own: Claim, other: Statement, known: Known) -> bool | None:
    """Only journals have one name in all their forms; where a paper is a preprint too its server is no fault."""
    mine, theirs = str(own.value), str(other.claim.value)
    if known.type != "article-journal" or own.how not in JOURNAL_FIELDS:
        return None
    answer = journals_agree(mine, theirs)
    is_unsure = _are_in_other_letters(mine, theirs) or title_letters(mine) in _PREPRINT_SERVERS
    return None if answer is False and is_unsure else answer


def _numbers(own: Claim, other: Statement, _known: Known) -> bool | None:
    mine, theirs = str(own.value).strip(), str(other.claim.value).strip()
    return mine.lstrip("0") == theirs.lstrip("0") if mine.isdecimal() and theirs.isdecimal() else None


def _page_ranges(own: Claim, other: Statement, _known: Known) -> bool | None:
    return pages_agree(str(own.value), str(other.claim.value))


COMPARISONS: Mapping[Field, Callable[[Claim, Statement, Known], bool | None]] = {
    "title": _titles,
    "authors": _people,
    "date": _dates,
    "container": _containers,
    "volume": _numbers,
    "issue": _numbers,
    "pages": _page_ranges,
}
"""The fields that are compared, and how."""
