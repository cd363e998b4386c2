"""Works by their DOIs: what is alike in all the registries and indexes that are asked by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from litdb.model import Claim, Field, Identifier, Name, Outcome, Reading, Record, Relation, Target
from litdb.sources.arxiv import ARXIV, read_id
from litdb.sources.doi import DOI
from litdb.sources.objects import Object
from litdb.text.dates import read_iso
from litdb.text.names import SUFFIXES, read_name, read_orcid
from litdb.text.others import are_others
from litdb.text.titles import clean_title
from litdb.text.urls import read_url

PREFIX = "10.48550/arxiv."
"""What arXiv's DOIs begin with; the id without its version follows."""

_BEFORE = re.compile(r"\A(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—]+\s*")
_NO_PAGES = re.compile(r"n/?a|(?:n/?a|no|0)-(?:n/?a|no|0)", re.IGNORECASE)
_GROUPS = frozenset("collaboration collaborations committee consortium group initiative network team".split())


def doi_of(identifier: Identifier) -> str:
    """The DOI by which registries know a work, in lower case; empty for what has none by its scheme.

    >>> [doi_of(Identifier(*name)) for name in (("arxiv", "2209.00626"), ("doi", "10.1000/A"), ("url", "x"))]
    ['10.48550/arxiv.2209.00626', '10.1000/a', '']
    """
    if identifier.scheme == "doi":
        return identifier.value.lower()
    return PREFIX + identifier.value.lower() if ARXIV.rung(identifier) else ""


def named(doi: str) -> Identifier | None:
    """The work that a DOI names, however it is written, or None for what is none.

    >>> [str(named(text)) for text in ("https://doi.org/10.1000/ABC", "10.48550/arXiv.2209.00626v2", "10.1000")]
    ['doi:10.1000/abc', 'arxiv:2209.00626', 'None']
    """
    bare = _BEFORE.sub("", doi.strip()).lower()
    if bare.startswith(PREFIX):
        paper = read_id(bare.removeprefix(PREFIX))
        return Identifier("arxiv", paper.value) if paper else None
    identity = DOI.identify(read_url(f"https://doi.org/{quote(bare)}"))
    return identity.identifier if identity else None


def batches(wanted: Sequence[Target], size: int) -> Iterator[tuple[Target, ...]]:
    """The works in groups of at most `size`, in their order."""
    for start in range(0, len(wanted), size):
        yield tuple(wanted[start : start + size])


def reading(
    service: str, asked: Iterable[Target], found: Mapping[str, Object], read: Callable[[Object, Identifier], Record]
) -> Reading:
    """The records of the works that are there, by DOI; `not-found` for the others, `partial` without a title."""
    records: list[Record] = []
    outcomes: dict[Identifier, tuple[Outcome, str]] = {}
    for identifier in (each.identifier for each in asked):
        doi = doi_of(identifier)
        if said := found.get(doi):
            records.append(read(said, identifier))
            titled = any(claim.field == "title" for claim in records[-1].claims)
            outcomes[identifier] = ("ok", "") if titled else ("partial", f"{service} has no title for {doi}")
        else:
            outcomes[identifier] = "not-found", f"{service} does not know {doi}"
    return Reading(tuple(records), outcomes)


def version_of(preprint: Identifier | None, published: Identifier | None, how: str) -> Iterator[Relation]:
    """The tie between a preprint and what it was published as; none where either is not known or both are one."""
    if preprint and published and preprint != published:
        yield Relation(preprint, "version-of", published, how)


def person(family: str, given: str, suffix: str = "") -> Name:
    """A name that a registry keeps in parts: particles are told apart, degrees are no suffixes.

    Whoever has one part only may be an organisation, or be written as one reads it.

    >>> person("van Merwijk", "Chris"), person("King", "M.", "Jr.").display
    (Name(family='Merwijk', given='Chris', particle='van', suffix='', literal='', orcid=''), 'M. King Jr.')
    >>> person("Collaboration", "The ATLAS").literal, person("Ai", "Qing").family
    ('The ATLAS Collaboration', 'Ai')
    """
    family, given = clean_title(family).strip(" ,;"), clean_title(given).strip(" ,;")
    if not family or not given:
        return read_name(family or given)
    if is_group(family):
        return Name(literal=f"{given} {family}")
    suffix = suffix.strip(" ,") if suffix.strip(" ,").lower() in SUFFIXES else ""
    read = read_name(", ".join(part for part in (family, suffix, given) if part))
    return read if read.family else Name(family=family, given=given, suffix=suffix)


def is_group(name: str) -> bool:
    """Whether a name says itself that it is a group's.

    >>> is_group("The Tea Team"), is_group("ATLAS")
    (True, False)
    """
    return name.rpartition(" ")[2].lower() in _GROUPS


def people_claim(field: Field, people: Iterable[tuple[Name, str]], how: str) -> Iterator[Claim]:
    """One claim for a list of people with their ORCIDs (or empty), which stand beside the parts of the name as in CSL.

    >>> next(people_claim("authors", [(Name("Ek", "Ann"), "https://orcid.org/0000-0002-1825-0097")], "x")).value
    [{'family': 'Ek', 'given': 'Ann', 'ORCID': '0000-0002-1825-0097'}]
    """
    told = [replace(name, orcid=read_orcid(orcid)) for name, orcid in people if name.display and not are_others(name)]
    if told:
        yield Claim(field, [name.as_json() for name in told], how)


def pages_of(written: str) -> str:
    """The pages that an article has; empty where a publisher writes that it has none yet.

    >>> [pages_of(written) for written in ("70 - 77", "n/a-n/a", "no-no", "0-0", "e12", "", "70–77")]
    ['70-77', '', '', '', 'e12', '', '70-77']
    """
    pages = _DASH.sub("-", clean_title(written))
    return "" if _NO_PAGES.fullmatch(pages) else pages


def without_placeholder(date: str) -> str:
    """A date without the day that stands where only the year is known: the first or the last of a year.

    >>> [without_placeholder(date) for date in ("2015-01-01", "1965-12-31", "2015-01-02", "2015")]
    ['2015', '1965', '2015-01-02', '2015']
    """
    return date[:4] if date[4:10] in ("-01-01", "-12-31") else date


def date_of_parts(value: Object) -> str:
    """The date of CSL's `date-parts`, as precise as it is; empty where there is none.

    >>> date_of_parts({"date-parts": [[2019, 5]]}), date_of_parts({"date-parts": [[None]]}), date_of_parts({})
    ('2019-05', '', '')
    """
    rows = value.get("date-parts")
    first = rows[0] if isinstance(rows, list) and rows else ()
    parts = [str(each) for each in first if each] if isinstance(first, list) else []
    written = "-".join(part.zfill(2) for part in parts[:3]) if all(map(str.isdecimal, parts)) else ""
    return without_placeholder(read_iso(written) or "") if written else ""
