"""litdb open: a work in the browser."""

from __future__ import annotations

import click

from litdb.commands import offering
from litdb.commands.opening import library_of
from litdb.commands.options import db_option
from litdb.errors import LitdbError
from litdb.files.place import Place
from litdb.model import Work


@click.command("open")
@click.argument("name", metavar="KEY|URL", shell_complete=offering.keys)
@db_option
@click.option("--page", "opens_page", is_flag=True, help="Open its page in litdb browse, which then runs until Ctrl-C.")
@click.option("--archived", is_flag=True, help="Open the copy that an archive keeps.")
@click.option("--print", "only_prints", is_flag=True, help="Print the address, and open nothing.")
def command(name: str, place: Place, opens_page: bool, archived: bool, only_prints: bool) -> None:
    """Open a work in the browser: where it is on the web, or with --page what litdb knows of it.

    \b
    Examples:
      litdb open ngoAlignmentProblemDeep2022
      litdb open ngoAlignmentProblemDeep2022 --page
      litdb open ngoAlignmentProblemDeep2022 --archived
    """
    import webbrowser

    from litdb.commands.browse import serve_page
    from litdb.commands.naming import find
    from litdb.commands.printing import say

    with library_of(place) as connection:
        work = find(connection, name)
    if opens_page:
        serve_page(place, work.key or str(work.identifier), None, opens=not only_prints)
        return
    address = _address(work, archived=archived)
    say(address)
    if not only_prints:
        webbrowser.open(address)


def _address(work: Work, *, archived: bool) -> str:
    """Where a work, or its copy, is on the web. Raises `LitdbError`."""
    from litdb.export.shown import web_address

    name = work.key or str(work.identifier)
    address = web_address(work.archived if archived else work.url)
    if not address:
        what = "no copy in an archive that is known" if archived else "no address on the web"
        raise LitdbError(f"“{name}” has {what}. “litdb open {name} --page” shows what is known of it.")
    return address
