"""Servers that take all the time they can get: a fetch ends with its deadline."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from litdb.model import Failure, Request
from litdb.web.client import Client
from web_client.figures import tell
from web_client.servers import Script, answer, dripping, serving

DEADLINE = 1.0
GRACE = 0.5
"""How many seconds a fetch may take, and how much longer it may be until we know."""

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def redirects_for_ever(asked, send):
    time.sleep(0.3)
    send(answer(302, Location=asked.target + "x"))


def redirects_with_a_drip(asked, send):
    """A redirect whose body never ends, to a page whose body never ends."""
    here = b"HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n" if asked.target == "/" else OK + b"\r\n"
    dripping(here, b"x")(asked, send)


SCRIPTS: dict[str, Script] = {
    "no answer": dripping(b"", b""),
    "the status, byte by byte": dripping(b"", b"H"),
    "a header, byte by byte": dripping(OK + b"X: ", b"x"),
    "header after header": dripping(OK, b"X: y\r\n"),
    "100 Continue for ever": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body, byte by byte": dripping(OK + b"\r\n", b"x"),
    "a body shorter than it says": dripping(OK + b"Content-Length: 10\r\n\r\nx", b""),
    "an endless body": dripping(OK + b"\r\n", b"x" * 1000, every=0.01),
    "a packed body, byte by byte": dripping(
        OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x")[:10], b"\x00\x00\x00\xff\xff"
    ),
    "the size of a chunk, byte by byte": dripping(CHUNKED, b"0"),
    "chunks of a byte": dripping(CHUNKED, b"1\r\nx\r\n"),
    "a trailer after the last chunk": dripping(CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n"),
    "redirects, one slower than the other": redirects_for_ever,
    "the body of a redirect": redirects_with_a_drip,
}


HANDSHAKE = b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb\x03\x03"
"""The head of a TLS record with a ServerHello of 16 kB."""


@contextlib.contextmanager
def talking(words: bytes) -> Iterator[int]:
    """A port that says one byte after the other, the last one for ever, and hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        is_over = threading.Event()

        def talk() -> None:
            with contextlib.suppress(OSError):
                opened, _ = server.accept()
                with opened:
                    said = itertools.chain(words, itertools.repeat(words[-1] if words else None))
                    while not is_over.wait(0.05):
                        byte = next(said)
                        opened.sendall(b"" if byte is None else bytes([byte]))

        threading.Thread(target=talk, daemon=True).start()
        yield server.getsockname()[1]
        is_over.set()


@contextlib.contextmanager
def crowded() -> Iterator[int]:
    """A port that nobody accepts on, with a queue before it that is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, contextlib.ExitStack() as queue:
        port = server.getsockname()[1]
        for _ in range(8):
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        yield port


def took(url: str, client: Client) -> tuple[float, str]:
    began = time.monotonic()
    ended = client.fetch(Request("test", url, ()))
    assert isinstance(ended, Failure), url
    return time.monotonic() - began, ended.outcome


@pytest.fixture
def client():
    return Client(deadline=DEADLINE, allow_private=frozenset({"127.0.0.1"}))


def test_no_slow_server_outlasts_the_deadline(client, record_property):
    with contextlib.ExitStack() as running:
        urls = {name: running.enter_context(serving(script)).url("/") for name, script in SCRIPTS.items()}
        urls["no connection"] = f"http://127.0.0.1:{running.enter_context(crowded())}/"
        urls["no TLS handshake"] = f"https://127.0.0.1:{running.enter_context(talking(b''))}/"
        urls["a TLS handshake, byte by byte"] = f"https://127.0.0.1:{running.enter_context(talking(HANDSHAKE))}/"
        with ThreadPoolExecutor(len(urls)) as pool:
            times = dict(zip(urls, pool.map(lambda url: took(url, client), urls.values()), strict=True))
    for name, (seconds, outcome) in times.items():
        tell(record_property, f"slow: {name}: {outcome} after {seconds:.2f} s of {DEADLINE:g} s")
    assert len(times) >= 10
    assert {name: seconds for name, (seconds, _) in times.items() if seconds > DEADLINE + GRACE} == {}
    assert {outcome for _, outcome in times.values()} <= {"timeout", "unreachable"}


def test_no_slow_proxy_does_either(client, monkeypatch, record_property):
    with serving(dripping(b"", b"HTTP/1.1 200 Connection established\r\n")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.root)
        seconds, outcome = took("https://www.example.org/", client)
    tell(record_property, f"slow: the proxy's tunnel: {outcome} after {seconds:.2f} s of {DEADLINE:g} s")
    assert seconds <= DEADLINE + GRACE


def test_no_slow_name_server_does_either(client, monkeypatch, record_property):
    is_over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: is_over.wait(10) and [])
    seconds, outcome = took("http://www.example.org/", client)
    is_over.set()
    tell(record_property, f"slow: the name server: {outcome} after {seconds:.2f} s of {DEADLINE:g} s")
    assert seconds <= DEADLINE + GRACE
    assert outcome in ("timeout", "unreachable")
