"""Figures, the rows of every bench: what was measured, beside whom in the same run, whether its goal is reached.

A bench yields its figures as it has them. `hand_over` adds each to a file of JSON lines, where bench/table.py finds
those of all benches; `shown` prints each as it comes, for benches that have no table of their own.
"""

from __future__ import annotations

import argparse
import json
import operator
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from measuring import percentile

NUMBERS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "min": min,
    "median": statistics.median,
    "max": max,
    "p95": partial(percentile, share=0.95),
    "p99": partial(percentile, share=0.99),
}
"""The numbers of a figure's values that a goal may name; "ratio" is another."""

SIGNS = {"<=": operator.le, ">=": operator.ge}
HEADS = ("what", "unit", "min", "median", "max", "beside", "ratio", "goal", "")
_LINE = "{:42} {:>9}{:>10}{:>10}{:>10}  {:18}{:>8}  {:30}{}"


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    `values` are those of the rounds, `theirs` the peer's, `ratio` is ours to theirs. A `goal` says what numbers of the
    figure should be, as "median <= 200, p95 <= 600" or "ratio <= 1.2". `lacks` says what was not here, so that nothing,
    or nothing beside it, could be measured. `bench` is told by the file that figures are handed over in.
    """

    what: str
    unit: str = ""
    values: Sequence[float] = ()
    peer: str = ""
    theirs: Sequence[float] = ()
    ratio: float | None = None
    goal: str = ""
    lacks: str = ""
    bench: str = ""

    def number(self, name: str) -> float | None:
        """One of `NUMBERS`, or the ratio; None where nothing was measured."""
        if name == "ratio":
            return self.ratio
        return NUMBERS[name](self.values) if self.values else None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached in all its parts; None where there is none, or not all of it was measured.

        >>> Figure("search", "ms", [80, 90, 250], goal="median <= 200, max <= 200").is_met
        False
        """
        parts = [part.split() for part in self.goal.split(", ") if part]
        numbers = [(self.number(name), sign, float(limit)) for name, sign, limit in parts]
        reached = [None if number is None else SIGNS[sign](number, limit) for number, sign, limit in numbers]
        if False in reached:
            return False
        return None if None in reached or not reached else True


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure as it is printed, under `HEADS`."""
    numbers = (figure.number(name) for name in ("min", "median", "max"))
    verdict = {True: "met", False: "missed", None: "—"}[figure.is_met]
    beside = figure.lacks or figure.peer
    return (figure.what, figure.unit, *map(digits, numbers), beside, digits(figure.ratio), wanted(figure), verdict)


def wanted(figure: Figure) -> str:
    """A figure's goal, with the numbers that have no column of their own.

    >>> wanted(Figure("search", "ms", [80, 90, 250], goal="median <= 200, p95 <= 600"))
    'median <= 200, p95 <= 600 (250)'
    """
    parts = [(part, digits(figure.number(part.split()[0]))) for part in figure.goal.split(", ") if part]
    return ", ".join(part if part.split()[0] in HEADS or not number else f"{part} ({number})" for part, number in parts)


def digits(value: float | None) -> str:
    """A number with three digits that count, or with all before the point.

    >>> [digits(each) for each in (1234.5, 12.345, 0.012345, 0, None)]
    ['1234', '12.3', '0.0123', '0', '']
    """
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def shown(figures: Iterable[Figure]) -> Iterator[Figure]:
    """The same figures, each printed as it comes, with the peer's numbers in a line below."""
    for place, figure in enumerate(figures):
        if not place:
            print(_LINE.format(*HEADS))
        print(_LINE.format(*cells(figure)).rstrip(), flush=True)
        if figure.theirs:
            print(_LINE.format(*cells(Figure(f"  {figure.peer}", figure.unit, figure.theirs))[:-1], "").rstrip())
        yield figure


def options(doc: str | None) -> argparse.ArgumentParser:
    """The command line of a bench: its docstring is the help, and `--figures` is everybody's."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=Path, metavar="FILE", help="add a JSON line for each figure to this file")
    return parser


def hand_over(figures: Iterable[Figure], file: Path | None) -> None:
    """Measure, and add each figure to the file as soon as it is there; without a file only measure."""
    bench = Path(sys.argv[0]).stem
    for figure in figures:
        if file:
            with file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(asdict(replace(figure, bench=bench)), ensure_ascii=False) + "\n")


def handed_over(file: Path) -> list[Figure]:
    """The figures in a file, in the order in which they were measured."""
    return [Figure(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
