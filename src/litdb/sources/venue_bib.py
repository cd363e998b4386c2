"""BibTeX as venues publish it: a few well-formed entries, whose fields are the venue's own word about its papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from litdb.model import Claim, Field, Identifier, Name, WorkType
from litdb.text.dates import date_claim, read_iso
from litdb.text.months import MONTHS
from litdb.text.names import authors_claim, read_name
from litdb.text.others import without_others
from litdb.text.tex import from_tex, read_tex
from litdb.text.titles import clean_title

TYPES: Mapping[str, WorkType] = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "proceedings": "collection",
    "book": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
}
"""What an entry's type says of the work; `@misc` says nothing."""

TEXTS: Sequence[tuple[str, Field]] = (
    ("journal", "container"),
    ("booktitle", "container"),
    ("publisher", "publisher"),
    ("volume", "volume"),
    ("number", "issue"),
    ("abstract", "abstract"),
)
"""Fields of an entry that become fields of a record as they stand."""

LARGEST = 20_000
"""Characters of an entry that are looked at."""

_ENTRY = re.compile(r"^[ \t]*(?=@\w+\s*\{)", re.MULTILINE)
_DASHES = re.compile(r"\s*[-–—−]+\s*")
_MONTH = re.compile(r"0?[1-9]|1[0-2]", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?\s*(10\.\d{4,9}/\S+)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its type and field names in lower case, values as written (TeX), macros of months resolved."""

    type: str
    fields: Mapping[str, str]


def pieces(text: str) -> list[str]:
    """The texts of the entries of a file, each beginning on a line of its own; a look, not a parse.

    >>> pieces("@misc{a, title={A}}\\n\\n@misc{b,\\n title={b@c.org}}\\n")
    ['@misc{a, title={A}}\\n\\n', '@misc{b,\\n title={b@c.org}}\\n']
    """
    return [piece for piece in _ENTRY.split(text) if piece.startswith("@")]


def read_entry(text: str) -> Entry | None:
    """The first entry of a text, as far as it can be read; None where there is none.

    >>> read_entry('@Article{k, title = "On {T}ea", month = jul, year = 2020}')
    Entry(type='article', fields={'title': 'On {T}ea', 'month': 'July', 'year': '2020'})
    >>> read_entry("<p>Not found</p>")
    """
    from pybtex.database.input.bibtex import LowLevelParser, month_names
    from pybtex.scanner import PybtexSyntaxError

    errors: list[PybtexSyntaxError] = []
    parser = LowLevelParser(text[:LARGEST], macros=dict(month_names), handle_error=errors.append)
    for kind, body in parser:
        if kind.lower() not in ("comment", "preamble", "string"):
            return Entry(kind.lower(), {name.lower(): "".join(parts).strip() for name, parts in body[1]})
    return None


def claims_of(entry: Entry, how: str = "bib") -> Iterator[Claim]:
    """What an entry says of its paper; `how` is what the claims' places begin with."""
    title, markup = read_tex(entry.fields.get("title", ""))
    if title := clean_title(title):
        yield Claim("title", title, f"{how}:title", markup=markup)
    if names := read_people(entry.fields.get("author", "")):
        yield authors_claim(names, f"{how}:author")
    if names := read_people(entry.fields.get("editor", "")):
        yield Claim("editors", [name.as_json() for name in names], f"{how}:editor")
    if day := date_of(entry):
        yield date_claim(day, "posted", f"{how}:year")
    if entry.type in TYPES:
        yield Claim("type", TYPES[entry.type], f"{how}:type")
    for name, field in TEXTS:
        if told := clean_title(from_tex(entry.fields.get(name, ""))):
            yield Claim(field, told, f"{how}:{name}")
    if pages := _DASHES.sub("-", entry.fields.get("pages", "")).strip():
        yield Claim("pages", pages, f"{how}:pages")


def date_of(entry: Entry) -> str | None:
    """Year and month of an entry, the month only where it names one; None without a year.

    >>> [date_of(Entry("misc", {"year": "2019", "month": month})) for month in ("09--15 Jun", "7", "30 Jul--1 Aug")]
    ['2019-06', '2019-07', '2019']
    >>> date_of(Entry("misc", {"month": "July"}))
    """
    year = _YEAR.fullmatch(entry.fields.get("year", ""))
    if not year:
        return None
    written = entry.fields.get("month", "").lower()
    months = {MONTHS[word] for word in re.findall(r"[a-z]+", written) if word in MONTHS}
    months |= {int(written)} if _MONTH.fullmatch(written) else set()
    return read_iso(f"{year[0]}-{months.pop():02}") if len(months) == 1 else year[0]


def doi_of(entry: Entry) -> Identifier | None:
    """The DOI that an entry names."""
    found = _DOI.fullmatch(entry.fields.get("doi", "").replace(r"\_", "_"))
    return Identifier("doi", found[1].lower()) if found else None


def read_people(value: str) -> tuple[Name, ...]:
    """The people of an `author` or `editor` field, `and others` left out.

    >>> [name.display for name in read_people(r"Gon{\\c{c}}alves, Ana and {DeepMind} and others")]
    ['Ana Gonçalves', 'DeepMind']
    """
    written = re.split(r"\s+and\s+", value.strip())
    return tuple(without_others(read_name(from_tex(name)) for name in written))
