"""One set of hard works through every other format, written byte by byte as the golden files say.

`LITDB_WRITE_GOLDEN=1 python -m pytest tests/export/test_golden_formats.py` writes the files anew, for you to read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pytest

from export.conftest import GOLDEN
from export.made_works import Maker
from litdb.commands.printing import work_json
from litdb.export import DATA, FORMATS
from litdb.export.html import write_fragment
from litdb.export.references import ListStyle, reference_list
from litdb.export.styled import Style, write_styled
from litdb.export.tabular import write_jsonl
from litdb.model import Work

Writer = Callable[[Iterable[Work]], Iterator[str]]
FULL = ListStyle("%-d %B %Y", "date", "-", "full", "year", "n.d.", archived=True, cite_keys=True)
CSL = Style("author-year.csl", (GOLDEN.parent / "styles" / "author-year.csl").read_bytes())

WRITERS: dict[str, Writer] = {
    "every.csl.json": DATA["csl-json"],
    "every.ris": DATA["ris"],
    "every.csv": DATA["csv"],
    "every.jsonl": partial(write_jsonl, shape=work_json),
    "every.md": FORMATS["markdown"],
    "every.html": FORMATS["html"],
    "every.fragment.html": write_fragment,
    "every.list.md": lambda works: iter([reference_list(list(works), FULL)]),
    "every.styled.txt": lambda works: write_styled(list(works), CSL, "text"),
    "every.styled.html": lambda works: write_styled(list(works), CSL, "html"),
}


@pytest.mark.parametrize("file", WRITERS)
def test_every_work_is_written_as_before(every_work, file):
    written = "".join(WRITERS[file](every_work)).encode()
    if os.environ.get("LITDB_WRITE_GOLDEN"):
        (GOLDEN / file).write_bytes(written)
    assert written == (GOLDEN / file).read_bytes()


@pytest.mark.parametrize("file", [file for file in WRITERS if "styled" not in file])
def test_nothing_of_500_hostile_works_steers_a_terminal(file):
    written = "".join(WRITERS[file](Maker(23).works(500)))
    assert re.findall("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", written) == []


@pytest.mark.parametrize("file", WRITERS)
def test_the_same_works_give_the_same_bytes(every_work, file):
    assert "".join(WRITERS[file](every_work)) == "".join(WRITERS[file](list(every_work)))


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_pandoc_finds_the_citation_of_every_item(every_work, tmp_path):
    (tmp_path / "r.json").write_text("".join(DATA["csl-json"](every_work)), "utf-8")
    (tmp_path / "l.md").write_text("".join(FORMATS["markdown"](every_work)), "utf-8")
    words = [
        "pandoc",
        "l.md",
        "--citeproc",
        "--bibliography",
        "r.json",
        "--metadata",
        "link-citations=true",
        "-t",
        "html",
    ]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    cited = re.findall(r'data-cites="([^"]+)"', ran.stdout)
    assert sorted(cited) == sorted(work.key for work in every_work)
    assert "not found" not in ran.stderr
    assert ran.stdout.count('class="csl-entry"') == len(every_work)
