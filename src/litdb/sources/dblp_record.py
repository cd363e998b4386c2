"""dblp's records as XML, one at a time: where its SPARQL service is not there or does not have a record yet.

Facts: dblp.org/faq, "How can I fetch individual dblp records?"; the form is that of dblp.xml (dblp.dtd), where a person
has the ORCID under which this publication was signed. 429 comes with `Retry-After`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from litdb.model import Answer, Identifier, Name, Outcome, Policy, Reading, Request, Rung, Target
from litdb.sources.dblp_entry import Entry, read_person, record_of
from litdb.sources.dblp_urls import HOSTS
from litdb.sources.protocol import KindOfSource, Source
from litdb.text.urls import Url

if TYPE_CHECKING:
    from lxml.etree import _Element

_PEOPLE = ("author", "editor")


class DblpRecord(Source):
    """dblp's website, which keeps every record as a small file of XML."""

    name = "dblp-record"
    kind: KindOfSource = "index"
    policies: Sequence[Policy] = (Policy(HOSTS, lane="dblp.org", interval=2.0),)
    refusals: Mapping[int, tuple[Outcome, str]] = {404: ("not-found", "dblp has no such record (404)")}

    def identify(self, url: Url) -> None:
        """None: what the address of a record means, another source says."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """Behind the service that answers for many records at once."""
        return Rung.API if identifier.scheme == "dblp" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One file for each record."""
        for target in wanted:
            yield Request(self.name, f"https://dblp.org/rec/{target.identifier.value}.xml", (target,))

    def read(self, answer: Answer) -> Reading:
        """The record; `challenged` where a page stands in its place."""
        identifier = answer.request.asked[0].identifier
        entry = read_entry(answer.body)
        if entry is None:
            return Reading(outcomes={identifier: _ending(answer.body)})
        record, ending = record_of(self.name, identifier, entry)
        return Reading((record,), {identifier: ending})


DBLP_RECORD = DblpRecord()


def read_entry(body: bytes) -> Entry | None:
    """The record that a file of dblp's XML holds; None where it is none.

    >>> found = read_entry(b'<dblp><article key="x"><author orcid="0000-0002-1825-0097">A. Ek 0001</author>'
    ...                    b'<title>On <i>tea</i>.</title><month>May</month></article></dblp>')
    >>> found.type, found.first("title"), [(name.display, orcid) for name, orcid in found.authors]
    ('article', 'On tea.', [('A. Ek', '0000-0002-1825-0097')])
    >>> read_entry(b"<html><title>Just a moment</title></html>")
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    record = next(root.iterchildren("*"), None) if root.tag == "dblp" else None
    if record is None:
        return None
    texts: dict[str, list[str]] = defaultdict(list)
    for element in record.iterchildren("*"):
        if element.tag not in _PEOPLE:
            texts[str(element.tag)].append(_text(element))
    texts["publtype"].append(record.get("publtype") or "")
    authors, editors = (list(_people(record, role)) for role in _PEOPLE)
    return Entry(str(record.tag), texts, authors, editors)


def _people(record: _Element, role: str) -> Iterator[tuple[Name, str]]:
    for element in record.iterchildren(role):
        yield read_person(_text(element)), str(element.get("orcid") or "")


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _ending(body: bytes) -> tuple[Outcome, str]:
    if b"<html" in body[:2000].lower():
        return "challenged", "dblp sends a page where a record belongs"
    return "unreachable", "dblp's answer is broken: it is no XML of a record"
