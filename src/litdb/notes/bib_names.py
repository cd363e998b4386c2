"""Names in BibTeX: `von Last, Jr, First and {The Lab} and others`."""

from __future__ import annotations

import re

from litdb.model import Name
from litdb.text.names import read_name, read_names
from litdb.text.others import are_others, as_bibtex_says
from litdb.text.tex import from_tex

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_EXTENDED = re.compile(r'(?:\A|,)\s*(given|family|prefix|suffix)\s*=\s*"?([^",]*)"?\s*(?=,|\Z)')
_APART = re.compile(r"\s*(?:;|\\?&)\s*")
_LAST_AND = re.compile(r"\s+and\s*\Z", re.IGNORECASE)
_PART = re.compile(r"\s*[a-z-]+\s*=")


def read_tex_names(value: str) -> tuple[Name, ...]:
    """The people of an `author` or `editor` field without `others`; what stands in braces is one name.

    >>> [name.as_json() for name in read_tex_names(r"{OpenAI} and van Merwijk, Chris and others")]
    [{'literal': 'OpenAI'}, {'family': 'Merwijk', 'given': 'Chris', 'non-dropping-particle': 'van'}]
    >>> [name.display for name in read_tex_names(r"Paul Erd{\\H o}s and King, Jr., M.")]
    ['Paul Erdős', 'M. King Jr.']
    """
    from pybtex.bibtex.utils import split_name_list

    texts = [text.strip() for text in split_name_list(_LAST_AND.sub("", as_bibtex_says(value)))]
    return tuple(name for text in texts for name in _read(text) if name.display and not are_others(name))


def are_listed(names: str) -> bool:
    r"""Whether a list has an `and` between all its names, and nothing else.

    >>> [are_listed(text) for text in ("Ngo, R. and Bee, A.", "Ngo, R. and", r"Ngo, R. \& Bee, A.", "{Ngo & Bee, A.}")]
    [True, False, False, True]
    """
    return not _LAST_AND.search(names) and all(len(_apart(name)) == 1 for name in _AND.split(names))


def _apart(text: str) -> list[str]:
    """The names between which somebody has `;` or `&`, each of them with its family name first."""
    names = _APART.split(text) if "{" not in text else []
    return names if len(names) > 1 and all(name.count(",") == 1 for name in names) else [text]


def _read(text: str) -> tuple[Name, ...]:
    """The name of one entry of the list: several where somebody forgot the `and`."""
    if _is_braced(text):
        return (Name(literal=from_tex(text)),)
    if _PART.match(text):
        return (_extended(text),)
    if len(names := _apart(text)) > 1:
        return tuple(map(_person, names))
    if "{" not in text and text.count(",") > 2:
        return read_names(from_tex(text))
    plain = read_name(from_tex(text))
    if plain.literal and "," not in text and not re.search(r"\{[^\\]", text):
        return (plain,)
    return (_person(text),)


def _is_braced(text: str) -> bool:
    """Whether one pair of braces holds the whole (a special character such as `{\\'E}` aside)."""
    if not text.startswith("{") or not text.endswith("}") or text.startswith("{\\"):
        return False
    depth = 0
    for index, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return index == len(text) - 1
    return False


def _extended(text: str) -> Name:
    """Biblatex's `family=Merwijk, given=Chris, prefix=van`, which Better BibTeX writes for names with particles."""
    parts = {part: from_tex(value).strip() for part, value in _EXTENDED.findall(text)}
    family, given = parts.get("family", ""), parts.get("given", "")
    if not (family and given):
        return Name(literal=family or given)
    return Name(family, given, parts.get("prefix", ""), parts.get("suffix", ""))


def _person(text: str) -> Name:
    """A name by BibTeX's rules; one with more commas than they know stays as it stands."""
    from pybtex.database import InvalidNameString, Person

    try:
        person = Person(text)
    except InvalidNameString:
        return Name(literal=from_tex(text))
    family, given = _join(person.last_names), _join(person.first_names + person.middle_names)
    particle, suffix = _join(person.prelast_names), _join(person.lineage_names)
    if not family or not given:
        return Name(literal=" ".join(part for part in (given, particle, family, suffix) if part))
    return Name(family, given, particle, suffix)


def _join(words: list[str]) -> str:
    return from_tex(" ".join(words)).strip()
