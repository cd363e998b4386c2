"""Answers whose connection ends too early: none of them is taken for a whole one.

A text without a length, chunks or a coding ends where the connection does. What tells then is its own end: HTML that
opens `<html>`, and feeds, have to close it; nothing else may stop within a tag. Plain text can be cut unnoticed, and so
can HTML that leaves its optional tags out, between two tags.
"""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest

from litdb.model import Answer, Request
from litdb.web.client import Client
from web_client.figures import tell
from web_client.servers import answer, serving

POINTS = 60
PARAGRAPHS = "".join(
    f'<p class="a">Paragraph {n}, <b>bold</b> &amp; <a href="/{n}">linked</a>.</p>\n' for n in range(90)
)
HTML = f"<!doctype html>\n<html><head><title>A page</title></head>\n<body>{PARAGRAPHS}</body></html>".encode()
ENTRIES = "".join(f"<item><title>Entry {n}</title><link>https://example.org/{n}</link></item>\n" for n in range(90))
FEED = f'<?xml version="1.0"?>\n<rss version="2.0"><channel>{ENTRIES}</channel></rss>'.encode()
TEXT = bytes(random.Random(4).choices(range(32, 127), k=12_000))


def chunks(body: bytes, size: int, form: str = "%x") -> bytes:
    """The body in chunks, each with its size as `form` writes it."""
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(form.encode() % len(piece) + b"\r\n" + piece + b"\r\n" for piece in pieces) + b"0\r\n\r\n"


def chunked(body: bytes, size: int = 1000, form: str = "%x", **headers: str) -> bytes:
    return answer(200, chunks(body, size, form), length=None, Transfer_Encoding="chunked", **headers)


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


ANSWERS = {
    "length": (answer(200, TEXT), TEXT),
    "chunks": (chunked(TEXT), TEXT),
    "chunks of padded sizes": (chunked(TEXT, 16, "%08x"), TEXT),
    "HTML until the end": (answer(200, HTML, length=None), HTML),
    "a feed until the end": (answer(200, FEED, length=None), FEED),
    "gzip, length": (answer(200, gzip.compress(TEXT), Content_Encoding="gzip"), TEXT),
    "gzip until the end": (answer(200, gzip.compress(TEXT), length=None, Content_Encoding="gzip"), TEXT),
    "gzip, chunks": (chunked(gzip.compress(TEXT), Content_Encoding="gzip"), TEXT),
    "deflate until the end": (answer(200, zlib.compress(TEXT), length=None, Content_Encoding="deflate"), TEXT),
    "bare deflate until the end": (answer(200, deflated(TEXT), length=None, Content_Encoding="deflate"), TEXT),
    "br until the end": (answer(200, brotli.compress(TEXT), length=None, Content_Encoding="br"), TEXT),
    "br, chunks": (chunked(brotli.compress(TEXT), Content_Encoding="br"), TEXT),
    "gzip in br until the end": (
        answer(200, brotli.compress(gzip.compress(TEXT)), length=None, Content_Encoding="gzip, br"),
        TEXT,
    ),
}


@pytest.fixture(scope="module")
def client():
    return Client(deadline=10, allow_private=frozenset({"127.0.0.1"}))


@pytest.fixture(scope="module")
def ask(client):
    """What comes of some bytes and the end of the connection."""

    def script(_, send):
        send(sent[-1])

    def fetch(wire):
        sent.append(wire)
        return client.fetch(Request("test", server.url("/"), ()))

    sent = []
    with serving(script) as server:
        yield fetch


def points(wire: bytes, body: bytes) -> list[int]:
    """Where to cut: the first and the last bytes, and others by chance; what follows the body's end is no part of it."""
    last = wire.rindex(b"0\r\n\r\n") - 1 if wire.endswith(b"\r\n0\r\n\r\n") else len(wire) - 1
    drawn = random.Random(len(wire)).sample(range(1, last), POINTS - 4)
    return sorted({1, 20, last - 1, last, *drawn})


@pytest.mark.parametrize("how", ANSWERS)
def test_no_answer_cut_short_is_taken_for_a_whole_one(ask, record_property, how):
    wire, body = ANSWERS[how]
    assert ask(wire).body == body
    taken = [point for point in points(wire, body) if isinstance(ask(wire[:point]), Answer)]
    tell(record_property, f"truncation: {how}: {len(points(wire, body))} points, {len(taken)} taken for whole")
    assert taken == []


@pytest.mark.parametrize("lost", range(1, 30))
def test_half_an_address_leads_nowhere(ask, lost):
    wire = b"HTTP/1.1 302 Found\r\nLocation: /the/right/page/1234\r\n\r\n"
    ended = ask(wire[: -4 - lost])
    assert (ended.outcome, "hung up" in ended.reason) == ("unreachable", True)


def test_half_a_wait_is_no_wait(ask):
    assert not ask(b"HTTP/1.1 429 Busy\r\nRetry-After: 12").retry_at


WHOLE = {
    "no length, no <html>": answer(200, b"<!doctype html><title>Short</title><p>Text.", length=None),
    "no length, scripts behind the end": answer(200, HTML + b"<!-- x --><script>1 < 2</script>\n", length=None),
    "no length, an old page": answer(200, b"<HTML><BODY>Text</BODY></HTML>\r\n\r\n", length=None),
    "no length, a byte order mark": answer(200, b"\xef\xbb\xbf" + HTML, length=None),
    "no length, text": answer(200, b"1 < 2", length=None),
    "no length, JSON": answer(200, b'{"html": "<html>"}', length=None),
    "length, HTML that is not closed": answer(200, b"<html><title>Short</title>"),
    "chunks, HTML that is not closed": chunked(b"<html><title>Short</title>"),
    "gzip, HTML that is not closed": answer(
        200, gzip.compress(b"<html><title>x</title>"), length=None, Content_Encoding="gzip"
    ),
    "no body": answer(204, length=None),
    "an empty body": answer(200, length=0),
    "an empty body in no chunks": chunked(b""),
    "the last line break missing": chunked(TEXT)[:-2],
}


@pytest.mark.parametrize("what", WHOLE)
def test_what_is_whole_is_taken(ask, what):
    """So that the tests above are no merit of refusing everything."""
    assert isinstance(ask(WHOLE[what]), Answer)
