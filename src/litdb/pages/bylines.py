"""Names out of what pages write where an author belongs: "By Jane Doe, PhD | Updated May 3" is Jane Doe."""

from __future__ import annotations

import re
from collections.abc import Iterable

from litdb.model import Name
from litdb.text.names import is_person, read_name
from litdb.text.titles import clean_title, fold

NOBODY = frozenset(
    "admin administrator staff staffwriter editor editors editorial editorialstaff editorialteam author authors "
    "webmaster root user guest guestauthor guestpost anonymous unknown none null undefined na team byline wpadmin "
    "siteadmin superuser contributor contributors default test webteam marketing postedby writtenby "
    "followus readmore sharethis bio profile website homepage moderator member newmember comments leaveacomment".split()
)
"""What systems write where nobody's name was given, folded."""

_BUTTON = re.compile(
    r"^(?:learn|read|view|see|show|sign|log|click|subscribe|follow|meet|get|full|about|more|visit|member|contact|join|insights)\s",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:posted|written|published|words|story|article|text|reported|created|shared|submitted|reviewed|started|asked)\s+by"
    r"|by|authors?|author\(s\)|writers?|from the desk of|von|par|por)\b\s*[:\-–—]?\s*",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TAIL = re.compile(
    r"\s*(?:[|•·/]|\s[-–—]\s|\(|<|\bon\s+\w+day\b"
    r"|\b(?:published|posted|updated|last updated|last modified|edited|reviewed)\b"
    rf"|\bon\s+(?:\d|{_MONTH}\s)|,?\s*\b{_MONTH}\.?\s+\d"
    r"|,?\s*\b\d{1,4}[./\s-]|\bat\s+\d|\d+\s+(?:min|minute|comment|share)).*$",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"\s*[;|]\s*|\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&|und|et)\s+", re.IGNORECASE)
_LONGEST = 300
_ADDRESS = re.compile(r"^(?:https?:)?//|www\.|\.(?:com|org|net)/|\S@\S+\.\S", re.IGNORECASE)


def without_label(text: str) -> str:
    """The text without "By", "Written by:", dates and what follows a bar.

    >>> without_label("Written by: Jane Doe, PhD | Updated May 3, 2022")
    'Jane Doe, PhD'
    """
    cleaned = clean_title(text)
    return _TAIL.sub("", _LEAD.sub("", cleaned)).strip(" ,;:-–—·•|")


def read_people(text: str) -> tuple[Name, ...]:
    """The authors that a text of a meta tag, a JSON-LD node or a byline names; none for addresses and placeholders.

    A list is taken apart only where its parts are persons, so that "Doe, Jane" and "Smith and Sons Ltd" stay whole;
    what else stands behind persons (a role, an agency, a degree) is left out.

    >>> [name.display for name in read_people("By Ann Bee, Carl Dee and Eve Fee")]
    ['Ann Bee', 'Carl Dee', 'Eve Fee']
    >>> read_people("https://example.org/authors/jane"), read_people("admin")
    ((), ())
    """
    if len(text) > 2 * _LONGEST or _ADDRESS.search(text.strip()):
        return ()
    bare = without_label(text)
    if not bare or fold(bare) in NOBODY or _BUTTON.match(bare):
        return ()
    parts = [part for part in _BETWEEN.split(bare) if part]
    persons = [part for part in parts if is_person(part)]
    if len(persons) > 1 or (persons == parts[:1] and all(map(_is_addition, parts[1:]))):
        return people(map(read_name, persons))
    return (read_name(bare),)


def _is_addition(text: str) -> bool:
    """Whether the words behind a person's name and a comma are a role or a degree and no given name."""
    return " " in text or (text.strip("®™").isupper() and len(text) > 2)


def organisation(text: str) -> tuple[Name, ...]:
    """An organisation as an author, or none where the text is an address or a placeholder."""
    bare = clean_title(text[: 2 * _LONGEST])
    return () if not bare or _ADDRESS.search(bare) or fold(bare) in NOBODY else (Name(literal=bare),)


def people(names: Iterable[Name]) -> tuple[Name, ...]:
    """The names in their order, each once."""
    return tuple({fold(name.display): name for name in reversed(list(names)) if name.display}.values())[::-1]
