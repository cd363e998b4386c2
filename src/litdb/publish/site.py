"""What the site shows, made from a public copy of the library: works, people, published notes, who cites whom."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import urlsplit

from litdb.browse.said import spoken
from litdb.database import public
from litdb.model import Work
from litdb.publish.sheets import letter_of, plain_letters
from litdb.publish.showing import public_words, shown
from litdb.text.others import OTHERS, Role, named

if TYPE_CHECKING:
    from sqlite3 import Connection

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_LONGEST_NAME = 80
_WHOLE_DAY = 10


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a published note that cites a work; `note` is the name of the note's page."""

    note: str
    title: str
    day: str
    words: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A work on the site. `page` is the name of its page; `cites` and `cited_by` are other works, newest first.

    `day` is when it was news: the day that it appeared or, where that is later, was first cited by a published note;
    empty where neither is known to the day.
    """

    work: Work
    page: str
    day: str
    quotes: Sequence[Quote] = ()
    cites: Sequence[int] = ()
    cited_by: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A published note: its works by row, in its order, each with the sentences that cite it."""

    page: str
    title: str
    day: str
    works: Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by the name as written, with the works by row. `anchor` is the name of the place on a page."""

    name: str
    letter: str
    anchor: str
    works: Sequence[int]


@dataclass(frozen=True, slots=True)
class Site:
    """All that the pages show. `references` are by row, the newest first; `base` is the address, empty if unknown.

    `news` are the works that have a day, the latest first. `left_out` counts works of which only a private address is
    known.
    """

    title: str
    base: str
    references: Mapping[int, Reference]
    news: Sequence[Reference]
    by_address: Mapping[str, Reference]
    people: Sequence[Person]
    notes: Sequence[Note]
    left_out: int

    @property
    def path(self) -> str:
        """Where the site lies on its host, ending in a stroke; empty where its address is not known."""
        return f"{urlsplit(self.base).path.rstrip('/')}/" if self.base else ""


def read_site(copy: Connection, title: str, base: str, cut: Mapping[int, Collection[Role]]) -> Site:
    """The site of a public copy (`litdb.database.public.public_copy`).

    `cut` are, by row, the lists of people that leave somebody out; they get `OTHERS` at their end.
    """
    cited = public.cited_works(copy)
    mentions = public.published_mentions(copy)
    works = {row: _cut(work, cut.get(row, ())) for row, work in shown(cited, _called(mentions.values())).items()}
    notes = _notes(public.published_notes(copy), mentions, works)
    references = _references(works, notes, public.citations(copy))
    return Site(
        title=title,
        base=base,
        references=references,
        news=sorted((each for each in references.values() if each.day), key=lambda each: each.day, reverse=True),
        by_address={each.work.url: each for each in references.values() if each.work.url},
        people=_people(works),
        notes=notes,
        left_out=len(cited) - len(works),
    )


def unique_names(wishes: Iterable[str], taken: Collection[str] = ()) -> list[str]:
    """Names for pages or places on them: letters, digits and hyphens, different from each other whatever the case.

    >>> unique_names(["smith:2020", "Smith/2020", "müller2020", "猫", "index"], taken=("index",))
    ['smith-2020', 'Smith-2020-2', 'muller2020', 'page', 'index-2']
    """
    used = Counter(taken)
    names = []
    for wish in wishes:
        plain = _ACCENTS.sub("", normalize("NFKD", wish))
        name = _NOT_IN_NAMES.sub("-", plain)[:_LONGEST_NAME].strip("-") or "page"
        while used[folded := name.lower()]:
            used[folded] += 1
            name = f"{name}-{used[folded]}"
        used[folded] = 1
        names.append(name)
    return names


def _cut(work: Work, roles: Collection[Role]) -> Work:
    """The work with `OTHERS` behind the people of these roles, where anybody is shown."""
    authors = (*work.authors, OTHERS) if "author" in roles and work.authors else work.authors
    editors = (*work.editors, OTHERS) if "editor" in roles and work.editors else work.editors
    return replace(work, authors=authors, editors=editors)


def _called(mentions: Iterable[Sequence[tuple[int, str, str]]]) -> dict[int, str]:
    """What published notes call works by the text of their links: most often, then longest."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for row, text, _ in (each for note in mentions for each in note):
        if (words := spoken(public_words(text))) and "://" not in text:
            counted[row][words] += 1
    return {row: max(texts, key=lambda each: (texts[each], len(each), each)) for row, texts in counted.items()}


def _notes(
    notes: Iterable[tuple[int, str, str]],
    mentions: Mapping[int, Sequence[tuple[int, str, str]]],
    works: Mapping[int, Work],
) -> list[Note]:
    notes = list(notes)
    pages = unique_names((title.lower() or "note" for _, title, _ in notes), taken=("index",))
    found = []
    for page, (row, title, day) in zip(pages, notes, strict=True):
        said: dict[int, list[str]] = {}
        for work, text, sentence in mentions.get(row, ()):
            words = spoken(public_words(sentence) or public_words(text)).strip()
            if work in works and words not in said.setdefault(work, []):
                said[work].append(words)
        found.append(Note(page, title or "A note without a title", day, said))
    return found


def _references(
    works: Mapping[int, Work], notes: Sequence[Note], citations: Iterable[tuple[int, int]]
) -> dict[int, Reference]:
    cites, cited_by = defaultdict(list), defaultdict(list)
    place = {row: number for number, row in enumerate(works)}
    for subject, other in sorted(citations, key=lambda pair: tuple(place.get(row, 0) for row in pair)):
        if subject in works and other in works:
            cites[subject].append(other)
            cited_by[other].append(subject)
    quotes: dict[int, list[Quote]] = defaultdict(list)
    for note in notes:
        for row, sentences in note.works.items():
            quotes[row] += (Quote(note.page, note.title, note.day, words) for words in sentences)
    pages = unique_names((work.key for work in works.values()), taken=("index",))
    return {
        row: Reference(work, page, _day(work, quotes[row]), quotes[row], cites[row], cited_by[row])
        for page, (row, work) in zip(pages, works.items(), strict=True)
    }


def _day(work: Work, quotes: Iterable[Quote]) -> str:
    first = min((each.day for each in quotes if len(each.day) == _WHOLE_DAY), default="")
    return max(first, work.date[:_WHOLE_DAY] if len(work.date) >= _WHOLE_DAY else "")


def _people(works: Mapping[int, Work]) -> list[Person]:
    """Everybody who wrote or edited, by family name; equal names stand together."""
    theirs: dict[str, dict[int, None]] = defaultdict(dict)
    sorted_as: dict[str, str] = {}
    for row, work in works.items():
        for name in (*named(work.authors), *named(work.editors)):
            theirs[name.display][row] = None
            sorted_as.setdefault(name.display, f"{name.family or name.literal} {name.given}")
    names = sorted((name for name in theirs if name.strip()), key=lambda name: (plain_letters(sorted_as[name]), name))
    anchors = zip(names, unique_names(map(plain_letters, names)), strict=True)
    return [Person(name, letter_of(sorted_as[name]), anchor, [*theirs[name]]) for name, anchor in anchors]
