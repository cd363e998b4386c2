"""How long Chromium takes until the pictures of a large library are on the screen, the first time and again.

    python bench/pictures.py [--works N] [--keep DIR]

An invented library (10,000 works, 50,000 mentions unless told otherwise) is served by `litdb browse`, anew for each
page, so that the first figure has everything in it that a start leaves undone. A figure is the time from the click to
the first contentful paint, as the browser tells it (w3.org/TR/paint-timing); the page comes with its picture, so the
picture is in that paint. Beside it stand how many marks there are and how large the page is.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from playwright.sync_api import Browser, sync_playwright

from chromium.served import CHROMIUM, browsing, flags, origin
from figures import Figure, hand_over, options
from litdb.database.connection import open_for_reading
from litdb.demo.large import make_library
from measuring import working_folder

GOAL = "max <= 2000"
AGAIN = 5
PAINT = """() => new Promise((told) => {
  const paints = new PerformanceObserver((list) => told(list.getEntriesByName("first-contentful-paint")[0].startTime));
  paints.observe({type: "paint", buffered: true});
})"""


def pages(library: Path) -> dict[str, str]:
    """The pages by name; the graph of what has most round it."""
    connection = open_for_reading(library)
    (key,) = connection.execute("SELECT key FROM works ORDER BY mentions DESC LIMIT 1").fetchone()
    connection.close()
    return {
        "graph": "graph",
        "graph, most cited work": f"graph?of={key}",
        "graph, 100 nodes": f"graph?of={key}&n=100",
        "timeline": "timeline",
        "timeline, one year": "timeline?date=2022",
        "timeline, one month": "timeline?date=2022-03",
        "timeline, reading": "timeline?view=reading",
    }


def measure(browser: Browser, address: str, path: str) -> tuple[list[float], int, int]:
    """The first paint in milliseconds, with those of some more, the marks, and the bytes of the page."""
    page = browser.new_page()
    page.goto(address)
    paints = []
    for _ in range(1 + AGAIN):
        answer = page.goto(f"{origin(address)}/litdb/-/{path}")
        paints.append(page.evaluate(PAINT))
    marks, size = page.locator("svg.drawing a").count(), len(answer.body())
    page.close()
    return paints, marks, size


def main(kept: Path | None, works: int) -> Iterator[Figure]:
    """Serve, look, print a table."""
    if CHROMIUM is None:
        yield Figure("first paint", lacks="Chromium is not here")
        return
    with working_folder(kept) as place, tempfile.TemporaryDirectory() as settings, sync_playwright() as driver:
        library = place / "litdb.db"
        if not library.exists():
            make_library(library, works, works * 5)
        print(f"{works} works, {works * 5} mentions; milliseconds to the first paint, goal {GOAL}")
        print(f"{'':24}{'first':>8}{'again':>8}{'marks':>8}{'kB':>8}")
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=flags())
        for name, path in pages(library).items():
            with browsing(library, Path(settings)) as address:
                paints, marks, size = measure(browser, address, path)
            figure = Figure(f"{name}, first paint", "ms", paints, goal=GOAL)
            over = "" if figure.is_met else "  over"
            print(f"{name:24}{paints[0]:8.0f}{median(paints[1:]):8.0f}{marks:8}{size / 1000:8.0f}{over}", flush=True)
            yield figure
        browser.close()


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="the folder of the library, else it goes in the end")
    given = parser.parse_args()
    hand_over(main(given.keep, given.works), given.figures)
