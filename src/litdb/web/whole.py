"""HTTP's own lines (header fields, sizes of chunks) taken whole or not at all."""

from __future__ import annotations

import http.client
import io
import socket


class WholeLines(http.client.HTTPResponse):
    """A response that ends in `IncompleteRead` where the connection ends within a line.

    http.client takes what has come of it for the whole line: half a Location leads elsewhere, and the first zero of a
    chunk's size `00001000` ends the body.
    """

    def __init__(
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None, url: str | None = None
    ) -> None:
        super().__init__(sock, debuglevel, method, url)
        self.fp.close()
        self.fp = _Lines(sock.makefile("rb", buffering=0))


class _Lines(io.BufferedReader):
    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line; a part of one only where it is longer than `size`."""
        line = super().readline(size)
        if line and not line.endswith(b"\n") and len(line) != size:
            raise http.client.IncompleteRead(line)
        return line
