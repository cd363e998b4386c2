"""README's first screen, from a run of `litdb demo` on this machine: a note, its list filled, an entry, a picture.

    python tests/chromium/first_screen.py

Writes what stands between the markers of README.md and, where Chromium is installed, docs/reference.png: the page of
the work whose dates disagree, with the sections in between left out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from chromium.served import CHROMIUM, browsing, flags, origin

ROOT = Path(__file__).parents[2]
README, PICTURE = ROOT / "README.md", ROOT / "docs" / "reference.png"
MARKED = re.compile(r"(?<=<!-- made by “make readme” -->\n).*(?=<!-- /made by “make readme” -->)", re.DOTALL)

NOTE, WORK, COMMENT = "demo/notes/garden.md", "hollowayHowHedgeWas2020", "laka2022"
DEMO = "demo --db demo/"
FILL = f"refs {NOTE} --fill --diff --db demo/"
ENTRY = f"export bibtex --keys {COMMENT} --db demo/"
SCREEN = """\
Five lines of a note (all of it is invented, and made on your own machine by `litdb {demo}`):

```markdown
{lines}```

`litdb {fill}` puts in what is missing and nothing else, and says what it knows better. What could not be reached the demo itself said:

```diff
{diff}```

```text
{told}```

`litdb {entry}` gives what LaTeX and pandoc want, of comments too:

```bibtex
{entry_printed}```

`litdb browse` shows who said what, and which was chosen:

![{picture}](docs/reference.png)

"""
SEEN = (
    "The page of a reference in litdb browse: the sentences of the notes that cite it, and a table of who says what. "
    "The page says 2020-04-02 and is chosen; the notes say 2020-02-04 and are marked as differing."
)
LEFT_OUT = "#cite, #addresses, #correct, #asked"
FOLD = f"""
document.querySelectorAll('{LEFT_OUT}').forEach(each => each.closest('section').remove());
document.querySelectorAll('#claims ~ details').forEach(each => {{ each.open = each.matches(':has(.state)') }});
"""
WIDTH, HEIGHT = 860, 600


def run(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """litdb as one calls it in this folder."""
    environment = {name: value for name, value in os.environ.items() if name != "LITDB_DB"} | {"LITDB_PACE": "0"}
    call = [sys.executable, "-m", "litdb", *words.split()]
    return subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=True)


def first_screen(folder: Path) -> str:
    """The text between README's markers; the demo's library stays in the folder."""
    refusals = [line for line in run(DEMO, folder).stdout.splitlines(keepends=True) if ": Roots:" in line]
    filled = run(FILL, folder)
    return SCREEN.format(
        lines=(folder / NOTE).read_text("utf-8").partition("## References\n\n")[2],
        diff=filled.stdout,
        told=filled.stderr + "".join(refusals),
        entry_printed=run(ENTRY, folder).stdout.partition("\n\n")[2],
        picture=SEEN,
        fill=FILL,
        entry=ENTRY,
        demo=DEMO,
    )


def take_picture(folder: Path) -> None:
    """The page of the work that is dated twice, as a browser shows it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, browsing(folder / "demo" / "litdb.db", folder / "settings") as address:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=flags())
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(address)
        page.goto(f"{origin(address)}/litdb/-/reference/{WORK}")
        page.evaluate(FOLD)
        page.screenshot(path=PICTURE, full_page=True)
        browser.close()


def main() -> None:
    """Write README.md and the picture."""
    with tempfile.TemporaryDirectory() as temporary:
        screen = first_screen(Path(temporary))
        README.write_text(MARKED.sub(lambda _: screen, README.read_text("utf-8")), "utf-8")
        if CHROMIUM:
            take_picture(Path(temporary))


if __name__ == "__main__":
    main()
