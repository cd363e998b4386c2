"""Works as files for other tools: pure functions from works to text, piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import write_bibtex
from litdb.export.csl_json import write_csl_json
from litdb.export.html import write_html
from litdb.export.pandoc_markdown import write_markdown
from litdb.export.references import write_references
from litdb.export.ris import write_ris
from litdb.export.tabular import write_csv
from litdb.model import Work

Writer = Callable[[Iterable[Work]], Iterator[str]]

FORMATS: Mapping[str, Writer] = {
    "bibtex": write_bibtex,
    "biblatex": write_biblatex,
    "markdown": write_markdown,
    "html": write_html,
    "references": write_references,
}
"""What `litdb export` can write for people and TeX, by name: each says first that litdb wrote it."""

DATA: Mapping[str, Writer] = {"csl-json": write_csl_json, "ris": write_ris, "csv": write_csv}
"""What it can write for programs; these formats have no room for remarks. JSON lines are `tabular.write_jsonl`."""
