"""Small servers on loopback that answer byte for byte what a test wants, and write down what they were asked."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import parse_headers
from socketserver import StreamRequestHandler, ThreadingTCPServer


@dataclass
class Asked:
    """One request as it came, and when (`time.monotonic`)."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass
class Served:
    """A running server: its address, and what it was asked so far."""

    host: str
    port: int
    scheme: str = "http"
    asked: list[Asked] = field(default_factory=list)

    @property
    def root(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"

    def url(self, path: str) -> str:
        return self.root + path

    @property
    def targets(self) -> list[str]:
        return [each.target for each in self.asked]


Send = Callable[[bytes], None]
Script = Callable[[Asked, Send], None]
"""What to send for a request; the connection is closed when it returns."""


def serving(script: Script, tls: ssl.SSLContext | None = None) -> AbstractContextManager[Served]:
    """A server that answers each connection's one request by the script."""
    return _running(lambda handler, asked: script(asked, handler.wfile.write), tls)


def tunnelling(to: Served) -> AbstractContextManager[Served]:
    """A proxy whose tunnels all lead to one server, whatever host they ask for."""

    def tunnel(handler: StreamRequestHandler, _: Asked) -> None:
        with socket.create_connection((to.host, to.port)) as onward:
            handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_copy, args=(onward, handler.connection), daemon=True)
            back.start()
            _copy(handler.connection, onward)
            back.join()

    return _running(tunnel)


@contextmanager
def _running(
    handle: Callable[[StreamRequestHandler, Asked], None], tls: ssl.SSLContext | None = None
) -> Iterator[Served]:
    class Handler(StreamRequestHandler):
        def setup(self) -> None:
            if tls:
                self.request = tls.wrap_socket(self.request, server_side=True)
            super().setup()

        def handle(self) -> None:
            with suppress(OSError, ValueError):
                asked = _read_request(self.rfile)
                served.asked.append(asked)
                handle(self, asked)

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()
            self.request.close()

    class Server(ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up, or does not like our certificate, is part of a test."""

    with Server(("127.0.0.1", 0), Handler) as server:
        served = Served("127.0.0.1", server.server_address[1], "https" if tls else "http")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()


def answer(status: int = 200, body: bytes = b"", *, length: int | None = -1, **headers: str) -> bytes:
    """A whole answer; `length` is what Content-Length says (None for no such header), underscores in names are dashes."""
    lines = [f"HTTP/1.1 {status} Whatever"]
    if length is not None:
        lines.append(f"Content-Length: {len(body) if length == -1 else length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def site(pages: dict[str, bytes]) -> Script:
    """A script by path; what is not there is 404."""

    def script(asked: Asked, send: Send) -> None:
        send(pages.get(asked.target, answer(404)))

    return script


def always(whole: bytes) -> Script:
    """A script that says the same to everyone."""

    def script(_: Asked, send: Send) -> None:
        send(whole)

    return script


def dripping(head: bytes, drop: bytes, every: float = 0.05) -> Script:
    """A script that sends its head at once, and then a drop at a time until nobody listens any more."""

    def script(_: Asked, send: Send) -> None:
        send(head)
        while True:
            send(drop)
            time.sleep(every)

    return script


def unused_port() -> int:
    """A port of loopback where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _read_request(stream: object) -> Asked:
    method, target, _ = stream.readline().decode("latin-1").split(" ", 2)
    headers = {name.lower(): value for name, value in parse_headers(stream).items()}
    body = stream.read(int(headers.get("content-length", 0)))
    return Asked(method, target, headers, body, time.monotonic())


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
