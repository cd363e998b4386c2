"""The sockets of the little web: CONNECT, TLS ended here, keep-alive, and replies that end badly on purpose."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Protocol
from urllib.parse import urlsplit

from litdb.demo.wire import Call, Reply, text

_DRIP_SECONDS = 0.1


class Web(Protocol):
    """What the sockets need of a web."""

    def line(self, host: str) -> ssl.SSLContext | None:
        """How to be this host, or None where it cannot be reached."""

    def answer(self, call: Call) -> Reply:
        """The answer to a request."""


class Proxy(ThreadingTCPServer):
    """An HTTP proxy on a free port of 127.0.0.1, a thread for each connection, until `close`."""

    def __init__(self, web: Web) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.web = web
        self.port: int = self.server_address[1]
        self.closing = threading.Event()
        self.lines: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hang up on everybody and wait until every thread is done."""
        self.closing.set()
        self.shutdown()
        self._thread.join()
        for line in tuple(self.lines):
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller who hangs up is no error; anything else is a mistake in a site and is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Conversation(BaseHTTPRequestHandler):
    """One connection: requests in the clear, or after CONNECT those of one host inside TLS."""

    protocol_version = "HTTP/1.1"
    server_version = "little-web"
    sys_version = ""
    disable_nagle_algorithm = True
    server: Proxy
    tunnel = ""

    def setup(self) -> None:
        super().setup()
        self.server.lines.add(self.connection)

    def finish(self) -> None:
        self.server.lines.discard(self.connection)
        try:
            super().finish()
        finally:
            self.connection.close()

    def do_CONNECT(self) -> None:
        """Open a tunnel, or say that the host cannot be reached."""
        host, _, port = self.path.rpartition(":")
        context = self.server.web.line(host if port == "443" else self.path)
        if context is None:
            self._send(text(f"Could not resolve host: {host}", 502))
            self.close_connection = True
            return
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self._begin_tls(host, context)

    def do_GET(self) -> None:
        """Answer a request of whatever method, by the site it is for."""
        call = self._call()
        if not self.tunnel and self.server.web.line(call.host) is None:
            self._send(text(f"Could not resolve host: {call.host}", 502))
        else:
            self._send(self.server.web.answer(call))

    do_POST = do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: the log is the web's."""

    def _begin_tls(self, host: str, context: ssl.SSLContext) -> None:
        self.rfile.close()
        self.wfile.close()
        self.server.lines.discard(self.connection)
        self.connection = context.wrap_socket(self.connection, server_side=True, do_handshake_on_connect=False)
        self.server.lines.add(self.connection)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.connection.do_handshake()
        self.tunnel, self.close_connection = host, False

    def _call(self) -> Call:
        parts = urlsplit(f"https://{self.tunnel}{self.path}" if self.tunnel else self.path)
        return Call(
            method=self.command,
            scheme=parts.scheme,
            host=parts.netloc,
            path=parts.path,
            query=parts.query,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            at=time.monotonic(),
        )

    def _send(self, reply: Reply) -> None:
        self.close_connection = self.close_connection or reply.ending != "whole"
        if reply.ending == "hang":
            self.server.closing.wait()
        if reply.ending in ("hang", "drop"):
            return
        self._send_head(reply)
        if self.command != "HEAD":
            self._send_body(reply)

    def _send_head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.ending != "endless" and reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _send_body(self, reply: Reply) -> None:
        if reply.ending == "drip":
            for index in range(len(reply.body)):
                self.wfile.write(reply.body[index : index + 1])
                self.wfile.flush()
                if self.server.closing.wait(_DRIP_SECONDS):
                    return
        elif reply.ending == "endless":
            while not self.server.closing.is_set():
                self.wfile.write(reply.body + b" " * 65536)
        else:
            self.wfile.write(reply.body[: len(reply.body) // 2] if reply.ending == "cut" else reply.body)
