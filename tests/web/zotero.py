"""A Zotero that runs: its local API on a port of this machine, with as much of it as the program asks for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

ITEMS = "/api/users/0/items/top"


class Zotero(ThreadingHTTPServer):
    """`page` items at once (0: all, as Zotero 7 sends them); `is_open` as the user set it. `seen` are its requests."""

    def __init__(self, items: Sequence[object], page: int = 0, *, is_open: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.items, self.page, self.is_open = items, page, is_open
        self.seen: list[tuple[str, str]] = []
        self.versions: set[str | None] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, body and `Link` for a path."""
        url = urlsplit(path)
        asked = parse_qs(url.query)
        if not self.is_open:
            return 403, "Request not allowed", ""
        if url.path != ITEMS or asked.get("format") != ["csljson"]:
            return 404, "Not found", ""
        start = int(asked.get("start", ["0"])[0])
        end = start + self.page if self.page else len(self.items)
        more = f'<{self.address}{ITEMS}?format=csljson&start={end}>; rel="next"' if end < len(self.items) else ""
        return 200, json.dumps(self.items[start:end], indent=4), more


class _Handler(BaseHTTPRequestHandler):
    server: Zotero

    def do_GET(self) -> None:
        self.server.seen.append((self.command, self.path))
        self.server.versions.add(self.headers["Zotero-API-Version"])
        status, text, more = self.server.answer(self.path)
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Total-Results", str(len(self.server.items)))
        if more:
            self.send_header("Link", more)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests look at `seen`."""


@contextmanager
def running_zotero(items: Sequence[object], page: int = 0, *, is_open: bool = True) -> Iterator[Zotero]:
    """A Zotero with these items, as long as the block runs."""
    zotero = Zotero(items, page, is_open=is_open)
    thread = threading.Thread(target=zotero.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield zotero
    finally:
        zotero.shutdown()
        thread.join()
        zotero.server_close()
