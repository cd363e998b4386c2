"""Bodies that are made to fill the memory or to keep the processor busy."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from litdb.web.codings import ACCEPTED
from web_client.figures import tell
from web_client.servers import answer, serving

MOST_MEMORY, MOST_CPU = 40.0, 1.0
"""MB above what was there before, and seconds."""

MEASURE = Path(__file__).with_name("measure_fetches.py")
BLOCK = 4 * 2**20


@cache
def deflated(window: int, blocks: int = 256) -> bytes:
    """A gibibyte of zeros, packed; what is packed after a full flush can be repeated."""
    packer = zlib.compressobj(9, wbits=window)
    first = packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + (packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)) * (blocks - 1)


def packed(coding: str, body: bytes, status: int = 200, **headers: str) -> bytes:
    return answer(status, body, Content_Encoding=coding, Content_Type="text/html", **headers)


def chunked(pieces: Iterator[bytes], **headers: str) -> Iterator[bytes]:
    yield answer(200, length=None, Transfer_Encoding="chunked", **headers)
    for piece in pieces:
        yield b"%x\r\n%s\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


def endless(head: bytes, piece: bytes) -> Iterator[bytes]:
    yield head
    while True:
        yield piece


GZIP, ZLIB, RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
MANY_GROUPS = "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "".join(f"Allow: /{n}\n" for n in range(20_000))
NOT_FRAMED = b"HTTP/1.1 200 OK\r\n\r\n"

BOMBS = {
    "gzip": lambda: packed("gzip", deflated(GZIP)),
    "deflate": lambda: packed("deflate", deflated(ZLIB)),
    "deflate without header": lambda: packed("deflate", deflated(RAW)),
    "br": lambda: packed("br", brotli.compress(bytes(2**26), quality=1)),
    "gzip in gzip": lambda: packed("gzip, gzip", gzip.compress(deflated(GZIP))),
    "gzip in br": lambda: packed("gzip, br", brotli.compress(deflated(GZIP), quality=5)),
    "gzip in chunks": lambda: chunked(iter([deflated(GZIP)]), Content_Encoding="gzip"),
    "gzip just under the limit": lambda: packed("gzip", gzip.compress(bytes(19_990_000))),
    "gzip in gzip just under the limit": lambda: packed("gzip, gzip", gzip.compress(gzip.compress(bytes(19_990_000)))),
    "empty gzip members": lambda: packed("gzip", gzip.compress(b"") * 900_000),
    "full gzip members": lambda: packed("gzip", gzip.compress(bytes(2**20)) * 10_000),
    "in the body of a redirect": lambda: packed("gzip", deflated(GZIP), 302, Location="/plain"),
    "in the body of a 404": lambda: packed("gzip", deflated(GZIP), 404),
    "in the body of a 429": lambda: packed("gzip", deflated(GZIP), 429),
    "in many chunks": lambda: endless(answer(length=None, Transfer_Encoding="chunked"), b"1\r\nx\r\n" * 10_000),
    "endless": lambda: endless(NOT_FRAMED, bytes(2**20)),
    "in the headers": lambda: endless(b"HTTP/1.1 200 OK\r\n", b"x: " + b"y" * 60_000 + b"\r\n"),
    "plain, just under the limit": lambda: answer(200, bytes(19_990_000)),
}
ROBOTS = {
    "robots.txt, gzip": lambda: packed("gzip", deflated(GZIP)),
    "robots.txt, endless": lambda: endless(NOT_FRAMED, b"Allow: /x\n" * 100_000),
    "robots.txt, many groups with many rules": lambda: answer(200, MANY_GROUPS.encode()),
    "robots.txt, one long pattern": lambda: answer(200, b"User-agent: *\nDisallow: /" + b"*a" * 240_000),
}
if "zstd" in ACCEPTED:
    zstd = sys.modules.get("compression.zstd") or sys.modules["backports.zstd"]
    BOMBS["zstd"] = lambda: packed("zstd", zstd.compress(bytes(2**26)))


@pytest.fixture(scope="module")
def costs():
    """What each bomb cost: MB of memory, seconds of CPU, how it ended."""

    def script(asked, send):
        make = named.get(asked.target, lambda: answer(200, b"page"))
        for piece in _pieces(make()):
            send(piece)

    named = {f"/{quote(name)}": make for name, make in BOMBS.items()}
    named |= {f"/{quote(name)}/robots.txt": make for name, make in ROBOTS.items()}
    with serving(script) as server:
        urls = [server.url(target) for target in ("/plain", *named)]
        done = subprocess.run([sys.executable, MEASURE, "1", *urls], capture_output=True, text=True, check=True)
    return {name: cost for name, (_, *cost) in zip([*BOMBS, *ROBOTS], json.loads(done.stdout), strict=True)}


def _pieces(made):
    return [made] if isinstance(made, bytes) else made


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the most memory of a process")
def test_a_bomb_takes_little_memory_and_time(costs, record_property):
    for name, (memory, busy, ending) in costs.items():
        tell(record_property, f"bomb: {name}: +{memory:.1f} MB, {busy:.2f} s CPU: {ending}")
    assert len(costs) >= 12
    assert {name: cost for name, cost in costs.items() if cost[0] > MOST_MEMORY or cost[1] > MOST_CPU} == {}


TOGETHER = 16
"""Lanes that meet a bomb at the same time."""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the most memory of a process")
def test_many_at_once_take_little_more(record_property):
    pages = {"/plain": lambda: answer(200, b"page"), "/x": BOMBS["endless"], "/y": BOMBS["gzip"]}
    with serving(lambda asked, send: [send(piece) for piece in _pieces(pages[asked.target]())]) as server:
        urls = [server.url(target) for target in pages]
        done = subprocess.run(
            [sys.executable, MEASURE, str(TOGETHER), *urls], capture_output=True, text=True, check=True
        )
    for _, memory, _, ending in json.loads(done.stdout):
        tell(record_property, f"bombs: {TOGETHER} at once: +{memory:.1f} MB: {ending}")
        assert memory <= 2 * MOST_MEMORY
