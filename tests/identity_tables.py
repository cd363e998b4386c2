"""The tables of tests/sources: which URL means which work, which are one, which are two, which are none."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).parent / "sources"


def lines_of(name):
    """The lines of a table, without blank ones and headings."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


TABLE = list(csv.DictReader(lines_of("identities.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE))
GROUPS = [
    group.split("\n")
    for group in (HERE / "same.txt").read_text(encoding="utf-8").strip().split("\n\n")
    if not group.startswith("# ")
]
PAIRS = [tuple(line.split("\t")) for line in lines_of("different.tsv")]
NO_WORKS = lines_of("no_works.txt")
ADDRESSES = [row["url"] for row in TABLE if "://" in row["url"]] + NO_WORKS
