"""Any number of works as a file, sent while it is written."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from datasette import Response

from litdb.browse.forms import FORMS
from litdb.database import browsing
from litdb.database.works import works_by_id
from litdb.model import Work

if TYPE_CHECKING:
    from sqlite3 import Connection

    from datasette.utils.asgi import Request

    from litdb.browse.serving import Served

Message: TypeAlias = Mapping[str, object]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

CHUNK = 500
"""So many works are read at once."""

PIECES = 200
"""So many pieces of the file are sent at once."""


class Streamed(Response):  # type: ignore[misc]
    """An answer whose text is made while it is sent; Datasette's own kind of stream is no `Response`.

    `receive` is the request's: it tells when nobody reads any more, which `send` does not (ASGI's HTTP specification).
    """

    def __init__(self, text: Iterator[str], content_type: str, headers: Mapping[str, str], receive: Receive) -> None:
        super().__init__("", headers=dict(headers), content_type=content_type)
        self._text, self._receive = text, receive

    async def asgi_send(self, send: Send) -> None:
        """Send it, each piece made in a thread of its own, as long as somebody reads it."""
        headers = {**self.headers, "content-type": self.content_type}
        raw = [[name.encode(), value.encode()] for name, value in headers.items()]
        gone = asyncio.create_task(_hung_up(self._receive))
        try:
            await send({"type": "http.response.start", "status": self.status, "headers": raw})
            while not gone.done() and (text := await asyncio.to_thread(self._piece)):
                await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()

    def _piece(self) -> str:
        return "".join(islice(self._text, PIECES))


async def _hung_up(receive: Receive) -> None:
    """Wait until who asked has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def file_of(library: Served, request: Request, form: str, rows: Sequence[int], name: str) -> Streamed:
    """The works of these rows as one of `FORMS`; `name` is what the file is called."""
    made, keys = FORMS[form], frozenset[str]()
    if made.by_key:
        pairs = await library.ask(partial(browsing.sorted_by_key, ids=rows))
        rows, keys = [row for row, _ in pairs], frozenset(key for _, key in pairs)
    text = made.write(_works(library.database.connect, rows), keys)
    shown = quote(name.rpartition("/")[2][:80])
    headers = {
        "content-disposition": f"inline; filename*=UTF-8''{shown}{made.suffix}",
        "x-content-type-options": "nosniff",
    }
    return Streamed(text, made.media_type, headers, request.receive)


def _works(connect: Callable[[], Connection], rows: Sequence[int]) -> Iterator[Work]:
    """The works, in parts, over a connection of their own, so that no page waits for them."""
    connection = connect()
    connection.row_factory = browsing.named
    try:
        for start in range(0, len(rows), CHUNK):
            yield from works_by_id(connection, rows[start : start + CHUNK]).values()
    finally:
        connection.close()
