"""What a reference list says of a work against what a source says of it: field by field, as a librarian compares.

A comparison answers True, False, or None where the two cannot be held against each other: a handle against a full
name, a house against its people, an article number against pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from litdb.merge import Aliases, Statement, people
from litdb.model import Claim, Field, Name, WorkType
from litdb.text.names import is_organisation

PRINTED: frozenset[WorkType] = frozenset(("article-journal", "paper-conference", "chapter", "book"))
"""Types of works that appear online on one day and in print on another: only their years are compared."""

LONGEST_ACRONYM = 12
"""Letters of a journal's acronym."""

_PREPRINT_SERVERS = frozenset(("arxiv", "biorxiv", "chemrxiv", "corr", "medrxiv", "psyarxiv", "ssrn"))
_WORD = re.compile(r"[^\W\d_]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_SMALL_WORDS = frozenset("a an and de der die des et for fur in la le of on the und zu".split())
_REMARK = re.compile(r"\s*(?:\[[^\[\]]*\]|\([^()]*\))\s*\Z")
"""What stands behind a title in brackets: `[Video]`, `(extended abstract)`."""

_INITIALS = re.compile(r"(?:[A-Z]\.?[-\s]?){1,4}")
_PAGES = re.compile(r"(\d+)(?:\s*[-–—]+\s*(\d+))?")


@dataclass(frozen=True, slots=True)
class Own:
    """What a file says of a work: its claims, and whether the list of people says itself that it is cut (`others`)."""

    claims: tuple[Claim, ...]
    is_abridged: bool = False

    def first(self, field: Field) -> Claim | None:
        """Its claim about a field; a day of access says nothing of the work."""
        return next((each for each in self.claims if each.field == field and each.kind != "accessed"), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What comparing needs beside the two values: who is who, the names of sites, what kind of work the source sees."""

    aliases: Aliases
    sites: tuple[str, ...] = ()
    type: str = ""
    is_abridged: bool = False


def compare(own: Claim, other: Statement, known: Known) -> bool | None:
    """Whether what the file says of a field agrees with a source's statement about it; None where nobody can tell."""
    return COMPARISONS[own.field](own, other, known)


def containers_agree(one: str, other: str) -> bool:
    """Whether two names can be one journal's: written in full, in ISO 4's or any other abbreviation, as an acronym.

    >>> containers_agree("J. Mach. Learn. Res.", "Journal of Machine Learning Research")
    True
    >>> [containers_agree(each, "Advances in Neural Information Processing Systems") for each in ("NeurIPS", "Nature")]
    [True, False]
    >>> containers_agree("A&A", "Astronomy & Astrophysics"), containers_agree("Nature", "Nature Physics")
    (True, False)
    """
    if title_letters(one) == title_letters(other):
        return True
    short, long = sorted((_words(one), _words(other)), key=len)
    if len(short) == 1 and _is_acronym(short[0], long):
        return True
    short, long = sorted((_telling(short), _telling(long)), key=len)
    if len(short) == 1:
        return len(long) == 1 and _shortens(short[0], long[0])
    return bool(short) and 3 * _in_order(short, long) >= 2 * len(short)


def pages_agree(one: str, other: str) -> bool | None:
    """Whether two ranges of pages are the same: however long the dash, the last page cut short or left out.

    >>> [pages_agree(each, "436-444") for each in ("436--444", "436–44", "436", "437--444", "e436")]
    [True, True, True, False, None]
    """
    first, second = _PAGES.fullmatch(one.strip()), _PAGES.fullmatch(other.strip())
    if not first or not second:
        return None
    if int(first[1]) != int(second[1]):
        return False
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


def _last_page(pages: re.Match[str]) -> int:
    first, last = pages[1], pages[2]
    return int(first[: max(0, len(first) - len(last))] + last)


def _dates(own: Claim, other: Statement, known: Known) -> bool | None:
    """Nothing is older than its number on arXiv; a later day may be that of a version which nobody told of."""
    mine, theirs = str(own.value), str(other.claim.value)
    if other.claim.how == "url:arxiv-id":
        return fits_month_of_number(mine, theirs) or (False if mine < theirs[: len(mine)] else None)
    return dates_agree(mine[:4] if known.type in PRINTED else mine, theirs)


def _titles(own: Claim, other: Statement, known: Known) -> bool | None:
    mine, theirs = (_REMARK.sub("", str(each.value)) or str(each.value) for each in (own, other.claim))
    if titles_agree(mine, theirs, known.sites):
        return True
    is_whole = own.how.startswith("bib:") or not title_letters(theirs)
    return not is_whole and title_letters(theirs) in title_letters(mine)


def _people(own: Claim, other: Statement, known: Known) -> bool | None:
    """Only a source that knows its site is taken at its word that it names everybody."""
    mine, theirs = _without_groups(names_of(own, known.aliases)), _without_groups(people(other, known.aliases))
    if not mine or not theirs or _are_houses(mine, known) != _are_houses(theirs, known):
        return None
    if any(map(is_handle, (*mine, *theirs))):
        return _agree_but_for_handles(mine, theirs)
    if not people_agree(mine, theirs):
        return not missing(mine, theirs) and is_cut(own, known)
    is_complete = other.origin.startswith("site/")
    if len(mine) > len(theirs):
        return not is_complete
    return len(mine) == len(theirs) or is_cut(own, known) or not is_complete


def _agree_but_for_handles(mine: Sequence[Name], theirs: Sequence[Name]) -> bool | None:
    """Whether each handle can stand for somebody whom only the other list names; None where all names are handles."""
    my_people, their_people = ([name for name in names if not is_handle(name)] for names in (mine, theirs))
    if not my_people or not their_people:
        return None
    unexplained = len(missing(my_people, their_people)) - (len(theirs) - len(their_people))
    return unexplained <= 0 and len(missing(their_people, my_people)) <= len(mine) - len(my_people)


def is_cut(own: Claim, known: Known) -> bool:
    """Whether a list of people need not be whole: one with `others`, and one beside a link."""
    return known.is_abridged or not own.how.startswith("bib:")


def names_of(own: Claim, aliases: Aliases) -> tuple[Name, ...]:
    """The names of a claim; whom an alias stands for."""
    named = [Name.from_json(each) for each in own.value if isinstance(each, Mapping)]  # type: ignore[union-attr]
    return tuple(aliases.get(name.display, _turned(name)) for name in named if title_letters(name.display) != "etal")


def _turned(name: Name) -> Name:
    """`LeCun Y.`, written without its comma, the right way round."""
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
    if known.type != "article-journal" or own.how not in ("bib:journal", "bib:journaltitle"):
        return None
    if containers_agree(str(own.value), str(other.claim.value)):
        return True
    return None if title_letters(str(own.value)) in _PREPRINT_SERVERS else False


def _numbers(own: Claim, other: Statement, _known: Known) -> bool | None:
    mine, theirs = str(own.value).strip(), str(other.claim.value).strip()
    return mine.lstrip("0") == theirs.lstrip("0") if mine.isdecimal() and theirs.isdecimal() else None


def _page_ranges(own: Claim, other: Statement, _known: Known) -> bool | None:
    return pages_agree(str(own.value), str(other.claim.value))


def _words(name: str) -> list[str]:
    words = (title_letters(word) for word in _WORD.findall(_IN_BRACKETS.sub("", name)))
    return [word for word in words if word]


def _telling(words: Sequence[str]) -> list[str]:
    """The words without articles and the like, unless nothing is left."""
    return [word for word in words if word not in _SMALL_WORDS] or list(words)


def _in_order(short: Sequence[str], long: Sequence[str]) -> int:
    """How many words of one name stand, written out or abbreviated, in the other in the same order."""
    found = at = 0
    for word in short:
        further = next((place for place in range(at, len(long)) if _shortens(word, long[place])), None)
        if further is not None:
            found, at = found + 1, further + 1
    return found


def _is_acronym(short: str, words: Sequence[str]) -> bool:
    """Whether a word is made of the beginnings of words, in their order: `neurips`, `jmlr`, `pnas`."""
    if len(short) > LONGEST_ACRONYM:
        return False
    reached = {(0, 0)}
    for word in words:
        beginnings = [word[: length + 1] for length in range(len(word))]
        reached |= {
            (at + len(each), used + 1) for at, used in reached for each in beginnings if short.startswith(each, at)
        }
    return any(at == len(short) and used > 1 for at, used in reached)


def _shortens(one: str, other: str) -> bool:
    """Whether one of two words is an abbreviation of the other: its letters in their order from the first (`natl`)."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return short[0] == long[0] and all(letter in letters for letter in short)


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
