"""Content codings: packed bytes unpacked a little at a time, so that no server decides how much memory that takes."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, Protocol

_AT_ONCE = 65_536
"""How much is unpacked at once; 8 kB of gzip hold up to 8 MB."""

_MOST_MEMBERS = 1_000
"""How many packed streams may follow each other in one body; who writes several fills each with 64 kB or so."""


class Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the data unpacks to, in pieces of about `_AT_ONCE` bytes."""

    def is_finished(self) -> bool:
        """Whether the packed stream came to its own end."""


class _Tangled(ValueError):
    """A packed body that is made to keep its reader busy."""


class _Members:
    """A decoder of the standard library's shape, begun anew for each further member with the same magic bytes."""

    def __init__(self, begin: Callable[[], Any], magic: bytes = b"") -> None:
        self._begin = begin
        self._magic = magic
        self._stream = begin()
        self._members = 1
        self._held = b""
        self._is_over = not magic

    def feed(self, data: bytes) -> Iterator[bytes]:
        data, self._held = self._held + data, b""
        while not self._stream.eof or self._begins_again(data):
            piece = self._stream.decompress(data, _AT_ONCE)
            yield piece
            if self._stream.eof:
                data = self._stream.unused_data
            elif len(piece) < _AT_ONCE:
                return
            else:
                data = getattr(self._stream, "unconsumed_tail", b"")

    def is_finished(self) -> bool:
        return bool(self._stream.eof)

    def _begins_again(self, data: bytes) -> bool:
        """Whether the bytes behind a member's end begin another; too few to tell are held until more come."""
        if self._is_over or not data.startswith(self._magic):
            self._held = data if self._magic.startswith(data) else b""
            self._is_over = self._is_over or not self._magic.startswith(data)
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise _Tangled(f"it is in more than {_MOST_MEMBERS:,} parts")
        self._stream = self._begin()
        return True


class _Deflate:
    """`deflate` is zlib's format by the standard (RFC 9110, 8.4.1.2) and the bare stream by habit; two bytes tell."""

    def __init__(self) -> None:
        self._head = b""
        self._members: _Members | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._members is None:
            self._head += data
            if len(self._head) < 2:
                return
            has_header = self._head[0] & 0x0F == 8 and int.from_bytes(self._head[:2], "big") % 31 == 0
            window = zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
            self._members = _Members(lambda: zlib.decompressobj(window))
            data = self._head
        yield from self._members.feed(data)

    def is_finished(self) -> bool:
        return self._members is not None and self._members.is_finished()


class _Brotli:
    def __init__(self, module: ModuleType) -> None:
        self._stream = module.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self.is_finished():
            piece: bytes = self._stream.process(data, output_buffer_limit=_AT_ONCE)
            yield piece
            data = b""
            if not piece and self._stream.can_accept_more_data():
                return

    def is_finished(self) -> bool:
        return bool(self._stream.is_finished())


def _gzip() -> Decoder:
    return _Members(lambda: zlib.decompressobj(16 + zlib.MAX_WBITS), b"\x1f\x8b")


def _optional(*names: str) -> ModuleType | None:
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


def _known_codings() -> tuple[dict[str, Callable[[], Decoder]], tuple[type[Exception], ...]]:
    codings: dict[str, Callable[[], Decoder]] = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _Deflate}
    errors: tuple[type[Exception], ...] = (zlib.error, _Tangled)
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


CODINGS, DAMAGE = _known_codings()
"""A decoder for every Content-Encoding that can be unpacked here, and what they raise over damaged data."""

ACCEPTED = ", ".join(name for name in ("gzip", "br", "zstd") if name in CODINGS)
"""The Accept-Encoding to send: what can be unpacked here without trusting the server with our memory."""
