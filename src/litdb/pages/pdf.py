"""What a PDF says of itself: its description (XMP, Info) and the words of its first page. Pure, from bytes.

XMP (ISO 16684-1) is XML that mostly stands in the file as it is, and is read without any library. The Info dictionary
and the first page are read by pypdf, which the extra `pdf` brings; without it they are simply not known.

Files come from anywhere: how much of one is unpacked and how much of a page is read is bounded, and what is locked or
broken is said in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING

from litdb.pages.pdf_faults import faults, opened
from litdb.pages.pdf_text import meant
from litdb.text.dates import read_iso

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pypdf import PdfReader

MAGIC = b"%PDF-"

MOST_XMP = 500_000
"""Bytes of a description that are read."""

MOST_UNPACKED = 2_000_000
"""Bytes of a first page, unpacked, up to which its words are read; beyond are drawings."""

MOST_OPERATIONS = 40_000
"""Steps of a first page that are followed."""

MOST_WORDS = 20_000
"""Characters of a first page that are kept."""

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NAMESPACES: Mapping[str, str] = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://prismstandard.org/namespaces/basic/2.1/": "prism",
    "http://prismstandard.org/namespaces/basic/2.2/": "prism",
    "http://prismstandard.org/namespaces/basic/3.0/": "prism",
    "http://crossref.org/crossmark/1.0/": "crossmark",
}
"""The vocabularies that are read, and what they are called here."""

_OPENED = re.compile(rb"<x:x[am]pmeta\b")
_CLOSED = re.compile(rb"</x:x[am]pmeta\s*>")
_CATALOG = re.compile(rb"/Type\s{0,9}/Catalog\b")
_METADATA = re.compile(rb"/Metadata\s{1,9}(\d{1,7})\s{1,9}\d{1,5}\s{1,9}R\b")
_NEAR = 2000
_MOST_CATALOGS = 20
_LOCKED = re.compile(rb"/Encrypt\s+\d{1,7}\s+\d{1,5}\s+R")
_MOMENT = re.compile(
    r"(?:D:)?(?P<y>\d{4})(?P<m>\d\d)?(?P<d>\d\d)?(?:\d\d|\d{4}|(?P<time>\d{6}))?"
    r"(?P<zone>Z|[+-]\d\d(?:'?\d\d)?)?(?:00'?00|')?'?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF's description and its first page.

    `info` has the entries of the Info dictionary (`Title`, `Author`, `CreationDate` …), `xmp` the values of the
    description by vocabulary and name (`dc:title`, `prism:doi`), `words` the text of the first page. `trouble` says
    what keeps the file from being read, empty where nothing does; `is_looked_into` whether pypdf was there to look.
    """

    info: Mapping[str, str] = field(default_factory=dict)
    xmp: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    trouble: str = ""
    is_looked_into: bool = True

    def first(self, *names: str) -> str:
        """The first value of the description under the first of these names that has one."""
        return next((value for name in names for value in self.xmp.get(name, ()) if value), "")


def read_pdf(body: bytes) -> Pdf:
    """Everything that a PDF says of itself, as far as it can be read.

    >>> read_pdf(b"%PDF-1.4 /Encrypt 5 0 R").trouble
    'the PDF is locked'
    """
    packet = _packet_in(body)
    locked = "the PDF is locked" if _LOCKED.search(body) else ""
    if find_spec("pypdf") is None:
        return Pdf(xmp=read_xmp(packet), trouble=locked, is_looked_into=False)
    info, inner, words, trouble = _looked_into(body)
    return Pdf(info, read_xmp(inner or packet), words, locked if locked and trouble else trouble)


def read_xmp(packet: bytes) -> Mapping[str, tuple[str, ...]]:
    """The values of a description, by name; the default language of a text first. Empty for what is no XML.

    >>> read_xmp(b'''<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
    ...   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
    ...   xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="s"><dc:title><rdf:Alt><rdf:li>On tea</rdf:li></rdf:Alt>
    ...   </dc:title></rdf:Description></rdf:RDF></x:xmpmeta>''')
    {'dc:source': ('s',), 'dc:title': ('On tea',)}
    """
    from lxml import etree

    if not packet or len(packet) > MOST_XMP:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    found: dict[str, tuple[str, ...]] = {}
    try:
        root = etree.fromstring(packet, parser)
        for description in root.iter(f"{RDF}Description") if root is not None else ():
            for name, values in _said(description):
                found.setdefault(name, values)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    return found


