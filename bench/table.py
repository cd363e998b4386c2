"""All benches, one after another, and one table of their figures.

    python bench/table.py [BENCH ...] [--figures FILE]

Progress and what each bench says go to standard error, the table to standard output; FILE (`build/bench.jsonl`) has a
JSON line for each figure, with the values of all rounds, for a later run to be compared with. Each bench runs as it
does alone by its defaults, but of the readers of pages only trafilatura is beside litdb: together about 20 minutes on
two processors. A bench's own options give larger sizes. `ratio` is litdb's number to that of the peer named beside it,
in the same run: read ratios, not seconds. Where a peer, Chromium or the corpus is not here, the row says so. A goal
that is missed is no error; a bench that fails is named in the end.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from figures import HEADS, Figure, cells, handed_over, options

HERE = Path(__file__).parent
BENCHES: Mapping[str, Sequence[str]] = {
    "startup": (),
    "scan": (),
    "export": (),
    "pages": ("--readers", "litdb,trafilatura"),
    "crawl": (),
    "cluster": (),
    "size": (),
    "browse": (),
    "pictures": (),
}
"""Every bench, with what it is told so that all together end within half an hour."""
FILE = HERE.parent / "build" / "bench.jsonl"
NUMERIC = ("min", "median", "max", "ratio")
PIPE_WIDTH = 400
"""Columns enough for every row, where no terminal says how many it has."""


def run(scripts: Mapping[Path, Sequence[str]], file: Path) -> dict[str, int]:
    """Run benches: their figures go to the file, their words to standard error. The exit codes of those that failed."""
    failed = {}
    for script, words in scripts.items():
        print(f"\n{script.stem}", file=sys.stderr, flush=True)
        start = time.monotonic()
        call = [sys.executable, "-u", str(script), *words, "--figures", str(file)]
        ended = subprocess.run(call, stdout=sys.stderr, check=False)
        print(f"{script.stem}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
        if ended.returncode:
            failed[script.stem] = ended.returncode
    return failed


def table(figures: Sequence[Figure]) -> Table:
    """The figures as one table."""
    made = Table("bench", box=None, pad_edge=False, show_edge=False)
    for head in HEADS:
        made.add_column(head, justify="right" if head in NUMERIC else "left")
    for figure in figures:
        made.add_row(figure.bench, *cells(figure))
    return made


def main(scripts: Mapping[Path, Sequence[str]], file: Path) -> int:
    """Run, print the table, name what failed; the exit code."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("", encoding="utf-8")
    failed = run(scripts, file)
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    Console(width=width, markup=False, highlight=False, emoji=False).print(table(handed_over(file)))
    for name, code in failed.items():
        print(f"{name} failed with exit code {code}: what it said stands above the table.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=f"some of {', '.join(BENCHES)}")
    parser.set_defaults(figures=FILE)
    given = parser.parse_args()
    names = given.benches or BENCHES
    if unknown := set(names) - set(BENCHES):
        parser.error(f"there is no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    sys.exit(main({HERE / f"{name}.py": BENCHES[name] for name in names}, given.figures))
