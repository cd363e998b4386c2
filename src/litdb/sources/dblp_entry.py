"""What dblp says of a publication, in whatever form it was sent: its claims, and other names of the work.

Facts: dblp.org/faq ("What do I find in dblp.xml?", "What is the meaning of the numbers behind person names?");
M. Ley, "DBLP - Some Lessons Learned" (2009). Titles end in a full stop that is not theirs, venues are abbreviated, and
who shares a name with others has a number of four digits behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from litdb.errors import InvalidUrl
from litdb.model import Claim, Field, Identifier, Name, Outcome, Record, Relation, WorkType
from litdb.sources.acl import ACL
from litdb.sources.arxiv import ARXIV
from litdb.sources.doi import DOI
from litdb.sources.jmlr import JMLR
from litdb.sources.neurips import NEURIPS
from litdb.sources.openreview import OPENREVIEW
from litdb.sources.pmlr import PMLR
from litdb.sources.registered import people_claim, version_of
from litdb.sources.venue_bib import TYPES as BIBTEX_TYPES
from litdb.text.dates import date_claim, read_iso
from litdb.text.months import MONTHS
from litdb.text.names import read_name
from litdb.text.titles import clean_title
from litdb.text.urls import read_url

NAMED_BY = (DOI, ARXIV, OPENREVIEW, ACL, PMLR, NEURIPS, JMLR)
"""Sources whose identifiers stand in the links of a record (`ee`), the best name of a work first."""

PREPRINTS = "CoRR"
"""The journal that dblp makes of arXiv's computer science."""

TYPES: Mapping[str, WorkType] = {**BIBTEX_TYPES, "data": "dataset", "www": "webpage"}
"""dblp's kinds of records, which are BibTeX's and two more."""

TEXTS: Sequence[tuple[str, Field]] = (
    ("publisher", "publisher"),
    ("school", "publisher"),
    ("volume", "volume"),
    ("number", "issue"),
    ("pages", "pages"),
)
"""Elements of a record that become fields as they stand."""

_HOMONYM = re.compile(r"\s+\d{4}\Z", re.ASCII)
_MONTH = re.compile(r"-*(0[1-9]|1[0-2])\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: its type, the texts of its elements by their names in dblp's XML, its people with ORCIDs or empty."""

    type: str
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    authors: Sequence[tuple[Name, str]] = ()
    editors: Sequence[tuple[Name, str]] = ()

    def first(self, *names: str) -> str:
        """The first text of the first of these elements that has one, or empty."""
        return next((text for name in names for text in self.texts.get(name, ()) if text), "")

    @property
    def venue(self) -> str:
        """The journal or the conference, as dblp abbreviates it."""
        return clean_title(self.first("journal", "booktitle"))


def read_person(written: str) -> Name:
    """The name that dblp writes, without the number that tells homonyms apart.

    >>> read_person("Wei Wang 0001").display, read_person("Bengio 0002").display
    ('Wei Wang', 'Bengio')
    """
    return read_name(_HOMONYM.sub("", clean_title(written)))


def record_of(source: str, identifier: Identifier, entry: Entry) -> tuple[Record, tuple[Outcome, str]]:
    """What a source tells by an entry, and how that ended."""
    claims = tuple(_claims(entry))
    same, relations = _names(entry, identifier)
    told = {claim.field for claim in claims}
    record = Record(source, identifier, claims, same, relations)
    if "title" not in told:
        return record, ("partial", "dblp's record has no title")
    return record, ("ok", "") if told & {"authors", "editors"} else ("partial", "dblp's record names nobody")


def _claims(entry: Entry) -> Iterator[Claim]:
    is_preprint = entry.venue == PREPRINTS
    if kind := "preprint" if is_preprint else TYPES.get(entry.type):
        yield Claim("type", kind, "dblp:type")
    if title := _title(entry.first("title")):
        yield Claim("title", title, "dblp:title")
    yield from people_claim("authors", entry.authors, "dblp:author")
    yield from people_claim("editors", entry.editors, "dblp:editor")
    if date := date_of(entry.first("year"), entry.first("month")):
        yield date_claim(date, "posted", "dblp:year")
    if is_preprint:
        yield Claim("container", "arXiv", "dblp:venue")
        return
    if entry.first("publtype") == "withdrawn":
        yield Claim("status", "withdrawn", "dblp:publtype")
    if entry.venue:
        yield Claim("container", entry.venue, "dblp:venue")
    for name, key in TEXTS:
        if told := clean_title(entry.first(name)):
            yield Claim(key, told, f"dblp:{name}")


def date_of(year: str, month: str) -> str:
    """The year, with the month where there is one and no span of months.

    >>> date_of("2017", ""), date_of("2019", "May"), date_of("2019", "--05"), date_of("2019", "May/June")
    ('2017', '2019-05', '2019-05', '2019')
    """
    numbered = _MONTH.match(month)
    named = {MONTHS[word] for word in re.findall(r"[a-z]+", month.lower()) if word in MONTHS}
    number = int(numbered[1]) if numbered else named.pop() if len(named) == 1 else 0
    return read_iso(f"{year}-{number:02}" if number else year) or ""


def _title(written: str) -> str:
    """The title without dblp's full stop; an ellipsis is the author's."""
    title = clean_title(written)
    return title if title.endswith("..") else title.removesuffix(".")


def _names(entry: Entry, identifier: Identifier) -> tuple[tuple[Identifier, ...], tuple[Relation, ...]]:
    """Other names of the work by its links, one of each kind. A preprint is a version, unless it is the record."""
    named: dict[str, Identifier] = {}
    for found in filter(None, map(_identified, entry.texts.get("ee", ()))):
        named.setdefault(found.scheme, found)
    preprint = named.pop("arxiv", None)
    if entry.venue == PREPRINTS:
        return (preprint,) if preprint else (), ()
    return tuple(named.values()), tuple(version_of(preprint, identifier, "dblp:ee"))


def _identified(link: str) -> Identifier | None:
    try:
        url = read_url(link)
    except InvalidUrl:
        return None
    found = next((identity for source in NAMED_BY if (identity := source.identify(url))), None)
    return found.identifier if found else None
