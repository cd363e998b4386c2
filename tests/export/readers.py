"""The tools that read `.bib`, each as a function from a file's text to what it makes of the entries.

Every reader answers for each key: the title, the people by display name, the day as precise as known, the address. What
a tool is known to lose stands in `golden/losses.json`: a character, and what the tool makes of it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from litdb.export.bibtex import MONTHS
from litdb.export.escape import one_line, verbatim
from litdb.model import Work
from litdb.text.tex import read_tex

LOSSES = json.loads((Path(__file__).parent / "golden" / "losses.json").read_text(encoding="utf-8"))

_CITATION_JS = """
const {Cite} = require('@citation-js/core'); require('@citation-js/plugin-bibtex');
console.log(JSON.stringify(new Cite(require('fs').readFileSync(0, 'utf8'), {forceType: '@' + process.argv[1] + '/text'}).data
  .map(({_graph, ...item}) => item)));
"""


class Read(NamedTuple):
    """An entry as a tool understood it."""

    title: str
    people: tuple[str, ...]
    day: str
    url: str


Entries = Mapping[str, Read]
Reader = Callable[[str, str], Entries]


def expected(work: Work) -> Read:
    """What a tool without faults makes of a work."""
    title = one_line(work.title) or one_line(work.label)
    people = tuple(filter(None, (one_line(name.display) for name in work.authors)))
    return Read(title, people, work.date[:10], verbatim(work.url))


def as_lost(read: Read, tool: str) -> Read:
    """The same without what TeX itself and the tool are known to lose.

    A tool that takes a comma in a name for syntax also moves what stands beside it.
    """
    lost = LOSSES.get(tool, {})

    def kept(text: str) -> str:
        return " ".join(text.translate(str.maketrans(LOSSES["TeX"])).translate(str.maketrans(lost)).split())

    names = (kept(name) for name in read.people)
    people = ("".join(sorted(name.replace(" ", ""))) for name in names) if "," in lost else names
    return Read(kept(read.title), tuple(people), read.day, read.url)


def needs(program: str) -> None:
    """Skip the test, in words, where a program is not installed."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")


def run(*command: str, text: str = "", cwd: Path | None = None) -> str:
    """What a program prints on stdout; it has to succeed."""
    done = subprocess.run(command, input=text.encode(), cwd=cwd, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr).decode("utf-8", "replace")[-2000:]
    return done.stdout.decode("utf-8", "replace")


def pybtex(text: str, _dialect: str) -> Entries:
    """pybtex, which keeps TeX as it is: what it read is decoded by the reader of notes."""
    from pybtex.database import parse_string

    def entry(fields: Mapping[str, str], people: list) -> Read:
        names = (
            " ".join((*p.first_names, *p.middle_names, *p.prelast_names, *p.last_names, *p.lineage_names))
            for p in people
        )
        return Read(_text(fields["title"]), tuple(map(_text, names)), _day(fields), fields["url"])

    found = parse_string(text, "bibtex").entries
    return {key: entry(each.fields, each.persons.get("author", [])) for key, each in found.items()}


def bibtexparser(text: str, dialect: str) -> Entries:
    """bibtexparser, whose fields have to be those of pybtex: names it does not split."""
    library = pytest.importorskip("bibtexparser").parse_string(text)
    assert not library.failed_blocks
    from pybtex.database import parse_string

    theirs = parse_string(text, "bibtex").entries
    for entry in library.entries:
        fields = {name: str(field.value) for name, field in entry.fields_dict.items()}
        people = {"author", "editor", "month"}
        assert {name: value for name, value in fields.items() if name not in people} == {
            name: value for name, value in theirs[entry.key].fields.items() if name not in people
        }
    assert len(library.entries) == len(theirs)
    return pybtex(text, dialect)


def pandoc(text: str, dialect: str) -> Entries:
    """pandoc's CSL-JSON."""
    needs("pandoc")
    return {item["id"]: _csl(item) for item in json.loads(run("pandoc", "-f", dialect, "-t", "csljson", text=text))}


def citation_js(text: str, dialect: str) -> Entries:
    """citation-js's CSL-JSON; Node has to find the package (`NODE_PATH`)."""
    needs("node")
    found = subprocess.run(
        ["node", "-e", "require.resolve('@citation-js/plugin-bibtex')"], capture_output=True, check=False
    )
    if found.returncode:
        pytest.skip("@citation-js/core and @citation-js/plugin-bibtex are not installed where NODE_PATH says")
    read = json.loads(run("node", "-e", _CITATION_JS, dialect, text=text))
    return {item["id"]: _csl(item) for item in read}


def biber(text: str, _dialect: str, folder: Path) -> Entries:
    """What biber makes of the file in its own hand, read by pybtex."""
    needs("biber")
    (folder / "b.bib").write_text(text, encoding="utf-8")
    run("biber", "--tool", "--quiet", "b.bib", cwd=folder)
    return pybtex((folder / "b_bibertool.bib").read_text(encoding="utf-8"), "biblatex")


def has_style(style: str) -> bool:
    """Whether BibTeX would find a style."""
    if not shutil.which("kpsewhich"):
        return False
    return not subprocess.run(["kpsewhich", f"{style}.bst"], capture_output=True, check=False).returncode


def _text(tex: str) -> str:
    tex = re.sub(r"\{\\textrm\{(.)\}\}", r"\1", tex)
    return unicodedata.normalize("NFC", " ".join(read_tex(tex)[0].split()))


def _day(fields: Mapping[str, str]) -> str:
    if "date" in fields:
        return fields["date"]
    month = fields.get("month", "")[:3].lower()
    parts = (fields.get("year", ""), f"{MONTHS.index(month) + 1:02}" if month else "", fields.get("day", "").zfill(2))
    return "-".join(part for part in parts if part.strip("0"))


def _csl(item: Mapping) -> Read:
    title = unicodedata.normalize("NFC", re.sub(r"</?span\b[^>]*>", "", item.get("title", "")))
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    day = "-".join(f"{part:02}" for part in parts)
    return Read(" ".join(title.split()), tuple(map(_name, item.get("author", ()))), day, item.get("URL", ""))


def _name(name: Mapping[str, str]) -> str:
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    text = name.get("literal") or " ".join(name[part] for part in order if name.get(part))
    return unicodedata.normalize("NFC", " ".join(text.split()))


READERS: Mapping[str, Reader] = {
    "pybtex": pybtex,
    "bibtexparser": bibtexparser,
    "pandoc": pandoc,
    "citation-js": citation_js,
}
