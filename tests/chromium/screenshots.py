"""A picture of every page of `litdb browse`, light and dark, wide and narrow, of the seeds and of a large library.

    python tests/chromium/screenshots.py DIR [--works N] [--keep DIR]

The seeds are crawled on the little web; the large library (100,000 works unless told otherwise) is invented, its first
works have hostile titles. A line is printed for everything that is cut, squeezed or overlaps; the rest is for the eye.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import click
from playwright.sync_api import Browser, Page, expect, sync_playwright

from chromium.served import CHROMIUM, browsing, crawl_seeds, flags, origin
from litdb.demo.large import make_library

WIDTHS = {1400: 900, 390: 844}
TALLEST = 5000
"""Pixels of a page that a picture shows."""
OPEN = """
document.querySelectorAll('#correct ~ details, details.more').forEach(each => { each.open = true });
document.querySelectorAll('img').forEach(each => { each.loading = 'eager' });
"""
LOOKS = (Path(__file__).parent / "looks.js").read_text("utf-8")

PAGES = {
    "home": "home",
    "references": "references",
    "most-cited": "references?sort=mentions",
    "narrowed": "references?type=preprint",
    "search": "references?q=alignment",
    "found": "references?q=title",
    "facet": "references?facet=author",
    "notes": "notes",
    "attention": "attention",
    "unknown": "reference/nobody",
    "timeline": "timeline",
    "reading": "timeline?view=reading",
    "month": "timeline?date=2022-03",
    "graph": "graph",
}
LED_TO = {
    "reference": ("references", ".works h3 a"),
    "hostile": ("references?sort=mentions", ".works h3 a"),
    "note": ("notes", "main li a, main td a"),
    "person": ("references", ".by a"),
    "near": ("graph", ".columns a"),
}
"""Pages that a list leads to: the list, and which of its links."""


def addresses(page: Page, root: str) -> Iterator[tuple[str, str]]:
    """The name and address of every page."""
    for name, path in PAGES.items():
        yield name, f"{root}/litdb/-/{path}"
    for name, (path, link) in LED_TO.items():
        page.goto(f"{root}/litdb/-/{path}")
        yield name, root + str(page.locator(link).first.get_attribute("href"))
    yield "bookmarklet", f"{root}/-/door/bookmarklet"


def take(browser: Browser, address: str, library: str, folder: Path) -> None:
    """All pictures of a library; what is wrong with a page is printed."""
    for width, height in WIDTHS.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            page.goto(address)
            for name, each in list(addresses(page, origin(address))):
                page.goto(each)
                page.evaluate(OPEN)
                picture = folder / f"{library}-{name}-{scheme}-{width}.png"
                tall = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": width, "height": min(TALLEST, tall)})
                expect(page.locator("[data-small] img")).to_have_count(0, timeout=60_000)
                page.screenshot(path=picture)
                page.set_viewport_size({"width": width, "height": height})
                for fault in page.evaluate(LOOKS):
                    click.echo(f"{picture.name}: {fault}")
            context.close()


def main(folder: Path, works: int, kept: Path) -> None:
    """Make the libraries, serve them, take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    large = kept / "litdb.db"
    if not large.exists():
        make_library(large, works, works * 5)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=flags())
        for name, library in (("seeds", crawl_seeds(Path(temporary))), ("large", large)):
            with browsing(library, Path(temporary) / "settings") as address:
                take(browser, address, name, folder)
        browser.close()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--works", type=int, default=100_000)
    arguments.add_argument("--keep", type=Path, help="the folder of the large library, else it goes in the end")
    given = arguments.parse_args()
    if CHROMIUM is None:
        sys.exit("Chromium is not installed (Debian: apt install chromium).")
    with tempfile.TemporaryDirectory() as passing:
        main(given.folder, given.works, given.keep or Path(passing))
