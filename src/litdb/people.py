"""Who stands behind a name: one person over several works only by an ORCID, an account, or the user's word.

Equal names are no evidence: there are many people called Wei Wang. A name that is written otherwise stays as its work
has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from litdb.model import Name, Record, Work
from litdb.text.titles import fold

ACCOUNTS = frozenset(("forum", "eaforum", "github", "medium", "tweet", "youtube"))
"""Families of sites where a name that cannot be split is an account's, and the same on all of them."""

Evidence = tuple[str, ...]
"""What says that two names are one person's: equal where they are. The first word is its kind."""

Persons = Callable[[Work, Name], Evidence]
"""What says whose a name of a work is."""


def with_orcids(names: Sequence[Name], records: Iterable[Record]) -> tuple[Name, ...]:
    """The names with the ORCIDs that some record of their work gives to people of the same name.

    Where it gives several to a name, or the name is there twice, it is not clear who is meant.

    >>> from litdb.model import Claim, Identifier
    >>> said = {"family": "Ek", "given": "Ann", "ORCID": "0000-0002-1825-0097"}
    >>> record = Record("crossref", Identifier("doi", "x"), (Claim("authors", [said], "crossref:author"),))
    >>> [name.orcid for name in with_orcids([Name("Ek", "Ann"), Name("Ek", "A.")], [record])]
    ['0000-0002-1825-0097', '']
    """
    known: dict[str, set[str]] = defaultdict(set)
    for name in _identified(records):
        known[fold(name.display)].add(name.orcid)
    if not known:
        return tuple(names)
    written = [fold(name.display) for name in names]

    def identified(name: Name, letters: str) -> Name:
        orcids = known.get(letters, ())
        is_clear = len(orcids) == 1 and written.count(letters) == 1
        return replace(name, orcid=next(iter(orcids))) if is_clear and not name.orcid else name

    return tuple(map(identified, names, written))


def evidence_for(works: Iterable[Work], said: Collection[Name]) -> Persons:
    """What says whose a name of a work is.

    `said` are the people that the user has named: whoever is written like one of them is that person, and has the ORCID
    that one of them is known by.
    """
    known = {name.bare for name in said}
    signed = (name for work in works for name in (*work.authors, *work.editors)) if known else ()
    orcids = orcids_of(name for name in chain(said, signed) if name.orcid and name.bare in known)

    def evidence(work: Work, name: Name) -> Evidence:
        bare = name.bare
        only = next(iter(orcids[bare])) if len(orcids.get(bare, ())) == 1 else ""
        family = work.identifier.scheme.partition("-")[0]
        if name.orcid or only:
            return "orcid", name.orcid or only
        if bare in known:
            return "said", name.display
        if name.literal and family in ACCOUNTS:
            return "account", family, name.literal
        return "work", str(work.identifier), name.display

    return evidence


def orcids_of(names: Iterable[Name]) -> Mapping[Name, Collection[str]]:
    """The ORCIDs that are given to each name, as it is written."""
    found: dict[Name, set[str]] = defaultdict(set)
    for name in names:
        if name.orcid:
            found[name.bare].add(name.orcid)
    return found


def _identified(records: Iterable[Record]) -> Iterator[Name]:
    """The people to whom records give an ORCID."""
    for claim in (claim for record in records for claim in record.claims):
        if claim.field in ("authors", "editors") and isinstance(claim.value, list | tuple):
            people = (each for each in claim.value if isinstance(each, Mapping) and each.get("ORCID"))
            yield from map(Name.from_json, people)
