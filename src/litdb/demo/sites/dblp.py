"""dblp: its SPARQL service, which answers for many records, and its website, which has each as a file of XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from litdb.demo.wire import Call, Part, Reply, at, data, text

_VOCABULARY = "https://dblp.org/rdf/schema#"
_BIBTEX = "http://purl.org/net/nknouf/ns/bibtex#"
_CLASS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ASKED = re.compile(r"<https://dblp\.org/rec/([^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record of dblp, by its key. `authors` are (name as dblp writes it, ORCID or empty), `links` are its `ee`."""

    key: str
    title: str
    authors: tuple[tuple[str, str], ...]
    year: str
    venue: str
    pages: str = ""
    volume: str = ""
    links: tuple[str, ...] = ()
    type: str = "inproceedings"


def dblp(*records: Recorded) -> dict[str, Sequence[Part]]:
    """Service and website, with these records."""
    files = {f"/rec/{record.key}.xml": text(xml_of(record), kind="application/xml") for record in records}
    return {"sparql.dblp.org": (_service(records),), "dblp.org": (at(files),)}


def bindings(records: Iterable[Recorded]) -> dict[str, Any]:
    """What the service answers about these records, in the JSON of SPARQL's results."""
    rows = [row for record in records for row in (*_said(record), *_signed(record))]
    return {"head": {"vars": ["work", "signature", "property", "value"]}, "results": {"bindings": rows}}


def xml_of(record: Recorded) -> str:
    """The file of a record; names and titles are escaped, and a title ends in a full stop."""
    people = "".join(
        f"<author{f' orcid={quoteattr(orcid)}' if orcid else ''}>{escape(name)}</author>\n"
        for name, orcid in record.authors
    )
    venue = "journal" if record.type == "article" else "booktitle"
    texts = [
        ("title", _stopped(record.title)),
        ("pages", record.pages),
        ("year", record.year),
        ("volume", record.volume),
        (venue, record.venue),
        *(("ee", link) for link in record.links),
    ]
    elements = "".join(f"<{name}>{escape(value)}</{name}>\n" for name, value in texts if value)
    opening = f'<{record.type} key="{record.key}" mdate="2026-10-10">'
    return f'<?xml version="1.0"?>\n<dblp>\n{opening}\n{people}{elements}</{record.type}>\n</dblp>\n'


def _service(records: Sequence[Recorded]) -> Part:
    known = {record.key: record for record in records}

    def part(call: Call) -> Reply | None:
        if call.path != "/sparql":
            return None
        asked = _ASKED.findall(call.get("query"))
        return data(bindings(known[key] for key in asked if key in known), kind="application/sparql-results+json")

    return part


def _said(record: Recorded) -> list[dict[str, Any]]:
    said = [
        ("bibtexType", _iri(_BIBTEX + record.type.capitalize())),
        ("title", _literal(_stopped(record.title))),
        ("yearOfPublication", _literal(record.year)),
        ("publishedIn", _literal(record.venue)),
        ("pagination", _literal(record.pages)),
        ("publishedInJournalVolume", _literal(record.volume)),
        *(("documentPage", _iri(link)) for link in record.links),
    ]
    return [_row(record, {}, _VOCABULARY + name, value) for name, value in said if value["value"]]


def _signed(record: Recorded) -> list[dict[str, Any]]:
    rows = []
    for place, (name, orcid) in enumerate(record.authors, 1):
        node = {"signature": {"type": "bnode", "value": f"Sig_{record.key}_{place}"}}
        said = [
            (_CLASS, _iri(f"{_VOCABULARY}AuthorSignature")),
            (f"{_VOCABULARY}signatureOrdinal", _literal(str(place))),
            (f"{_VOCABULARY}signatureDblpName", _literal(name)),
            (f"{_VOCABULARY}signatureOrcid", _iri(f"https://orcid.org/{orcid}" if orcid else "")),
        ]
        rows += [_row(record, node, name, value) for name, value in said if value["value"]]
    return rows[::-1]  # in no order, as a graph has none


def _stopped(title: str) -> str:
    return title if title.endswith((".", "?", "!")) else f"{title}."


def _row(record: Recorded, node: dict[str, Any], name: str, value: dict[str, str]) -> dict[str, Any]:
    return {"work": _iri(f"https://dblp.org/rec/{record.key}"), **node, "property": _iri(name), "value": value}


def _iri(value: str) -> dict[str, str]:
    return {"type": "uri", "value": value}


def _literal(value: str) -> dict[str, str]:
    return {"type": "literal", "value": value}
