"""Small PDFs, written by hand: a page of words, a description, and the faults that files have."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from html import escape

from litdb.demo.wire import Reply

_XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">{}</rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="w"?>'
)


def pdf(
    lines: Iterable[str] = (), info: Mapping[str, str] | None = None, xmp: Mapping[str, str] | None = None
) -> bytes:
    """A PDF of one page with these lines, this Info dictionary and this description (`dc:title`, `dc:creator` …).

    >>> pdf(["On tea"], {"Title": "On tea"}).startswith(b"%PDF-1.4")
    True
    """
    shown = "".join(f"({_escaped(line)}) Tj 0 -14 Td\n" for line in lines)
    contents = zlib.compress(f"BT /F1 11 Tf 72 720 Td\n{shown}ET".encode("latin-1"))
    entries = "".join(f"/{key} ({_escaped(value)})\n" for key, value in (info or {}).items())
    described = _XMP.format("".join(_property(name, value) for name, value in xmp.items())).encode() if xmp else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R" + (b" /Metadata 7 0 R" if described else b"") + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(contents), contents),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< %s >>" % entries.encode("latin-1"),
    ]
    if described:
        objects.append(
            b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (len(described), described)
        )
    return _file(objects)


def sent(body: bytes) -> Reply:
    """A PDF as it is sent."""
    return Reply(200, body, (("Content-Type", "application/pdf"),))


def _file(objects: Iterable[bytes]) -> bytes:
    """The objects with their numbers, the table of their places, and the trailer."""
    written, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(written))
    )


def _property(name: str, value: str) -> str:
    """A property: people as a list in order, titles by language, the rest plain."""
    if name == "dc:creator":
        items = "".join(f"<rdf:li>{escape(each)}</rdf:li>" for each in value.split("; "))
        return f"<{name}><rdf:Seq>{items}</rdf:Seq></{name}>"
    if name == "dc:title":
        return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{name}>'
    return f"<{name}>{escape(value)}</{name}>"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
