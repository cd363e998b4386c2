"""The body of an answer: read as it comes, decoded, capped on the wire and unpacked, and known to be whole."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

from urllib3 import BaseHTTPResponse

from litdb.web.endings import Ended

_PIECE = 8192
"""How much is read at once; gzip makes at most a thousand times as much of it."""

_MOST_CODINGS = 2


class _Decoder(Protocol):
    def feed(self, data: bytes, limit: int) -> bytes:
        """At most about `limit` bytes of what the data unpacks to; reaching the limit means there may be more."""

    def is_finished(self) -> bool:
        """Whether the packed stream came to its own end."""


class _Members:
    """A decoder of the standard library's shape, begun anew for each further member with the same magic bytes."""

    def __init__(self, begin: Callable[[], Any], magic: bytes = b"") -> None:
        self._begin = begin
        self._magic = magic
        self._stream = begin()

    def feed(self, data: bytes, limit: int) -> bytes:
        if self._stream.eof and not self._may_go_on():
            return b""
        unpacked: bytes = self._stream.decompress(data, limit)
        while self._stream.eof and self._goes_on() and len(unpacked) < limit:
            rest = self._stream.unused_data
            self._stream = self._begin()
            unpacked += self._stream.decompress(rest, limit - len(unpacked))
        return unpacked

    def is_finished(self) -> bool:
        return bool(self._stream.eof)

    def _may_go_on(self) -> bool:
        rest = self._stream.unused_data
        return bool(self._magic) and self._magic.startswith(rest[: len(self._magic)])

    def _goes_on(self) -> bool:
        return bool(self._magic) and self._stream.unused_data.startswith(self._magic)


class _Deflate:
    """`deflate` is zlib's format by the standard (RFC 9110, 8.4.1.2) and the bare stream by habit; two bytes tell."""

    def __init__(self) -> None:
        self._head = b""
        self._members: _Members | None = None

    def feed(self, data: bytes, limit: int) -> bytes:
        if self._members is None:
            self._head += data
            if len(self._head) < 2:
                return b""
            has_header = self._head[0] & 0x0F == 8 and int.from_bytes(self._head[:2], "big") % 31 == 0
            window = zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
            self._members = _Members(lambda: zlib.decompressobj(window))
            data = self._head
        return self._members.feed(data, limit)

    def is_finished(self) -> bool:
        return self._members is not None and self._members.is_finished()


class _Brotli:
    def __init__(self, module: ModuleType) -> None:
        self._stream = module.Decompressor()

    def feed(self, data: bytes, limit: int) -> bytes:
        if self.is_finished():
            return b""
        unpacked: bytes = self._stream.process(data, output_buffer_limit=limit)
        return unpacked

    def is_finished(self) -> bool:
        return bool(self._stream.is_finished())


def _gzip() -> _Decoder:
    return _Members(lambda: zlib.decompressobj(16 + zlib.MAX_WBITS), b"\x1f\x8b")


def _optional(*names: str) -> ModuleType | None:
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


def _known_codings() -> tuple[dict[str, Callable[[], _Decoder]], tuple[type[Exception], ...]]:
    codings: dict[str, Callable[[], _Decoder]] = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _Deflate}
    errors: tuple[type[Exception], ...] = (zlib.error,)
    brotli = _optional("brotli")
    if brotli is not None and hasattr(brotli.Decompressor, "can_accept_more_data"):
        codings["br"] = lambda: _Brotli(brotli)
        errors += (brotli.error,)
    zstd = _optional("compression.zstd", "backports.zstd")
    if zstd is not None:
        small = {zstd.DecompressionParameter.window_log_max: 23}  # 8 MB, all that RFC 9659 lets a server ask for
        codings["zstd"] = lambda: _Members(lambda: zstd.ZstdDecompressor(options=small), b"\x28\xb5\x2f\xfd")
        errors += (zstd.ZstdError,)
    return codings, errors


_CODINGS, _DAMAGE = _known_codings()

ACCEPTED = ", ".join(name for name in ("gzip", "br", "zstd") if name in _CODINGS)
"""The Accept-Encoding to send: what can be unpacked here without trusting the server with our memory."""


@dataclass
class _Stage:
    """One coding of a body, and how much it may still unpack to."""

    decoder: _Decoder
    left: int

    def feed(self, data: bytes) -> bytes:
        unpacked = self.decoder.feed(data, self.left + 1)
        self.left -= len(unpacked)
        return unpacked


def read_body(raw: BaseHTTPResponse, limit: int, peer: str) -> bytes:
    """The decoded body of a response whose headers have come.

    Raises `Ended`: it is larger than `limit` bytes on the wire or unpacked, packed in a way not known here,
    damaged, or cut short (a packed stream without its end counts, even where no length was given).
    """
    stages = [_Stage(_CODINGS[name](), limit) for name in reversed(_codings(raw, peer))]
    if _declared_length(raw) > limit:
        raise _too_large(peer, limit)
    body = bytearray()
    wired = 0
    while piece := raw.read1(_PIECE, decode_content=False):
        wired += len(piece)
        body += _unpack(stages, piece, peer)
        if max(wired, len(body)) > limit or any(stage.left < 0 for stage in stages):
            raise _too_large(peer, limit)
    if not (all(stage.decoder.is_finished() for stage in stages) if wired else _may_be_empty(raw)):
        raise Ended("unreachable", f"{peer} sent its answer cut short, after {wired:,} bytes")
    return bytes(body)


def _unpack(stages: Sequence[_Stage], data: bytes, peer: str) -> bytes:
    try:
        for stage in stages:
            data = stage.feed(data)
            if stage.left < 0:
                return b""
    except _DAMAGE as error:
        raise Ended("unsupported", f"{peer} sent an answer that cannot be unpacked: {error}") from error
    return data


def _codings(raw: BaseHTTPResponse, peer: str) -> list[str]:
    listed = (name.strip().lower() for name in raw.headers.get("content-encoding", "").split(","))
    names = [name for name in listed if name not in ("", "identity")]
    if len(names) > _MOST_CODINGS or not all(name in _CODINGS for name in names):
        raise Ended("unsupported", f"{peer} sent its answer packed as {', '.join(names)}, which cannot be read here")
    return names


def _declared_length(raw: BaseHTTPResponse) -> int:
    text = raw.headers.get("content-length", "")
    return int(text[:20]) if text.isascii() and text.isdigit() else 0


def _may_be_empty(raw: BaseHTTPResponse) -> bool:
    """Whether an answer without a body is one: headers that were cut short look the same, but for their framing."""
    return raw.status != 200 or raw.chunked or "content-length" in raw.headers


def _too_large(peer: str, limit: int) -> Ended:
    return Ended("unsupported", f"{peer} sent more than {limit / 1_000_000:g} MB")
