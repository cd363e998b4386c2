"""litdb publish: the library as a site of files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import counted, print_json, tell
from litdb.errors import InvalidUrl, UsageError
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.publish.site import Site


@click.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@db_option
@click.option("--title", metavar="TEXT", default="Reading list", show_default=True, help="What the site is called.")
@click.option("--base-url", "base", metavar="URL", default="", help="Where it will be: for the feed and a sitemap.")
@json_option
def command(folder: Path, place: Place, title: str, base: str, as_json: bool) -> None:
    """Write the library as a static site that all may see: for GitHub Pages, any web server, or a USB stick.

    Works are shown with people, dates, venue, links and BibTeX. Notes are private: only those with "publish: true" in
    their front matter are shown, with the sentences that cite. docs/publish.md says what is never written.

    \b
    Examples:
      litdb publish docs/
      litdb publish site/ --title "What we read" --base-url https://me.github.io/reading/
    """
    from litdb.files.site import replace_site, require_site

    require_site(folder)
    site = _read(place, title, _base(base))
    changes = replace_site(folder, ((name, text.encode()) for name, text in _files(site)))
    if as_json:
        counts = {"works": len(site.references), "people": len(site.people), "notes": len(site.notes)}
        changed = {"written": changes.written, "unchanged": changes.unchanged, "removed": changes.removed}
        print_json({"folder": str(folder), **counts, "left_out": site.left_out, **changed})
        return
    tell(f"Written: {folder}: {counted(len(site.references), 'work')}, {counted(len(site.notes), 'note')}")
    tell(f"Files: {changes.written:,} written, {changes.unchanged:,} unchanged, {changes.removed:,} removed.")
    if site.left_out:
        tell(f"Left out: {counted(site.left_out, 'work')} without an address that others can open.")


def _read(place: Place, title: str, base: str) -> Site:
    from litdb.database.public import public_copy, works_with_entries
    from litdb.notes.others import cut_lists
    from litdb.publish.site import read_site

    with library_of(place) as library, closing(public_copy(library)) as copy:
        cut = {row: cut_lists(work) for row, work in works_with_entries(library).items()}
        return read_site(copy, title, base, cut)


def _base(address: str) -> str:
    """The address of the site, ending in a stroke. Raises `UsageError`."""
    from litdb.text.urls import read_url

    if not address:
        return ""
    try:
        url = read_url(address)
    except InvalidUrl as error:
        raise UsageError(f"--base-url needs the address of the site: {error}") from error
    if url.query or url.fragment:
        raise UsageError(f"--base-url is the address of a folder, without “?” and “#”: {address}")
    return f"{str(url).rstrip('/')}/"


def _files(site: Site) -> Iterator[tuple[str, str]]:
    """All files, those for other tools included."""
    from litdb.commands.exports import FILES, bib_text
    from litdb.export.csl_json import write_csl_json
    from litdb.publish.pages import pages, sitemap

    works = sorted((each.work for each in site.references.values()), key=lambda work: work.key)
    yield from ((name, bib_text(kind, works)) for kind, name in FILES.items())
    yield "references.json", "".join(write_csl_json(works))
    names = []
    for name, text in pages(site):
        names.append(name)
        yield name, text
    if site.base:
        yield "sitemap.xml", sitemap(names, site.base)
