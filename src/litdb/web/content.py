"""The body of an answer: read as it comes, capped on the wire and unpacked, and known to be whole."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from tempfile import SpooledTemporaryFile

from urllib3 import BaseHTTPResponse

from litdb.web.codings import CODINGS, DAMAGE, Decoder
from litdb.web.endings import Ended

_PIECE = 65_536
"""How much is read at once, where so much has come."""

_IN_MEMORY = 1 << 20
"""How much of a body is held in memory while it comes; a larger one grows in a file: every lane may meet a bomb."""

_MOST_PIECES = 50_000
"""In how many pieces a body may come: the smallest packets of networks make 40,000 of the largest body."""

_MOST_CODINGS = 2

_CLOSED = re.compile(rb"<(html|rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
"""The first tag of texts whose writers close it: HTML that spells it out, and feeds."""

_TAG = re.compile(rb"<[a-z]", re.IGNORECASE)
_BEGINNING = 4096
_TAIL = 10_000
"""How far before the end of a text its end tag may stand: hosts append their scripts."""


def read_body(raw: BaseHTTPResponse, limit: int, peer: str) -> bytes:
    """The decoded body of a response whose headers have come.

    Raises `Ended`: it is larger than `limit` bytes on the wire or unpacked, packed in a way not known here,
    damaged, or cut short. That it is whole is known by its length, its chunks or the end of its packed stream. A text
    that comes with none of these is taken to be whole unless it stops within a tag, or begins as HTML or a feed and
    lacks the end tag.
    """
    if _declared_length(raw) > limit:
        raise _too_large(peer, limit)
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
        for piece in _pieces(raw, limit, peer):
            body.write(piece)
        body.seek(0)
        whole = body.read()
    is_framed = raw.chunked or raw.length_remaining is not None or _codings(raw, peer)
    if not is_framed and _lacks_its_end(whole):
        raise _cut_short(peer, len(whole))
    return whole


def read_start(raw: BaseHTTPResponse, limit: int, peer: str, enough: int) -> bytes:
    """The decoded body of a response, or somewhat more than the first `enough` bytes of it; raises as `read_body`."""
    body = BytesIO()
    for piece in _pieces(raw, limit, peer):
        body.write(piece)
        if body.tell() > enough:
            break
    return body.getvalue()


def _pieces(raw: BaseHTTPResponse, limit: int, peer: str) -> Iterator[bytes]:
    """The decoded body in pieces; after the last one it is known to be whole, as far as its framing tells."""
    _check_transfer(raw, peer)
    decoders = [CODINGS[name]() for name in reversed(_codings(raw, peer))]
    wire = _Wire(raw, limit, peer)
    pieces: Iterable[bytes] = wire
    for decoder in decoders:
        pieces = _unpacked(decoder, pieces, limit, peer)
    yield from pieces
    is_whole = all(decoder.is_finished() for decoder in decoders) if wire.length else _may_be_empty(raw)
    if not is_whole:
        raise _cut_short(peer, wire.length)


@dataclass
class _Wire:
    """A body as it comes over the wire, and how much of it has come."""

    raw: BaseHTTPResponse
    limit: int
    peer: str
    length: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(_MOST_PIECES):
            piece = self.raw.read1(_PIECE, decode_content=False)
            if not piece:
                return
            self.length += len(piece)
            if self.length > self.limit:
                raise _too_large(self.peer, self.limit)
            yield piece
        raise Ended("unsupported", f"{self.peer} sent its answer in more than {_MOST_PIECES:,} pieces")


def _unpacked(decoder: Decoder, packed: Iterable[bytes], limit: int, peer: str) -> Iterator[bytes]:
    length = 0
    try:
        for data in packed:
            for piece in decoder.feed(data):
                length += len(piece)
                if length > limit:
                    raise _too_large(peer, limit)
                yield piece
    except DAMAGE as error:
        raise Ended("unsupported", f"{peer} sent an answer that cannot be unpacked: {error}") from error


def _check_transfer(raw: BaseHTTPResponse, peer: str) -> None:
    """Refuse a transfer coding that http.client does not undo (RFC 9112, 6.1): its marks would end up in the page."""
    named = raw.headers.get("transfer-encoding", "")
    if named.lower() not in ("", "identity", "chunked"):
        raise Ended("unsupported", f"{peer} sent its answer transferred as {named}, which cannot be read here")


def _codings(raw: BaseHTTPResponse, peer: str) -> list[str]:
    listed = (name.strip().lower() for name in raw.headers.get("content-encoding", "").split(","))
    names = [name for name in listed if name not in ("", "identity")]
    if len(names) > _MOST_CODINGS or not all(name in CODINGS for name in names):
        raise Ended("unsupported", f"{peer} sent its answer packed as {', '.join(names)}, which cannot be read here")
    return names


def _declared_length(raw: BaseHTTPResponse) -> int:
    text = raw.headers.get("content-length", "")
    return int(text[:20]) if text.isascii() and text.isdigit() else 0


def _may_be_empty(raw: BaseHTTPResponse) -> bool:
    """Whether an answer without a body is one: headers that were cut short look the same, but for their framing."""
    return raw.status != 200 or raw.chunked or "content-length" in raw.headers


def _lacks_its_end(text: bytes) -> bool:
    """Whether a text stops within a tag, or lacks the end tag of what it begins with.

    >>> _lacks_its_end(b"<html><p>Half a sen"), _lacks_its_end(b"<html><p>Whole.</p></html>")
    (True, False)
    >>> _lacks_its_end(b"<p>Half a <a hre"), _lacks_its_end(b"Plain text, 1 < 2")
    (True, False)
    """
    beginning = text[:_BEGINNING].lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    if not beginning.startswith(b"<"):
        return False
    first = _CLOSED.search(beginning)
    has_end = b"</" + first[1].lower() in text[-_TAIL:].lower() if first else bool(_TAG.search(beginning))
    return not has_end or text.rfind(b"<") > text.rfind(b">")


def _too_large(peer: str, limit: int) -> Ended:
    return Ended("unsupported", f"{peer} sent more than {limit / 1_000_000:g} MB")


def _cut_short(peer: str, length: int) -> Ended:
    return Ended("unreachable", f"{peer} sent its answer cut short, after {length:,} bytes")
