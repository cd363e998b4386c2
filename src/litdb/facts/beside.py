"""What the commons that lie beside a library tell of works."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from litdb.facts.fact import Fact
from litdb.facts.hearing import Heard, hear
from litdb.facts.reading import read_line
from litdb.files.commons import lines_about
from litdb.model import Identifier


def heard(folders: Sequence[Path], known: Collection[Identifier]) -> Heard:
    """What commons tell of works, each the folder of its name. Raises `FactsError` for a damaged one."""

    def ask(works: Collection[Identifier]) -> Iterator[tuple[str, Fact]]:
        for commons in folders:
            for path, number, line in lines_about(commons, works):
                yield commons.name, read_line(line, f"{path}, line {number}")

    return hear(known, ask) if folders else Heard()
