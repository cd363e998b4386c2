"""“And others”: how a list of people says that it is cut, in BibTeX, CSL-JSON, RIS and prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from litdb.model import Name

Role = Literal["author", "editor"]

OTHERS = Name(literal="others")
"""Stands behind the names for those that are left out, as pandoc and Better BibTeX write BibTeX's `and others`."""

_OTHERS = re.compile(r"\W*(?:(?:and\s+)?others|et\.?\s+al)\W*", re.IGNORECASE)
_ET_AL = re.compile(
    r"(?:,|\s{1,9}and)?[\s~]{1,9}\{{0,3}(?:\\[a-z]{1,9}\s?)?\{{0,3}et\.?[\s~]{1,9}al\b\.?[\s{}]{0,9}\Z"
    r"|\s{1,9}and\s{1,9}\{{1,3}others\}{1,3}\s?\Z",
    re.IGNORECASE,
)
"""Every repetition has an end: a list of a thousand blanks takes no longer than another one."""
_CUT = re.compile(r"\band\s+\{*others\b|\bet\.?[\s~]+al\b", re.IGNORECASE)
_RIS_TAGS: Mapping[Role, Sequence[str]] = {"author": ("AU", "A1"), "editor": ("ED", "A2", "A3")}


def are_others(name: Name) -> bool:
    """Whether a name of a list is none, but says that there are more.

    >>> [are_others(Name(literal=text)) for text in ("others", "et al.", "The Others Band")]
    [True, True, False]
    >>> are_others(Name("al.", "et"))
    True
    """
    return bool(_OTHERS.fullmatch(name.display))


def without_others(names: Iterable[Name]) -> list[Name]:
    """The names of a list that are somebody's, wherever in it stands that there are more.

    >>> [name.display for name in without_others([Name("Ek", "Ann"), Name(literal="et al."), Name()])]
    ['Ann Ek']
    """
    return [name for name in names if name.display and not are_others(name)]


def named(names: Sequence[Name]) -> Sequence[Name]:
    """The names of a list without `OTHERS` at its end; whoever stands alone is somebody, and called so.

    >>> named((Name("Knuth", "Donald"), OTHERS)), named((OTHERS,)) == (OTHERS,)
    ((Name(family='Knuth', given='Donald', particle='', suffix='', literal='', orcid=''),), True)
    """
    return names[:-1] if len(names) > 1 and names[-1] == OTHERS else names


def as_bibtex_says(people: str) -> str:
    r"""A list of BibTeX whose `et al.` or `{others}` is written as BibTeX understands it.

    >>> print(as_bibtex_says(r"Knuth, Donald E. \emph{et al.}"))
    Knuth, Donald E. and others
    >>> as_bibtex_says("Knuth, D. and Graham, R.")
    'Knuth, D. and Graham, R.'
    """
    return _ET_AL.sub(" and others", people)


def leaves_out(said: Mapping[str, Any], role: Role) -> bool:
    """Whether an entry of the user's (see `Record.entry`) says that its list of people is cut.

    >>> leaves_out({"form": "bib", "fields": {"author": "Knuth, D. and others"}}, "author")
    True
    >>> leaves_out({"form": "ris", "tags": [["AU", "Knuth, D."], ["AU", "al., et"]]}, "author")
    True
    """
    if said["form"] == "bib":
        return bool(_CUT.search(said["fields"].get(role, "")))
    if said["form"] == "ris":
        names = [Name(literal=_turned(value)) for tag, value in said["tags"] if tag in _RIS_TAGS[role]]
    else:
        listed = said["item"].get(role)
        items = listed if isinstance(listed, Sequence) else ()
        names = [Name.from_json(each) for each in items if isinstance(each, Mapping)]
    return any(map(are_others, names))


def _turned(name: str) -> str:
    family, _, given = name.partition(",")
    return f"{given} {family}".strip()
