"""Datasette on one library, in this process and for this machine only, until it is ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

import litdb.browse
from litdb.browse.metadata import SETTINGS, configuration, metadata, reads_configuration

HOST = "127.0.0.1"

_GRACE_SECONDS = 2
"""So long may an answer that is under way go on when the server is ended."""


def serve(library: Path, port: int, plugins: Sequence[object], ready: Callable[[str], None]) -> None:
    """Serve a library at a port of this machine until Ctrl-C; `ready` is told the address once it answers."""
    if not pm.is_registered(litdb.browse):
        pm.register(litdb.browse)
    for plugin in plugins:
        pm.register(plugin)
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(_run(library, port, ready))
    finally:
        for plugin in plugins:
            pm.unregister(plugin)


async def _run(library: Path, port: int, ready: Callable[[str], None]) -> None:
    datasette = made(library)
    await datasette.invoke_startup()
    application = datasette.app()
    config = uvicorn.Config(
        application, HOST, port, log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE_SECONDS
    )
    try:
        await _Server(config, ready).serve()
    finally:
        for database in datasette.databases.values():
            database.close()


def made(library: Path) -> Any:  # noqa: ANN401 - Datasette has no types
    """A Datasette of this library, with all that it is told of it."""
    name = library.stem
    more = {"config": configuration(name)} if reads_configuration() else {"settings": SETTINGS}
    return Datasette([str(library)], metadata=metadata(name), **more)


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Begin to listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready(f"http://{HOST}:{self.servers[0].sockets[0].getsockname()[1]}")
