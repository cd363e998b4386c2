"""litdb add: works by URL, without a note."""

from __future__ import annotations

import click

from litdb.commands.options import json_option, own_db_option
from litdb.files.place import Place


@click.command("add")
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@own_db_option
@click.option("--contact", metavar="MAIL-OR-URL", default="", help="Whom a site can reach; goes into the User-Agent.")
@click.option("--offline", is_flag=True, help="Ask nobody; work with what is kept.")
@json_option
def command(urls: tuple[str, ...], place: Place, contact: str, offline: bool, as_json: bool) -> None:
    """Add works by URL (or arXiv:…, doi:…). They are kept in added.txt beside the library, for you to edit.

    \b
    Example:
      litdb add https://arxiv.org/abs/1706.03762
    """
    from litdb.commands.manner import Manner
    from litdb.commands.session import learn
    from litdb.commands.summary import print_summary
    from litdb.files.added import add_lines
    from litdb.run import Run
    from litdb.sources import identify
    from litdb.text.times import utc_now

    for url in urls:
        identify(url)
    add_lines(place.added, urls)
    with Run(place, [], utc_now) as run:
        summary = learn(run, Manner(contact=contact, offline=offline))
    print_summary(summary, as_json)
    if summary.unread:
        raise click.exceptions.Exit(1)
