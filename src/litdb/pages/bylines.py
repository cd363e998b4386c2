"""Names out of what pages write where an author belongs: "By Jane Doe, PhD | Updated May 3" is Jane Doe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from litdb.model import Name
from litdb.pages.byline_labels import label_of
from litdb.text.given_names import has_given_name, is_given_name
from litdb.text.names import is_person, read_name
from litdb.text.titles import clean_title, fold

NOBODY = frozenset(
    "admin administrator staff staffwriter editor editors editorial author authors contributor webmaster root user "
    "guest superuser anonymous unknown none null undefined na team byline bio profile comments via on and und et mon "
    "tue wed thu fri sat sun".split()
)
"""What systems write where nobody's name was given, folded."""

HEADINGS = frozenset("affiliation affiliations name names message title date published".split())
"""What stands over other columns of a table of authors, or before each of its names, folded."""

ROLES = frozenset(
    "reporter writer correspondent journalist analyst director manager expert dietitian ceo cto senior sr sr. founder "
    "co-founder coordinator specialist strategist editor president officer engineer columnist producer advisor "
    "consultant marketing nutritionist winemaker head chief lead trainer researcher scientist principal professor "
    "lecturer fellow postdoc student associate assistant economist historian developer designer architect physician "
    "attorney counsel is in at on for".split()
)
"""Words of what people are and where: the name ends before them."""

_ROLE_ALONE = re.compile(r"(?:author|writer|contributor)\Z", re.IGNORECASE)

_OTHER_HANDS = re.compile(
    r"\w\s+by\b|\b(?:editor|translator|reviewer|photographer|illustrator)s?\s*:|^share\b", re.IGNORECASE
)
"""What stands before the names of people who did something else."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = "mon|tue|wed|thu|fri|sat|sun"
_TAIL = re.compile(
    rf"\s*(?:[|•·/]|\s[-–—]\s|\((?![^()]{{1,20}}\)\s+[^\W\d_])|<|\bon\s+(?:\w+day|{_DAY})\b"
    r"|\b(?:published|posted|updated|last updated|last modified|edited|reviewed)\b"
    rf"|\bon behalf of\b|\.\s+\w+(?:\s+by\b|\s*:)|\b(?:on|am|um|le|el|il|em|op|den|vom)\s+(?:\d|{_MONTH}\s)"
    rf"|,?\s*\b{_MONTH}\.?\s+\d"
    r"|,?\s*\b\d{1,4}[./\s年-]|\bat\s+\d|\d+\s+(?:min|minute|comment|share)).*$",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"\s*[;|]\s*|\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&|und|et)\s+", re.IGNORECASE)
_JOINED = re.compile(r"(?:,\s*)?(?:,|&|\band\b|\bund\b|\bet\b)\s*\Z|\A\s*(?:,|&|and\b|und\b|et\b)", re.IGNORECASE)
_CONJUNCTION = re.compile(r"\s+(?:e|y|i|og|och|en)\s+")
_STATE = re.compile(r"\s(?:A[CLMP]|BA|CE|DF|ES|GO|M[AGST]|P[ABEIR]|R[JNORS]|S[CEP]|TO)\Z")
"""How the name of an office ends in Brazil: with the sign of its state (ISO 3166-2:BR)."""
_BARS = re.compile(r"\s*[|•·]\s*|\s[-–—]\s")
_BAR = re.compile("[|•·–—-]")
_REMARK = re.compile(r"\s*\([^()]{1,40}\)(?=\s*(?:,|;|&|and\b))")
"""What is said in brackets of one name of several: "Ann Bee (lead), Carl Dee"."""
_LONGEST = 300
_NOTES = re.compile(r"(?<=\w)\s*[¹²³⁰⁴-⁹*†‡§]+(?:,\s*[¹²³⁰⁴-⁹*†‡§]+)*")
"""The signs behind a name that lead to the places of work below."""
_WHERE = re.compile(r"\s+(?:in|of|at|for|from)\s+(?=[A-ZÀ-ÖØ-Þ])")
"""What stands between a name and where somebody is: "Ann Bee in Berlin"."""
_CLAUSE = re.compile(r"[a-z]+ed\b")
"""How the rest of a sentence begins: "published by Bee Books and released in May"."""
_MAIL_BEHIND = re.compile(r"(?<=\w)\s*,\s*[\w.+-]{1,64}@[\w.-]{1,255}\s*\Z")
_MAIL_BEFORE = re.compile(r"\A\s*[\w.+-]{1,64}@[\w.-]{1,255}\s+\(([^()]{2,80})\)\s*\Z")
"""An address with its owner in brackets, as RSS 2.0 has authors."""
_ANGLES = re.compile(r"\s*<[^<>]*(?:@|\sat\s)[^<>]*>")
"""Addresses behind names."""
_ACCOUNT = re.compile(r"\b(?:admin|administrator|webmaster)\Z", re.IGNORECASE)
"""How the accounts end that nobody writes under: "Example Admin"."""
_ADDRESS = re.compile(r"^(?:https?:)?//|www\.|\.(?:com|org|net)/|\S@\S+\.\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a byline that stands between tags, and whether it is a link."""

    text: str
    linked: bool


