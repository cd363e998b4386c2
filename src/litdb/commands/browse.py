"""litdb browse: the library in the browser."""

from __future__ import annotations

from threading import Thread

import click

from litdb.commands.metadata import write_metadata
from litdb.commands.options import db_option
from litdb.commands.printing import say, tell
from litdb.commands.slips import OneOf
from litdb.errors import LitdbError
from litdb.files.editors import EDITORS
from litdb.files.place import Place

PORT = 8001
"""Where the library is served if nobody else is there, so that addresses and the bookmarklet stay good."""


@click.command("browse")
@db_option
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    help=f"The port on this machine; without it {PORT}, or a free one if that is taken.",
)
@click.option("--open/--no-open", "opens", default=True, show_default=True, help="Open the browser.")
@click.option(
    "--editor",
    type=OneOf([*EDITORS]),
    envvar="LITDB_EDITOR",
    show_envvar=True,
    help="What links to the lines of notes open; without it Obsidian in its vaults, else VS Code.",
)
def command(place: Place, port: int | None, opens: bool, editor: str | None) -> None:
    """Look around in the library: references, notes, people, search. Ctrl-C ends it.

    Only this machine is served. The address that it opens, and prints, lets you correct what you see.

    \b
    Examples:
      litdb browse
      litdb browse --port 8080 --no-open
      litdb browse --editor vscode
    """
    serve_page(place, "", port, opens=opens, editor=editor or "")


def serve_page(place: Place, key: str, port: int | None, *, opens: bool = True, editor: str = "") -> None:
    """Serve a library until Ctrl-C and open its home, or the page of a reference. Raises `LitdbError`."""
    from litdb.browse.door import Door
    from litdb.browse.links import home_path, reference_path
    from litdb.browse.local import Local, serve_locally
    from litdb.browse.server import serve
    from litdb.commands.desk import Desk
    from litdb.database.connection import open_for_reading

    open_for_reading(place.library).close()
    write_metadata(place)
    name = place.library.stem
    door = Door(Desk(place), name)
    first = door.enter_at(reference_path(name, key) if key else home_path(name))

    def ready(origin: str) -> None:
        say(f"litdb browse is running on {origin}{first}")
        tell("It answers on this machine only. Ctrl-C ends it.")
        if opens:
            open_address(f"{origin}{first}")

    serve_locally(place.library, Local(place.project.resolve(), editor))
    serve(place.library, _port(port), [door], ready)
    tell("Ended.")


def open_address(address: str) -> None:
    """Open an address in the reader's browser, without waiting for it."""
    import webbrowser

    Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _port(asked: int | None) -> int:
    """The port to serve at; 0 lets the system choose. Raises `LitdbError` if the one asked for is taken."""
    from litdb.web.ports import is_free

    if asked is None:
        return PORT if is_free(PORT) else 0
    if asked and not is_free(asked):
        raise LitdbError(f"Port {asked} is taken. Leave out --port, and a free one is found.")
    return asked
