"""litdb identify: which work a URL means."""

from __future__ import annotations

import click

from litdb.commands.options import json_option
from litdb.commands.printing import print_json, say, tell
from litdb.errors import InvalidUrl
from litdb.files.reading import read_stdin


@click.command("identify")
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@json_option
def command(urls: tuple[str, ...], as_json: bool) -> None:
    """Say which work a URL (or arXiv:…, doi:…, ISBN …, PMID …) means, without a network.

    `-` reads a list from stdin.

    \b
    Examples:
      litdb identify https://arxiv.org/pdf/2209.00626v3.pdf
      litdb identify --json - < urls.txt
    """
    from litdb.sources import identify

    found: list[dict[str, object]] = []
    for url in _listed(urls):
        try:
            identity = identify(url)
        except InvalidUrl as error:
            tell(f"{error}")
            found.append({"scheme": None, "value": None, "url": url, "locator": None, "problem": str(error)})
            continue
        locator = identity.locator or None
        found.append(
            {
                "scheme": identity.identifier.scheme,
                "value": identity.identifier.value,
                "url": identity.url,
                "locator": locator,
            }
        )
        if not as_json:
            say(f"{identity.identifier}  {identity.url}{f'  ({locator})' if locator else ''}")
    if as_json:
        print_json(found)
    if any("problem" in each for each in found):
        raise click.exceptions.Exit(1)


def _listed(urls: tuple[str, ...]) -> list[str]:
    if "-" not in urls:
        return [*urls]
    piped = [line.strip() for line in read_stdin().splitlines()]
    return [each for url in urls for each in (piped if url == "-" else [url]) if each]
