"""One request's connection: it opens only where it may lead, and is cut when its time is over."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import TimeoutError as OutOfTime
from contextlib import suppress
from functools import partial
from ssl import SSLContext
from types import TracebackType
from typing import Any, cast

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from litdb.web.endings import Ended, not_found, unconnected
from litdb.web.guard import is_number, is_public, private
from litdb.web.moments import Moments
from litdb.web.threads import ALARMS, DaemonThreads
from litdb.web.whole import WholeLines

CONNECT_SECONDS = 10.0
"""How long all addresses of a host together may take to accept a connection."""

_LOOKING_UP = DaemonThreads()
"""The threads of this process that look names up."""

_Address = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]


class Line:
    """A connection with a deadline, which a server that drips its answer byte by byte cannot stretch.

    A timeout of a socket begins anew with every byte; here an alarm shuts the socket down. It holds a duplicate of
    the socket, because TLS takes the first one away while it shakes hands.
    """

    def __init__(self, seconds: float, allowed: Collection[str], moments: Moments) -> None:
        self.is_cut = False
        self.moments = moments
        self._ends = time.monotonic() + seconds
        self._allowed = {host.lower() for host in allowed}
        self._handle: socket.socket | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Line:
        self._alarm = ALARMS.set(self._ends - time.monotonic(), self._cut)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ALARMS.cancel(self._alarm)
        with self._lock:
            if self._handle is not None:
                self._handle.close()

    def open(self, host: str, port: int, *, is_proxy: bool) -> socket.socket:
        """A connected socket. Every address is judged, and then connected to by number, so no second look-up counts."""
        peer = f"the proxy {host}" if is_proxy else host
        addresses = _look_up(host, port, peer, self._ends - time.monotonic())
        if not is_proxy and host not in self._allowed:
            addresses = [each for each in addresses if is_public(each[4][0])]
            if not addresses:
                raise Ended("unsupported", private(host))
        connected = self._connect(addresses, peer)
        with self._lock:
            self._handle = connected.dup()
            if self.is_cut:
                connected.close()
                raise TimeoutError
        return connected

    def _connect(self, addresses: list[_Address], peer: str) -> socket.socket:
        ends = min(self._ends, time.monotonic() + CONNECT_SECONDS)
        failure = OSError("it has no address")
        for index, address in enumerate(addresses):
            share = (ends - time.monotonic()) / (len(addresses) - index)
            try:
                return _connect_one(address, max(share, 0.001))
            except OSError as error:
                failure = error
        raise unconnected(failure, peer) from failure

    def _cut(self) -> None:
        with self._lock:
            self.is_cut = True
            if self._handle is not None:
                with suppress(OSError):
                    self._handle.shutdown(socket.SHUT_RDWR)


class LineAdapter(HTTPAdapter):
    """requests' way to a server, over a line, with certificates verified by the context given."""

    def __init__(self, line: Line, context: SSLContext) -> None:
        self._line = line
        self._context = context
        super().__init__(pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: object) -> None:
        """The pools, verifying by the context: it is read from disk once, and not for every connection."""
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._context, **pool_kwargs)

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: object) -> ProxyManager:
        """The pools behind a proxy, verifying by the context too."""
        manager: ProxyManager = super().proxy_manager_for(proxy, ssl_context=self._context, **proxy_kwargs)
        return manager

    def cert_verify(self, conn: object, url: object, verify: object, cert: object) -> None:
        """Nothing to set: the context verifies."""

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: tuple[str, str] | str | None = None,
    ) -> HTTPConnectionPool:
        """The pool for a request, made to open its sockets over the line."""
        pool = cast("HTTPConnectionPool", super().get_connection_with_tls_context(request, verify, proxies, cert))
        kind = _TlsOverLine if pool.scheme == "https" else _OverLine
        pool.ConnectionCls = cast("type[HTTPConnection]", partial(_over, self._line, kind))
        return pool


class _OverLine(HTTPConnection):
    line: Line
    response_class = WholeLines

    def _new_conn(self) -> socket.socket:
        return self.line.open(self.host, self.port, is_proxy=self.proxy is not None)

    def connect(self) -> None:
        super().connect()
        self.line.moments.sends()

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 has one of its own
        self.line.moments.sent()
        return super().getresponse()


class _TlsOverLine(_OverLine, HTTPSConnection):
    """The same with TLS in between."""


def _over(line: Line, kind: Callable[..., _OverLine], **given: object) -> _OverLine:
    """A connection of this kind over a line, as a pool asks for it."""
    connection = kind(**given)
    connection.line = line
    return connection


def _look_up(host: str, port: int, peer: str, seconds: float) -> list[_Address]:
    """The addresses of a name, by a thread that is left behind where it hangs: the C library knows no deadline."""
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        return list(look_up() if is_number(host) else _LOOKING_UP.submit(look_up).result(max(seconds, 0.0)))
    except OutOfTime as error:
        raise Ended("timeout", f"{peer} could not be looked up in time") from error
    except (socket.gaierror, UnicodeError) as error:
        raise not_found(error, peer) from error


def _connect_one(address: _Address, seconds: float) -> socket.socket:
    family, kind, protocol, _, where = address
    opened = socket.socket(family, kind, protocol)
    try:
        opened.settimeout(seconds)
        opened.connect(where)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        opened.close()
        raise
    return opened