def is_joint(text: str) -> bool:
    """Whether a text is all that stands between two names of a list: a comma, "and"."""
    return bool(_JOINED.fullmatch(text))


def at_bars(text: str) -> list[str]:
    """The parts of a text between its bars.

    >>> at_bars("Ann Bee | May 3 - a well-read post")
    ['Ann Bee', 'May 3', 'a well-read post']
    """
    return _BARS.split(text) if _BAR.search(text) else [text]


def without_label(text: str) -> str:
    """The text without "By", "Written by:", dates and what follows a bar.

    >>> without_label("Written by: Jane Doe, PhD | Updated May 3, 2022")
    'Jane Doe, PhD'
    """
    cleaned = clean_title(text)
    label = label_of(cleaned)
    return _TAIL.sub("", cleaned[label.end() :] if label else cleaned).strip(" ,;:-–—·•|")


def read_people(text: str) -> tuple[Name, ...]:
    """The authors that a text of a meta tag, a JSON-LD node or a byline names; none for addresses and placeholders.

    A list is taken apart only where its parts are persons, so that "Doe, Jane" and "Smith and Sons Ltd" stay whole;
    what else stands behind persons (a role, an agency, a degree) is left out.

    >>> [name.display for name in read_people("By Ann Bee, Carl Dee and Eve Fee")]
    ['Ann Bee', 'Carl Dee', 'Eve Fee']
    >>> [name.display for name in read_people("Bee, Ann; van Dee, Carl")]
    ['Ann Bee', 'Carl van Dee']
    >>> [name.display for name in read_people("Por Ana Bel e Carlos Dias, Folio SP")]
    ['Ana Bel', 'Carlos Dias']
    >>> read_people("Maria Costa e Silva")[0].display
    'Maria Costa e Silva'
    >>> read_people("https://example.org/authors/jane"), read_people("admin")
    ((), ())
    """
    return _read_people(text) if len(text) <= 2 * _LONGEST else ()


@lru_cache(maxsize=1024)
def _read_people(text: str) -> tuple[Name, ...]:
    text = _ANGLES.sub("", _MAIL_BEHIND.sub("", _MAIL_BEFORE.sub(r"\1", text)))
    bare = "" if _ADDRESS.search(text.strip()) else _without_place(without_label(_REMARK.sub("", _NOTES.sub("", text))))
    if not bare or fold(bare) in NOBODY or fold(bare).isdecimal() or _ACCOUNT.search(bare):
        return ()
    inverted = [part for part in bare.split(";") if part.strip()]
    if len(inverted) > 1 and all(map(is_person, inverted)):
        return people(map(read_name, inverted))
    parts = [each for part in _BETWEEN.split(bare) if part for each in _at_conjunction(part)]
    if "," not in bare and _are_first_names(parts):
        return people(Name(literal=part) for part in parts)
    persons = [part for part in parts if is_person(part) and not (_is_role(part) or _is_office(part, parts[0]))]
    if len(persons) > 1 or (persons == parts[:1] and all(map(_is_addition, parts[1:]))):
        return people(map(read_name, persons))
    return (Name(literal=bare) if _is_role(bare) else read_name(bare),)


def people_of(pieces: Sequence[Piece]) -> tuple[Name, ...]:
    """The authors that a byline names, given in the pieces that stand between its tags.

    Persons count from the first on while a comma, "and" or a link leads to the next; who reviewed, edited or took the
    photographs does not. Where there is no person, it is the first text that may be a name.

    >>> byline = (Piece("By", False), Piece("Ann Bee", True), Piece("Senior Reporter", False), Piece("New York", False))
    >>> [name.display for name in people_of(byline)]
    ['Ann Bee']
    """
    parts, labelled = _authorship(_without_initials([piece for piece in pieces if fold(piece.text) not in HEADINGS]))
    if parts and fold(without_label(parts[0].text)) in NOBODY:
        return ()
    named_first = labelled and _may_name(parts[0].text) and not _is_of_persons(parts[0])
    persons = () if named_first else people(_persons(parts))
    whole = () if persons or _is_apart(parts) else read_people(" ".join(part.text for part in parts[:2]))
    if persons or any(name.family for name in whole):
        return persons or whole
    return next((names for part in parts[:2] if _may_name(part.text) and (names := read_people(part.text))), ())


def _is_apart(parts: Sequence[Piece]) -> bool:
    """Whether one of the first two texts is a link and the other is none: they are no halves of one name."""
    return len(parts) > 1 and parts[0].linked != parts[1].linked


