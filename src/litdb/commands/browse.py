"""litdb browse: Datasette on the library."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from litdb.commands.options import db_option
from litdb.errors import LitdbError
from litdb.files.place import Place
from litdb.files.replacing import replace_file


@click.command("browse")
@db_option
@click.option(
    "-p",
    "--port",
    default=8001,
    type=click.IntRange(0, 65535),
    show_default=True,
    help="The port on this machine; 0 takes a free one.",
)
@click.option("--open/--no-open", "opens", default=True, show_default=True, help="Open the browser.")
def command(place: Place, port: int, opens: bool) -> None:
    """Open the library in Datasette, with facets, queries and links ready. Ctrl-C ends it.

    \b
    Examples:
      litdb browse
      litdb browse --port 8080 --no-open
    """
    from litdb.database.connection import open_for_reading

    open_for_reading(place.library).close()
    write_metadata(place)
    words = ["serve", str(place.library), "--port", str(port), "--metadata", str(place.folder / "metadata.json")]
    if _reads_configuration():
        words += ["--config", str(place.folder / "datasette.json")]
    _serve([*words, "--open"] if opens else words, port)


def _serve(words: list[str], port: int) -> None:
    """Run Datasette in this process until it is ended, so that no server is left behind."""
    from datasette.cli import cli

    try:
        cli.main(words, prog_name="litdb browse", standalone_mode=False)
    except click.Abort:
        return
    except click.ClickException as error:
        raise LitdbError(f"Datasette cannot open the library: {error.format_message()}") from error
    except SystemExit as ended:
        if ended.code:
            raise LitdbError(
                f"Datasette ended with an error (see above). Is port {port} taken? Try --port 0."
            ) from ended


def write_metadata(place: Place) -> list[str]:
    """Write Datasette's files beside the library; the names of those that changed."""
    from litdb.browse.metadata import configuration, metadata

    name = place.library.stem
    contents = {"metadata.json": metadata(name), "datasette.json": configuration(name)}
    return [file for file, content in contents.items() if replace_file(place.folder / file, _text(content))]


def _text(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _reads_configuration() -> bool:
    from importlib.metadata import version

    return int(version("datasette").partition(".")[0]) >= 1