def read_moment(text: str) -> str:
    """A moment of the Info dictionary (PDF 32000, 7.9.4) as ISO 8601 text, as precise as it is; else empty.

    In PDF's own form it is no more than a day where the zone is missing. What no calendar has is no moment.

    >>> read_moment("D:20220830175909-07'00'"), read_moment("D:2022"), read_moment("20220830175909Z"), read_moment("x")
    ('2022-08-30T17:59:09-07:00', '2022', '2022-08-30T17:59:09Z', '')
    >>> read_moment("D:20221332"), read_moment("Tue Aug 30 17:59:09 2022")
    ('', '2022-08-30T17:59:09')
    """
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        return read_iso(text) or ""
    day = "-".join(filter(None, (found["y"], found["m"], found["d"])))
    time, zone = found["time"], (found["zone"] or "").replace("'", "")
    offset = zone if zone in ("", "Z") else f"{zone[:3]}:{zone[3:] or '00'}"
    is_exact = time and zone and found["d"]
    return read_iso(f"{day}T{time[:2]}:{time[2:4]}:{time[4:]}{offset}" if is_exact else day) or ""


def _said(description: _Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The properties of a description, written as attributes or as elements."""
    for key, value in description.attrib.items():
        if name := _name(str(key)):
            yield name, (str(value).strip(),)
    for child in description.iterchildren("*"):
        name = _name(str(child.tag))
        items = [item for item in child.iter(f"{RDF}li") if (item.text or "").strip()]
        items.sort(key=lambda item: item.get("{http://www.w3.org/XML/1998/namespace}lang", "x-default") != "x-default")
        values = tuple((item.text or "").strip() for item in items) or ("".join(map(str, child.itertext())).strip(),)
        if name and any(values):
            yield name, values


def _name(qualified: str) -> str:
    namespace, _, name = qualified.removeprefix("{").partition("}")
    return f"{NAMESPACES[namespace]}:{name}" if namespace in NAMESPACES else ""


def _packet_in(body: bytes) -> bytes:
    """The description of the document: the one that its catalogue names, else the only one (figures have theirs)."""
    catalogs = [*islice(_CATALOG.finditer(body), _MOST_CATALOGS)]
    for catalog in reversed(catalogs):
        start = body.find(b"obj", max(0, catalog.start() - _NEAR), catalog.start())
        named = _METADATA.search(body, max(start, 0), catalog.end() + _NEAR)
        places = [*re.finditer(rb"(?<!\d)" + named[1] + rb"\s{1,9}\d{1,5}\s{1,9}obj\b", body)] if named else []
        if packet := _packet(body, places[-1].end()) if places else b"":
            return packet
    openings = [*islice(_OPENED.finditer(body), 2)]
    return _packet(body, openings[0].start()) if len(openings) == 1 and not catalogs else b""


def _packet(data: bytes, start: int) -> bytes:
    """The description that begins behind a place and ends not too far from it, or nothing."""
    opened = _OPENED.search(data, start, start + MOST_XMP)
    closed = _CLOSED.search(data, opened.end(), opened.end() + MOST_XMP) if opened else None
    return data[opened.start() : closed.end()] if opened and closed else b""


def _looked_into(body: bytes) -> tuple[dict[str, str], bytes, str, str]:
    """Info, description, words of the first page and what went wrong, as pypdf reads them."""
    from pypdf.errors import DependencyError, FileNotDecryptedError

    broken = faults()
    info: dict[str, str] = {}
    packet, words = b"", ""
    try:
        reader = opened(body)
        info = _info(reader)
        packet = _metadata(reader)
        words = _first_page(reader)
    except (FileNotDecryptedError, DependencyError):
        return info, packet, words, "the PDF is locked"
    except broken as error:
        return info, packet, words, f"the PDF is broken: {error}" if not (info or packet) else ""
    return info, packet, words, ""


def _info(reader: PdfReader) -> dict[str, str]:
    from pypdf.generic import ByteStringObject, TextStringObject

    entries = {str(key).lstrip("/"): value for key, value in (reader.metadata or {}).items()}
    texts = {key: each for key, each in entries.items() if isinstance(each, ByteStringObject | TextStringObject)}
    return {key: meant(_as_told(each), each.original_bytes).strip() for key, each in texts.items()}


def _as_told(text: str | bytes) -> str:
    """A text as pypdf reads it; bytes that it can make nothing of as the charset does that they are closest to."""
    return text if isinstance(text, str) else text.decode("cp1252", "replace")


def _metadata(reader: PdfReader) -> bytes:
    """The description that the catalogue names."""
    from pypdf.generic import StreamObject

    named = reader.root_object.get("/Metadata")
    stream = named.get_object() if named is not None else None
    return _packet(stream.get_data(), 0) if isinstance(stream, StreamObject) else b""


class _Enough(Exception):
    """A page has been followed as far as it will be."""


def _first_page(reader: PdfReader) -> str:
    """The words of the first page, none where it is more of a drawing."""
    page = reader.pages[0]
    contents = page.get_contents()
    if contents is None or len(contents.get_data()) > MOST_UNPACKED:
        return ""
    pieces: list[str] = []
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps > MOST_OPERATIONS:
            raise _Enough

    def keep(text: str, *_: object) -> None:
        pieces.append(text)

    with suppress(_Enough):
        page.extract_text(visitor_operand_before=count, visitor_text=keep)
    return "".join(pieces)[:MOST_WORDS]
