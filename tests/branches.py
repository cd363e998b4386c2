"""How many branches of the pure rooms the tests take, room by room; it fails below 95 of 100.

    python tests/branches.py COVERAGE.JSON [--missing]

A branch is a way that an `if`, a loop or a `match` can go. Pure are the rooms that stand below the first one with I/O in
the table of tests/test_packaging.py. `--missing` names the ways that no test takes, by the lines from and to which they
lead. `make coverage` makes the file.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import takewhile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import click

from test_packaging import MAY_IMPORT

LEAST = 95.0
PURE = tuple(takewhile(lambda room: room != "web", MAY_IMPORT))


def room_of(path: str) -> str:
    """The room of a file: `…/litdb/text/urls.py` stands in `text`."""
    parts = Path(path).with_suffix("").parts
    return parts[len(parts) - parts[::-1].index("litdb") :][0]


def share(taken: int, there: int) -> str:
    """A line of the table behind its name."""
    return f"{taken:5} of {there:5}  {100 * taken / max(there, 1):6.1f} %"


def main(report: Path, missing: bool) -> int:
    """Print the table; 1 where the sum is below `LEAST`."""
    taken: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for path, measured in json.loads(report.read_bytes())["files"].items():
        if (room := room_of(path)) in PURE:
            taken[room] += measured["summary"]["covered_branches"]
            there[room] += measured["summary"]["num_branches"]
            if missing and measured["missing_branches"]:
                click.echo(f"{path}: {', '.join(f'{start}→{end}' for start, end in measured['missing_branches'])}")
    for room in sorted(there, key=lambda each: taken[each] / max(there[each], 1)):
        click.echo(f"{room:12} {share(taken[room], there[room])}")
    click.echo(f"{'all':12} {share(taken.total(), there.total())}")
    return int(100 * taken.total() < LEAST * there.total())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--missing" in sys.argv))
