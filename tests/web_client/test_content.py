"""Bodies: every coding unpacked, every bomb stopped, every cut noticed."""

from __future__ import annotations

import gzip
import io
import sys
import tracemalloc
import zlib

import brotli
import pytest
from urllib3 import HTTPResponse

from litdb.web.codings import ACCEPTED
from litdb.web.content import read_body
from litdb.web.endings import Ended

PAGE = b"<!doctype html><title>A page</title>" + bytes(range(256)) * 20


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "gzip, gzip": lambda data: gzip.compress(gzip.compress(data)),
    "deflate, br": lambda data: brotli.compress(zlib.compress(data)),
}


def read(wire: bytes, coding: str = "", limit: int = 1_000_000, **headers: str) -> bytes:
    headers = {"content-encoding": coding} | headers
    raw = HTTPResponse(io.BytesIO(wire), headers=headers, status=200, preload_content=False)
    return read_body(raw, limit, "example.org")


def ending(wire: bytes, coding: str = "", limit: int = 1_000_000, **headers: str) -> Ended:
    with pytest.raises(Ended) as caught:
        read(wire, coding, limit, **headers)
    return caught.value


@pytest.mark.parametrize("coding", PACKERS)
def test_every_coding_is_unpacked(coding):
    assert read(PACKERS[coding](PAGE), coding) == PAGE


@pytest.mark.parametrize("coding", ["", "identity", "IDENTITY"])
def test_a_plain_body_is_left_as_it_is(coding):
    assert read(PAGE, coding) == PAGE


def test_deflate_without_its_header_is_read_too():
    assert read(raw_deflate(PAGE), "deflate") == PAGE


def test_gzip_of_several_members_is_one_body():
    assert read(gzip.compress(PAGE) + gzip.compress(b"") + gzip.compress(b"end"), "gzip") == PAGE + b"end"


def test_bytes_behind_the_end_of_gzip_are_ignored():
    assert read(gzip.compress(PAGE) + b"\0" * 20_000, "gzip") == PAGE


def test_an_empty_body_is_whole_whatever_it_says_it_is():
    assert read(b"", "gzip", **{"content-length": "0"}) == b""


def test_what_is_accepted_can_be_read():
    assert ACCEPTED.split(", ")[0] == "gzip"
    assert "br" in ACCEPTED


@pytest.mark.parametrize("coding", ["compress", "gzip, gzip, gzip", "gzip, nonsense"])
def test_other_codings_are_named_and_not_guessed(coding):
    ended = ending(PAGE, coding)
    assert ended.outcome == "unsupported"
    assert coding in ended.reason


@pytest.mark.parametrize("coding", ["gzip", "br", "gzip, gzip"])
def test_what_is_not_packed_as_said_is_damaged(coding):
    assert ending(b"<!doctype html><title>plain</title>", coding).outcome == "unsupported"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip"])
@pytest.mark.parametrize("share", range(1, 16))
def test_a_stream_that_is_cut_is_never_a_page(coding, share):
    """Without Content-Length only the packed stream itself knows where it ends."""
    whole = PACKERS[coding](PAGE)
    ended = ending(whole[: max(1, len(whole) * share // 16)], coding)
    assert ended.outcome == "unreachable"
    assert "cut short" in ended.reason


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_the_last_byte_counts(coding):
    assert ending(PACKERS[coding](PAGE)[:-1], coding).outcome == "unreachable"


BOMBS = {
    "gzip": lambda: gzip.compress(bytes(50_000_000)),
    "deflate": lambda: zlib.compress(bytes(50_000_000)),
    "br": lambda: brotli.compress(bytes(50_000_000), quality=5),
    "gzip, gzip": lambda: gzip.compress(gzip.compress(bytes(50_000_000))),
    "br, gzip": lambda: gzip.compress(brotli.compress(bytes(50_000_000), quality=5)),
    "gzip, br": lambda: brotli.compress(gzip.compress(bytes(50_000_000), 0), quality=1),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_is_stopped_at_the_cap(coding):
    bomb = BOMBS[coding]()
    tracemalloc.start()
    try:
        ended = ending(bomb, coding, limit=2_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (ended.outcome, ended.reason) == ("unsupported", "example.org sent more than 2 MB")
    assert peak < 15_000_000


def test_many_small_members_are_capped_too():
    assert ending(gzip.compress(bytes(50_000)) * 100, "gzip").reason == "example.org sent more than 1 MB"


def test_a_body_of_exactly_the_cap_is_taken():
    assert read(PAGE, limit=len(PAGE)) == PAGE
    assert read(gzip.compress(PAGE), "gzip", limit=len(PAGE)) == PAGE


def test_a_plain_body_over_the_cap_is_not():
    assert ending(PAGE, limit=len(PAGE) - 1).outcome == "unsupported"


def test_a_declared_length_over_the_cap_is_believed():
    """Nothing is read: the body here is not even there."""
    assert ending(b"", **{"content-length": "9" * 5000}).reason == "example.org sent more than 1 MB"


@pytest.mark.skipif("zstd" not in ACCEPTED, reason="this Python has no zstd")
def test_zstd_is_read_and_capped():
    zstd = sys.modules.get("compression.zstd") or sys.modules["backports.zstd"]
    assert read(zstd.compress(PAGE), "zstd") == PAGE
    assert ending(zstd.compress(PAGE)[:-5], "zstd").outcome == "unreachable"
    assert ending(zstd.compress(bytes(50_000_000)), "zstd").outcome == "unsupported"
