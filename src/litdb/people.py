"""Who stands behind a name: one person over several works only by an ORCID, an account, or the user's word.

Equal names are no evidence: there are many people called Wei Wang. A name that is written otherwise stays as its work
has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litdb.model import Identifier, Name, Record, Work
from litdb.text.titles import fold

ACCOUNTS = frozenset(("forum", "eaforum", "github", "medium", "tweet", "youtube"))
"""Families of sites where a name that cannot be split is an account's, and the same on all of them."""

Evidence = tuple[str, ...]
"""What says that two names are one person's: equal where they are. The first word is its kind."""

Persons = Mapping[tuple[Identifier, Name], Evidence]
"""By work and name."""


def with_orcids(names: Sequence[Name], records: Iterable[Record]) -> tuple[Name, ...]:
    """The names with the ORCIDs that some record of their work gives to people of the same name.

    Where it gives several to a name, or the name is there twice, it is not clear who is meant.

    >>> from litdb.model import Claim
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
    """For each name of each work, by the work's identifier, what says whose it is.

    `said` are the people that the user has named: whoever is written like one of them is that person, and has the ORCID
    that one of them is known by.
    """
    signed = [(work, name) for work in works for name in dict.fromkeys((*work.authors, *work.editors))]
    orcids: dict[Name, set[str]] = defaultdict(set)
    for name in (*said, *(name for _, name in signed)):
        if name.orcid:
            orcids[replace(name, orcid="")].add(name.orcid)
    known = {replace(name, orcid="") for name in said}

    def evidence(work: Work, name: Name) -> Evidence:
        bare = replace(name, orcid="")
        only = next(iter(orcids[bare])) if bare in known and len(orcids[bare]) == 1 else ""
        family = work.identifier.scheme.partition("-")[0]
        if name.orcid or only:
            return "orcid", name.orcid or only
        if bare in known:
            return "said", name.display
        if name.literal and family in ACCOUNTS:
            return "account", family, name.literal
        return "work", str(work.identifier), name.display

    return {(work.identifier, name): evidence(work, name) for work, name in signed}


def _identified(records: Iterable[Record]) -> Iterator[Name]:
    """The people to whom records give an ORCID."""
    for claim in (claim for record in records for claim in record.claims):
        if claim.field in ("authors", "editors") and isinstance(claim.value, list | tuple):
            people = (each for each in claim.value if isinstance(each, Mapping))
            yield from (Name.from_json(each) for each in people if each.get("ORCID"))
