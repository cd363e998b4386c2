"""Works as files for other tools: `.bib` in two dialects, dated reference lists. Pure functions from works to text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import write_bibtex
from litdb.export.references import write_references
from litdb.model import Work

FORMATS: Mapping[str, Callable[[Iterable[Work]], Iterator[str]]] = {
    "bibtex": write_bibtex,
    "biblatex": write_biblatex,
    "references": write_references,
}
"""What `litdb export` can write, by name."""
