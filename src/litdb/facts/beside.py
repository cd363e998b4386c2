"""What the commons that lie beside a library tell of works."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from litdb.facts.fact import Fact
from litdb.facts.hearing import Heard, hear
from litdb.facts.reading import read_line
from litdb.files.commons import commons_in, lines_about
from litdb.model import Identifier


def heard(folder: Path, known: Collection[Identifier]) -> Heard:
    """What the commons in a folder, each by its name, tell of works. Raises `FactsError` for a damaged one."""
    inside = commons_in(folder)

    def ask(works: Collection[Identifier]) -> Iterator[tuple[str, Fact]]:
        for commons in inside:
            for path, number, line in lines_about(commons, works):
                yield commons.name, read_line(line, f"{path}, line {number}")

    return hear(known, ask) if inside else Heard()