def organisation(text: str) -> tuple[Name, ...]:
    """An organisation as an author, or none where the text is an address or a placeholder."""
    bare = clean_title(text[: 2 * _LONGEST])
    return () if not bare or _ADDRESS.search(bare) or fold(bare) in NOBODY else (Name(literal=bare),)


def people(names: Iterable[Name]) -> tuple[Name, ...]:
    """The names in their order, each once."""
    return tuple({fold(name.display): name for name in reversed(list(names)) if name.display}.values())[::-1]


def _without_initials(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without the two or three letters that stand for a portrait before the name: "AB", "Ann Bee"."""
    behind = [*(piece.text for piece in pieces), ""][1:]
    return [piece for piece, text in zip(pieces, behind, strict=True) if not _are_initials(piece.text, text)]


def _are_initials(text: str, name: str) -> bool:
    return 1 < len(text) < 4 and text == "".join(word[0] for word in name.split())[: len(text)]


def _authorship(pieces: Sequence[Piece]) -> tuple[list[Piece], bool]:
    """The texts between bars that speak of authors, behind a label ("Written by") or not; whether there is a label."""
    parts: list[Piece] = []
    labelled, speaking = False, True
    for text, linked in ((text, piece.linked) for piece in pieces for text in at_bars(piece.text)):
        label = label_of(text)
        if label and parts and (labelled or (_ROLE_ALONE.match(text) and _is_of_persons(parts[-1]))):
            break
        if label:
            labelled, speaking, parts = True, True, []
        elif _OTHER_HANDS.search(text):
            speaking = False
        rest = text[label.end() :] if label else text
        if speaking and (rest.strip(" ;:") if parts else rest.strip(" ,;:")):
            parts.append(Piece(_without_role(rest), linked))
    return parts, labelled and bool(parts)


def _persons(parts: Sequence[Piece]) -> Iterator[Name]:
    """The persons from the first on, while a comma, "and" or a link leads to the next."""
    begun = joined = False
    last: list[Name] = []
    for part in parts:
        names = [name for name in read_people(part.text) if name.family]
        if begun and names and names == last:
            continue
        last = names
        leads = joined or part.linked or bool(_JOINED.match(part.text)) or any(map(has_given_name, names))
        if begun and not (names and leads) and not _JOINED.fullmatch(part.text.strip()):
            return
        yield from names
        begun = begun or bool(names)
        joined = bool(_JOINED.search(part.text))


def _is_of_persons(part: Piece) -> bool:
    return any(name.family for name in read_people(part.text))


def _may_name(text: str) -> bool:
    """Whether a text is short enough for a handle or an organisation and has a letter."""
    bare = without_label(text)
    return 1 < len(bare) <= 40 and len(bare.split()) <= 5 and any(map(str.isalpha, bare)) and bare[-1] not in ".!?:"


def _without_role(text: str) -> str:
    """A person's name without what the person is: "Ann Bee Senior Reporter"."""
    words = text.split()
    start = next((at for at, word in enumerate(words) if word.lower().strip(",.") in ROLES), None)
    before = " ".join(words[:start]) if start is not None and start > 1 else ""
    return before if "," not in before and is_person(before) else text


def _are_first_names(parts: Sequence[str]) -> bool:
    """Whether these are people who write under their first names: "Linny and Peter"."""
    single = len(parts) == 2 and all(part.isalpha() and part.istitle() for part in parts)
    return single and any(map(is_given_name, parts))


def _at_conjunction(part: str) -> list[str]:
    """Two people at an "and" that stands in one's name too ("Costa e Silva"): the second has a common given name."""
    halves = _CONJUNCTION.split(part)
    are_two = len(halves) == 2 and all(map(is_person, halves)) and has_given_name(read_name(halves[1]))
    return halves if are_two else [part]


def _without_place(text: str) -> str:
    """The name of one person without where that is: "Ann Bee in Berlin"; what has no common given name stays whole."""
    where = _WHERE.search(text)
    before = text[: where.start()] if where else ""
    return before if before and is_person(before) and has_given_name(read_name(before)) else text


def _is_office(text: str, first: str) -> bool:
    """Whether what looks like a name is the office of the writer before it: "Ana Bel, Folio SP"."""
    return bool(_STATE.search(text)) and not _STATE.search(first)


def _is_role(text: str) -> bool:
    """Whether a text that looks like a name is what somebody is: "Tech Reporter"."""
    return not ROLES.isdisjoint(text.lower().split())


def _is_addition(text: str) -> bool:
    """Whether the words behind a person's name and a comma are a role or a degree and no given name."""
    return (
        (" " in text and not _CLAUSE.match(text))
        or text.lower() in ROLES
        or (text.strip("®™").isupper() and len(text) > 2)
    )
